"""Tips for which the coin of the hold-out was tossed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """A decision whose tip was about a task and for which the coin was tossed: sent or held out, and what
    came of the task. ``ends_at`` ends the person's day on which it was decided; ``done_at`` is when the task
    was first done on that day, with a tap or without.
    """

    decision_id: str
    person_id: str
    task_id: str
    decided_at: datetime
    chance: float
    held_out: bool
    ends_at: datetime
    done_at: datetime | None = None
