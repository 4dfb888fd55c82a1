"""Copies of people's calendars."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, delete, update

from adapters.storage.rows import Repository, Rows
from adapters.storage.tables import calendar_events
from core.records import CalendarEvent, CalendarProvider

_EVENTS = Rows(CalendarEvent, calendar_events)

_BETWEEN = _EVENTS.select.where(
    calendar_events.c.person_id == bindparam("person_id"),
    calendar_events.c.ends_at >= bindparam("start"),
    calendar_events.c.starts_at < bindparam("end"),
).order_by(calendar_events.c.starts_at, calendar_events.c.ends_at, calendar_events.c.title)
_DELETE = delete(calendar_events).where(
    calendar_events.c.person_id == bindparam("whose"), calendar_events.c.provider == bindparam("which")
)

_FORGET_TITLES = (
    update(calendar_events).where(calendar_events.c.person_id == bindparam("whose")).values(title=None)
)


class CalendarEvents(Repository):
    """Implements ``core.store.CalendarEvents``."""

    async def replace(
        self, person_id: str, provider: CalendarProvider, events: Sequence[CalendarEvent]
    ) -> None:
        await self._session.change(_DELETE, {"whose": person_id, "which": provider})
        rows = [
            {**_EVENTS.values(event), "person_id": person_id, "provider": provider, "position": position}
            for position, event in enumerate(events)
        ]
        if rows:
            await self._session.change(_EVENTS.insert, rows)

    async def forget_titles(self, person_id: str) -> None:
        await self._session.change(_FORGET_TITLES, {"whose": person_id})

    async def between(self, person_id: str, start: datetime, end: datetime) -> tuple[CalendarEvent, ...]:
        found = await self._all(_EVENTS, _BETWEEN, person_id=person_id, start=start, end=end)
        return tuple(one for one in found if one.ends_at > start or one.starts_at == start)
