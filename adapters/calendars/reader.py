"""Reads a person's calendar, a feed or a CalDAV account: the port ``BusyTimes``.

Tests: tests/adapters/calendars/test_reader.py.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from adapters.calendars.addresses import calendar_url
from adapters.calendars.dav import Dav, DavCalendar
from adapters.calendars.fetch import Answer, Fetcher, Login
from adapters.calendars.occurrences import Budget
from adapters.calendars.reading import MAX_OCCURRENCES, Days, read_calendar
from adapters.task_files.decoding import decoded
from core.errors import CalendarUnusable, FileUnusable
from core.records import CalendarCopy, CalendarLogin, CalendarProvider, FeedVersion

MAX_HEADER = 300
"""Code points of a version that a server gives."""

NOT_MODIFIED = 304


class CalendarReader:
    """Reads ICS feeds and CalDAV accounts. Raises only ``SourceUnavailable`` and its subclasses."""

    def __init__(self, fetcher: Fetcher) -> None:
        self._fetcher = fetcher

    async def read(
        self,
        provider: CalendarProvider,
        login: CalendarLogin,
        *,
        start: datetime,
        end: datetime,
        zone: ZoneInfo,
        titles: bool,
        known: FeedVersion | None = None,
    ) -> CalendarCopy | None:
        """The events between ``start`` and ``end``; None if the feed has not changed since ``known``."""
        days = Days(start=start, end=end, zone=zone, titles=titles, owners=_owners(login))
        if provider is CalendarProvider.CALDAV:
            return await self._read_account(login, days)
        return await self._read_feed(login, days, known)

    async def _read_feed(
        self, login: CalendarLogin, days: Days, known: FeedVersion | None
    ) -> CalendarCopy | None:
        url = calendar_url(login.url)
        auth = Login(name=url.user, password=url.password or "") if url.user else None
        answer = await self._fetcher.request(
            "GET", url.with_user(None), headers=_conditions(known), login=auth, good=frozenset({200, 304})
        )
        if answer.status == NOT_MODIFIED:
            return None
        copy = await asyncio.to_thread(_read, answer.body, days)
        return replace(copy, version=_version(answer))

    async def _read_account(self, login: CalendarLogin, days: Days) -> CalendarCopy:
        dav = Dav(login, self._fetcher)
        calendars = [one for one in await dav.calendars() if one.holds("VEVENT")]
        if not calendars:
            raise CalendarUnusable("no_calendars")
        texts: list[str] = []
        async for _, found in dav.readable(calendars, "VEVENT", start=days.start, end=days.end):
            texts.extend(one.data for one in found)
        copies = await asyncio.to_thread(_read_all, texts, days)
        return _merged(copies, calendars)


def _read_all(texts: Sequence[str], days: Days) -> list[CalendarCopy]:
    """Each text on its own, with one budget for all. One that is no calendar is left out.

    Raises ``CalendarUnusable``.
    """
    budget, found = Budget(), 0
    copies: list[CalendarCopy] = []
    for text in texts:
        try:
            copies.append(read_calendar(text, days, budget))
        except CalendarUnusable as fault:
            if fault.reason not in ("not_a_calendar", "cut_off"):
                raise
            copies.append(CalendarCopy(left_out=1))
        found += len(copies[-1].events)
        if found > MAX_OCCURRENCES:
            raise CalendarUnusable("too_many_events")
    return copies


def _merged(copies: Sequence[CalendarCopy], calendars: Sequence[DavCalendar]) -> CalendarCopy:
    events = sorted(
        (event for copy in copies for event in copy.events), key=lambda one: (one.starts_at, one.ends_at)
    )
    name = calendars[0].name if len(calendars) == 1 else None
    return CalendarCopy(events=tuple(events), name=name, left_out=sum(copy.left_out for copy in copies))


def _read(body: bytes, days: Days) -> CalendarCopy:
    try:
        text = decoded(body)
    except FileUnusable:
        raise CalendarUnusable("not_a_calendar") from None
    return read_calendar(text, days)


def _owners(login: CalendarLogin) -> frozenset[str]:
    """E-mail addresses of the person: their user name, or a part of the address, as Google has it."""
    parts = (login.login_name, *calendar_url(login.url).path.split("/"))
    return frozenset(part.lower() for part in parts if "@" in part)


def _conditions(known: FeedVersion | None) -> dict[str, str]:
    conditions = {"Accept": "text/calendar, text/plain;q=0.5, */*;q=0.1"}
    if known and known.etag:
        conditions["If-None-Match"] = known.etag
    if known and known.last_modified:
        conditions["If-Modified-Since"] = known.last_modified
    return conditions


def _version(answer: Answer) -> FeedVersion:
    return FeedVersion(
        etag=answer.headers.get("ETag", "")[:MAX_HEADER] or None,
        last_modified=answer.headers.get("Last-Modified", "")[:MAX_HEADER] or None,
    )
