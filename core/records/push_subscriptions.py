"""The browsers to which oO pushes tips (Web Push, RFC 8030)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PushSubscription:
    """One browser of a person, as its push service knows it."""

    subscription_id: str
    person_id: str
    endpoint: str = field(repr=False)
    """The URL of the push service for this browser: whoever knows it and the keys can send to it."""
    p256dh: str = field(repr=False)
    """The browser's public key, an uncompressed point on P-256 in base64url."""
    auth: str = field(repr=False)
    """A secret of 16 bytes that the browser shares with oO, in base64url."""
    browser: str
    """What the browser is called: ``Firefox, Android``."""
    created_at: datetime
    delivered_at: datetime | None = None
    """When the push service last accepted something for it; None: never."""
