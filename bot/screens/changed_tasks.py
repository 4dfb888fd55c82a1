"""Confirmations of changes to a task: moved, renamed, changed, removed, and each taken back.

Tests: tests/golden/test_screens.py, tests/scenarios/test_task_changes.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.screens import texts, texts_tasks
from bot.screens.dates import day, due, repeating
from bot.screens.markup import join, say
from bot.screens.patch_code import reversal_code
from bot.screens.tasks import deadline_words, estimate, labelled, task_count
from core.chat import Button, Message
from core.records import UNCHANGED, Task, TaskPatch
from core.tasks.changes import ChangedTask
from core.tasks.undo_change import UndoOutcome, UndoResult, reversal_of


def changed(change: ChangedTask, now: datetime, zone: ZoneInfo) -> Message:
    """Says what changed of a task and nothing else, with a button that takes it back."""
    task = change.after
    if not change.changed:
        return replace(say(texts_tasks.NOTHING_CHANGED, title=task.title), tasks=(task.task_id,))
    code = reversal_code(reversal_of(change))
    undo = Button(label=texts.UNDO, verb="change_undo", arg=f"{task.task_id} {code}")
    said = say(
        _sentence(change),
        (undo,),
        title=task.title,
        before=change.before.title,
        due=", ".join(_when(task, now, zone)),
        changes=_changes(task, change.changed, now, zone),
    )
    return replace(join(said, *after_deadline(change, now, zone)), tasks=(task.task_id,))


def skipped(change: ChangedTask, now: datetime, zone: ZoneInfo) -> Message:
    """As ``changed``, of a repeating task that is off this once; says how to end all of it."""
    said = changed(change, now, zone)
    if not change.changed or not change.after.due:
        return said
    note = say(texts_tasks.SKIPPED_ONCE, title=change.after.title)
    return replace(join(said, note), tasks=said.tasks)


def after_deadline(change: ChangedTask, now: datetime, zone: ZoneInfo) -> list[Message]:
    """Says that a task is due after its deadline now, if the change did that."""
    task = change.after
    if "due" not in change.changed or not task.due or not task.deadline or task.due.on <= task.deadline:
        return []
    return [say(texts_tasks.AFTER_DEADLINE, day=day(task.deadline, now.astimezone(zone).date()))]


def _sentence(change: ChangedTask) -> str:
    fields = set(change.changed)
    if fields == {"title"}:
        return texts_tasks.RENAMED
    if "title" in fields:
        return texts_tasks.RENAMED_AND_CHANGED
    if fields <= {"due", "repeats", "repeats_from_done"}:
        return texts_tasks.MOVED if change.after.due else texts_tasks.MOVED_UNDATED
    return texts_tasks.CHANGED


def _when(task: Task, now: datetime, zone: ZoneInfo) -> list[str]:
    """``tomorrow 9:00``, ``every Monday``."""
    parts = [due(task.due, now, zone)] if task.due else []
    return parts + ([repeating(task.repeats)] if task.repeats else [])


def new_values(change: ChangedTask, now: datetime, zone: ZoneInfo) -> str:
    """What differs, as it is after the change: ``Call Ann, tomorrow 9:00``."""
    title = [change.after.title] if "title" in change.changed else []
    others = _changes(change.after, change.changed, now, zone)
    return ", ".join([*title, others] if others else title)


def _changes(task: Task, fields: Sequence[str], now: datetime, zone: ZoneInfo) -> str:
    """The task's values of these fields: ``p1, 30 minutes``."""
    found = [_value(name, task, now, zone) for name in fields]
    return ", ".join(part for part in dict.fromkeys(found) if part)


def _value(field: str, task: Task, now: datetime, zone: ZoneInfo) -> str:
    """The value of a field in words; empty for the title."""
    match field:
        case "due":
            return due(task.due, now, zone) if task.due else texts_tasks.NO_DATE
        case "repeats" | "repeats_from_done":
            return repeating(task.repeats) if task.repeats else texts_tasks.NO_REPETITION if task.due else ""
        case "priority":
            return texts_tasks.PRIORITY.format(number=task.priority)
        case "deadline":
            return deadline_words(task.deadline, now, zone) if task.deadline else texts_tasks.NO_DEADLINE
        case "minutes":
            return estimate(task.minutes) if task.minutes else texts_tasks.NO_ESTIMATE
    return _name(field, task)


def _name(field: str, task: Task) -> str:
    """The value of a field that the person typed as it is."""
    match field:
        case "labels":
            return labelled(task.labels) or texts_tasks.NO_LABELS
        case "project" | "section":
            return texts_tasks.PROJECT.format(name=task.place) if task.place else texts_tasks.NO_PROJECT
        case "notes":
            return texts_tasks.NOTES_SET if task.notes else texts_tasks.NO_NOTES
    return ""


def undone(outcome: UndoOutcome, before: TaskPatch, now: datetime, zone: ZoneInfo) -> Message:
    """Says that a change was taken back, or why not. ``before`` are the values from before the change."""
    task = outcome.task
    if outcome.result is UndoResult.ALREADY:
        said = say(texts_tasks.ALREADY_UNDONE)
    elif outcome.result is UndoResult.NOT_OPEN:
        said = say(texts_tasks.NOT_OPEN_SINCE, title=task.title)
    elif outcome.result is UndoResult.CHANGED_SINCE:
        said = say(texts_tasks.CHANGED_SINCE, title=task.title)
    else:
        fields = [name for name in _FIELDS if getattr(before, name) is not UNCHANGED]
        values = _changes(task, fields, now, zone)
        sentence = texts_tasks.UNDONE_CHANGES if values else texts_tasks.UNDONE
        said = say(sentence, title=task.title, changes=values)
    return replace(said, tasks=(task.task_id,))


_FIELDS = ("due", "repeats", "deadline", "priority", "minutes", "labels", "project", "section", "notes")


def removed(task: Task) -> Message:
    """Says that a task was removed, with a button that brings it back."""
    undo = Button(label=texts.UNDO, verb="restore_task", arg=task.task_id)
    return replace(say(texts_tasks.REMOVED, (undo,), title=task.title), tasks=(task.task_id,))


def restored(task: Task, *, is_added_again: bool = False) -> Message:
    """Says that a removed task is back, and if it had to be added at its source again."""
    sentence = texts_tasks.RESTORED_AGAIN if is_added_again else texts_tasks.RESTORED
    return replace(say(sentence, title=task.title), tasks=(task.task_id,))


def removed_again(count: int, wanted: int) -> Message:
    """Says that tasks that were just added are off the list; some may not have been open any more."""
    sentence = texts_tasks.REMOVED_SEVERAL if count == wanted else texts_tasks.REMOVED_SOME
    return say(sentence, count=task_count(count))
