"""Rate limits that all processes share.

Tests: tests/contracts/store/test_paces.py.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import bindparam, delete, select

from adapters.storage.leases import now_by
from adapters.storage.rows import Repository, Rows
from adapters.storage.tables import paces as table
from adapters.storage.values import Moment
from core.records import PaceState

_PACES = Rows(PaceState, table)
_NAMED = _PACES.select.where(table.c.name.in_(bindparam("names", expanding=True)))
_HELD = _PACES.select.where(table.c.held_until > bindparam("now")).order_by(table.c.name)
_PRUNE = delete(table).where(table.c.free_at < bindparam("before"), table.c.held_until < bindparam("before"))


class Paces(Repository):
    """Reads and writes; whoever changes them has begun with ``PACES_LOCK``."""

    async def now(self, now: datetime) -> datetime:
        if self._session.dialect != "postgresql":
            return now
        ((micros,),) = await self._session.rows(select(now_by(self._session.dialect)))
        return Moment().load(micros)

    async def get(self, names: Sequence[str]) -> Mapping[str, PaceState]:
        return {one.name: one for one in await self._all(_PACES, _NAMED, names=list(names))}

    async def put(self, states: Sequence[PaceState]) -> None:
        await self._put(_PACES, *states)

    async def held(self, now: datetime) -> tuple[PaceState, ...]:
        return await self._all(_PACES, _HELD, now=await self.now(now))

    async def prune(self, before: datetime) -> int:
        return await self._session.change(_PRUNE, {"before": before})
