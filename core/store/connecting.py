"""Connections that are being made, and webhooks that have come."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from core.records import PendingConnection


class Connecting(Protocol):
    """Links by which people connect accounts, and ids of webhook deliveries."""

    async def put(self, pending: PendingConnection) -> None:
        """Insert or update by state_hash."""
        ...

    async def get(self, state_hash: str) -> PendingConnection | None: ...
    async def use(self, state_hash: str, *, made_after: datetime, now: datetime) -> PendingConnection | None:
        """Use a link up, once: None if it is unknown, used, or was made at ``made_after`` or before."""
        ...

    async def unasked(self, provider: str) -> tuple[PendingConnection, ...]:
        """Those whose account is known and that the chat has not asked about, oldest first."""
        ...

    async def of(self, person_id: str, provider: str) -> tuple[PendingConnection, ...]:
        """A person's, oldest first."""
        ...

    async def old(self, before: datetime) -> tuple[PendingConnection, ...]:
        """Those that were made before, oldest first."""
        ...

    async def remove(self, state_hashes: Sequence[str]) -> None:
        """Delete them."""
        ...

    async def delivered(self, provider: str, delivery_id: str, now: datetime) -> bool:
        """Remember a webhook delivery. False if it came before."""
        ...

    async def prune(self, before: datetime) -> int:
        """Forget older deliveries; returns how many."""
        ...
