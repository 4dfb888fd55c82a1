"""Reminders: at their instant, once, whatever cap, spacing and policy say."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from adapters.storage.store import open_store
from core.chat import Channel, Message
from core.deciding.ringing import Delay, Outage, is_daily, listed, ring_time
from core.delivery.reactions import snooze
from core.delivery.remind import ring, ring_due, ring_to
from core.delivery.results import recover_orphans
from core.delivery.send import deliver_waiting
from core.dependencies import Dependencies
from core.errors import NotFound, NotSent, SendRejected, SendUnknown, StoreUnavailable, Unreachable
from core.learning.update import reward_ignored_tips
from core.people.preferences import move_to, pause, prefer
from core.policies.replay import replay
from core.records import (
    DayTimes,
    Decision,
    DeliveryState,
    Person,
    QuietWindow,
    Reason,
    ReminderKind,
    TipKind,
    Trigger,
)
from core.scheduling.pauses import without_pauses
from core.scheduling.quiet_hours import FOREVER
from core.store import Store, Unit
from tests.core.reminders import (
    BELL,
    asked,
    changed,
    compose,
    next_rings,
    nothing,
    reminders,
    rings,
    rings_at,
    rings_until,
    rung,
    something,
    states,
)
from tests.core.taps import tapped, undone
from tests.core.worlds import DISMISS, DONE, HOUR, Scene, account, scene
from tests.decisions import draw_of
from tests.fakes.store import FakeStore

QUIET = QuietWindow(start=time(22), end=time(7))


async def at_home(here: Scene, **preferences: object) -> Person:
    return await here.person(preferences=preferences)


async def test_a_reminder_rings_at_its_instant_once(either: Store) -> None:
    here = scene(either)
    await at_home(here)
    await asked(here, "Call Ann", "2027-06-14 15:00")

    assert await rings_at(here, "2027-06-14 14:59:59") == []
    assert await rings_at(here, "2027-06-14 15:00:00") == ["Call Ann"]
    assert await rings(here) == []
    assert await rings_at(here, "2027-06-15 15:00:00") == []

    (decision,) = await rung(here)
    assert (decision.trigger, decision.slot) == (
        Trigger.REMINDER,
        "reminder:asked-oo-Call Ann@2027-06-14T15:00",
    )
    assert decision.tip is not None
    assert (decision.tip.task_id, ring_time(decision.tip).delay) == ("oo-Call Ann", Delay.NONE)
    assert draw_of(decision).propensity == 1
    assert await states(here) == [DeliveryState.SENT]
    assert (await here.kinds())[-2:] == ["decision.made", "delivery.sent"]


async def test_a_ring_is_replayed_bit_for_bit(here: Scene) -> None:
    await at_home(here)
    for title in ("Call Ann", "Water the plants", "Feed the cat"):
        await asked(here, title, "2027-06-14 15:00")
    await rings_at(here, "2027-06-14 15:00")

    (decision,) = await rung(here)
    async with here.deps.store.read() as unit:
        snapshot = await unit.decisions.snapshot(draw_of(decision).model_version)
    assert replay(draw_of(decision), snapshot).differences == ()


async def test_a_ring_teaches_nothing_and_is_never_ignored(either: Store) -> None:
    here = scene(either)
    await at_home(here)
    await asked(here, "Call Ann", "2027-06-14 15:00")
    before = [await here.model_of(), await here.model_of("ada")]
    await rings_at(here, "2027-06-14 15:00")
    (decision,) = await rung(here)

    here.clock.move(hours=9)
    assert await reward_ignored_tips(here.deps) == 0
    await tapped(here, decision, DONE)
    assert await here.reward(decision) is None
    await undone(here, decision)
    await tapped(here, decision, DISMISS)
    await undone(here, decision)

    assert await here.reward(decision) is None
    assert [await here.model_of(), await here.model_of("ada")] == before
    async with here.deps.store.read() as unit:
        assert await unit.reactions.tally("ada", here.clock.now() - 24 * HOUR, 10) == ((0,) * 24, (0,) * 24)
        assert await unit.decisions.rewarded_draws("", 10) == ()


async def test_done_on_a_ring_completes_its_task_and_undo_opens_it(here: Scene) -> None:
    await at_home(here)
    task = await asked(here, "Call Ann", "2027-06-14 15:00")
    await rings_at(here, "2027-06-14 15:00")
    (decision,) = await rung(here)

    await tapped(here, decision, DONE)
    assert (await here.stored_task(task)).done_at == here.clock.now()
    await undone(here, decision)
    assert (await here.stored_task(task)).done_at is None


async def test_done_on_a_ring_is_done_elsewhere_for_an_open_tip_about_it(here: Scene) -> None:
    await at_home(here, quiet=())
    await asked(here, "Call Ann", "2027-06-14 15:00", priority=1)
    before = await here.model_of("ada")
    tip = await here.slot("2027-06-14 13:00")
    assert tip.tip is not None
    assert tip.tip.task_id == "oo-Call Ann"
    await rings_at(here, "2027-06-14 15:00")

    await tapped(here, (await rung(here))[0], DONE)
    reward = await here.reward(tip)
    assert reward is not None
    assert reward.source.value == "done_elsewhere"
    await undone(here, (await rung(here))[0])
    assert await here.reward(tip) is None
    assert await here.model_of("ada") == before


async def test_five_reminders_leave_the_cap_of_tips_but_count_for_their_spacing(either: Store) -> None:
    here = scene(either)
    times = (DayTimes(days=tuple(range(7)), times=(time(9), time(13))),)
    await at_home(here, cap=1, times=times)
    await here.task("Pay the rent", priority=1)
    for hour in range(8, 13):
        await asked(here, f"Reminder {hour}", f"2027-06-14 {hour:02}:45")
    rang = []
    for hour in (8, 9, 10, 11, 12):
        rang += await rings_at(here, f"2027-06-14 {hour:02}:45")
        if hour == 8:
            slot = await here.slot("2027-06-14 09:00")
            assert slot.silence is Reason.SPACING
    assert len(rang) == 5

    slot = await here.slot("2027-06-14 13:00")
    assert slot.silence is Reason.SPACING
    await changed(here, prefer(times=(DayTimes(days=tuple(range(7)), times=(time(13, 30),)),)))
    slot = await here.slot("2027-06-14 13:30")
    assert slot.draw is not None  # the policy may choose; the cap of one does not refuse


# --- Several at once ---------------------------------------------------------------------------------------


async def test_several_of_the_same_minute_are_one_message(either: Store) -> None:
    here = scene(either)
    await at_home(here)
    for title in ("Call Ann", "Water the plants", "Feed the cat"):
        await asked(here, title, "2027-06-14 15:00")
    assert await rings_at(here, "2027-06-14 15:00") == ["Call Ann; Feed the cat; Water the plants"]

    (decision,) = await rung(here)
    assert decision.tip is not None
    assert decision.tip.kind is TipKind.LIST
    assert len(decision.merged) == 2
    assert [one.task_id for one in listed(decision)] == [
        "oo-Call Ann",
        "oo-Feed the cat",
        "oo-Water the plants",
    ]
    assert await rings(here) == []


async def test_those_that_were_missed_during_a_stop_are_one_message_that_knows_since_when(
    here: Scene,
) -> None:
    await at_home(here, quiet=())
    for hour in (12, 14, 16):
        await asked(here, f"At {hour}", f"2027-06-14 {hour}:00")
    started = datetime(2027, 6, 14, 16, 0, tzinfo=UTC)
    outage = Outage(since=datetime(2027, 6, 14, 9, 30, tzinfo=UTC), until=started)

    assert await rings_at(here, "2027-06-14 18:00", outage=outage) == ["At 12; At 14; At 16"]
    (decision,) = await rung(here)
    times = [ring_time(one) for one in listed(decision)]
    assert {one.delay for one in times} == {Delay.AWAY}
    assert {one.away_since for one in times} == {outage.since}
    assert [one.planned.hour for one in times] == [10, 12, 14]
    assert await rings(here, outage=outage) == []


async def test_those_of_weeks_ago_are_in_the_same_message(here: Scene) -> None:
    await at_home(here)
    await asked(here, "Long ago", "2027-06-14 12:00")
    await asked(here, "Just now", "2027-07-20 12:00")
    assert await rings_at(here, "2027-07-20 12:00") == ["Long ago; Just now"]


async def test_missed_occurrences_of_a_repeating_task_never_pile_up(here: Scene) -> None:
    await at_home(here)
    await asked(here, "Take the pill", "2027-06-14 09:00", repeats="FREQ=DAILY")
    assert await rings_at(here, "2027-06-14 09:00") == ["Take the pill"]
    assert await rings_at(here, "2027-06-18 12:00") == ["Take the pill"]  # four were missed
    assert await rings(here) == []
    assert await next_rings(here) == ["06-19 07:00"]


async def test_a_repeating_one_rings_each_time_whether_or_not_it_was_done(here: Scene) -> None:
    await at_home(here)
    await asked(here, "Take the pill", "2027-06-14 09:00", repeats="FREQ=DAILY")
    for day in (14, 15, 16):
        assert await rings_at(here, f"2027-06-{day} 09:00") == ["Take the pill"]
    await tapped(here, (await rung(here))[0], DONE)
    assert await rings_at(here, "2027-06-17 09:00") == ["Take the pill"]


async def test_one_task_with_two_reminders_is_shown_once(here: Scene) -> None:
    await at_home(here, quiet=())
    await asked(here, "Take the pill", "2027-06-14 09:00", repeats="FREQ=DAILY")
    await rings_at(here, "2027-06-14 09:00")
    (decision,) = await rung(here)
    until = datetime(2027, 6, 15, 7, 0, tzinfo=UTC)
    await snooze(decision.decision_id, await here.stored(), here.deps, until=until)
    assert await rings_at(here, "2027-06-15 09:00") == ["Take the pill"]
    assert (await rung(here))[0].tip == listed((await rung(here))[0])[0]


async def test_five_hundred_at_once_are_one_message(either: Store) -> None:
    here = scene(either)
    await at_home(here)
    for number in range(500):
        await asked(here, f"Task {number:03}", "2027-06-14 15:00")
    (said,) = await rings_at(here, "2027-06-14 15:00")
    assert said.count(";") == 499
    assert await rings(here) == []


# --- Clocks and travel -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("zone", "local", "utc"),
    [
        ("Europe/Berlin", "2028-03-26 02:30", "2028-03-26T01:00"),  # skipped: 3:00
        ("Europe/Berlin", "2027-10-31 02:30", "2027-10-31T00:30"),  # twice: the first
        ("America/New_York", "2027-11-07 01:30", "2027-11-07T05:30"),
        ("America/New_York", "2028-03-12 02:15", "2028-03-12T07:00"),
        ("Australia/Lord_Howe", "2027-10-03 02:10", "2027-10-02T15:30"),  # half an hour is skipped
        ("Australia/Lord_Howe", "2028-04-02 01:45", "2028-04-01T14:45"),
        ("Asia/Kathmandu", "2027-07-01 12:00", "2027-07-01T06:15"),
        ("Pacific/Apia", "2027-07-01 12:00", "2027-06-30T23:00"),
        ("America/St_Johns", "2027-07-01 12:00", "2027-07-01T14:30"),
        ("Africa/Tunis", "2027-07-01 12:00", "2027-07-01T11:00"),
        ("Pacific/Chatham", "2027-07-01 12:00", "2027-06-30T23:15"),
    ],
)
async def test_a_wall_clock_time_rings_where_the_clocks_say(
    here: Scene, zone: str, local: str, utc: str
) -> None:
    await here.person(zone=zone, preferences={"quiet": ()})
    await asked(here, "Call Ann", local)
    at = datetime.fromisoformat(utc).replace(tzinfo=UTC)
    here.clock.time = at - timedelta(seconds=1)
    assert await rings(here) == []
    here.clock.time = at
    assert await rings(here) == ["Call Ann"]


@pytest.mark.parametrize(
    ("zone", "start"),
    [
        ("Europe/Berlin", "2028-03-24"),
        ("Europe/Berlin", "2027-10-29"),
        ("Australia/Lord_Howe", "2028-03-31"),
        ("Australia/Lord_Howe", "2027-10-01"),
        ("America/Sao_Paulo", "2027-10-15"),
    ],
)
@pytest.mark.parametrize("at", ["01:45", "02:30", "03:00", "23:59"])
async def test_a_daily_one_rings_once_a_day_over_changes_of_the_clocks(
    here: Scene, zone: str, start: str, at: str
) -> None:
    here.clock.time = datetime.fromisoformat(f"{start}T00:00").replace(tzinfo=UTC) - 24 * HOUR
    await here.person(zone=zone, preferences={"quiet": ()})
    await asked(here, "Take the pill", f"{start} {at}", repeats="FREQ=DAILY")
    end = here.clock.now() + timedelta(days=6)
    found = await rings_until(here, end, every=timedelta(minutes=15))
    assert len(found) in (4, 5, 6)
    gaps = [later - earlier for earlier, later in zip(list(found), list(found)[1:], strict=False)]
    assert all(timedelta(hours=22) < gap < timedelta(hours=26) for gap in gaps)


async def test_in_twenty_minutes_is_right_also_in_the_repeated_hour(here: Scene) -> None:
    await at_home(here, quiet=())
    here.clock.time = datetime(2027, 10, 31, 1, 10, tzinfo=UTC)  # 2:10 for the second time
    await asked(here, "Drink water", "2027-10-31 02:30")
    here.clock.time = datetime(2027, 10, 31, 1, 29, 59, tzinfo=UTC)
    assert await rings(here) == []
    here.clock.move(seconds=1)
    assert await rings(here) == ["Drink water"]


async def test_travelling_west_rings_nothing_twice(here: Scene) -> None:
    await at_home(here, quiet=())
    await asked(here, "Take the pill", "2027-06-14 15:00", repeats="FREQ=DAILY")
    await asked(here, "Call Ann", "2027-06-14 15:00")
    assert await rings_at(here, "2027-06-14 15:00") == ["Call Ann; Take the pill"]
    await changed(here, move_to("America/New_York"))
    assert await rings_at(here, "2027-06-14 15:00", "America/New_York") == []
    assert await rings_at(here, "2027-06-15 15:00", "America/New_York") == ["Take the pill"]


async def test_travelling_east_past_the_time_rings_at_once(here: Scene) -> None:
    await at_home(here, quiet=())
    await asked(here, "Call Ann", "2027-06-14 15:00")
    here.clock.berlin("2027-06-14 12:00")
    await changed(here, move_to("Asia/Tokyo"))  # 19:00 there
    assert await rings(here) == ["Call Ann"]
    assert await rings_at(here, "2027-06-14 15:00") == []


async def test_a_time_follows_the_person_unless_its_zone_was_said(here: Scene) -> None:
    await at_home(here, quiet=())
    await asked(here, "Lunch", "2027-06-14 13:00")
    await asked(here, "Call Bob", "2027-06-14 13:00", zone="Europe/London")
    await changed(here, move_to("America/New_York"))
    assert await next_rings(here) == ["06-14 12:00", "06-14 17:00"]


# --- Quiet hours -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("at", ["22:00", "23:30", "00:30", "06:59", "21:59"])
async def test_a_time_in_quiet_hours_or_just_before_them_rings_at_their_end(here: Scene, at: str) -> None:
    await at_home(here)
    day = 14 if at > "12" else 15
    await asked(here, "Call Ann", f"2027-06-{day} {at}")
    assert await rings_at(here, f"2027-06-{day} {at}") == []
    assert await rings_at(here, "2027-06-15 06:59:59") == []
    assert await rings_at(here, "2027-06-15 07:00") == ["Call Ann"]
    delays = {"06:59": Delay.NONE}  # it rings within a minute
    assert ring_time(listed((await rung(here))[0])[0]).delay is delays.get(at, Delay.QUIET)


async def test_quiet_hours_that_come_later_move_it_to_their_end(here: Scene) -> None:
    await at_home(here, quiet=())
    await asked(here, "Call Ann", "2027-06-14 14:00")
    window = QuietWindow(start=time(13), end=time(16))
    await changed(here, prefer(quiet=(window,)))
    assert await rings_at(here, "2027-06-14 14:00") == []
    assert await rings_at(here, "2027-06-14 16:00") == ["Call Ann"]


async def test_a_zone_that_moves_it_into_quiet_hours_moves_it_to_their_end(here: Scene) -> None:
    await at_home(here)
    await asked(here, "Call Bob", "2027-06-14 20:00", zone="America/New_York")  # 2:00 in Berlin
    assert await next_rings(here) == ["06-15 05:00"]
    await changed(here, move_to("America/New_York"))
    assert await next_rings(here) == ["06-15 00:00"]


async def test_one_that_is_late_by_a_stop_waits_for_the_end_of_quiet_hours(here: Scene) -> None:
    await at_home(here)
    await asked(here, "Call Ann", "2027-06-14 21:30")
    assert await rings_at(here, "2027-06-14 22:30") == []
    assert await rings_at(here, "2027-06-15 07:00") == ["Call Ann"]


# --- Pauses, consent, zone, channel ------------------------------------------------------------------------


async def test_a_pause_holds_back_what_was_asked_for_before_it(here: Scene) -> None:
    await at_home(here)
    await asked(here, "Call Ann", "2027-06-14 12:00")
    await asked(here, "Call Bob", "2027-06-14 13:00")
    await changed(here, pause(datetime(2027, 6, 14, 16, tzinfo=UTC)))
    assert await rings_at(here, "2027-06-14 13:00") == []
    assert await rings_at(here, "2027-06-14 18:00") == ["Call Ann; Call Bob"]
    (decision,) = await rung(here)
    assert {ring_time(one).delay for one in listed(decision)} == {Delay.PAUSED}


async def test_what_is_asked_for_during_a_pause_rings(here: Scene) -> None:
    await at_home(here)
    await changed(here, pause(FOREVER))
    await asked(here, "Call Ann", "2027-06-14 12:00")
    await asked(here, "Call Bob", "2027-06-14 13:00")
    assert await rings_at(here, "2027-06-14 12:00") == ["Call Ann"]
    await changed(here, pause(datetime(2027, 6, 20, tzinfo=UTC)))  # asks for silence once more
    assert await rings_at(here, "2027-06-14 13:00") == []
    await changed(here, without_pauses)
    assert await rings(here) == ["Call Bob"]


async def test_without_consent_nothing_rings_until_it_is_given_again(here: Scene) -> None:
    await at_home(here)
    await asked(here, "Call Ann", "2027-06-14 12:00")
    await here.decline()
    assert await rings_at(here, "2027-06-14 12:00") == []
    await here.agree()
    assert await rings(here) == ["Call Ann"]


async def test_somebody_who_blocked_oo_is_tried_again_and_loses_nothing(here: Scene) -> None:
    await at_home(here)
    await asked(here, "Call Ann", "2027-06-14 12:00")
    async with here.deps.store.begin() as unit:
        (account,) = await unit.people.accounts("ada")
        await unit.people.save_account(replace(account, reachable=False))
    assert await rings_at(here, "2027-06-14 12:00") == []
    assert await next_rings(here) == ["06-14 11:00"]
    async with here.deps.store.begin() as unit:
        await unit.people.save_account(account)
    assert await rings_at(here, "2027-06-14 13:00") == ["Call Ann"]


async def test_a_person_who_left_is_no_failure(here: Scene) -> None:
    await at_home(here)
    await asked(here, "Call Ann", "2027-06-14 12:00")
    here.clock.berlin("2027-06-14 12:00")
    async with here.deps.store.begin() as unit:
        await unit.reminders.put()
    await ring("nobody", here.deps, BELL)


async def test_a_failure_for_one_person_neither_stops_others_nor_repeats_at_once(here: Scene) -> None:
    await at_home(here)
    await asked(here, "Break it", "2027-06-14 12:00")
    await here.person("bob")

    def breaking(decision: Decision, person: Person) -> object:
        raise ValueError("a bug")

    here.clock.berlin("2027-06-14 12:00")
    with pytest.raises(BaseExceptionGroup):
        await ring_due(here.deps, replace(BELL, compose=breaking))  # type: ignore[arg-type]
    assert await rings(here) == []
    assert await rings_at(here, "2027-06-14 12:03") == ["Break it"]


async def test_a_terminal_rings_for_its_own_person_only(here: Scene) -> None:
    await at_home(here)
    await here.person("bob")
    await asked(here, "Call Ann", "2027-06-14 12:00")
    here.clock.berlin("2027-06-14 12:00")
    await ring_to("bob", here.deps, BELL)
    assert here.phone.lines == []
    await ring_to("ada", here.deps, BELL)
    assert here.phone.lines == ["Call Ann"]


# --- Crashes, several processes, faults --------------------------------------------------------------------


async def test_cut_off_between_commit_and_send_it_is_unknown_and_never_sent_again(either: Store) -> None:
    here = scene(either)
    await at_home(here)
    await asked(here, "Call Ann", "2027-06-14 12:00")

    async def killed(*_: object) -> None:
        """The process ends here."""

    assert await rings_at(here, "2027-06-14 12:00", bell=replace(BELL, dispatch=killed)) == []
    assert await states(here) == [DeliveryState.SENDING]
    assert await rings(here) == []
    here.clock.move(minutes=4)
    await recover_orphans(here.deps)
    assert await states(here) == [DeliveryState.UNKNOWN]
    assert await deliver_waiting(here.deps, compose) == 0
    assert await rings(here) == []


async def test_cut_off_before_the_commit_it_rings_after_the_restart(here: Scene) -> None:
    await at_home(here)
    await asked(here, "Call Ann", "2027-06-14 12:00")

    def killed(decision: Decision, person: Person) -> object:
        raise asyncio.CancelledError

    here.clock.berlin("2027-06-14 12:00")
    with pytest.raises(asyncio.CancelledError):
        await ring("ada", here.deps, replace(BELL, compose=killed))  # type: ignore[arg-type]
    assert await rung(here) == []
    assert await rings(here) == ["Call Ann"]


async def test_two_processes_ring_it_once(tmp_path: Path) -> None:
    stores = [await open_store(f"sqlite:///{tmp_path}/oo.db") for _ in range(2)]
    one, other = (scene(store) for store in stores)
    await at_home(one)
    await asked(one, "Call Ann", "2027-06-14 12:00")
    for here in (one, other):
        here.clock.berlin("2027-06-14 12:00")

    await asyncio.gather(*(ring_due(here.deps, BELL) for here in (one, other, one, other)))

    assert len(one.phone.shown) + len(other.phone.shown) == 1
    assert len(await rung(one)) == 1
    for store in stores:
        await store.close()


@pytest.mark.parametrize(
    ("fault", "state"),
    [
        (SendUnknown("timeout"), DeliveryState.UNKNOWN),
        (SendRejected("no"), DeliveryState.REJECTED),
        (Unreachable("blocked"), DeliveryState.REJECTED),
    ],
)
async def test_an_attempt_without_success_is_not_repeated(
    here: Scene, fault: Exception, state: DeliveryState
) -> None:
    await at_home(here)
    await asked(here, "Call Ann", "2027-06-14 12:00")
    here.phone.faults = [fault]  # type: ignore[list-item]
    assert await rings_at(here, "2027-06-14 12:00") == []
    assert await states(here) == [state]
    here.clock.move(hours=1)
    assert await deliver_waiting(here.deps, compose) == 0
    assert await rings(here) == []


async def test_what_provably_was_not_sent_is_tried_until_it_is(here: Scene) -> None:
    await at_home(here)
    await asked(here, "Call Ann", "2027-06-14 12:00")
    here.phone.faults = [NotSent("no network")] * 200
    await rings_at(here, "2027-06-14 12:00")
    for _ in range(199):
        here.clock.move(minutes=2)
        await deliver_waiting(here.deps, compose)
    assert await states(here) == [DeliveryState.RESERVED]
    here.clock.move(minutes=2)
    await deliver_waiting(here.deps, compose)
    assert here.phone.lines == ["Call Ann"]
    assert await states(here) == [DeliveryState.SENT]


async def test_quiet_hours_that_begin_during_an_outage_of_the_platform_delay_it(here: Scene) -> None:
    await at_home(here)
    await asked(here, "Call Ann", "2027-06-14 21:50")
    here.phone.faults = [NotSent("no network")]
    await rings_at(here, "2027-06-14 21:50")
    here.clock.berlin("2027-06-14 22:10")
    await deliver_waiting(here.deps, compose)
    assert await states(here) == [DeliveryState.RESERVED]
    here.clock.berlin("2027-06-15 07:00")
    await deliver_waiting(here.deps, compose)
    assert here.phone.lines == ["Call Ann"]


async def test_a_task_that_is_done_before_the_next_attempt_is_not_reminded_of(here: Scene) -> None:
    await at_home(here)
    await asked(here, "Call Ann", "2027-06-14 12:00")
    here.phone.faults = [NotSent("no network")]
    await rings_at(here, "2027-06-14 12:00")
    await tapped(here, (await rung(here))[0], DONE)
    here.clock.move(minutes=1)
    await deliver_waiting(here.deps, compose)
    assert here.phone.lines == []
    assert await states(here) == [DeliveryState.ABANDONED]


# --- Snoozed -----------------------------------------------------------------------------------------------


async def test_a_snoozed_ring_rings_again_at_that_time(either: Store) -> None:
    here = scene(either)
    await at_home(here)
    await asked(here, "Call Ann", "2027-06-14 12:00")
    await rings_at(here, "2027-06-14 12:00")
    (decision,) = await rung(here)
    until = here.clock.now() + timedelta(minutes=17, seconds=13)
    await snooze(decision.decision_id, await here.stored(), here.deps, until=until)

    here.clock.time = until - timedelta(seconds=14)
    assert await rings(here) == []
    here.clock.time = until
    assert await rings(here) == ["Call Ann"]
    assert await here.tick() == 0 or await here.reward((await rung(here))[0]) is None
    assert len(await rung(here)) == 2


@pytest.mark.parametrize("how", ["undo", "done"])
async def test_a_snooze_that_is_taken_back_or_overtaken_rings_no_more(here: Scene, how: str) -> None:
    await at_home(here)
    await asked(here, "Call Ann", "2027-06-14 12:00")
    await rings_at(here, "2027-06-14 12:00")
    (decision,) = await rung(here)
    until = here.clock.now() + HOUR
    await snooze(decision.decision_id, await here.stored(), here.deps, until=until)
    if how == "undo":
        await undone(here, decision)
    else:
        await tapped(here, decision, DONE)
    assert await rings_at(here, "2027-06-14 13:00") == []


async def test_a_snooze_into_quiet_hours_waits_for_their_end_unless_it_was_confirmed(here: Scene) -> None:
    await at_home(here)
    for title in ("Call Ann", "Call Bob"):
        await asked(here, title, f"2027-06-14 {20 + (title == 'Call Bob')}:00")
    await rings_at(here, "2027-06-14 20:00")
    await rings_at(here, "2027-06-14 21:00")
    bob, ann = await rung(here)
    until = datetime(2027, 6, 14, 21, 30, tzinfo=UTC)
    await snooze(ann.decision_id, await here.stored(), here.deps, until=until)
    await snooze(bob.decision_id, await here.stored(), here.deps, until=until, even_if_quiet=True)
    assert await rings_at(here, "2027-06-14 23:30") == ["Call Bob"]
    assert await rings_at(here, "2027-06-15 07:00") == ["Call Ann"]


# --- Daily messages ----------------------------------------------------------------------------------------


async def test_a_daily_message_comes_each_day_at_its_time(either: Store) -> None:
    here = scene(either)
    await at_home(here)
    await changed(here, prefer(brief=time(8), review=time(20)))
    for day in (15, 16):
        assert await rings_at(here, f"2027-06-{day} 08:00") == ["The brief"]
        assert await rings_at(here, f"2027-06-{day} 20:00") == ["The review"]
    assert [is_daily(one) for one in await rung(here)] == ["review", "brief", "review", "brief"]
    await changed(here, prefer(brief=None))
    assert await rings_at(here, "2027-06-17 08:00") == []
    assert await rings_at(here, "2027-06-17 20:00") == ["The review"]


async def test_a_daily_message_without_content_is_not_sent(here: Scene) -> None:
    await at_home(here)
    await changed(here, prefer(brief=time(9)))
    assert await rings_at(here, "2027-06-14 09:00", bell=replace(BELL, daily=nothing)) == []
    assert await rung(here) == []
    assert await rings_at(here, "2027-06-15 09:00") == ["The brief"]


@pytest.mark.parametrize(("minutes", "comes"), [(5, True), (89, True), (91, False), (60 * 30, False)])
async def test_a_daily_message_is_of_use_only_near_its_time(here: Scene, minutes: int, comes: bool) -> None:
    await at_home(here)
    await changed(here, prefer(brief=time(9)))
    here.clock.berlin("2027-06-14 09:00")
    here.clock.move(minutes=minutes)
    assert await rings(here) == (["The brief"] if comes else [])


async def test_a_daily_message_of_a_pause_is_not_caught_up_on(here: Scene) -> None:
    await at_home(here)
    await changed(here, prefer(brief=time(9)))
    await changed(here, pause(datetime(2027, 6, 16, 8, tzinfo=UTC)))
    assert await rings_at(here, "2027-06-15 09:00") == []
    assert await rings_at(here, "2027-06-16 10:00") == []
    assert await rings_at(here, "2027-06-17 09:00") == ["The brief"]


async def test_a_daily_message_and_a_reminder_of_the_same_minute_are_two_messages(here: Scene) -> None:
    await at_home(here)
    await changed(here, prefer(brief=time(9)))
    await asked(here, "Call Ann", "2027-06-14 09:00")
    assert await rings_at(here, "2027-06-14 09:00") == ["Call Ann", "The brief"]


async def test_a_daily_message_that_was_not_sent_is_rendered_again_for_the_next_attempt(here: Scene) -> None:
    await at_home(here)
    await changed(here, prefer(brief=time(9)))
    here.phone.faults = [NotSent("no network")]
    assert await rings_at(here, "2027-06-14 09:00") == []
    here.clock.move(minutes=1)
    await deliver_waiting(here.deps, compose, BELL.daily)
    assert here.phone.lines == ["The brief"]


async def test_a_reminder_that_may_not_be_sent_again_now_waits_until_it_may(here: Scene) -> None:
    await at_home(here)
    await asked(here, "Call Ann", "2027-06-14 15:00")
    here.phone.faults = [NotSent("no network")]
    assert await rings_at(here, "2027-06-14 15:00") == []
    until = here.clock.now() + HOUR
    await changed(here, pause(until))
    here.clock.move(minutes=1)
    await deliver_waiting(here.deps, compose)
    waiting = await here.delivery(await here.latest())
    assert (waiting.state, waiting.reason, waiting.not_before) == (DeliveryState.RESERVED, "paused", until)
    here.clock.time = until
    await deliver_waiting(here.deps, compose)
    assert here.phone.lines == ["Call Ann"]


async def test_a_daily_message_is_rendered_in_the_language_of_the_account_that_gets_it(here: Scene) -> None:
    await at_home(here)
    await changed(here, prefer(brief=time(9)))
    async with here.deps.store.begin() as unit:
        (phone,) = await unit.people.accounts("ada")
        await unit.people.save_account(replace(phone, language="fr"))
        later = here.clock.now() + timedelta(minutes=1)
        slack = account("ada", later, channel=Channel.SLACK, external_id="U1", language="de")
        await unit.people.save_account(replace(slack, account_id="slack-ada"))
    languages: list[str | None] = []

    async def noted(unit: Unit, kind: ReminderKind, person: Person, deps: Dependencies) -> Message | None:
        languages.append(person.preferences.language)
        return await something(unit, kind, person, deps)

    here.phone.faults = [NotSent("no network")]
    await rings_at(here, "2027-06-14 09:00", bell=replace(BELL, daily=noted))
    here.clock.move(minutes=1)
    await deliver_waiting(here.deps, compose, noted)
    assert languages == ["fr", "fr"]


async def test_a_changed_time_of_the_daily_message_holds_from_then_on(here: Scene) -> None:
    await at_home(here)
    await changed(here, prefer(brief=time(9)))
    assert await rings_at(here, "2027-06-14 09:00") == ["The brief"]
    await changed(here, prefer(brief=time(10)))
    assert await rings_at(here, "2027-06-14 10:00") == ["The brief"]
    await changed(here, prefer(brief=time(8)))
    assert await rings(here) == []
    assert len(await reminders(here)) == 1
    assert await next_rings(here) == ["06-15 06:00"]


# --- What is found only within the transaction -------------------------------------------------------------


class Unavailable(FakeStore):
    """A database that is down."""

    def begin(self, *people: str) -> Any:
        raise StoreUnavailable("it is down")


async def test_a_database_that_is_down_is_no_fault_of_the_reminders(here: Scene) -> None:
    await at_home(here)
    await asked(here, "Call Ann", "2027-06-14 12:00")
    here.clock.berlin("2027-06-14 12:00")
    with pytest.raises(StoreUnavailable):
        await ring("ada", replace(here.deps, store=Unavailable()), BELL)
    assert await rings(here) == ["Call Ann"]


async def test_a_fault_is_raised_and_the_persons_reminders_wait_some_minutes(here: Scene) -> None:
    await at_home(here)
    await asked(here, "Call Ann", "2027-06-14 12:00")
    here.clock.berlin("2027-06-14 12:00")

    def fails(decision: Decision, person: Person) -> Message:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await ring("ada", here.deps, replace(BELL, compose=fails))
    assert await next_rings(here) == ["06-14 10:03"]
    assert await rings_at(here, "2027-06-14 12:02") == []
    assert await rings_at(here, "2027-06-14 12:03") == ["Call Ann"]


async def test_somebody_who_leaves_while_their_reminder_is_rendered_is_no_failure(here: Scene) -> None:
    await at_home(here)
    await asked(here, "Call Ann", "2027-06-14 12:00")
    here.clock.berlin("2027-06-14 12:00")

    def left(decision: Decision, person: Person) -> Message:
        raise NotFound("they are gone")

    await ring("ada", here.deps, replace(BELL, compose=left))
    assert here.phone.tries == 0


async def test_a_person_whom_only_a_terminal_of_another_process_reaches_is_left_to_it(here: Scene) -> None:
    await at_home(here)
    await asked(here, "Call Ann", "2027-06-14 12:00")
    async with here.deps.store.begin() as unit:
        (phone,) = await unit.people.accounts("ada")
        await unit.people.save_account(replace(phone, reachable=False))
        terminal = replace(phone, account_id="t", external_id="t", channel=Channel.TERMINAL)
        await unit.people.save_account(terminal)
    before = await reminders(here)
    here.clock.berlin("2027-06-14 12:00")
    await ring("ada", here.deps, BELL)
    assert await reminders(here) == before


async def test_an_occurrence_that_has_rung_never_rings_again_though_its_reminder_is_put_back(
    here: Scene,
) -> None:
    await at_home(here)
    await asked(here, "Call Ann", "2027-06-14 12:00")
    before = await reminders(here)
    assert await rings_at(here, "2027-06-14 12:00") == ["Call Ann"]
    async with here.deps.store.begin() as unit:
        await unit.reminders.put(*before)
    assert await rings(here) == []
    assert len(await rung(here)) == 1
