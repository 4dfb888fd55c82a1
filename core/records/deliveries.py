"""A tip on its way to an account."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class DeliveryState(StrEnum):
    """The states of a delivery; ``core/delivery/send.py`` holds the transitions."""

    RESERVED = "reserved"
    """To be sent."""
    SENDING = "sending"
    """Committed before the platform is called."""
    SENT = "sent"
    """The platform confirmed it, or a tap proves it."""
    REJECTED = "rejected"
    """The platform refused it permanently."""
    UNKNOWN = "unknown"
    """There is no clear answer. It may have been shown, so it is never sent again."""
    ABANDONED = "abandoned"
    """It must not be sent any more, or was tried often enough."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One tip on its way to one account."""

    delivery_id: str
    decision_id: str
    person_id: str
    account_id: str
    state: DeliveryState
    attempt: int = 0
    """Number of attempts so far."""
    reserved_at: datetime
    changed_at: datetime
    """When the state was last changed."""
    not_before: datetime | None = None
    """When the next attempt may start; None means at once."""
    message_id: str | None = None
    """The platform's id of the message, once known."""
    reason: str | None = None
    """Code of why it is in this state, where there is more than one possible reason."""
    traceparent: str | None = None
    """The span in which it was reserved (``core/ports/tracing.py``); None without traces."""
    due_at: datetime | None = None
    """The instant for which it was planned: that of the slot, the snooze or the reminder. None: at no certain
    time, such as a tip that was asked for.
    """
