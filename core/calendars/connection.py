"""Connecting and disconnecting a calendar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from core.calendars.copies import (
    cursor_of,
    format_login,
    read_now,
    refresh_calendars,
    store_copy,
)
from core.dependencies import Dependencies
from core.errors import CalendarUnusable, VaultClosed
from core.events import record_event
from core.integrations.in_time import in_time
from core.integrations.states import by_login
from core.records import (
    CalendarCopy,
    CalendarLogin,
    CalendarProvider,
    Integration,
    Person,
    TaskSource,
    TokenStatus,
)
from core.tasks.former_copies import drop_copies, keep_copies

CONNECTED = "calendar.connected"
DISCONNECTED = "calendar.disconnected"

FIRST_READING = timedelta(minutes=1)
"""How long the first reading may take, for which the person waits."""


async def connect_calendar(
    person: Person, provider: CalendarProvider, login: CalendarLogin, deps: Dependencies
) -> CalendarCopy:
    """Read the calendar, then store its login, its state and its copy at once; of a refusal, nothing.

    Replaces an earlier connection of that kind. Raises ``VaultClosed``, and ``SourceUnavailable`` and its
    subclasses.
    """
    if not deps.vault.is_open:
        raise VaultClosed("no vault key is configured")
    if deps.calendars is None:
        raise CalendarUnusable("not_offered")
    reading = read_now(person, provider, login, deps.calendars, deps.clock.now())
    copy = await in_time(reading, FIRST_READING)
    if copy is None:
        raise CalendarUnusable("not_a_calendar")
    now = deps.clock.now()
    async with deps.store.begin(person.person_id) as unit:
        await deps.vault.put(unit, person.person_id, provider, format_login(login))
        cursor = await store_copy(unit, person, provider, copy, now)
        connected = Integration(
            person_id=person.person_id,
            provider=provider,
            status=TokenStatus.CONNECTED,
            changed_at=now,
            account_name=copy.name,
            connected_at=now,
            cursor=cursor.code(),
            synced_at=now,
        )
        await unit.integrations.put(connected)
        if provider is CalendarProvider.CALDAV:
            tasks = replace(connected, provider=TaskSource.CALDAV, cursor=None, synced_at=None)
            await unit.integrations.put(tasks)
        await record_event(unit, deps, CONNECTED, person.person_id, provider=provider.value)
    return copy


async def disconnect_calendar(
    person: Person, provider: CalendarProvider, deps: Dependencies, *, keep: bool = False
) -> bool:
    """Delete the login and the copy. The copies of its open tasks become oO's own (``keep``) or go; at their
    source they stay as they are. False if there is no such connection.
    """
    async with deps.store.begin(person.person_id) as unit:
        if await unit.integrations.get(person.person_id, provider) is None:
            return False
        await deps.vault.remove(unit, person.person_id, provider)
        await unit.integrations.remove(person.person_id, provider)
        await unit.calendar.replace(person.person_id, provider, ())
        if provider is CalendarProvider.CALDAV:
            await (keep_copies if keep else drop_copies)(unit, person, TaskSource.CALDAV, deps)
            await unit.integrations.remove(person.person_id, TaskSource.CALDAV)
        await record_event(unit, deps, DISCONNECTED, person.person_id, provider=provider.value)
    return True


async def connected_calendars(person: Person, deps: Dependencies) -> Sequence[Integration]:
    """The person's calendars, each in the worst state of its connections."""
    async with deps.store.read() as unit:
        logins = by_login(await unit.integrations.of(person.person_id))
    return [one for one in logins if one.provider in list(CalendarProvider)]


async def read_anew(person: Person, deps: Dependencies, *, within: timedelta) -> bool:
    """Read the person's calendars again as a whole, for what is copied has changed: titles or none.

    Returns whether all were read. The others follow as soon as they answer.
    """
    async with deps.store.begin(person.person_id) as unit:
        for one in await unit.integrations.of(person.person_id):
            if one.provider in list(CalendarProvider) and cursor_of(one.cursor):
                await unit.integrations.put(replace(one, cursor=None))
    await refresh_calendars(person.person_id, deps, within=within)
    return all(cursor_of(one.cursor) for one in await connected_calendars(person, deps))
