"""Reminders: messages that a person asked for at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.records.tasks import Due


class ReminderKind(StrEnum):
    """What rings."""

    TASK = "task"
    BRIEF = "brief"
    """The agenda of the day."""
    REVIEW = "review"
    """The look back at the day."""


class ReminderState(StrEnum):
    """Whether a reminder may ring."""

    ACTIVE = "active"
    CANCELLED = "cancelled"
    """By the person. A reminder of a closed task is not cancelled: it rings again if the task is reopened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """A promise to write at a time. The time is a rule and a zone; ``next_at`` is only computed from it."""

    reminder_id: str
    person_id: str
    kind: ReminderKind = ReminderKind.TASK
    task_id: str | None = None
    """The task that it is about; None for a daily message."""
    due: Due | None = None
    """The wall-clock time of the first occurrence, as the task had it last; None: there is no such time."""
    repeats: str | None = None
    """An RFC 5545 RRULE: it rings at each occurrence."""
    lead: int = 0
    """How many minutes before its time it rings."""
    at: datetime | None = None
    """A fixed instant instead of ``due``: it was snoozed, or the person chose one."""
    asked: bool = True
    """False: made because of ``Preferences.lead``."""
    even_if_quiet: bool = False
    """Whether the person chose a time inside their quiet hours."""
    even_if_paused: bool = False
    """Whether the person asked for it when the pause was in force, or planned."""
    over: str | None = None
    """The wall-clock time up to which occurrences are over (ISO), of ``at`` the instant. None: none is."""
    next_at: datetime | None = None
    """When it rings next, outside of quiet hours and pauses; None: not at all as things are. Indexed."""
    state: ReminderState = ReminderState.ACTIVE
    created_at: datetime
    snoozed: str | None = None
    """Id of the decision whose ringing was snoozed to ``at``."""
