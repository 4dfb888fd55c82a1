"""A person's to-dos: add, list, complete, reopen. ``changes.py`` changes and removes them."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from core.dependencies import Dependencies
from core.errors import BadInput, NotFound
from core.events import record_task_event
from core.learning.update import retract_done_elsewhere, reward_done_elsewhere
from core.records import Decision, Due, Person, Task, TaskSource, TaskState
from core.store import Unit
from core.tasks.by_update import asked_by, by_update
from core.tasks.due_codes import due_code, due_of
from core.tasks.history import is_otherwise_since
from core.tasks.pieces import close_pieces, reopen_pieces
from core.tasks.reminders import put_task, remind_of
from core.tasks.sync import refresh
from core.tips.urgency import by_urgency
from core.words.tasks import TaskDraft, next_due

COMPLETED, REOPENED = "task.completed", "task.reopened"
"""Kinds of events: a task was completed, and this was taken back."""

MAX_OPEN_TASKS = 2000
"""Open tasks of oO's own on one person's list; those of outside sources do not count."""


async def add_task(
    person: Person,
    deps: Dependencies,
    draft: TaskDraft,
    *,
    origin: str,
    said_at: datetime | None = None,
    max_open_tasks: int = MAX_OPEN_TASKS,
) -> Task:
    """Store a task as parsed. ``origin`` names the update it came with: handled twice, it is added once, and
    returned as it is by now. ``said_at``: when the person asked for it, if that was not just now; a reminder
    whose time has passed since rings at once.

    Raises ``BadInput`` (``too_many_tasks``) when ``max_open_tasks`` tasks of oO's own are open already.
    """
    task = Task(
        task_id=f"oo-{origin}",
        person_id=person.person_id,
        title=draft.title,
        created_at=deps.clock.now(),
        priority=draft.priority,
        due=draft.due,
        repeats=draft.repeats,
        repeats_from_done=draft.repeats_from_done,
        minutes=draft.minutes,
        labels=draft.labels,
        project=draft.project,
        section=draft.section,
        deadline=draft.deadline,
        notes=draft.notes,
    )
    async with deps.store.begin(person.person_id) as unit:
        with suppress(NotFound):
            return await unit.tasks.get(task.task_id)
        others = await unit.tasks.open(person.person_id)
        if sum(one.source is TaskSource.OO for one in others) >= max_open_tasks:
            raise BadInput("too_many_tasks", limit=str(max_open_tasks))
        await _put(unit, deps, "task.added", task)
        if draft.reminds:
            await remind_of(unit, task, deps, lead=draft.lead, asked_at=said_at)
    return task


async def list_tasks(person: Person, deps: Dependencies, *, zone: ZoneInfo) -> list[Task]:
    """Open tasks, overdue and urgent first."""
    await refresh(person, deps)
    async with deps.store.read() as unit:
        return by_urgency(await unit.tasks.open(person.person_id), deps.clock.now(), zone)


@dataclass(frozen=True, slots=True, kw_only=True)
class Completed:
    """A task after completion: done, or moved on to its next date. ``due_before`` lets an undo restore it."""

    task: Task
    due_before: Due | None


async def complete_task(
    unit: Unit, task: Task, deps: Dependencies, *, zone: ZoneInfo, origin: str = ""
) -> Completed:
    """Complete a task inside the caller's transaction. The tip about it, if there is one, was followed.

    ``origin`` names the update that asks for it, for ``by_update``.
    """
    completed = await mark_done(unit, task, deps, zone=zone, origin=origin)
    await reward_done_elsewhere(unit, task, deps)
    return completed


async def reopen_task(
    unit: Unit,
    task: Task,
    deps: Dependencies,
    *,
    due: Due | None,
    done_at: datetime | None = None,
    origin: str = "",
) -> Task:
    """Undo a completion inside the caller's transaction, with the due date it had.

    ``done_at`` says which one; ``origin`` as for ``complete_task``. Raises ``NotFound`` if the task was
    completed again, or opened, since.
    """
    if done_at and task.done_at != done_at:
        raise NotFound("not the latest completion of this task")
    await retract_done_elsewhere(unit, task, deps)
    return await mark_open(unit, task, deps, due=due, done_at=done_at, origin=origin)


async def mark_done(
    unit: Unit, task: Task, deps: Dependencies, *, zone: ZoneInfo, origin: str = ""
) -> Completed:
    """Mark a task as done; a repeating one moves to its next date.

    A task that lives elsewhere is marked here at once and completed there by the event's handler.
    """
    now = deps.clock.now()
    before = {"moved_from": due_code(task.due)} if origin else {}
    done = await _put(unit, deps, COMPLETED, _done(task, now, zone), **asked_by(origin), **before)
    await unit.trials.done(task.task_id, now)
    await close_pieces(unit, done, now, deps)
    return Completed(task=done, due_before=task.due)


def _done(task: Task, now: datetime, zone: ZoneInfo) -> Task:
    """A repeating task moves on while its rule lasts; any other is done."""
    repeats = task.repeats if task.source is TaskSource.OO else None
    from_done = task.repeats_from_done
    moved = (
        next_due(repeats, task.due, after=now, zone=zone, from_done=from_done)
        if repeats and task.due
        else None
    )
    if moved:
        return replace(task, due=moved, done_at=now)
    return replace(task, state=TaskState.DONE, done_at=now)


async def mark_open(
    unit: Unit,
    task: Task,
    deps: Dependencies,
    *,
    due: Due | None,
    done_at: datetime | None = None,
    origin: str = "",
) -> Task:
    """Mark a task as open, with the due date it had. One that is gone stays so.

    A task that was moved, or done again, after its completion at ``done_at`` keeps its date.
    """
    if task.state is TaskState.GONE:
        return task
    if done_at and await is_otherwise_since(unit, task.person_id, task.task_id, done_at):
        due = task.due
    if task.done_at:
        await unit.trials.undone(task.task_id, task.done_at)
        await reopen_pieces(unit, task, task.done_at, deps)
    opened = replace(task, state=TaskState.OPEN, done_at=None, due=due)
    return await _put(unit, deps, REOPENED, opened, **asked_by(origin))


async def _put(unit: Unit, deps: Dependencies, kind: str, task: Task, **data: str) -> Task:
    """Store a task as it is after what happened to it."""
    await put_task(unit, task, deps)
    await record_task_event(unit, deps, kind, task, **data)
    return task


async def completed_before(unit: Unit, task: Task, deps: Dependencies, origin: str) -> Completed | None:
    """What ``complete_task`` returned to the update ``origin`` when that was handled before; None if it was
    not, or if the task was reopened since.
    """
    if task.done_at is None or task.state is TaskState.GONE:
        return None
    events = await by_update(unit, task.person_id, deps, origin, COMPLETED, task_id=task.task_id)
    own = [one for one in events if one.data["task_id"] == task.task_id and one.happened_at == task.done_at]
    return Completed(task=task, due_before=due_of(str(own[-1].data["moved_from"]))) if own else None


# --- A tip's task, later -----------------------------------------------------------------------------------


def due_then(decision: Decision, task: Task) -> Due | None:
    """The due date that a tip's task had when the tip was chosen."""
    known = decision.context.tasks if decision.context else ()
    return next((one.due for one in known if one.task_id == task.task_id), task.due)


def is_over(task: Task, decision: Decision) -> bool:
    """Whether what a tip was about is done or gone; of a repeating task, whether it has moved on since."""
    if task.state is not TaskState.OPEN:
        return True
    return task.repeats is not None and task.due != due_then(decision, task)
