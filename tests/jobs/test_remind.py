"""The job that rings: what it sends goes its own way, and it knows how long oO was away."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from core.deciding.ringing import Delay, listed, ring_time
from core.records import DeliveryState
from jobs.remind import Reminding
from tests.core.reminders import BELL, asked, rung, states
from tests.core.worlds import scene
from tests.fakes.store import FakeStore
from tests.waiting import WAIT_LIMIT


async def test_a_send_that_hangs_delays_no_other_reminder() -> None:
    here = scene(FakeStore())
    await here.person()
    await asked(here, "Hangs", "2027-06-14 09:00")
    await asked(here, "Comes", "2027-06-14 09:05")
    job = Reminding(here.deps, BELL, process="run")
    release, is_second = asyncio.Event(), asyncio.Event()

    async def hang() -> None:
        if here.phone.tries == 1:
            await release.wait()
        is_second.set()

    here.phone.meanwhile = hang
    here.clock.berlin("2027-06-14 09:00")
    await job.everybody()
    await asyncio.sleep(0)
    here.clock.berlin("2027-06-14 09:05")
    await job.everybody()
    async with asyncio.timeout(WAIT_LIMIT):
        await is_second.wait()
    release.set()
    await job.stop()
    assert here.phone.lines == ["Comes", "Hangs"]
    assert await states(here) == [DeliveryState.SENT, DeliveryState.SENT]


async def test_a_stop_waits_for_what_is_on_its_way() -> None:
    here = scene(FakeStore())
    await here.person()
    await asked(here, "Call Ann", "2027-06-14 09:00")
    here.clock.berlin("2027-06-14 09:00")
    job = Reminding(here.deps, BELL, process="run")
    await job.person("ada")
    await job.stop()
    assert here.phone.lines == ["Call Ann"]


async def test_the_time_without_oo_is_known_after_a_restart() -> None:
    here = scene(FakeStore())
    await here.person()
    await asked(here, "Call Ann", "2027-06-14 12:00")
    first = Reminding(here.deps, BELL, process="run")
    await first.everybody()
    here.clock.berlin("2027-06-14 10:00")
    await first.stop()
    stopped = here.clock.now()

    here.clock.berlin("2027-06-14 15:00")
    second = Reminding(here.deps, BELL, process="run")
    await second.everybody()
    await second.stop()
    timing = ring_time(listed((await rung(here))[0])[0])
    assert (timing.delay, timing.away_since) == (Delay.AWAY, stopped)


async def test_a_killed_oo_was_away_since_its_last_minute() -> None:
    here = scene(FakeStore())
    await here.person()
    await asked(here, "Call Ann", "2027-06-14 12:00")
    first = Reminding(here.deps, BELL, process="run")
    for _ in range(10):
        await first.everybody()
        here.clock.move(seconds=30)
    killed = here.clock.now()

    here.clock.berlin("2027-06-14 15:00")
    second = Reminding(here.deps, BELL, process="run")
    await second.everybody()
    await second.stop()
    since = ring_time(listed((await rung(here))[0])[0]).away_since
    assert since is not None
    assert timedelta() < killed - since <= timedelta(minutes=1)


async def test_a_short_restart_and_another_kind_of_process_are_no_outage() -> None:
    here = scene(FakeStore())
    await here.person()
    await asked(here, "Call Ann", "2027-06-14 09:00")
    await Reminding(here.deps, BELL, process="chat").everybody()
    here.clock.berlin("2027-06-14 08:59")
    first = Reminding(here.deps, BELL, process="run")
    await first.everybody()
    await first.stop()
    here.clock.berlin("2027-06-14 09:00")
    second = Reminding(here.deps, BELL, process="run")
    await second.everybody()
    await second.stop()
    assert ring_time(listed((await rung(here))[0])[0]).delay is Delay.NONE
