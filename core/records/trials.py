"""The observations of the hold-out experiment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """A decision with a tip about a task that was randomly sent or held out, and its outcome."""

    decision_id: str
    person_id: str
    task_id: str
    decided_at: datetime
    chance: float
    """Probability of the hold-out arm."""
    held_out: bool
    ends_at: datetime
    """End of the person's day on which it was decided."""
    done_at: datetime | None = None
    """When the task was first done on that day, with or without a tap."""
