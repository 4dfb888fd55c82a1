"""Takes a change of a task back, unless the task has become different since."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from zoneinfo import ZoneInfo

from core.dependencies import Dependencies
from core.errors import NotFound
from core.records import UNCHANGED, Person, Task, TaskPatch, TaskState
from core.tasks.changes import EDITABLE, ChangedTask, apply_patch


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
    async with deps.store.begin() as unit:
        task = await unit.tasks.get(task_id)
        if task.person_id != person.person_id:
            raise NotFound("no such task of this person")
        result = _result(task, reversal)
        if result is UndoResult.UNDONE:
            task = (await apply_patch(unit, task, deps, reversal.before, zone=zone)).after
        return UndoOutcome(task=task, result=result)


def _result(task: Task, reversal: Reversal) -> UndoResult:
    if task.state is not TaskState.OPEN:
        return UndoResult.NOT_OPEN
    if _has(task, reversal.after):
        return UndoResult.UNDONE
    return UndoResult.ALREADY if _has(task, reversal.before) else UndoResult.CHANGED_SINCE


def _has(task: Task, patch: TaskPatch) -> bool:
    """Whether the task has the values of the patch."""
    return all(getattr(patch, name) in (UNCHANGED, getattr(task, name)) for name in EDITABLE)
