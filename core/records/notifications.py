"""What a platform tells about a person's notifications.

Tests: tests/core/people/test_notifications.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NotificationReading:
    """What a platform answered: the time of silenced notifications, now or next, and the zone."""

    silenced_from: datetime | None = None
    """None if no such time is known."""
    silenced_until: datetime | None = None
    """Excluded; None if no such time is known."""
    zone: str | None = None
    """IANA name, unchecked; None if the platform does not say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotificationState(NotificationReading):
    """The latest reading for an account. It is stored only while the person allows it."""

    account_id: str
    person_id: str
    read_at: datetime
    expires_at: datetime
    """From then on it is no reason to wait any more."""
