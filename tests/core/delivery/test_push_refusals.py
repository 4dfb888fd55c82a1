"""Slots that stay silent: each refusal is stored with its reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta
from typing import Any

import pytest

from core.chat import Channel
from core.delivery.push import push_to, store_refusal
from core.dependencies import Dependencies
from core.people.preferences import change, move_to, pause, prefer
from core.ports import Messengers
from core.records import Consent, DayTimes, DeliveryState, QuietWindow, Reason
from core.store import DuePerson, Store
from tests.core.outsiders import NOW
from tests.core.taps import at, berlin
from tests.core.worlds import HOUR, Scene, claimed, compose, scene
from tests.decisions import draw_of, refusal_of


@pytest.mark.parametrize("until", ["2027-06-14 12:00", "2027-06-19 12:30", "2027-07-20 12:00"])
async def test_after_a_long_stop_an_old_slot_is_refused_as_stale(here: Scene, until: str) -> None:
    await here.person()
    await here.task("Pay the rent")

    decision = await here.slot(until)

    assert here.phone.shown == []
    assert (decision.silence, decision.slot) == (Reason.STALE, f"{until[:10]}T09:00")
    assert await here.kinds() == ["decision.refused"]
    assert len(await here.decisions()) == 1


async def test_a_weekly_slot_missed_by_days_is_refused_too(here: Scene) -> None:
    await here.person(preferences={"times": (DayTimes(days=(0,), times=(time(9),)),)})
    decision = await here.slot("2027-06-18 09:00")
    assert (decision.slot, decision.silence) == ("2027-06-14T09:00", Reason.STALE)


async def test_the_cap_holds_and_its_refusal_says_until_when(here: Scene) -> None:
    await here.person(preferences={"cap": 1})
    await here.task("Pay the rent")
    await here.task("Call Ann")
    await here.slot("2027-06-14 09:00")

    decision = await here.slot("2027-06-14 13:00")

    assert decision.silence is Reason.CAP
    assert refusal_of(decision).until == NOW.replace(hour=22, minute=0)  # midnight in Berlin
    assert here.phone.lines == ["Pay the rent"]
    await here.slot("2027-06-15 09:00")
    assert len(here.phone.shown) == 2


async def test_spacing_holds(here: Scene) -> None:
    close = (DayTimes(days=tuple(range(7)), times=(time(9), time(9, 20))),)
    await here.person(preferences={"times": close})
    await here.task("Pay the rent")
    await here.task("Call Ann")
    await here.slot("2027-06-14 09:00")

    decision = await here.slot("2027-06-14 09:20")

    assert decision.silence is Reason.SPACING
    assert refusal_of(decision).until == NOW + HOUR
    assert len(here.phone.shown) == 1


async def test_a_blocked_account_is_a_stored_reason(here: Scene) -> None:
    await here.person()
    async with here.deps.store.begin() as unit:
        (account,) = await unit.people.accounts("ada")
        await unit.people.save_account(replace(account, reachable=False))

    assert (await here.slot()).silence is Reason.UNREACHABLE
    assert (await here.stored()).next_due_at is not None


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"consent": Consent.DECLINED}, Reason.NO_CONSENT),
        ({"zone": None}, Reason.NO_ZONE),
        ({"paused_until": NOW + 24 * HOUR}, Reason.PAUSED),
    ],
)
async def test_what_changed_between_the_scan_and_the_claim_is_a_stored_reason(
    here: Scene, fields: dict[str, Any], reason: Reason
) -> None:
    person = await here.person()
    async with here.deps.store.begin() as unit:
        await unit.people.save(replace(person, **fields))

    decision = await here.slot()

    assert decision.silence is reason
    assert here.phone.tries == 0
    assert (await here.stored()).next_due_at != person.next_due_at


async def test_without_consent_or_zone_nothing_is_due(here: Scene) -> None:
    await here.person("declined", consent=Consent.DECLINED)
    await here.person("nowhere", zone=None)
    here.clock.berlin("2027-06-20 13:00")
    assert await here.tick() == 0


async def test_nothing_to_suggest_is_silence_with_a_reason(here: Scene) -> None:
    await here.person()
    decision = await here.slot()
    assert here.phone.shown == []
    assert (decision.tip, draw_of(decision).action) == (None, "silence")
    assert (await here.events())[0].data["reason"] == "chose_silence"


async def test_a_pause_begun_after_the_plan_keeps_the_slot_silent(here: Scene) -> None:
    person = await here.person()
    await here.task("Pay the rent")
    changed = await change(person, here.deps, pause(NOW + 24 * HOUR), what="pause")

    here.clock.berlin("2027-06-14 09:00")
    assert await here.tick() == 0
    assert changed.next_due_at == NOW + timedelta(hours=24, minutes=30)


async def test_moving_west_does_not_serve_a_local_slot_twice(here: Scene) -> None:
    person = await here.person()
    await here.task("Pay the rent")
    await here.task("Call Ann")
    await here.slot("2027-06-14 09:00")

    moved = await change(person, here.deps, move_to("America/New_York"), what="zone")

    assert moved.next_due_at == NOW.replace(hour=17, minute=0)  # 13:00 there, not 9:00 again


async def test_a_person_whom_only_a_terminal_reaches_is_left_to_it(here: Scene) -> None:
    await here.person()
    await here.task("Pay the rent")
    async with here.deps.store.begin() as unit:
        (account,) = await unit.people.accounts("ada")
        await unit.people.save_account(replace(account, channel=Channel.TERMINAL))
    here.clock.berlin("2027-06-14 09:00")

    await here.tick()
    assert await here.decisions() == ()

    terminal: Dependencies = replace(
        here.deps, messengers=Messengers(by_channel={Channel.TERMINAL: here.phone})
    )
    await push_to("ada", terminal, compose)
    await push_to("ada", terminal, compose)
    assert here.phone.lines == ["Pay the rent"]


async def test_quiet_hours_that_begin_while_the_tip_is_written_hold_it_back(here: Scene) -> None:
    busy = scene(here.deps.store, llm=True)
    await busy.person(preferences={"quiet": (QuietWindow(start=time(9, 5), end=time(10)),)})
    await busy.task("Pay the rent")

    async def takes_long() -> None:
        busy.clock.move(minutes=5)

    busy.model.meanwhile = takes_long
    decision = await busy.slot("2027-06-14 09:00")

    delivery = await busy.delivery(decision)
    assert (delivery.state, delivery.reason) == (DeliveryState.ABANDONED, "quiet")
    assert busy.phone.tries == 0
    assert await busy.kinds() == ["decision.made", "delivery.abandoned"]


async def test_new_times_count_from_now_on(here: Scene) -> None:
    person = await here.person()
    here.clock.berlin("2027-06-14 09:00")
    times = (DayTimes(days=tuple(range(7)), times=(time(8), time(10))),)
    changed = await change(person, here.deps, prefer(times=times), what="times")
    assert changed.next_due_at == NOW + timedelta(hours=1, minutes=30)


# --- Held back by quiet hours ------------------------------------------------------------------------------

NIGHT_TIMES = (time(21, 58), time(21, 59), time(23), time(9))


async def night(here: Scene, *times: time) -> None:
    """A person with quiet hours from ten to seven and more tasks than tips."""
    await here.person(preferences={"times": (DayTimes(days=tuple(range(7)), times=times or NIGHT_TIMES),)})
    for number in range(4):
        await here.task(f"Task {number}")


async def test_a_slot_in_the_guard_before_quiet_hours_waits_for_their_end(either: Store) -> None:
    here = scene(either)
    await night(here, time(21, 59))
    assert await at(here, "2027-06-14 21:59") == 0
    assert await at(here, "2027-06-15 06:59") == 0
    decision = await here.slot("2027-06-15 07:00")
    assert (decision.slot, len(here.phone.shown)) == ("2027-06-14T21:59", 1)


async def test_a_slot_that_is_looked_at_too_late_before_quiet_hours_waits_for_their_end(
    either: Store,
) -> None:
    here = scene(either)
    await night(here)
    refusal = await here.slot("2027-06-14 21:59:01")
    assert (refusal.slot, refusal.silence) == ("2027-06-14T21:58", Reason.QUIET)
    assert refusal_of(refusal).until == berlin("2027-06-15 07:00") == (await here.stored()).next_due_at

    decision = await here.slot("2027-06-15 07:00")

    assert (decision.slot, decision.merged) == ("2027-06-14T21:58", ("2027-06-14T21:59", "2027-06-14T23:00"))
    assert len(here.phone.shown) == 1
    assert (await here.stored()).next_due_at == berlin("2027-06-15 09:00")
    assert await at(here, "2027-06-15 08:00") == 0


async def test_a_slot_that_was_held_back_survives_a_change_of_settings_and_ends_with_a_pause(
    either: Store,
) -> None:
    here = scene(either)
    await night(here, time(21, 58))
    await here.slot("2027-06-14 21:59:01")
    person = await change(await here.stored(), here.deps, prefer(cap=2), what="cap")
    assert person.next_due_at == berlin("2027-06-15 07:00")
    person = await change(person, here.deps, pause(berlin("2027-06-15 12:00")), what="pause")
    assert person.next_due_at == berlin("2027-06-15 21:58")


async def test_a_slot_that_was_held_back_waits_on_when_quiet_hours_grow(here: Scene) -> None:
    await night(here, time(21, 58))
    await here.slot("2027-06-14 21:59:01")
    longer = (QuietWindow(start=time(22), end=time(8)),)
    await change(await here.stored(), here.deps, prefer(quiet=longer), what="quiet")
    await here.slot("2027-06-15 07:00")
    assert here.phone.shown == []
    decision = await here.slot("2027-06-15 08:00")
    assert (decision.slot, len(here.phone.shown)) == ("2027-06-14T21:58", 1)


async def test_an_old_slot_that_is_looked_at_in_quiet_hours_is_let_go(here: Scene) -> None:
    await night(here, time(13))
    refusal = await here.slot("2027-06-14 22:30")
    assert (refusal.slot, refusal.silence) == ("2027-06-14T13:00", Reason.STALE)
    assert (await here.stored()).next_due_at == berlin("2027-06-15 13:00")


async def test_a_slot_that_was_held_back_is_let_go_when_it_is_missed_by_more_than_its_freshness(
    here: Scene,
) -> None:
    await night(here, time(21, 58))
    await here.slot("2027-06-14 21:59:01")
    decision = await here.slot("2027-06-15 09:30")
    assert decision.silence is Reason.STALE
    assert here.phone.shown == []


async def test_moving_west_serves_none_of_the_slots_that_were_one_tip_again(either: Store) -> None:
    here = scene(either)
    await night(here, time(22, 30), time(23, 30))
    decision = await here.slot("2027-06-15 07:00")
    assert (decision.slot, decision.merged) == ("2027-06-14T22:30", ("2027-06-14T23:30",))

    awake = prefer(quiet=())
    await change(await here.stored(), here.deps, awake, what="quiet")
    moved = await change(await here.stored(), here.deps, move_to("Pacific/Honolulu"), what="zone")

    assert moved.next_due_at == berlin("2027-06-16 10:30")  # 22:30 there, a day later than what was served


async def test_of_merged_slots_those_that_were_not_served_have_their_turn(here: Scene) -> None:
    await night(here, time(22, 30), time(23, 30))
    await change(await here.stored(), here.deps, prefer(quiet=()), what="quiet")
    await here.slot("2027-06-14 22:30")
    quiet = (QuietWindow(start=time(22), end=time(7)),)
    await change(await here.stored(), here.deps, prefer(quiet=quiet), what="quiet")

    decision = await here.slot("2027-06-15 07:00")

    assert (decision.slot, decision.merged) == ("2027-06-14T23:30", ())
    assert len(here.phone.shown) == 2


async def test_a_process_that_wakes_up_after_its_lease_refuses_no_slot_that_was_served_meanwhile(
    here: Scene,
) -> None:
    person = await here.person()
    await here.task("Pay the rent")
    here.clock.berlin("2027-06-14 09:00")
    assert person.next_due_at is not None
    due = await claimed(DuePerson(person_id="ada", due_at=person.next_due_at), here.deps)
    assert due is not None
    served = await here.slot("2027-06-14 09:10")
    assert served.tip is not None
    await store_refusal(due, Reason.CAP, here.deps)
    assert await here.decisions() == (served,)
