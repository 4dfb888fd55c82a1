"""What is known at a decision point, as separate facts that a written tip may rest on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from core.records.tasks import Due
from core.records.tips import TipKind


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fact:
    fact_id: str
    """How prompts and tips refer to the fact: ``now``, ``load``, ``agenda``, ``done``; numbered: ``t1`` for
    tasks, ``s1`` for snoozed tips, ``h1`` for what tips led to.
    """

    task_id: str | None = None
    """The task that the fact is about; None for other facts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MomentFact(_Fact):
    """The local date and time of the decision point."""

    on: date
    at: time
    """To the minute."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadFact(_Fact):
    """How many tasks are open, and how many of these are overdue."""

    open_tasks: int
    overdue_tasks: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskFact(_Fact):
    """One open task."""

    title: str
    due: Due | None
    is_overdue: bool
    priority: int
    """1 (most urgent) to 4."""
    deadline: date | None = None
    """As in ``Task``; ``is_overdue`` counts it."""
    is_deadline_over: bool = False
    minutes: int | None = None
    """How long it takes, as estimated by the person."""
    labels: tuple[str, ...] = ()
    project: str | None = None
    """With its section: ``Work / Ideas``."""
    repeats: str | None = None
    """As in ``Task``."""
    notes: str | None = None
    """Cut short."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaItem:
    """A task that is due today."""

    title: str
    at: time | None
    """The person's wall-clock time; None: some time today."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaFact(_Fact):
    """What is due today, overdue times of today included."""

    agenda: tuple[AgendaItem, ...]
    """The first ones, by time; those without a time come last."""
    due_today: int
    """Number of all of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DoneFact(_Fact):
    """What the person completed today."""

    done_titles: tuple[str, ...]
    """The latest ones, oldest first."""
    done_today: int
    """Number of all of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SnoozeFact(_Fact):
    """A snoozed tip."""

    snoozed: str
    """Its first line."""
    back_on: date
    """The person's local date on which it comes back."""
    back_at: time
    """To the minute."""


class DayPart(StrEnum):
    """A part of the day, by the person's wall clock."""

    MORNING = "morning"
    """From 5:00."""
    AFTERNOON = "afternoon"
    """From 12:00."""
    EVENING = "evening"
    """From 17:00."""
    NIGHT = "night"
    """From 22:00."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeFact(_Fact):
    """What recent tips with something in common led to: one of ``kind``, ``topic`` and ``day_part``."""

    tips: int
    """How many were sent."""
    done: int
    dismissed: int
    kind: TipKind | None = None
    topic: str | None = None
    day_part: DayPart | None = None
    """When they were sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedFact(_Fact):
    """A fact of a decision that was logged before facts had fields."""

    text: str
    """As the prompt showed it."""


Fact = MomentFact | LoadFact | TaskFact | AgendaFact | DoneFact | SnoozeFact | OutcomeFact | LoggedFact
"""Each kind has a field that no other has: by it, a stored fact is recognised."""
