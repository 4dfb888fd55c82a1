"""The learned statistics, as bytes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import bindparam, delete, select

from adapters.storage.rows import LIMIT, Repository, Rows
from adapters.storage.tables import statistics as table
from core.learning.model_state import POPULATION


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scoped:
    scope: str
    person_id: str | None
    statistics: bytes


_STATISTICS = Rows(_Scoped, table)
_STATISTICS_OF_SCOPES = _STATISTICS.select.where(table.c.scope.in_(bindparam("scopes", expanding=True)))
_PEOPLE = (
    select(table.c.scope)
    .where(table.c.scope > bindparam("after"), table.c.scope != POPULATION)
    .order_by(table.c.scope)
    .limit(LIMIT)
)
_DELETE_SCOPE = delete(table).where(table.c.scope == bindparam("gone"))


class Learning(Repository):
    """Sufficient statistics, by scope."""

    async def read(self, *scopes: str) -> Mapping[str, bytes]:
        if POPULATION in scopes:
            await self._session.lock(POPULATION)
        found = await self._all(_STATISTICS, _STATISTICS_OF_SCOPES, scopes=scopes)
        return {scoped.scope: scoped.statistics for scoped in found}

    async def people(self, after: str, limit: int) -> tuple[str, ...]:
        return tuple(row.scope for row in await self._session.rows(_PEOPLE, after=after, limit=limit))

    async def everything(self) -> Mapping[str, bytes]:
        found = await self._all(_STATISTICS, _STATISTICS.select)
        return {scoped.scope: scoped.statistics for scoped in found}

    async def write(self, statistics: Mapping[str, bytes]) -> None:
        if POPULATION in statistics:
            await self._session.lock(POPULATION)
        await self._put_later(
            _STATISTICS, *(_scoped(scope, learned) for scope, learned in statistics.items())
        )

    async def drop(self, scope: str) -> None:
        await self._session.change(_DELETE_SCOPE, {"gone": scope})

    async def clear(self) -> None:
        await self._session.change(delete(table), {})


def _scoped(scope: str, learned: bytes) -> _Scoped:
    person_id = None if scope == POPULATION else scope
    return _Scoped(scope=scope, person_id=person_id, statistics=learned)
