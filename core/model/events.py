"""What happened, for whoever must hear of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened, appended in the transaction that made it so. ``data`` holds ids and numbers,
    no personal text.
    """

    event_id: str
    kind: str
    happened_at: datetime
    person_id: str | None = None
    data: dict[str, str | int | float | bool | None] = field(default_factory=dict)
