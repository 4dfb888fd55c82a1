"""The browsers to which oO pushes tips."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from core.records import PushSubscription


class PushSubscriptions(Protocol):
    """The browsers of people. An endpoint is stored once: it is whoever's who subscribed last."""

    async def put(self, subscription: PushSubscription) -> None:
        """Insert it, in place of one with the same endpoint or id."""
        ...

    async def at(self, endpoint: str) -> PushSubscription | None:
        """The subscription with that endpoint."""
        ...

    async def of(self, person_id: str) -> tuple[PushSubscription, ...]:
        """The person's, oldest first."""
        ...

    async def delivered(self, subscription_id: str, at: datetime) -> None:
        """Note that its push service accepted something, unless it was removed meanwhile."""
        ...

    async def remove(self, subscription_id: str) -> None: ...
