"""Copies of calendars."""

from __future__ import annotations

from dataclasses import replace

from core.records import CalendarEvent, CalendarProvider
from core.store import Store
from tests.contracts.store.records import DAY, HOUR, NOW, person

FEED, CALDAV = CalendarProvider.FEED, CalendarProvider.CALDAV
MEETING = CalendarEvent(starts_at=NOW, ends_at=NOW + HOUR, is_busy=True, title="Standup")
FAIR = CalendarEvent(starts_at=NOW - DAY, ends_at=NOW + DAY, is_busy=False, is_whole_day=True, title="Fair")
POINT = CalendarEvent(starts_at=NOW + 2 * HOUR, ends_at=NOW + 2 * HOUR, is_busy=False)


async def test_a_copy_replaces_the_earlier_one_of_the_same_calendar(store: Store) -> None:
    async with store.begin() as unit:
        await unit.calendar.replace("ada", FEED, [MEETING, POINT])
        await unit.calendar.replace("ada", CALDAV, [FAIR])
        assert await unit.calendar.between("ada", NOW - DAY, NOW + DAY) == (FAIR, MEETING, POINT)
        await unit.calendar.replace("ada", FEED, [POINT])
        assert await unit.calendar.between("ada", NOW - DAY, NOW + DAY) == (FAIR, POINT)
        await unit.calendar.replace("ada", FEED, [])
        assert await unit.calendar.between("ada", NOW - DAY, NOW + DAY) == (FAIR,)


async def test_only_what_touches_the_time_is_found_and_only_the_person_s_own(store: Store) -> None:
    async with store.begin() as unit:
        await unit.people.add(person("bob"))
        await unit.calendar.replace("ada", FEED, [MEETING, POINT])
        assert await unit.calendar.between("bob", NOW - DAY, NOW + DAY) == ()
        assert await unit.calendar.between("ada", NOW - HOUR, NOW) == ()
        assert await unit.calendar.between("ada", NOW + HOUR, NOW + 2 * HOUR) == ()
        assert await unit.calendar.between("ada", NOW + HOUR / 2, NOW + HOUR) == (MEETING,)
        assert await unit.calendar.between("ada", NOW + 2 * HOUR, NOW + 3 * HOUR) == (POINT,)


async def test_titles_are_forgotten_and_times_stay(store: Store) -> None:
    async with store.begin() as unit:
        await unit.people.add(person("bob"))
        await unit.calendar.replace("ada", FEED, [MEETING])
        await unit.calendar.replace("ada", CALDAV, [FAIR])
        await unit.calendar.replace("bob", FEED, [MEETING])
        await unit.calendar.forget_titles("ada")
        found = await unit.calendar.between("ada", NOW - DAY, NOW + DAY)
        assert found == (replace(FAIR, title=None), replace(MEETING, title=None))
        assert await unit.calendar.between("bob", NOW, NOW + DAY) == (MEETING,)
