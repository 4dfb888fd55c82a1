"""Copies of calendars in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from core.records import CalendarEvent, CalendarProvider
from tests.fakes.tables import Tables


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """The events of one calendar."""

    person_id: str
    provider: CalendarProvider
    events: tuple[CalendarEvent, ...]


class FakeCalendarEvents:
    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    async def replace(
        self, person_id: str, provider: CalendarProvider, events: Sequence[CalendarEvent]
    ) -> None:
        if not events:
            self._tables.drop("calendar_events", (person_id, provider))
            return
        copied = Copied(person_id=person_id, provider=provider, events=tuple(events))
        self._tables.put("calendar_events", (person_id, provider), copied)

    async def forget_titles(self, person_id: str) -> None:
        for copied in self._tables.all("calendar_events", person_id=person_id):
            untitled = tuple(replace(event, title=None) for event in copied.events)
            key = (person_id, copied.provider)
            self._tables.put("calendar_events", key, replace(copied, events=untitled))

    async def between(self, person_id: str, start: datetime, end: datetime) -> tuple[CalendarEvent, ...]:
        events = [
            event
            for copied in self._tables.all("calendar_events", person_id=person_id)
            for event in copied.events
            if event.starts_at < end and (event.ends_at > start or event.starts_at == start)
        ]
        return tuple(sorted(events, key=lambda one: (one.starts_at, one.ends_at, one.title or "")))
