"""Tasks: oO's own and those of outside sources."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import Enum, StrEnum
from typing import Final, Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """When a task is due."""

    on: date
    at: time | None = None
    """Wall-clock time; None means some time on that day."""
    zone: str | None = None
    """IANA name; None means the zone in which the person is then."""

    def wall_time(self, *, without: time) -> datetime:
        """What a clock shows in its zone then. A date alone has the time ``without``."""
        return datetime.combine(self.on, self.at or without)


class TaskSource(StrEnum):
    """Where a task lives."""

    OO = "oo"
    TODOIST = "todoist"
    CALDAV = "caldav"
    """VTODOs on a CalDAV server."""


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
    repeats_from_done: bool = False
    """Whether the next date counts from the completion, not from ``due``: "every 3 days after completion"."""
    minutes: int | None = None
    """How long it takes, as estimated by the person."""
    labels: tuple[str, ...] = ()
    """As typed, without the mark before them; no two are equal but for case."""
    project: str | None = None
    notes: str | None = None
    parent_id: str | None = None
    """The task of which this is a piece."""
    state: TaskState = TaskState.OPEN
    done_at: datetime | None = None
    deadline: date | None = None
    """The day by the end of which it has to be done. ``due``, when the person means to do it, may move; this
    does not move with it.
    """
    section: str | None = None
    """The part of the project that it is in. In the inbox of Todoist there is a section without a project."""
    section_id: str | None = None
    """The source's id of the section; None for oO's own tasks."""

    @property
    def place(self) -> str | None:
        """Project and section as they are shown: ``Work / Ideas``."""
        return place_text(self.project, self.section)


SECTION_MARK = " / "
"""Between a project and its section, where both are one text."""


def place_text(project: str | None, section: str | None) -> str | None:
    """``Work / Ideas``, ``Work``, or ``/ Ideas`` for a section without a project; None for neither."""
    return f"{project or ''}{SECTION_MARK}{section}".lstrip() if section else project


class Unchanged(Enum):
    """The type of ``UNCHANGED``."""

    UNCHANGED = "unchanged"


UNCHANGED: Final = Unchanged.UNCHANGED
"""In a ``TaskPatch``: the field stays as it is. None clears a field."""

Keep = Literal[Unchanged.UNCHANGED]


@dataclass(frozen=True, slots=True, kw_only=True)
class Delay:
    """An amount of calendar time by which a due date is moved. A month later keeps the day where it can.
    Below zero, the date is to be earlier.
    """

    months: int = 0
    days: int = 0
    minutes: int = 0

    @property
    def is_earlier(self) -> bool:
        """Whether the date is to be earlier."""
        return min(self.months, self.days, self.minutes) < 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskPatch:
    """New values for some fields of a task; the others are ``UNCHANGED``."""

    title: str | Keep = UNCHANGED
    due: Due | Keep | None = UNCHANGED
    repeats: str | Keep | None = UNCHANGED
    """As in ``Task``. A rule without a day, such as FREQ=MONTHLY, counts from the due date, or from today."""
    repeats_from_done: bool | Keep = UNCHANGED
    priority: int | Keep = UNCHANGED
    minutes: int | Keep | None = UNCHANGED
    labels: tuple[str, ...] | Keep = UNCHANGED
    project: str | Keep | None = UNCHANGED
    """Another project takes the task out of its section, unless ``section`` names one."""
    section: str | Keep | None = UNCHANGED
    section_id: str | Keep | None = UNCHANGED
    """As in ``Task``; for an undo. Another section without its id has none."""
    notes: str | Keep | None = UNCHANGED
    deadline: date | Keep | None = UNCHANGED
    delay: Delay | None = None
    """Moves the due date by that much, counted from the due date, or from now if that is later. Not together
    with ``due``.
    """
    on: date | Keep = UNCHANGED
    """Another day at the same time of day: "move the dentist to friday". Not together with ``due``."""
    at: time | Keep = UNCHANGED
    """Another time of day on the same day: "make it 3pm". Without a day ahead: on its next occurrence."""
    other_half: int = 0
    """Within how many minutes of the task's present time the other half of the day may be meant by ``at``, or
    by the time in ``due``: "make it 7" of a task at 18:00. 0: the time is exact.
    """
    add_notes: str = ""
    """A line after the notes that there are. Not together with ``notes``."""
    priority_step: int = 0
    """By how many steps the task becomes more urgent; negative: less urgent."""
    add_labels: tuple[str, ...] = ()
    remove_labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskOutline:
    """The fields of an open task that the shortlist needs. Lists of thousands are read in this form."""

    task_id: str
    title: str
    priority: int
    due: Due | None
    created_at: datetime
    minutes: int | None = None
    """As in ``Task``."""
    parent_id: str | None = None
    """As in ``Task``, but None for the sub-tasks of an outside source, which have no order."""
    deadline: date | None = None
    """As in ``Task``."""


UNKNOWN_AGE = datetime(1970, 1, 1, tzinfo=UTC)
"""``created_at`` of an outside task without one: its age is that of oO's copy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskList:
    """The open tasks of a source, or those that have changed since a cursor."""

    tasks: tuple[Task, ...] = ()
    unread: frozenset[str] = frozenset()
    """Ids of further open tasks whose content could not be read."""
    whole: bool = True
    """Whether it lists all open tasks. If not, a missing task is not known to be closed."""
    done: frozenset[str] = frozenset()
    """Ids of tasks that were completed since the cursor; not in a whole list."""
    gone: frozenset[str] = frozenset()
    """Ids of tasks that were removed since the cursor, or are somebody else's now."""
    gone_sections: frozenset[str] = frozenset()
    """The source's ids of sections that were removed or archived since the cursor: their tasks that are not
    listed are gone as well.
    """
    cursor: str | None = None
    """For the changes after these. None: the next list has to be whole."""
