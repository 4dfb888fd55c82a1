"""What the model has learned so far, as bytes."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import bindparam

from adapters.storage.rows import Repository, Rows
from adapters.storage.tables import statistics as table

_POPULATION = "population"  # the one scope that is not a person's


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scoped:
    scope: str
    person_id: str | None
    statistics: bytes


_STATISTICS = Rows(_Scoped, table)
_OF_SCOPE = _STATISTICS.select.where(table.c.scope == bindparam("scope"))


class Learning(Repository):
    """Sufficient statistics, by scope."""

    async def read(self, scope: str) -> bytes | None:
        scoped = await self._first(_STATISTICS, _OF_SCOPE, scope=scope)
        return scoped.statistics if scoped else None

    async def write(self, scope: str, statistics: bytes) -> None:
        person_id = None if scope == _POPULATION else scope
        await self._put(_STATISTICS, _Scoped(scope=scope, person_id=person_id, statistics=statistics))
