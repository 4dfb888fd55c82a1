"""What is known at a decision point, as separate facts that a written tip may rest on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from core.records.tasks import Due


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fact:
    fact_id: str
    """How prompts and tips refer to the fact: ``now``, ``load``, or ``t1``, ``t2``, … for tasks."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedFact(_Fact):
    """A fact of a decision that was logged before facts had fields."""

    text: str
    """As the prompt showed it."""


Fact = MomentFact | LoadFact | TaskFact | LoggedFact
"""Each kind has a field that no other has: by it, a stored fact is recognised."""
