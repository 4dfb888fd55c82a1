"""Tasks, lists that were sent as files, and reminders.

Tests: tests/adapters/storage/test_schemas.py.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import Boolean, Index, Integer, Text, UniqueConstraint, false, text

from adapters.storage.columns import partial, person, personal
from adapters.storage.tables.schemas import grouped
from adapters.storage.values import Json, JsonIfReadable, Moment, Word
from core import records

table = grouped("oo_tasks")

tasks = table(
    "tasks",
    personal("task_id", Text(), primary_key=True),
    person(),
    personal("title", Text()),
    personal("created_at", Moment()),
    personal("source", Word(records.TaskSource)),
    personal("external_id", Text(), nullable=True),
    personal("priority", Integer()),
    personal("due", JsonIfReadable(records.Due), nullable=True),
    personal("repeats", Text(), nullable=True),
    personal("state", Word(records.TaskState)),
    personal("done_at", Moment(), nullable=True),
    personal("repeats_from_done", Boolean(), server_default=false()),
    personal("minutes", Integer(), nullable=True),
    personal("labels", Json(tuple[str, ...]), server_default=text("'[]'")),
    personal("project", Text(), nullable=True),
    personal("notes", Text(), nullable=True),
    personal("parent_id", Text(), nullable=True),
    personal("deadline", JsonIfReadable(date), nullable=True),
    personal("section", Text(), nullable=True),
    personal("section_id", Text(), nullable=True),
    UniqueConstraint("person_id", "source", "external_id", name="tasks_origin"),
    Index("tasks_state", "person_id", "state"),
    partial("tasks_done", "person_id", "done_at", where=text("done_at IS NOT NULL")),
    partial("tasks_pieces", "parent_id", where=text("parent_id IS NOT NULL")),
)

task_imports = table(
    "task_imports",
    personal("import_id", Text(), primary_key=True),
    person(),
    personal("offered_at", Moment()),
    personal("state", Word(records.ImportState)),
    personal("tasks", Json(tuple[records.ImportedTask, ...])),
    personal("task_ids", Json(tuple[str, ...])),
    Index("task_imports_person", "person_id"),
    Index("task_imports_offered", "offered_at"),
)

task_keys = table(
    "task_keys",
    person(primary_key=True),
    personal("key", Text(), primary_key=True),
    personal("task_id", Text()),
    personal("content", Text()),
    Index("task_keys_task", "person_id", "task_id"),
)

reminders = table(
    "reminders",
    personal("reminder_id", Text(), primary_key=True),
    person(),
    personal("kind", Word(records.ReminderKind)),
    personal("task_id", Text(), nullable=True),
    personal("due", Json(records.Due), nullable=True),
    personal("repeats", Text(), nullable=True),
    personal("lead", Integer()),
    personal("at", Moment(), nullable=True),
    personal("asked", Boolean()),
    personal("even_if_quiet", Boolean()),
    personal("even_if_paused", Boolean()),
    personal("over", Text(), nullable=True),
    personal("next_at", Moment(), nullable=True),
    personal("state", Word(records.ReminderState)),
    personal("created_at", Moment()),
    personal("snoozed", Text(), nullable=True),
    Index("reminders_person", "person_id", "next_at"),
    partial("reminders_due", "next_at", "person_id", where=text("next_at IS NOT NULL")),
    partial("reminders_task", "task_id", where=text("task_id IS NOT NULL")),
    partial("reminders_snoozed", "snoozed", where=text("snoozed IS NOT NULL")),
)
