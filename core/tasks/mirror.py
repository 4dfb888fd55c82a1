"""Copies of the tasks of an outside source, made equal to what the source has just said.

Tests: tests/core/tasks/test_sync.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, time, timedelta

from core.dependencies import Dependencies
from core.events import record_task_event
from core.learning.update import retract_done_elsewhere, reward_done_elsewhere
from core.records import (
    UNKNOWN_AGE,
    Due,
    Person,
    Task,
    TaskList,
    TaskSource,
    TaskState,
)
from core.store import Unit
from core.tasks.due_codes import due_code
from core.tasks.outbox import pending_in_outbox
from core.tasks.pieces import close_pieces, open_pieces, reopen_pieces
from core.tasks.reminders import put_task, put_tasks

TASKS_PER_STATEMENT = 1000
"""Fewer than the values that SQLite takes at once."""

CLOSED_TASKS_KNOWN_FOR = timedelta(days=30)
"""A task that was closed longer ago counts as new if the source opens it again."""


async def mirror(
    unit: Unit,
    person: Person,
    source: TaskSource,
    found: TaskList,
    deps: Dependencies,
    *,
    asked_at: datetime,
    refused: frozenset[object] = frozenset(),
) -> bool:
    """Make the stored copies equal to ``found``. A task that is missing in a whole list was done or removed
    there; one that is not whole closes only what it names. Returns whether all of ``found`` was copied.

    Tasks with a change that the source did not know at ``asked_at`` are left alone: the relay sends it.
    Nothing is learned from those in ``refused``, whose copy the source did not accept.
    """
    if _is_nothing(found):
        return True
    since = deps.clock.now() - CLOSED_TASKS_KNOWN_FOR
    known = {task.task_id: task for task in await unit.tasks.mirrored(person.person_id, source, since)}
    pending = await pending_in_outbox(unit, person.person_id, asked_at)
    changed: list[tuple[Task | None, Task]] = []
    for one in found.tasks:
        before = known.pop(one.task_id, None)
        task = _with_own_facts(one, before, deps.clock.now())
        if task != before and task.task_id not in pending:
            changed.append((before, task))
    for start in range(0, len(changed), TASKS_PER_STATEMENT):
        await put_tasks(unit, [task for _, task in changed[start : start + TASKS_PER_STATEMENT]], deps)
    for before, task in changed:
        if before and task.task_id not in refused:
            await _compare(unit, before, task, deps)
    closing = {
        key: task for key, task in known.items() if task.state is TaskState.OPEN and key not in pending
    }
    await _close_missing(unit, closing, found, deps)
    return not pending & _named(found)


def _is_nothing(found: TaskList) -> bool:
    """Whether nothing has changed, so that no copy needs to be read."""
    return not (found.whole or found.tasks or found.done or found.gone)


def _named(found: TaskList) -> frozenset[object]:
    return found.done | found.gone | {task.task_id for task in found.tasks}


def _with_own_facts(task: Task, before: Task | None, now: datetime) -> Task:
    """``task`` with what the source does not say: the age of our copy, or ``now``; and when a repeating one
    was done here, without which that could not be taken back.
    """
    done_at = before.done_at if before and task.repeats else None
    unknown_age = before.created_at if before else now
    created_at = unknown_age if task.created_at == UNKNOWN_AGE else task.created_at
    return replace(task, created_at=created_at, done_at=done_at)


async def _close_missing(
    unit: Unit, closing: Mapping[str, Task], found: TaskList, deps: Dependencies
) -> None:
    """Close the copies that a whole list does not have, or that a list of changes names."""
    for task_id, task in closing.items():
        if task_id in found.gone or task.section_id in found.gone_sections:
            await _lose(unit, task, deps)
        elif task_id in found.done or (found.whole and task_id not in found.unread):
            await close_done_elsewhere(unit, task, deps)


async def _lose(unit: Unit, task: Task, deps: Dependencies) -> None:
    """The task was removed at its source, with its pieces: it is neither done nor failed."""
    pieces = [piece for piece in await open_pieces(unit, task) if piece.source is TaskSource.OO]
    await put_tasks(unit, [replace(one, state=TaskState.GONE) for one in (task, *pieces)], deps)
    await record_task_event(unit, deps, "task.gone_elsewhere", task)


async def close_done_elsewhere(unit: Unit, task: Task, deps: Dependencies) -> None:
    now = deps.clock.now()
    await put_task(unit, replace(task, state=TaskState.DONE, done_at=now), deps)
    await unit.trials.done(task.task_id, now)
    await close_pieces(unit, task, now, deps)
    await reward_done_elsewhere(unit, task, deps)
    await record_task_event(unit, deps, "task.done_elsewhere", task)


async def _compare(unit: Unit, before: Task, task: Task, deps: Dependencies) -> None:
    """Learn from a changed task that is open at its source. A repeating one with a later date was done there;
    any other that was done here is open again. The reward of a tip about it follows.
    """
    if task.repeats and before.state is TaskState.OPEN and _is_later(task.due, before.due):
        await unit.trials.done(task.task_id, deps.clock.now())
        await reward_done_elsewhere(unit, task, deps)
        await record_task_event(unit, deps, "task.done_elsewhere", task)
    elif before.done_at and before.state is not TaskState.OPEN and not task.repeats:
        await unit.trials.undone(task.task_id, before.done_at)
        await reopen_pieces(unit, task, before.done_at, deps)
        await retract_done_elsewhere(unit, before, deps)
        await record_task_event(unit, deps, "task.reopened_elsewhere", task)
    elif before.state is TaskState.OPEN and before.due != task.due and not _is_kept_apart(before, task):
        dates = {"due_before": due_code(before.due), "due_after": due_code(task.due)}
        await record_task_event(unit, deps, "task.moved_elsewhere", task, **dates)


def _is_kept_apart(before: Task, task: Task) -> bool:
    """Whether the date was a deadline all along: earlier versions took that for the due date."""
    was = before.due if before.deadline is None else None
    return task.due is None and was is not None and was.at is None and was.on == task.deadline


def _is_later(due: Due | None, before: Due | None) -> bool:
    return due is not None and before is not None and _wall_time(due) > _wall_time(before)


def _wall_time(due: Due) -> datetime:
    return due.wall_time(without=time())
