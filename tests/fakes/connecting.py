"""Connections that are being made, in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from core.records import PendingConnection
from tests.fakes.tables import Tables


class FakeConnecting:
    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    async def put(self, pending: PendingConnection) -> None:
        self._tables.put("pending_connections", pending.state_hash, pending)

    async def get(self, state_hash: str) -> PendingConnection | None:
        return next((one for one in self._all() if one.state_hash == state_hash), None)

    async def use(self, state_hash: str, *, made_after: datetime, now: datetime) -> PendingConnection | None:
        found = await self.get(state_hash)
        if found is None or found.answered_at or found.created_at <= made_after:
            return None
        used = replace(found, answered_at=now)
        await self.put(used)
        return used

    async def unasked(self, provider: str) -> tuple[PendingConnection, ...]:
        return tuple(
            one for one in self._all() if one.provider == provider and one.outside_id and one.asked_at is None
        )

    async def of(self, person_id: str, provider: str) -> tuple[PendingConnection, ...]:
        return tuple(one for one in self._all() if (one.person_id, one.provider) == (person_id, provider))

    async def old(self, before: datetime) -> tuple[PendingConnection, ...]:
        return tuple(one for one in self._all() if one.created_at < before)

    async def remove(self, state_hashes: Sequence[str]) -> None:
        for one in state_hashes:
            self._tables.drop("pending_connections", one)

    async def delivered(self, provider: str, delivery_id: str, now: datetime) -> bool:
        known = {(who, which) for who, which, _ in self._tables.all("webhook_deliveries")}
        self._tables.put("webhook_deliveries", (provider, delivery_id), (provider, delivery_id, now))
        return (provider, delivery_id) not in known

    async def prune(self, before: datetime) -> int:
        old = [one for one in self._tables.all("webhook_deliveries") if one[2] < before]
        for who, which, _ in old:
            self._tables.drop("webhook_deliveries", (who, which))
        return len(old)

    def _all(self) -> list[PendingConnection]:
        found: list[PendingConnection] = list(self._tables.all("pending_connections"))
        return sorted(found, key=lambda one: (one.created_at, one.state_hash))
