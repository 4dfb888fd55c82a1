"""Takes a change of a task back, unless the task has become different since."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from zoneinfo import ZoneInfo

from core.dependencies import Dependencies
from core.errors import NotFound
from core.records import UNCHANGED, UNKNOWN_AGE, Person, Task, TaskPatch, TaskState
from core.store import Unit
from core.tasks.changes import CHANGED, ChangedTask, apply_patch
from core.tasks.outbox import tasks_of
from core.tasks.patching import EDITABLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Reversal:
    """What an Undo needs to know of a change: the changed fields before and after it."""

    before: TaskPatch
    after: TaskPatch


class UndoResult(StrEnum):
    """What became of an Undo."""

    UNDONE = "undone"
    ALREADY = "already"
    """The fields have the values from before the change."""
    CHANGED_SINCE = "changed_since"
    """One of the fields has another value by now."""
    NOT_OPEN = "not_open"
    """The task was done or removed since."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoOutcome:
    """The task after an Undo or an attempt at one."""

    task: Task
    result: UndoResult


def reversal_of(change: ChangedTask) -> Reversal:
    """What takes ``change`` back."""
    after = TaskPatch(**{name: getattr(change.after, name) for name in change.changed})
    return Reversal(before=change.undo, after=after)


async def undo_change(
    task_id: str, person: Person, deps: Dependencies, reversal: Reversal, *, zone: ZoneInfo
) -> UndoOutcome:
    """Give the changed fields their earlier values, if they are as the change left them.

    Raises ``NotFound`` if the person has no such task.
    """
    async with deps.store.begin(person.person_id) as unit:
        task = await unit.tasks.get(task_id)
        if task.person_id != person.person_id:
            raise NotFound("no such task of this person")
        result = _result(task, reversal)
        if result is UndoResult.UNDONE:
            fields = [name for name in EDITABLE if getattr(reversal.before, name) is not UNCHANGED]
            pieces = await _pieces_changed_with(unit, task, fields)
            task = (await apply_patch(unit, task, deps, reversal.before, zone=zone, pieces=pieces)).after
        return UndoOutcome(task=task, result=result)


async def _pieces_changed_with(unit: Unit, task: Task, fields: Collection[str]) -> Collection[str] | None:
    """Ids of the pieces that got their date or priority by the latest change of these fields of ``task``.

    None if that change is not known any more.
    """
    events = await unit.events.waiting_or_dispatched_since(
        task.person_id, frozenset({CHANGED}), UNKNOWN_AGE, task_id=task.task_id
    )
    of_change = [
        event
        for event in events
        if event.data["task_id"] == task.task_id and event.data["fields"] == ",".join(fields)
    ]
    latest = max(of_change, key=lambda event: event.happened_at, default=None)
    return tasks_of(latest)[1:] if latest else None


def _result(task: Task, reversal: Reversal) -> UndoResult:
    if task.state is not TaskState.OPEN:
        return UndoResult.NOT_OPEN
    if _has(task, reversal.after):
        return UndoResult.UNDONE
    return UndoResult.ALREADY if _has(task, reversal.before) else UndoResult.CHANGED_SINCE


def _has(task: Task, patch: TaskPatch) -> bool:
    """Whether the task has the values of the patch."""
    return all(getattr(patch, name) in (UNCHANGED, getattr(task, name)) for name in EDITABLE)
