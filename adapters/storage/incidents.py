"""Incidents, open and ended."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, delete

from adapters.storage.rows import LIMIT, Repository, Rows
from adapters.storage.tables import IS_OPEN
from adapters.storage.tables import incidents as table
from core.records import Incident, IncidentKind

_INCIDENTS = Rows(Incident, table)
_INCIDENT = _INCIDENTS.select.where(table.c.incident_id == bindparam("target_id"))
_OPEN = _INCIDENTS.select.where(IS_OPEN)
_OPEN_ONE = _OPEN.where(table.c.kind == bindparam("of_kind"), table.c.subject == bindparam("about"))
_ALL_OPEN = _OPEN.order_by(table.c.since, table.c.incident_id)
_ENDED = (
    _INCIDENTS.select.where(table.c.ended_at >= bindparam("since"))
    .order_by(table.c.ended_at.desc(), table.c.incident_id)
    .limit(LIMIT)
)
_DELETE = delete(table).where(table.c.incident_id == bindparam("target_id"))
_DELETE_OLD = delete(table).where(table.c.ended_at < bindparam("before"))


class Incidents(Repository):
    """A unique index holds at most one open incident of each kind and subject. A transaction that writes has
    them for itself, whomever it is about.
    """

    async def get(self, incident_id: str) -> Incident | None:
        await self._session.lock(table.name)
        return await self._first(_INCIDENTS, _INCIDENT, target_id=incident_id)

    async def open(self, kind: IncidentKind, subject: str) -> Incident | None:
        await self._session.lock(table.name)
        return await self._first(_INCIDENTS, _OPEN_ONE, of_kind=kind, about=subject)

    async def put(self, incident: Incident) -> None:
        await self._put(_INCIDENTS, incident)

    async def remove(self, incident_id: str) -> None:
        await self._session.change(_DELETE, {"target_id": incident_id})

    async def all_open(self) -> tuple[Incident, ...]:
        await self._session.lock(table.name)
        return await self._all(_INCIDENTS, _ALL_OPEN)

    async def ended(self, since: datetime, limit: int) -> tuple[Incident, ...]:
        return await self._all(_INCIDENTS, _ENDED, since=since, limit=limit)

    async def prune(self, before: datetime) -> int:
        return await self._session.change(_DELETE_OLD, {"before": before})
