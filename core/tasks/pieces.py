"""Pieces of a task: sub-tasks in order. The ones that oO made are its own, wherever their task lives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from core.records import Task, TaskSource, TaskState
from core.store import Unit


async def open_pieces(unit: Unit, task: Task) -> list[Task]:
    """The open pieces of a task, and theirs, each level in order."""
    return await _pieces(unit, task, lambda piece: piece.state is TaskState.OPEN)


async def _pieces(unit: Unit, task: Task, is_wanted: Callable[[Task], bool]) -> list[Task]:
    found: list[Task] = []
    parents, seen = [task.task_id], {task.task_id}
    while parents:
        pieces = await unit.tasks.pieces(task.person_id, parents.pop(0))
        new = [piece for piece in pieces if piece.task_id not in seen and is_wanted(piece)]
        found += new
        seen |= {piece.task_id for piece in new}
        parents += [piece.task_id for piece in new]
    return found


async def close_pieces(unit: Unit, task: Task, done_at: datetime) -> None:
    """The open pieces that oO made of a task are done with it, at the same instant."""
    for piece in await open_pieces(unit, task):
        if piece.source is TaskSource.OO:
            await unit.tasks.put(replace(piece, state=TaskState.DONE, done_at=done_at))
            await unit.trials.done(piece.task_id, done_at)


async def reopen_pieces(unit: Unit, task: Task, done_at: datetime) -> None:
    """Open the pieces that were done with their task at ``done_at``."""

    def is_closed_with_it(piece: Task) -> bool:
        return (piece.source, piece.state, piece.done_at) == (TaskSource.OO, TaskState.DONE, done_at)

    for piece in await _pieces(unit, task, is_closed_with_it):
        await unit.tasks.put(replace(piece, state=TaskState.OPEN, done_at=None))
        await unit.trials.undone(piece.task_id, done_at)
