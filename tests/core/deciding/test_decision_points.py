"""The next decision point, whatever is changed meanwhile, and what was sent across midnight."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta
from typing import Any

import pytest

from core.deciding.decide import decide
from core.deciding.decision_points import LEASE, moved_to
from core.delivery.push import DueDecisionPoint, commit, store_refusal
from core.people.preferences import move_to, pause, prefer
from core.records import DayTimes, Reason, Refusal, Trigger
from core.scheduling.availability import AvailabilityRules
from core.store import DuePerson, Store
from tests.core.outsiders import BERLIN, NOW
from tests.core.taps import at, berlin, changed, snoozed_until, tapped
from tests.core.worlds import DISMISS, HOUR, Scene, claimed, compose, scene
from tests.decisions import refusal_of

EVERY_DAY = tuple(range(7))


def daily(*times: time) -> tuple[DayTimes, ...]:
    return (DayTimes(days=EVERY_DAY, times=times),)


async def busy(here: Scene, *times: time, **preferences: Any) -> None:
    """A person with these times and more tasks than tips."""
    await here.person(preferences={"times": daily(*times), "quiet": (), **preferences})
    for number in range(4):
        await here.task(f"Task {number}")


async def claimed_at(here: Scene, local: str) -> DueDecisionPoint:
    """What is due at a local time, taken by a worker that may not finish."""
    here.clock.berlin(local)
    due_at = (await here.stored()).next_due_at
    assert due_at is not None
    due_point = await claimed(DuePerson(person_id="ada", due_at=due_at), here.deps)
    assert due_point is not None
    return due_point


async def finished(here: Scene, due_point: DueDecisionPoint) -> None:
    """The worker decides and stores it; nothing is sent."""
    decided = await decide(
        due_point.person, here.deps, trigger=Trigger.SCHEDULED, zone=BERLIN, slot=due_point.slot
    )
    await commit(due_point, decided, here.deps, compose)


# --- Across midnight ---------------------------------------------------------------------------------------


async def test_spacing_holds_across_midnight_and_the_cap_starts_again(here: Scene) -> None:
    await busy(here, time(23, 55), time(0, 5), time(0, 25), cap=1)
    await at(here, "2027-06-14 23:55")
    refusal = await here.slot("2027-06-15 00:05")
    assert (refusal.silence, refusal_of(refusal).until) == (Reason.SPACING, berlin("2027-06-15 00:25"))
    later = await here.slot("2027-06-15 00:25")
    assert (later.slot, later.refusal) == ("2027-06-15T00:25", None)


async def test_a_spacing_of_most_of_a_day_holds(either: Store) -> None:
    here = scene(either, availability=AvailabilityRules(spacing=timedelta(hours=20)))
    await busy(here, time(18, 30), time(9))
    await at(here, "2027-06-14 18:30")
    assert (await here.slot("2027-06-15 09:00")).silence is Reason.SPACING
    await at(here, "2027-06-15 18:30")
    assert len(here.phone.shown) == 2


async def test_late_promises_come_one_by_one_across_midnight(here: Scene) -> None:
    await busy(here, time(9), time(13), cap=9)
    first, second = await here.slot("2027-06-14 09:00"), await here.slot("2027-06-14 13:00")
    await snoozed_until(here, "2027-06-14 23:30", first)
    await snoozed_until(here, "2027-06-14 23:40", second)
    await at(here, "2027-06-14 23:50")
    await at(here, "2027-06-15 00:10")
    assert len(here.phone.shown) == 3
    await at(here, "2027-06-15 00:20")
    assert len(here.phone.shown) == 4


# --- Changes while a tip is decided ------------------------------------------------------------------------


@pytest.mark.parametrize("change", [prefer(cap=2), prefer(times=daily(time(9), time(15)))])
async def test_a_slot_outlives_a_change_while_it_is_decided_and_that_fails(
    either: Store, change: Any
) -> None:
    here = scene(either)
    await busy(here, time(9), time(13))
    await claimed_at(here, "2027-06-14 09:00")
    here.clock.berlin("2027-06-14 09:01")
    person = await changed(here, change)
    assert person.next_due_at == berlin("2027-06-14 09:00") + LEASE

    decision = await here.slot("2027-06-14 09:03")

    assert (decision.slot, len(here.phone.shown)) == ("2027-06-14T09:00", 1)


async def test_a_slot_that_nobody_has_looked_at_outlives_a_change(here: Scene) -> None:
    await busy(here, time(9), time(13))
    here.clock.berlin("2027-06-14 09:00:02")
    await changed(here, prefer(cap=2))
    assert await here.tick() == 1
    assert (await here.latest()).slot == "2027-06-14T09:00"


async def test_a_slot_that_was_decided_is_not_looked_at_again_for_a_change(here: Scene) -> None:
    await busy(here, time(9), time(13))
    await finished(here, await claimed_at(here, "2027-06-14 09:00"))
    here.clock.berlin("2027-06-14 09:01")
    assert (await changed(here, prefer(cap=2))).next_due_at == berlin("2027-06-14 13:00")


async def test_a_pause_that_begins_while_a_tip_is_decided_and_that_fails_is_a_stored_reason(
    here: Scene,
) -> None:
    await busy(here, time(9), time(13))
    await claimed_at(here, "2027-06-14 09:00")
    await changed(here, pause(berlin("2027-06-15 12:00")))
    refusal = await here.slot("2027-06-14 09:03")
    assert (refusal.slot, refusal.silence) == ("2027-06-14T09:00", Reason.PAUSED)
    assert (await here.stored()).next_due_at == berlin("2027-06-15 13:00")


async def test_a_tap_while_a_tip_is_decided_loses_no_slot(here: Scene) -> None:
    await busy(here, time(9), time(13))
    decision = await here.slot("2027-06-14 09:00")
    await snoozed_until(here, "2027-06-14 20:00", decision)
    await claimed_at(here, "2027-06-14 13:00")
    await tapped(here, decision, DISMISS)
    assert (await here.slot("2027-06-14 13:03")).slot == "2027-06-14T13:00"


async def test_new_times_do_not_bring_back_what_they_would_have_planned_earlier(here: Scene) -> None:
    await busy(here, time(9), time(13))
    await claimed_at(here, "2027-06-14 09:00")
    person = await changed(here, prefer(times=daily(time(8), time(10))))
    assert person.next_due_at == berlin("2027-06-14 10:00")


async def test_a_slot_that_was_refused_is_not_offered_again_by_a_further_look(either: Store) -> None:
    here = scene(either)
    await busy(here, time(9), cap=0)
    await here.slot("2027-06-14 09:00")
    looked_at = replace(await here.stored(), next_due_at=berlin("2027-06-14 09:05"))
    async with here.deps.store.begin() as unit:
        await unit.people.save(replace(looked_at, preferences=replace(looked_at.preferences, cap=9)))

    assert await at(here, "2027-06-14 09:05") == 1
    assert len(await here.decisions()) == 1
    assert (await here.stored()).next_due_at == berlin("2027-06-15 09:00")


async def test_a_slot_that_was_refused_here_may_come_further_west(here: Scene) -> None:
    await busy(here, time(9), cap=0)
    await here.slot("2027-06-14 09:00")
    await changed(here, prefer(cap=9))
    await changed(here, move_to("America/New_York"))
    assert (await here.slot("2027-06-14 15:00")).slot == "2027-06-14T09:00"
    assert len(here.phone.shown) == 1


# --- Slots close together ----------------------------------------------------------------------------------


async def test_a_slot_that_comes_while_a_tip_is_written_has_its_turn(either: Store) -> None:
    here = scene(either, availability=AvailabilityRules(spacing=timedelta()))
    await busy(here, time(9), time(9, 1), cap=9)
    due_point = await claimed_at(here, "2027-06-14 09:00")
    here.clock.move(seconds=90)
    await finished(here, due_point)
    here.clock.move(seconds=1)
    await here.tick()
    await here.tick()
    assert [one.slot for one in await here.decisions()] == ["2027-06-14T09:01", "2027-06-14T09:00"]
    assert (await here.stored()).next_due_at == NOW + timedelta(days=1, minutes=30)


@pytest.mark.parametrize("refused", [True, False])
async def test_of_slots_that_were_one_at_the_claim_none_is_served_twice(either: Store, refused: bool) -> None:
    """The first worker overran its lease, and what it served was merged with a later slot meanwhile."""
    here = scene(either)
    await busy(here, time(9))
    due_point = await claimed_at(here, "2027-06-14 09:00")
    assert due_point.slot is not None
    await finished(here, due_point)

    earlier, key = "2027-06-14T08:30", due_point.slot.key
    both = replace(due_point, slot=replace(due_point.slot, key=earlier, merged=(key,)))
    again = replace(due_point, slot=replace(due_point.slot, key="another", merged=(earlier,)))
    if refused:
        await store_refusal(both, Reason.CAP, here.deps)
    else:
        await finished(here, both)
        await finished(here, again)
        await finished(here, replace(again, slot=replace(due_point.slot, key=earlier)))

    slots = {(one.slot, one.merged, one.refusal and one.refusal.reason) for one in await here.decisions()}
    reason = Reason.CAP if refused else None
    others = set() if refused else {("another", (), None)}
    assert slots == {(key, (), None), (earlier, (), reason)} | others


async def test_a_refusal_without_a_slot_has_not_moved_to_the_end_of_a_meeting(here: Scene) -> None:
    ada = await here.person()
    decision = await here.slot()
    meeting = Refusal(reason=Reason.MEETING, until=here.clock.now() + HOUR)
    moved = replace(decision, result=meeting)
    assert moved_to(moved, ada, here.deps) == here.clock.now() + HOUR
    assert moved_to(replace(moved, slot=None), ada, here.deps) is None
    assert moved_to(moved, replace(ada, zone=None), here.deps) is None
