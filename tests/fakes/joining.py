"""Two people become one, in memory.

Tests: tests/contracts/store/test_joining.py.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from core.records import TaskSource
from tests.fakes.tables import Tables

PEOPLE = ("person_id", "invited_by", "used_by")
DELETED = ("statistics", "notification_states", "sealed_keys", "sealed_secrets", "people")
BY_PERSON = ("task_keys", "embeddings", "notes", "kept_answers", "integrations", "calendar_events")
"""Tables whose key begins with the person."""

TASK_IDS = {
    "tasks": ("parent_id",),
    "task_imports": ("task_ids",),
    "task_keys": ("task_id",),
    "trials": ("task_id",),
    "reminders": ("task_id",),
    "handles": ("subject", "actions"),
    "messages": ("task_ids", "added"),
    "events": ("data",),
}


def give_all(tables: Tables, gone: str, kept: str, task_ids: Mapping[str, str]) -> None:
    _rename(tables, gone, task_ids)
    for table, key, record in list(tables.everything()):
        if gone not in [getattr(record, name, None) for name in PEOPLE]:
            continue
        if table in DELETED or (table == "reminders" and record.task_id is None):
            tables.drop(table, key)
        elif table == "spending":
            _add_up(tables, record, kept)
        else:
            _move(tables, table, key, _freed(tables, table, record, kept), gone, kept)
    tables.drop("people", gone)


def _freed(tables: Tables, table: str, record: Any, kept: str) -> Any:
    """A decision without the slot for which ``kept`` had one."""
    if table != "decisions" or record.slot is None or record.refusal:
        return record
    taken = tables.all("decisions", person_id=kept, slot=record.slot, refusal=None)
    return replace(record, slot=None, merged=()) if taken else record


def _move(tables: Tables, table: str, key: Hashable, record: Any, gone: str, kept: str) -> None:
    mine = {name: kept for name in PEOPLE if getattr(record, name, None) == gone}
    if table in BY_PERSON or table == "consents":  # a log gets what is moved at its end
        tables.drop(table, key)
    if table in BY_PERSON and isinstance(key, tuple):
        key = (kept, *key[1:])
        if tables.find(table, key) is not None:
            assert table not in ("integrations", "calendar_events"), "both have one"
            return
    tables.put(table, key, replace(record, **mine))


def _add_up(tables: Tables, record: Any, kept: str) -> None:
    tables.drop("spending", (record.day, record.person_id))
    before = tables.find("spending", (record.day, kept))
    spent = before.spent.plus(record.spent) if before else record.spent
    tables.put("spending", (record.day, kept), replace(record, person_id=kept, spent=spent))


def _rename(tables: Tables, gone: str, task_ids: Mapping[str, str]) -> None:
    for table, key, record in list(tables.everything()):
        if getattr(record, "person_id", None) == gone:
            _rename_in(tables, table, key, record, task_ids)
    for old, new in task_ids.items():
        task = tables.find("tasks", old)
        tables.drop("tasks", old)
        if task and tables.find("tasks", new) is None:
            tables.put("tasks", new, replace(task, task_id=new))


def _rename_in(tables: Tables, table: str, key: Hashable, record: Any, task_ids: Mapping[str, str]) -> None:
    changed = {name: _renamed(getattr(record, name), task_ids) for name in TASK_IDS.get(table, ())}
    if table == "reminders" and record.task_id in task_ids:
        changed["reminder_id"] = record.reminder_id.replace(record.task_id, task_ids[record.task_id])
        tables.drop(table, key)
        key = changed["reminder_id"]
        if tables.find(table, key) is not None:
            return
    if table == "decisions" and record.draw:
        candidates = tuple(_with_other_task(one, task_ids) for one in record.draw.candidates)
        changed["result"] = replace(record.draw, candidates=candidates)
    if changed:
        tables.put(table, key, replace(record, **changed))


def _with_other_task(scored: Any, task_ids: Mapping[str, str]) -> Any:
    candidate = scored.candidate
    return replace(scored, candidate=replace(candidate, task_id=_renamed(candidate.task_id, task_ids)))


def _renamed(value: Any, task_ids: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        if value in task_ids:
            return task_ids[value]
        lines = (line.split(" ") for line in value.split("\n"))
        return "\n".join(" ".join(task_ids.get(word, word) for word in line) for line in lines)
    if isinstance(value, tuple):
        return tuple(_renamed(one, task_ids) for one in value)
    if isinstance(value, dict):
        return {key: _renamed(one, task_ids) for key, one in value.items()}
    if is_dataclass(value) and not isinstance(value, (type, TaskSource)):
        changed = {one.name: _renamed(getattr(value, one.name), task_ids) for one in fields(value)}
        return replace(value, **changed)
    return value
