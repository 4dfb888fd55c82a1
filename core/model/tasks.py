"""Tasks: oO's own, and those of other places."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """When a task is due: a date, maybe a wall-clock time, maybe a fixed zone (None: the person's own,
    wherever they are).
    """

    on: date
    at: time | None = None
    zone: str | None = None


class TaskSource(StrEnum):
    """Where a task lives."""

    OO = "oo"
    TODOIST = "todoist"


class TaskState(StrEnum):
    """A task is open until it is done or gone."""

    OPEN = "open"
    DONE = "done"
    GONE = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A person's to-do. ``priority`` 1 is the most urgent, 4 the default (as people type p1…p4).

    ``repeats`` is an RFC 5545 RRULE without DTSTART (oO's own tasks) or the source's own words (Todoist);
    completing such a task moves ``due``.
    """

    task_id: str
    person_id: str
    title: str
    created_at: datetime
    source: TaskSource = TaskSource.OO
    external_id: str | None = None
    priority: int = 4
    due: Due | None = None
    repeats: str | None = None
    state: TaskState = TaskState.OPEN
    done_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskOutline:
    """As much of an open task as decides whether it is looked at; a list of thousands is read as these."""

    task_id: str
    title: str
    priority: int
    due: Due | None
    created_at: datetime


UNKNOWN_AGE = datetime(1970, 1, 1, tzinfo=UTC)
"""``created_at`` of an outside task that doesn't say: it is as old as oO's copy of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskList:
    """What a source says is open. ``unread`` are ids of tasks that are open there too, without a title that
    could be read; without ``whole``, not even their ids could: nothing that is missing is known to be closed.
    """

    tasks: tuple[Task, ...] = ()
    unread: frozenset[str] = frozenset()
    whole: bool = True
