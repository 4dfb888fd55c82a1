"""Calendars are refreshed by a job, and a lost one is told about once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.calendars.connection import connect_calendar
from core.chat import Line, Message, Span
from core.errors import SourceDisconnected, SourceUnavailable
from core.integrations.states import record_response
from core.people.preferences import change, pause
from core.records import CalendarProvider, Integration, Person
from core.scheduling.quiet_hours import FOREVER
from jobs.sync_calendars import sync_calendars
from tests.core.calendars.feeds import LOGIN, Feeds, meeting, stored_events, with_calendars
from tests.core.outsiders import NOW
from tests.core.worlds import HOUR, Scene, scene
from tests.fakes.store import FakeStore
from tests.jobs.idle import watched


def notice(integration: Integration, person: Person) -> Message:
    return Message(lines=(Line(spans=(Span(text=f"{integration.provider} is lost"),)),))


@pytest.fixture
def feeds() -> Feeds:
    return Feeds(events=(meeting(NOW + HOUR),))


@pytest.fixture
async def here(feeds: Feeds) -> Scene:
    found = with_calendars(scene(FakeStore()), feeds)
    await found.person()
    await connect_calendar(await found.stored(), CalendarProvider.FEED, LOGIN, found.deps)
    found.clock.move(minutes=20)
    return found


async def test_every_calendar_is_refreshed(here: Scene, feeds: Feeds) -> None:
    feeds.events = (meeting(NOW + 3 * HOUR),)
    assert await sync_calendars(here.deps, notice) == 1
    assert [one.starts_at for one in await stored_events(here.deps)] == [NOW + 3 * HOUR]
    assert here.phone.lines == []


async def test_a_lost_calendar_is_told_about_once(here: Scene, feeds: Feeds) -> None:
    feeds.fault = SourceDisconnected("401")
    for _ in range(3):
        await sync_calendars(here.deps, notice)
        here.clock.move(minutes=20)
    assert here.phone.lines == ["calendar is lost"]


async def test_tasks_that_can_t_be_read_any_more_are_told_about_with_their_calendar_once(here: Scene) -> None:
    person = await here.stored()
    await connect_calendar(person, CalendarProvider.CALDAV, LOGIN, here.deps)
    async with here.deps.store.begin() as unit:
        tasks = await unit.integrations.get(person.person_id, "caldav")
        assert tasks is not None
        await record_response(unit, tasks, here.clock.now(), fault=SourceDisconnected("401"))
    for _ in range(2):
        await sync_calendars(here.deps, notice)
        here.clock.move(minutes=20)
    assert here.phone.lines == ["caldav is lost"]


async def test_a_failing_server_is_nobody_s_business(here: Scene, feeds: Feeds) -> None:
    feeds.fault = SourceUnavailable("500")
    await sync_calendars(here.deps, notice)
    assert here.phone.lines == []


async def test_the_notice_waits_for_the_end_of_a_pause_and_of_a_meeting(here: Scene, feeds: Feeds) -> None:
    feeds.fault = SourceDisconnected("401")
    until = here.clock.now() + timedelta(minutes=20)
    await change(await here.stored(), here.deps, pause(until), what="pause")
    await sync_calendars(here.deps, notice)
    here.clock.move(minutes=61)  # now in the meeting that was copied: it lasts until two hours after NOW
    await sync_calendars(here.deps, notice)
    assert here.phone.lines == []
    here.clock.time = NOW + 2 * HOUR
    await sync_calendars(here.deps, notice)
    assert here.phone.lines == ["calendar is lost"]


@pytest.mark.parametrize("state", ["fresh", "told", "paused"])
async def test_nothing_is_written_where_nobody_is_to_be_told(here: Scene, feeds: Feeds, state: str) -> None:
    if state != "fresh":
        feeds.fault = SourceDisconnected("401")
    if state == "paused":
        await change(await here.stored(), here.deps, pause(FOREVER), what="pause")
    await sync_calendars(here.deps, notice)
    here, store = watched(here)
    await sync_calendars(here.deps, notice)
    assert store.begun == 0
