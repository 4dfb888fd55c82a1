"""Connections that are being made, and ids of webhook deliveries."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, delete, update

from adapters.storage.rows import Repository, Rows, insert_once
from adapters.storage.tables import pending_connections, webhook_deliveries
from core.records import PendingConnection

_PENDING = Rows(PendingConnection, pending_connections)
_BY_AGE = _PENDING.select.order_by(pending_connections.c.created_at, pending_connections.c.state_hash)
_ONE = _PENDING.select.where(pending_connections.c.state_hash == bindparam("state_hash"))
_OF_PROVIDER = _BY_AGE.where(pending_connections.c.provider == bindparam("provider"))
_UNASKED = _OF_PROVIDER.where(
    pending_connections.c.outside_id.is_not(None), pending_connections.c.asked_at.is_(None)
)
_OF_PERSON = _OF_PROVIDER.where(pending_connections.c.person_id == bindparam("person_id"))
_OLD = _BY_AGE.where(pending_connections.c.created_at < bindparam("before"))
_USE = (
    update(pending_connections)
    .where(
        pending_connections.c.state_hash == bindparam("which"),
        pending_connections.c.answered_at.is_(None),
        pending_connections.c.created_at > bindparam("made_after"),
    )
    .values(answered_at=bindparam("now"))
)
_REMOVE = delete(pending_connections).where(pending_connections.c.state_hash == bindparam("which"))
_FORGET_DELIVERIES = delete(webhook_deliveries).where(webhook_deliveries.c.received_at < bindparam("before"))


class Connecting(Repository):
    """Implements ``core.store.Connecting``."""

    async def put(self, pending: PendingConnection) -> None:
        await self._put(_PENDING, pending)

    async def get(self, state_hash: str) -> PendingConnection | None:
        return await self._first(_PENDING, _ONE, state_hash=state_hash)

    async def use(self, state_hash: str, *, made_after: datetime, now: datetime) -> PendingConnection | None:
        values = {"which": state_hash, "made_after": made_after, "now": now}
        return await self.get(state_hash) if await self._session.change(_USE, values) else None

    async def unasked(self, provider: str) -> tuple[PendingConnection, ...]:
        return await self._all(_PENDING, _UNASKED, provider=provider)

    async def of(self, person_id: str, provider: str) -> tuple[PendingConnection, ...]:
        return await self._all(_PENDING, _OF_PERSON, person_id=person_id, provider=provider)

    async def old(self, before: datetime) -> tuple[PendingConnection, ...]:
        return await self._all(_PENDING, _OLD, before=before)

    async def remove(self, state_hashes: Sequence[str]) -> None:
        if state_hashes:
            await self._session.change(_REMOVE, [{"which": one} for one in state_hashes])

    async def delivered(self, provider: str, delivery_id: str, now: datetime) -> bool:
        once = insert_once(self._session.dialect, webhook_deliveries, "provider", "delivery_id")
        values = {"provider": provider, "delivery_id": delivery_id, "received_at": now}
        return bool(await self._session.rows(once, **values))

    async def prune(self, before: datetime) -> int:
        return await self._session.change(_FORGET_DELIVERIES, {"before": before})
