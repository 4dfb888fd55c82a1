"""Events: what happened, recorded for other systems and for the history."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened, appended in the transaction that made it happen."""

    event_id: str
    kind: str
    """For example ``task.completed``."""
    happened_at: datetime
    person_id: str | None = None
    """None for events about oO itself."""
    data: dict[str, str | int | float | bool | None] = field(default_factory=dict)
    """Ids, codes and numbers; no personal text."""
    traceparent: str | None = None
    """The span in which it happened (``core/ports/tracing.py``); None without traces."""
