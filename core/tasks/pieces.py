"""Pieces of a task: sub-tasks in order. The ones that oO made are its own, wherever their task lives.

Tips are about the next open piece only (``core/tips/shortlist.py``). After the last, the task comes up again
as itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from core.dependencies import Dependencies
from core.errors import BadInput, NotFound
from core.events import record_task_event
from core.records import Decision, Person, ReactionKind, Task, TaskSource, TaskState
from core.store import Unit
from core.tasks.by_update import asked_by, by_update
from core.tasks.reminders import put_task, put_tasks
from core.words.tasks import TaskDraft

LARGE_MINUTES = 90
"""A task with this estimate or a longer one is worth splitting."""

SNOOZES = 3
"""A task whose tips were snoozed so often is worth splitting."""

MAX_PIECES = 12
"""Pieces that are added at once."""


def snoozes_of(decision: Decision) -> int:
    """How many recent tips about the same task were snoozed when the decision was made."""
    task_id, past = decision.tip and decision.tip.task_id, decision.context.past if decision.context else ()
    return sum(tip.task_id == task_id and tip.reaction is ReactionKind.SNOOZE for tip in past)


def is_worth_splitting(decision: Decision, *, snoozes: int) -> bool:
    """Whether the tip's task is large, or was put off again and again. A repeating task is not split."""
    task_id, tasks = decision.tip and decision.tip.task_id, decision.context.tasks if decision.context else ()
    task = next((one for one in tasks if one.task_id == task_id), None)
    if task is None or task.repeats:
        return False
    return snoozes >= SNOOZES or (task.minutes or 0) >= LARGE_MINUTES


async def add_pieces(
    task_id: str,
    person: Person,
    deps: Dependencies,
    drafts: Sequence[TaskDraft],
    *,
    origin: str,
    max_open_tasks: int,
) -> tuple[Task, ...]:
    """Split an open task into pieces, in this order, after the open ones it has.

    A piece has the date, priority, labels and project of its task, where its draft has none. ``origin`` names
    the update it came with: handled twice, they are added once. Raises ``NotFound`` if the person has no such
    open task, ``BadInput`` (``too_many_tasks``), ``ValueError`` for more than ``MAX_PIECES``.
    """
    if len(drafts) > MAX_PIECES:
        raise ValueError(f"{len(drafts)} pieces at once")
    async with deps.store.begin(person.person_id) as unit:
        task = await unit.tasks.get(task_id)
        if (task.person_id, task.state) != (person.person_id, TaskState.OPEN):
            raise NotFound("no such open task of this person")
        now = deps.clock.now()
        pieces = [
            _piece(task, draft, f"oo-{origin}.{number:02}", now)
            for number, draft in enumerate(drafts, start=1)
        ]
        if made := await _made_before(unit, pieces):
            return made
        others = await unit.tasks.open(person.person_id)
        if sum(one.source is TaskSource.OO for one in others) + len(pieces) > max_open_tasks:
            raise BadInput("too_many_tasks", limit=str(max_open_tasks))
        for piece in pieces:
            await put_task(unit, piece, deps)
            await record_task_event(unit, deps, "task.added", piece, parent_id=task.task_id)
    return tuple(pieces)


async def _made_before(unit: Unit, pieces: Sequence[Task]) -> tuple[Task, ...]:
    """The pieces as they are by now, if this very update has made them; () if not."""
    made: list[Task] = []
    with suppress(NotFound):
        for piece in pieces:
            made.append(await unit.tasks.get(piece.task_id))
    return tuple(made)


def _piece(task: Task, draft: TaskDraft, task_id: str, now: datetime) -> Task:
    return Task(
        task_id=task_id,
        person_id=task.person_id,
        title=draft.title,
        created_at=now,
        priority=min(draft.priority, task.priority),
        due=draft.due or task.due,
        minutes=draft.minutes,
        labels=draft.labels or task.labels,
        project=draft.project or task.project,
        section=draft.section if draft.project else task.section,
        deadline=draft.deadline or task.deadline,
        notes=draft.notes,
        parent_id=task.task_id,
    )


