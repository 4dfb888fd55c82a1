"""When a decision is due, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Trigger(StrEnum):
    """Why a decision is made."""

    SCHEDULED = "scheduled"
    REQUESTED = "requested"
    SNOOZED = "snoozed"
    REMINDER = "reminder"
    """The person asked for a message at that time: nothing is chosen, and nothing is learned."""


class Moved(StrEnum):
    """Why a slot is not at its planned wall-clock time."""

    CLOCKS_FORWARD = "clocks_forward"
    QUIET = "quiet"
    PAUSED = "paused"
    MEETING = "meeting"
    """It waits for the end of a meeting."""
    LOST_TO_MEETING = "lost_to_meeting"
    """It is not served: at the end of the meeting it would be too old."""
    SILENCED = "silenced"
    """It waits for the end of silenced notifications."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One decision point of a schedule."""

    key: str
    """The planned local date and time, such as ``2027-03-28T02:30``. At most one tip per person and key."""
    at: datetime
    local: datetime
    """The wall clock at ``at``, naive."""
    moved: tuple[Moved, ...] = ()
    """Why it is not at the planned time."""
    merged: tuple[str, ...] = ()
    """Keys of later slots that quiet hours moved to the same instant."""
