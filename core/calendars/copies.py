"""Copies of people's calendars, and how they are kept fresh.

A calendar that fails, hangs or refuses never fails a decision: oO works with its older copy.
"""

from __future__ import annotations

import asyncio
import json
import logging
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from core.dependencies import Dependencies
from core.errors import NotFound, SourceUnavailable, TokenMissing, VaultError
from core.integrations.in_time import in_time
from core.integrations.states import may_ask, record_response, store_state, working
from core.ports import BusyTimes
from core.records import (
    CalendarCopy,
    CalendarEvent,
    CalendarLogin,
    CalendarProvider,
    Consent,
    FeedVersion,
    Integration,
    Person,
    Purpose,
)
from core.scheduling.timezones import zone_or_default
from core.store import Store, Unit
from core.vault import Vault

log = logging.getLogger(__name__)

DAYS_BEHIND = timedelta(days=1)
"""The copy begins with the day before: a day may have begun already where the person is."""

DAYS_AHEAD = timedelta(days=14)
FULL_AFTER = timedelta(days=1)
"""A feed that has not changed is read again after this time, since the copied days move on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cursor:
    """What is known about the latest copy; stored as ``Integration.cursor``."""

    version: FeedVersion
    read_at: datetime
    """When the server was asked last."""
    copied_at: datetime
    """When the events were copied last. Later answers said that nothing had changed."""
    zone: str
    """The person's zone at that time: floating times and whole days depend on it."""
    titles: bool
    """Whether titles were copied."""

    def code(self) -> str:
        """As text."""
        return json.dumps({
            "etag": self.version.etag,
            "last_modified": self.version.last_modified,
            "read_at": self.read_at.isoformat(),
            "copied_at": self.copied_at.isoformat(),
            "zone": self.zone,
            "titles": self.titles,
        })  # fmt: skip


def cursor_of(code: str | None) -> Cursor | None:
    """The inverse of ``Cursor.code``; None for None, and for what another version of oO wrote."""
    try:
        found = json.loads(code or "null")
        return Cursor(
            version=FeedVersion(etag=found["etag"], last_modified=found["last_modified"]),
            read_at=datetime.fromisoformat(found["read_at"]),
            copied_at=datetime.fromisoformat(found["copied_at"]),
            zone=str(found["zone"]),
            titles=bool(found["titles"]),
        )
    except (ValueError, KeyError, TypeError):
        return None


def format_login(login: CalendarLogin) -> str:
    """A login as the vault stores it."""
    return json.dumps({"url": login.url, "name": login.login_name, "password": login.password})


def parse_login(secret: str) -> CalendarLogin:
    """The inverse of ``format_login``."""
    found = json.loads(secret)
    return CalendarLogin(url=found["url"], login_name=found["name"], password=found["password"])


async def read_now(
    person: Person,
    provider: CalendarProvider,
    login: CalendarLogin,
    calendars: BusyTimes,
    now: datetime,
    *,
    known: FeedVersion | None = None,
) -> CalendarCopy | None:
    """The copied days of a calendar; None if it has not changed since ``known``.

    Raises ``SourceUnavailable`` and its subclasses.
    """
    return await calendars.read(
        provider,
        login,
        start=now - DAYS_BEHIND,
        end=now + DAYS_AHEAD,
        zone=_zone(person),
        titles=person.allows(Purpose.CALENDAR),
        known=known,
    )


async def store_copy(
    unit: Unit, person: Person, provider: CalendarProvider, copy: CalendarCopy, now: datetime
) -> Cursor:
    """Store the events in place of the earlier ones. ``person`` is as they were when the calendar was asked:
    titles are left out as well if they do not allow them any more.
    """
    stored = await unit.people.get(person.person_id)
    titles = person.allows(Purpose.CALENDAR) and stored.allows(Purpose.CALENDAR)
    events = copy.events if titles else _without_titles(copy.events)
    await unit.calendar.replace(person.person_id, provider, events)
    return Cursor(version=copy.version, read_at=now, copied_at=now, zone=_zone(person).key, titles=titles)