async def remove_pieces(
    task_ids: Sequence[str], person: Person, deps: Dependencies, *, origin: str = ""
) -> tuple[Task, ...]:
    """Take ``add_pieces`` back: remove those that are still open, with their own pieces, and return them.

    ``origin`` names the update that asks for it: handled twice, it returns those that it removed.
    """
    async with deps.store.begin(person.person_id) as unit:
        known = [one for one in await unit.tasks.some(task_ids) if one.person_id == person.person_id]
        pieces = tuple(one for one in known if one.state is TaskState.OPEN)
        if not pieces:
            before = await by_update(unit, person.person_id, deps, origin, "task.removed")
            removed = {one.data["task_id"] for one in before}
            return tuple(one for one in known if one.task_id in removed)
        below = [piece for one in known for piece in await open_pieces(unit, one)]
        for piece in (*pieces, *below):
            await put_task(unit, replace(piece, state=TaskState.GONE), deps)
            await record_task_event(unit, deps, "task.removed", piece, **asked_by(origin))
    return pieces


async def move_pieces(
    unit: Unit,
    before: Task,
    after: Task,
    deps: Dependencies,
    *,
    only: Collection[str] | None = None,
) -> list[Task]:
    """The open pieces that had the date or the priority of their task get its new one. Returns those.

    ``only``: none but the pieces with these ids, for an undo.
    """
    moved = []
    for piece in await open_pieces(unit, after):
        if piece.source is TaskSource.OO and (only is None or piece.task_id in only):
            new = replace(
                piece,
                due=after.due if piece.due == before.due else piece.due,
                priority=after.priority if piece.priority == before.priority else piece.priority,
            )
            if new != piece:
                moved.append(new)
    await put_tasks(unit, moved, deps)
    return moved


async def open_pieces(unit: Unit, task: Task) -> list[Task]:
    """The open pieces of a task, and theirs, each level in order."""
    return await _pieces(unit, task, lambda piece: piece.state is TaskState.OPEN)


async def _pieces(unit: Unit, task: Task, is_wanted: Callable[[Task], bool]) -> list[Task]:
    """Those below the task to which only wanted pieces lead. They are read at once: a task from a file may
    have thousands of pieces, each below another.
    """
    pieces = defaultdict[str | None, list[Task]](list)
    for piece in filter(is_wanted, await unit.tasks.below(task.person_id, task.task_id)):
        pieces[piece.parent_id].append(piece)
    found: list[Task] = []
    level, seen = [task.task_id], {task.task_id}
    while level:
        new = [piece for task_id in level for piece in pieces[task_id] if piece.task_id not in seen]
        found += new
        level = [piece.task_id for piece in new]
        seen.update(level)
    return found


async def close_pieces(unit: Unit, task: Task, done_at: datetime, deps: Dependencies) -> None:
    """The open pieces that oO made of a task are done with it, at the same instant."""
    pieces = [piece for piece in await open_pieces(unit, task) if piece.source is TaskSource.OO]
    done = [replace(piece, state=TaskState.DONE, done_at=done_at) for piece in pieces]
    await put_tasks(unit, done, deps)
    for piece in pieces:
        await unit.trials.done(piece.task_id, done_at)


async def reopen_pieces(unit: Unit, task: Task, done_at: datetime, deps: Dependencies) -> None:
    """Open the pieces that were done with their task at ``done_at``."""

    def is_closed_with_it(piece: Task) -> bool:
        return (piece.source, piece.state, piece.done_at) == (TaskSource.OO, TaskState.DONE, done_at)

    pieces = await _pieces(unit, task, is_closed_with_it)
    opened = [replace(piece, state=TaskState.OPEN, done_at=None) for piece in pieces]
    await put_tasks(unit, opened, deps)
    for piece in pieces:
        await unit.trials.undone(piece.task_id, done_at)
