"""Calendars outside oO that answer what a test tells them."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from core.dependencies import Dependencies
from core.errors import SourceUnavailable
from core.records import CalendarCopy, CalendarEvent, CalendarLogin, CalendarProvider, FeedVersion
from tests.core.outsiders import NOW
from tests.core.worlds import Scene
from tests.fakes.cipher import open_vault

LOGIN = CalendarLogin(url="https://example.org/secret-CANARY.ics")


@dataclass(slots=True)
class Feeds:
    """The port ``BusyTimes``: one calendar, the same for everybody."""

    events: tuple[CalendarEvent, ...] = ()
    fault: SourceUnavailable | None = None
    hangs: bool = False
    version: FeedVersion = field(default_factory=FeedVersion)
    asked: list[dict[str, Any]] = field(default_factory=list)

    async def read(
        self, provider: CalendarProvider, login: CalendarLogin, **asked: Any
    ) -> CalendarCopy | None:
        self.asked.append({"provider": provider, "login": login, **asked})
        if self.hangs:
            await asyncio.Event().wait()
        if self.fault:
            raise self.fault
        if self.version.etag and asked.get("known") == self.version:
            return None
        titles = asked["titles"]
        events = tuple(one if titles else replace(one, title=None) for one in self.events)
        return CalendarCopy(events=events, name="Work", version=self.version)


def meeting(start: datetime, minutes: int = 60, title: str | None = "Budget") -> CalendarEvent:
    """A meeting."""
    return CalendarEvent(
        starts_at=start, ends_at=start + timedelta(minutes=minutes), is_busy=True, title=title
    )


def with_calendars(here: Scene, feeds: Feeds) -> Scene:
    """The world with calendars and an open vault."""
    return replace(here, deps=replace(here.deps, calendars=feeds, vault=open_vault()))


async def stored_events(deps: Dependencies, person_id: str = "ada") -> tuple[CalendarEvent, ...]:
    """The copies that are stored."""
    async with deps.store.read() as unit:
        return await unit.calendar.between(person_id, NOW - timedelta(days=30), NOW + timedelta(days=30))