def _without_titles(events: tuple[CalendarEvent, ...]) -> tuple[CalendarEvent, ...]:
    return tuple(replace(one, title=None) for one in events)


def _zone(person: Person) -> ZoneInfo:
    return zone_or_default(person.zone, ZoneInfo("UTC"))


# --- Refreshing --------------------------------------------------------------------------------------------


async def refresh_calendars(person_id: str, deps: Dependencies, *, within: timedelta) -> None:
    """Read the person's calendars again where their copies are old. Failures are stored and logged, never
    raised. Each calendar may take ``within``.
    """
    if deps.calendars is None:
        return
    async with deps.store.read() as unit:
        connected = await unit.integrations.of(person_id)
        old = [one for one in connected if one.provider in list(CalendarProvider) and _is_due(one, deps)]
        person = await unit.people.get(person_id) if old else None
    if person and person.consent is Consent.AGREED:
        calendars = deps.calendars
        await asyncio.gather(*(_refresh(person, one, deps, calendars, within=within) for one in old))


def _is_due(integration: Integration, deps: Dependencies) -> bool:
    now, cursor = deps.clock.now(), cursor_of(integration.cursor)
    is_old = cursor is None or now - cursor.read_at >= deps.rules.calendar_after
    return is_old and may_ask(integration, now)


async def _refresh(
    person: Person, integration: Integration, deps: Dependencies, calendars: BusyTimes, *, within: timedelta
) -> None:
    try:
        copy, known = await _read_again(person, integration, deps, calendars, within)
    except SourceUnavailable as fault:
        log.warning("calendar of a person (%s): %s", integration.provider, type(fault).__name__)
        async with deps.store.begin(person.person_id) as unit:
            await record_response(unit, integration, deps.clock.now(), fault=fault)
        return
    await _store_answer(person, integration, copy, known, deps)


async def _read_again(
    person: Person, integration: Integration, deps: Dependencies, calendars: BusyTimes, within: timedelta
) -> tuple[CalendarCopy | None, Cursor | None]:
    provider, now = CalendarProvider(integration.provider), deps.clock.now()
    login = await stored_login(person.person_id, provider, deps.store, deps.vault)
    known = cursor_of(integration.cursor)
    is_whole = (
        known is None
        or now - known.copied_at >= FULL_AFTER
        or (known.zone, known.titles) != (_zone(person).key, person.allows(Purpose.CALENDAR))
    )
    version = None if is_whole or known is None else known.version
    reading = read_now(person, provider, login, calendars, now, known=version)
    return await in_time(reading, within), known


async def stored_login(
    person_id: str, provider: CalendarProvider, store: Store, vault: Vault
) -> CalendarLogin:
    """The login that the vault keeps. Raises ``TokenMissing`` if it has none that can be read."""
    try:
        async with store.read() as unit:
            secret = await vault.get(unit, person_id, provider)
    except VaultError as fault:
        raise TokenMissing(type(fault).__name__) from fault
    if secret is None:
        raise TokenMissing("there is no login in the vault")
    return parse_login(secret)


async def stored_zone(person_id: str, store: Store) -> ZoneInfo:
    """The person's zone; UTC while it is unknown, or once they have left."""
    try:
        async with store.read() as unit:
            return _zone(await unit.people.get(person_id))
    except NotFound:
        return ZoneInfo("UTC")


async def _store_answer(
    person: Person,
    integration: Integration,
    copy: CalendarCopy | None,
    known: Cursor | None,
    deps: Dependencies,
) -> None:
    """Store what was read, unless the person has left, disconnected, or connected again meanwhile."""
    now, provider = deps.clock.now(), CalendarProvider(integration.provider)
    async with deps.store.begin(person.person_id) as unit:
        current = await unit.integrations.get(integration.person_id, provider)
        if current is None or current.connected_at != integration.connected_at:
            return
        cursor = replace(known, read_at=now) if known else None
        if copy is not None:
            cursor = await store_copy(unit, person, provider, copy, now)
        after = replace(working(current, now), synced_at=now, cursor=cursor.code() if cursor else None)
        await store_state(unit, current, after, now)
