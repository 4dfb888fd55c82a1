"""A snoozed tip comes back once, on time, and never in a pause or in quiet hours."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from core.deciding.decision_points import reschedule
from core.deciding.redelivery import decide_redelivery
from core.delivery.push import commit, store_refusal
from core.delivery.reactions import undo
from core.dependencies import Dependencies
from core.people.preferences import pause
from core.ports import Messengers
from core.records import Person, Reason, Trigger
from core.scheduling.availability import Availability
from core.scheduling.pauses import without_pauses
from core.scheduling.quiet_hours import FOREVER
from core.store import DuePerson, Store, Unit
from core.tasks.changes import remove_task
from tests.core.outsiders import NOW
from tests.core.taps import at, berlin, changed, snoozed, snoozed_until, standing, tapped, tip, undone, value
from tests.core.worlds import DONE, HOUR, Scene, claimed, compose, scene
from tests.decisions import draw_of, refusal_of


async def test_a_snooze_that_ends_in_a_pause_comes_back_when_that_ends(either: Store) -> None:
    here = scene(either)
    await snoozed_until(here, "2027-06-14 20:00")
    await changed(here, pause(berlin("2027-06-21 08:00")))

    assert await at(here, "2027-06-14 20:00") == 0
    assert await at(here, "2027-06-21 07:59") == 0
    assert await at(here, "2027-06-21 08:00") == 1
    assert here.phone.lines == ["Pay the rent"] * 2
    assert (await here.latest()).trigger is Trigger.SNOOZED


async def test_a_pause_without_end_loses_no_snooze(here: Scene) -> None:
    await snoozed_until(here, "2027-06-14 20:00")
    await changed(here, pause(FOREVER))
    assert await at(here, "2027-09-01 12:00") == 0
    await changed(here, without_pauses)
    assert await here.tick() == 1
    assert len(here.phone.shown) == 2


async def test_a_pause_that_comes_between_scan_and_claim_loses_no_snooze(here: Scene) -> None:
    await snoozed_until(here, "2027-06-14 20:00")
    paused = replace(await here.stored(), paused_until=FOREVER)
    async with here.deps.store.begin() as unit:
        await unit.people.save(paused)

    await at(here, "2027-06-14 20:00")
    assert (await here.latest()).silence is Reason.PAUSED
    async with here.deps.store.read() as unit:
        (waiting,) = await unit.snoozes.waiting("ada")
    assert waiting.until == berlin("2027-06-14 20:00")


async def test_a_snooze_that_ends_in_quiet_hours_waits_for_their_end(here: Scene) -> None:
    await snoozed_until(here, "2027-06-14 23:30")
    await at(here, "2027-06-14 23:30")

    refusal = await here.latest()
    assert (refusal.silence, refusal.trigger) == (Reason.QUIET, Trigger.SNOOZED)
    assert refusal_of(refusal).until == berlin("2027-06-15 07:00")
    assert await at(here, "2027-06-15 06:59") == 0
    assert await at(here, "2027-06-15 07:00") == 1
    assert len(here.phone.shown) == 2


async def test_a_snooze_that_can_reach_nobody_for_a_while_comes_back_later(here: Scene) -> None:
    """A start without the token of the channel, say."""
    await snoozed_until(here, "2027-06-14 10:00")
    await at(replace(here, deps=replace(here.deps, messengers=Messengers())), "2027-06-14 10:00")

    refusal = await here.latest()
    assert (refusal.silence, refusal.trigger) == (Reason.UNREACHABLE, Trigger.SNOOZED)
    assert await at(here, "2027-06-14 10:59") == 0
    assert await at(here, "2027-06-14 11:00") == 1
    assert here.phone.lines == ["Pay the rent"] * 2
    assert (await here.stored()).next_due_at == berlin("2027-06-14 13:00")


async def test_a_time_in_quiet_hours_that_the_person_confirmed_is_used_once(here: Scene) -> None:
    await snoozed_until(here, "2027-06-14 23:30", even_if_quiet=True)
    await at(here, "2027-06-14 23:30")

    back = await here.latest()
    assert draw_of(back).policy_id == "promise_quiet"
    assert len(here.phone.shown) == 2
    await snoozed_until(here, "2027-06-14 23:50", back)
    await at(here, "2027-06-14 23:50")
    assert (await here.latest()).silence is Reason.QUIET


async def test_neither_cap_nor_spacing_holds_up_a_promise(here: Scene) -> None:
    await here.person(preferences={"cap": 1})
    await here.task("Pay the rent")
    decision = await here.slot("2027-06-14 09:00")
    await snoozed_until(here, "2027-06-14 09:05", decision)
    await at(here, "2027-06-14 09:05")
    assert len(here.phone.shown) == 2


async def test_a_promise_holds_a_place_under_the_cap(here: Scene) -> None:
    await here.person(preferences={"cap": 2})
    await here.task("Pay the rent")
    await here.task("Call Ann")
    decision = await here.slot("2027-06-14 09:00")
    await snoozed_until(here, "2027-06-14 20:00", decision)
    assert (await here.slot("2027-06-14 13:00")).silence is Reason.CAP


async def test_a_snoozed_task_is_not_suggested_meanwhile(here: Scene) -> None:
    await snoozed_until(here, "2027-06-17 20:00")
    decision = await here.slot("2027-06-16 09:00")
    assert decision.tip is None
    assert decision.candidates[0].candidate.dropped == "snoozed"


async def test_late_promises_come_one_by_one(here: Scene) -> None:
    await here.person(preferences={"cap": 9})
    await here.task("Pay the rent")
    await here.task("Call Ann")
    first = await here.slot("2027-06-14 09:00")
    second = await here.slot("2027-06-14 13:00")
    await snoozed_until(here, "2027-06-14 15:00", first)
    await snoozed_until(here, "2027-06-14 16:00", second)

    for _ in range(4):
        await at(here, "2027-06-14 19:00")
    assert len(here.phone.shown) == 3
    reasons = [one.silence for one in await here.decisions() if one.silence]
    assert reasons == [Reason.SPACING, Reason.SPACING]  # the other promise, and the slot of 18:30
    assert await at(here, "2027-06-14 19:29") == 0
    assert await at(here, "2027-06-14 19:30") == 1
    assert len(here.phone.shown) == 4


async def test_a_slot_that_came_with_a_promise_is_looked_at_too(here: Scene) -> None:
    await here.person()
    await here.task("Pay the rent")
    await here.task("Call Ann")
    decision = await here.slot("2027-06-14 09:00")
    await snoozed_until(here, "2027-06-14 13:00", decision)
    await remove_task(f"oo-{here.phone.lines[0]}", await here.stored(), here.deps)

    assert await at(here, "2027-06-14 13:00") == 1
    here.clock.move(seconds=5)
    assert await here.tick() == 1
    assert await here.tick() == 0

    assert here.phone.lines == ["Pay the rent", "Call Ann"]
    assert (await here.latest()).slot == "2027-06-14T13:00"


async def test_consent_that_was_withdrawn_ends_the_promise(here: Scene) -> None:
    decision = await snoozed_until(here, "2027-06-14 10:00")
    await here.decline()
    assert await at(here, "2027-06-14 10:00") == 0
    declined = replace(await here.stored(), next_due_at=berlin("2027-06-14 10:00"))
    async with here.deps.store.begin() as unit:
        await unit.people.save(declined)
    await here.tick()

    assert (await here.latest()).silence is Reason.NO_CONSENT
    async with here.deps.store.read() as unit:
        assert await unit.snoozes.of(decision.decision_id) is None


@pytest.mark.parametrize("refused", [True, False])
async def test_an_undo_between_claim_and_commit_wins(either: Store, refused: bool) -> None:
    here = scene(either)
    decision = await snoozed_until(here, "2027-06-14 10:00")
    here.clock.berlin("2027-06-14 10:00")
    due = DuePerson(person_id="ada", due_at=here.clock.now())
    due_point = await claimed(due, here.deps)
    assert due_point is not None
    assert due_point.snooze is not None

    await undo(decision.decision_id, await here.stored(), here.deps)
    if refused:
        quiet = Availability(reason=Reason.QUIET, until=berlin("2027-06-15 07:00"))
        await store_refusal(replace(due_point, availability=quiet), Reason.QUIET, here.deps)
    else:
        decided = await decide_redelivery(due_point.person, due_point.snooze, here.deps)
        assert await commit(due_point, decided, here.deps, compose) is None

    async with here.deps.store.read() as unit:
        assert await unit.snoozes.waiting("ada") == ()
    assert (await here.stored()).next_due_at == berlin("2027-06-14 13:00")


async def test_a_snoozed_tip_comes_back_exactly_once(either: Store) -> None:
    here = scene(either)
    decision = await tip(here)
    outcome = await snoozed(here, decision, hours=1)
    assert outcome.reaction is not None
    assert outcome.reaction.until == NOW + 1.5 * HOUR
    assert await value(here, decision) == 0.125
    assert (await here.stored()).next_due_at == NOW + 1.5 * HOUR

    here.clock.move(minutes=59)
    assert await here.tick() == 0
    here.clock.move(minutes=1)
    await asyncio.gather(here.tick(), here.tick())
    await here.tick()

    assert here.phone.lines == ["Pay the rent"] * 2
    back = await here.latest()
    assert back.trigger is Trigger.SNOOZED
    assert (draw_of(back).propensity, draw_of(back).policy_id) == (1.0, "promise")
    assert (await here.stored()).next_due_at == NOW + 4.5 * HOUR  # 13:00, as ever


async def test_done_after_a_snooze_is_worth_a_little_less(here: Scene) -> None:
    decision = await tip(here)
    await snoozed(here, decision, hours=1)
    here.clock.move(hours=1)
    await here.tick()
    back = await here.latest()

    await tapped(here, back, DONE)

    assert await value(here, back) == 0.75
    assert await value(here, decision) == 0.125
    assert await here.model_of() == await here.replayed("ada")


async def test_a_later_snooze_replaces_an_earlier_one(here: Scene) -> None:
    decision = await tip(here)
    await snoozed(here, decision, hours=1)
    await snoozed(here, decision, hours=2)

    here.clock.move(hours=1)
    assert await here.tick() == 0
    here.clock.move(hours=1)
    await here.tick()

    assert len(here.phone.shown) == 2
    assert len(await standing(here, decision)) == 1
    assert await value(here, decision) == 0.125


async def test_done_calls_a_snooze_off_and_undo_opens_the_tip(here: Scene) -> None:
    decision = await tip(here)
    await snoozed(here, decision, hours=1)

    done = await tapped(here, decision, DONE)
    assert done.reaction is not None
    assert await standing(here, decision) == [DONE]
    assert await value(here, decision) == 0.75
    assert (await here.stored()).next_due_at == NOW + 4.5 * HOUR

    assert (await undone(here, decision)).reaction is None
    assert await standing(here, decision) == []
    here.clock.move(hours=1)
    assert await here.tick() == 0


async def test_undo_calls_a_snooze_off(here: Scene) -> None:
    decision = await tip(here)
    await snoozed(here, decision, hours=1)
    await undone(here, decision)
    assert await here.reward(decision) is None
    assert (await here.stored()).next_due_at == NOW + 4.5 * HOUR
    here.clock.move(hours=2)
    assert await here.tick() == 0


async def test_a_second_snooze_is_planned_once(here: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    decision = await tip(here)
    await snoozed(here, decision, hours=1)
    plans: list[Person] = []

    async def planned(unit: Unit, person: Person, deps: Dependencies) -> Person:
        plans.append(await reschedule(unit, person, deps))
        return plans[-1]

    monkeypatch.setattr("core.delivery.reactions.reschedule", planned)
    await snoozed(here, decision, hours=2)

    assert [person.next_due_at for person in plans] == [NOW + 2.5 * HOUR]
