"""The last turns of talks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, delete

from adapters.storage.rows import LIMIT, Repository, Rows
from adapters.storage.tables import turns
from core.records import TalkTurn

_TURNS = Rows(TalkTurn, turns)
_LATEST_TURNS = (
    _TURNS.select.where(turns.c.person_id == bindparam("person_id"), turns.c.said_at >= bindparam("since"))
    .order_by(turns.c.said_at.desc(), turns.c.position.desc())
    .limit(LIMIT)
)
_DELETE_TURNS_OF_PERSON = delete(turns).where(turns.c.person_id == bindparam("whose"))
_DELETE_OLD_TURNS = delete(turns).where(turns.c.said_at < bindparam("before"))


class Turns(Repository):
    """A row for each remembered turn."""

    async def add(self, turns: Sequence[TalkTurn]) -> None:
        for turn in turns:
            await self._add(_TURNS, turn)

    async def latest(self, person_id: str, since: datetime, limit: int) -> tuple[TalkTurn, ...]:
        found = await self._all(_TURNS, _LATEST_TURNS, person_id=person_id, since=since, limit=limit)
        return found[::-1]

    async def forget(self, person_id: str) -> int:
        return await self._session.change(_DELETE_TURNS_OF_PERSON, {"whose": person_id})

    async def prune(self, before: datetime) -> int:
        return await self._session.change(_DELETE_OLD_TURNS, {"before": before})
