"""No push in a meeting: the slot waits for its end, if it is still fresh then."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from core.calendars.connection import connect_calendar
from core.deciding.explain import why_not
from core.errors import SourceUnavailable
from core.people.preferences import change, prefer
from core.records import CalendarEvent, CalendarProvider, DeliveryState, Reason
from core.store import Store
from core.words.settings import parse_times
from tests.core.calendars.feeds import LOGIN, Feeds, meeting, with_calendars
from tests.core.outsiders import NOW
from tests.core.worlds import HOUR, Scene, scene
from tests.decisions import draw_of, refusal_of

MINUTE = timedelta(minutes=1)
NINE = NOW + 30 * MINUTE
"""The first slot of the day, in Berlin."""


@pytest.fixture
async def here(either: Store) -> Scene:
    found = scene(either)
    await found.person()
    await found.task("Pay the rent")
    return found


async def busy(here: Scene, *events: CalendarEvent) -> None:
    async with here.deps.store.begin() as unit:
        await unit.calendar.replace("ada", CalendarProvider.FEED, events)


async def test_a_slot_in_a_meeting_is_refused_and_served_at_its_end(here: Scene) -> None:
    await busy(here, meeting(NINE - 10 * MINUTE, 40))
    decision = await here.slot("2027-06-14 09:00")
    assert decision.silence is Reason.MEETING
    assert refusal_of(decision).until == NINE + 30 * MINUTE
    assert (await here.stored()).next_due_at == NINE + 30 * MINUTE
    (explained,) = await why_not(await here.stored(), here.deps)
    assert (explained.reason, explained.comes_at) == (Reason.MEETING, NINE + 30 * MINUTE)

    served = await here.slot("2027-06-14 09:30")
    assert served.slot == "2027-06-14T09:00"
    assert here.phone.lines == ["Pay the rent"]
    assert (await here.stored()).next_due_at == NINE + 4 * HOUR


async def test_one_meeting_after_the_other_is_one(here: Scene) -> None:
    await busy(here, meeting(NINE - 10 * MINUTE, 40), meeting(NINE + 32 * MINUTE, 28))
    assert refusal_of(await here.slot("2027-06-14 09:00")).until == NINE + HOUR


async def test_a_meeting_that_is_prolonged_moves_the_slot_again(here: Scene) -> None:
    await busy(here, meeting(NINE, 30))
    await here.slot("2027-06-14 09:00")
    await busy(here, meeting(NINE, 60))
    assert refusal_of(await here.slot("2027-06-14 09:30")).until == NINE + HOUR
    served = await here.slot("2027-06-14 10:00")
    assert served.slot == "2027-06-14T09:00"
    assert here.phone.lines == ["Pay the rent"]


async def test_a_slot_that_is_too_old_at_the_end_is_over(here: Scene) -> None:
    await busy(here, meeting(NINE, 91))
    assert (await here.slot("2027-06-14 09:00")).silence is Reason.MEETING
    assert (await here.stored()).next_due_at == NINE + 4 * HOUR
    (explained,) = await why_not(await here.stored(), here.deps)
    assert (explained.until, explained.comes_at) == (NINE + 91 * MINUTE, None)
    here.clock.berlin("2027-06-14 10:31")
    await here.tick()
    assert here.phone.lines == []


async def test_a_slot_that_quiet_hours_moved_waits_for_the_meeting_as_well(here: Scene) -> None:
    await here.slot("2027-06-14 09:00")
    here.phone.shown.clear()
    await busy(here, meeting(NINE + 22 * HOUR, 45))  # 7:00 to 7:45 in Berlin, where quiet hours end at 7:00
    await here.task("Call Ann")
    await change(await here.stored(), here.deps, prefer(times=parse_times("23:30")), what="times")
    assert (await here.slot("2027-06-15 07:00")).silence is Reason.MEETING
    served = await here.slot("2027-06-15 07:45")
    assert served.slot == "2027-06-14T23:30"
    assert len(here.phone.lines) == 1


@pytest.mark.parametrize("free", [True, False])
async def test_what_is_no_meeting_holds_nothing_up(here: Scene, free: bool) -> None:
    event = meeting(NINE - HOUR, 120) if not free else meeting(NINE + MINUTE, 30)
    await busy(here, event if free else replace(event, is_busy=False))
    await here.slot("2027-06-14 09:00")
    assert here.phone.lines == ["Pay the rent"]


async def test_before_a_meeting_only_what_fits_in_is_offered(here: Scene) -> None:
    await here.task("Write the report", minutes=90, priority=1)
    await busy(here, meeting(NINE + 25 * MINUTE, 60))
    decision = await here.slot("2027-06-14 09:00")
    context = draw_of(decision).context
    assert (context.minutes_free, context.minutes_there) == (25, 25)
    assert here.phone.lines == ["Pay the rent"]
    assert context.shortlist is not None
    assert context.shortlist.ruled_out == {"too_long": 1}


async def test_the_feed_is_read_before_a_decision_and_its_failure_sinks_no_slot(here: Scene) -> None:
    feeds = Feeds(events=())
    connected = with_calendars(here, feeds)
    await connect_calendar(await here.stored(), CalendarProvider.FEED, LOGIN, connected.deps)
    feeds.events = (meeting(NINE + 4 * HOUR, 30),)
    assert (await connected.slot("2027-06-14 13:00")).silence is Reason.MEETING
    feeds.fault = SourceUnavailable("500")
    served = await connected.slot("2027-06-14 13:30")
    assert served.slot == "2027-06-14T13:00"
    assert connected.phone.lines == ["Pay the rent"]
    assert (await connected.delivery(served)).state is DeliveryState.SENT
