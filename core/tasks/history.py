"""What happened to a person's tasks, read from the event log: what was done, and what was moved.

What was taken back since did not happen. Done are tasks that were completed here or at their source, each
time for a repeating one; a removed task is not done. Moved are tasks whose due date was changed by hand.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from core.records import Due, Event
from core.store import Unit
from core.tasks.due_codes import due_of

DONE_EVENTS = frozenset({"task.completed", "task.done_elsewhere"})
REOPENED_EVENTS = frozenset({"task.reopened", "task.reopened_elsewhere"})
MOVED_EVENTS = frozenset({"task.changed", "task.moved_elsewhere"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Completion:
    """A task was done. One that was done at its source counts from when oO noticed."""

    task_id: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A task's due date was changed."""

    task_id: str
    at: datetime
    before: Due | None
    after: Due | None


T = TypeVar("T", Completion, Move)


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What happened to a person's tasks since an instant, oldest first."""

    done: tuple[Completion, ...] = ()
    moved: tuple[Move, ...] = ()


async def read_history(unit: Unit, person_id: str, since: datetime) -> History:
    """What happened from ``since`` on."""
    kinds = DONE_EVENTS | REOPENED_EVENTS | MOVED_EVENTS
    events = await unit.events.since(person_id, kinds, since)
    return History(done=tuple(completions(events)), moved=tuple(moves(events)))


def completions(events: Iterable[Event]) -> list[Completion]:
    """The completions among ``events`` (oldest first) that were not taken back: reopening a task takes its
    latest completion back, which may be older than the first event.
    """
    standing = defaultdict[str, list[Completion]](list)
    for event in events:
        task_id = str(event.data.get("task_id"))
        if event.kind in DONE_EVENTS:
            standing[task_id].append(Completion(task_id=task_id, at=event.happened_at))
        elif event.kind in REOPENED_EVENTS and standing[task_id]:
            standing[task_id].pop()
    return _in_order(one for each in standing.values() for one in each)


def moves(events: Iterable[Event]) -> list[Move]:
    """The moves among ``events`` (oldest first), without those that a later one exactly takes back. A first
    date is no move.
    """
    standing = defaultdict[str, list[Move]](list)
    for event in events:
        move = _move(event)
        if move is None:
            continue
        earlier = standing[move.task_id]
        if earlier and (earlier[-1].before, earlier[-1].after) == (move.after, move.before):
            earlier.pop()
        else:
            earlier.append(move)
    return _in_order(one for each in standing.values() for one in each if one.before)


async def is_otherwise_since(unit: Unit, person_id: str, task_id: str, done_at: datetime) -> bool:
    """Whether a task that was completed at ``done_at`` was moved, or done once more, after that."""
    found = await unit.events.since(person_id, DONE_EVENTS | MOVED_EVENTS, done_at, task_id=task_id)
    of_task = [event for event in found if event.data.get("task_id") == task_id]
    places = (place for place, event in enumerate(of_task) if event.kind in DONE_EVENTS)
    later = of_task[next(places, len(of_task)) + 1 :]
    return bool(moves(later)) or any(event.kind in DONE_EVENTS for event in later)


def _move(event: Event) -> Move | None:
    before, after = event.data.get("due_before"), event.data.get("due_after")
    if event.kind not in MOVED_EVENTS or not isinstance(before, str) or not isinstance(after, str):
        return None
    return Move(
        task_id=str(event.data.get("task_id")),
        at=event.happened_at,
        before=due_of(before),
        after=due_of(after),
    )


def _in_order(found: Iterable[T]) -> list[T]:
    return sorted(found, key=lambda one: one.at)
