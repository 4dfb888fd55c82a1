"""A tip on its way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class DeliveryState(StrEnum):
    """``reserved → sending → sent | rejected | unknown → sent (observed)``; ``abandoned`` when it must not
    go any more.
    """

    RESERVED = "reserved"
    SENDING = "sending"
    SENT = "sent"
    REJECTED = "rejected"
    UNKNOWN = "unknown"
    ABANDONED = "abandoned"


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One tip on its way to one account. ``message_id`` is the platform's, once known."""

    delivery_id: str
    decision_id: str
    person_id: str
    account_id: str
    state: DeliveryState
    attempt: int = 0
    reserved_at: datetime
    changed_at: datetime
    not_before: datetime | None = None
    message_id: str | None = None
    reason: str | None = None
