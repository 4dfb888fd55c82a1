"""Tasks: oO's own and those of outside sources."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """When a task is due."""

    on: date
    at: time | None = None
    """Wall-clock time; None means some time on that day."""
    zone: str | None = None
    """IANA name; None means the zone in which the person is then."""


class TaskSource(StrEnum):
    """Where a task lives."""

    OO = "oo"
    TODOIST = "todoist"


class TaskState(StrEnum):
    """``GONE`` tasks were removed."""

    OPEN = "open"
    DONE = "done"
    GONE = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A person's task."""

    task_id: str
    person_id: str
    title: str
    created_at: datetime
    source: TaskSource = TaskSource.OO
    external_id: str | None = None
    """The source's id; None for oO's own tasks."""
    priority: int = 4
    """1 is the most urgent, 4 the default, as people type p1…p4."""
    due: Due | None = None
    repeats: str | None = None
    """An RFC 5545 RRULE without DTSTART (oO's own tasks), or the source's words (Todoist). Completing a
    repeating task moves ``due``.
    """
    state: TaskState = TaskState.OPEN
    done_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskOutline:
    """The fields of an open task that the shortlist needs. Lists of thousands are read in this form."""

    task_id: str
    title: str
    priority: int
    due: Due | None
    created_at: datetime


UNKNOWN_AGE = datetime(1970, 1, 1, tzinfo=UTC)
"""``created_at`` of an outside task without one: its age is that of oO's copy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskList:
    """The open tasks of a source."""

    tasks: tuple[Task, ...] = ()
    unread: frozenset[str] = frozenset()
    """External ids of further open tasks whose content could not be read."""
    whole: bool = True
    """False if not even all ids could be read. Then a missing task is not known to be closed."""
