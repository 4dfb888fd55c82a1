"""Slots: each is served once, with everything committed before the send, or refused with a reason."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import time, timedelta
from pathlib import Path
from typing import Any

import pytest

from adapters.storage.store import open_store
from core.chat import Channel
from core.model import Consent, DayTimes, DeliveryState, Due, QuietWindow, Reason, Trigger
from core.ports import Messengers
from core.preferences import change, move_to, pause, prefer
from core.push import LEASE, push, push_due, push_to
from core.store import DuePerson, Store
from core.world import World
from tests.core.outsiders import NOW
from tests.core.worlds import HOUR, Scene, compose, scene


async def test_a_slot_is_served_once_with_its_decision_scores_delivery_and_event(either: Store) -> None:
    here = scene(either)
    await here.person()
    await here.task("Pay the rent", due=Due(on=NOW.date()), priority=1)

    decision = await here.slot("2027-06-14 09:00")
    await here.tick()

    assert here.phone.lines == ["Pay the rent"]
    assert (decision.slot, decision.trigger) == ("2027-06-14T09:00", Trigger.SCHEDULED)
    assert decision.tip is not None
    assert decision.tip.content == "Pay the rent"
    assert [one.candidate.candidate_id for one in decision.candidates] == [
        "task:oo-Pay the rent",
        "silence",
    ]
    assert sum(one.probability for one in decision.candidates) == pytest.approx(1)
    assert decision.propensity == pytest.approx(1)
    assert decision.shadows[0].probabilities == (0.5, 0.5)
    assert decision.context is not None
    assert decision.context.open_tasks == 1
    delivery = await here.delivery(decision)
    assert (delivery.state, delivery.message_id, delivery.attempt) == (DeliveryState.SENT, "m1", 1)
    assert await here.kinds() == ["decision.made", "delivery.sent"]
    assert (await here.stored()).next_due_at == NOW + timedelta(hours=4, minutes=30)  # 13:00 in Berlin


async def test_the_decision_its_event_and_sending_are_committed_before_the_send(either: Store) -> None:
    here = scene(either)
    await here.person()
    await here.task("Pay the rent")
    seen: list[Any] = []

    async def look() -> None:
        decision = await here.latest()
        delivery = await here.delivery(decision)
        async with here.world.store.read() as unit:
            snapshot = await unit.decisions.snapshot(decision.model_version)
        seen.extend([decision.tip, decision.propensity, snapshot.weights, delivery.state])
        seen.append(await here.kinds())

    here.phone.meanwhile = look
    await here.slot()

    tip, propensity, weights, state, kinds = seen
    assert tip.content == "Pay the rent"
    assert propensity > 0.99
    assert weights
    assert state is DeliveryState.SENDING
    assert kinds == ["decision.made"]


async def test_two_replicas_that_share_a_scan_send_once(tmp_path: Path) -> None:
    stores = [await open_store(f"sqlite:///{tmp_path}/oo.db") for _ in range(2)]
    one, other = (scene(store) for store in stores)
    await one.person()
    await one.task("Pay the rent")
    one.clock.berlin("2027-06-14 09:00")
    other.clock.berlin("2027-06-14 09:00")

    await asyncio.gather(one.tick(), other.tick(), one.tick())

    assert len(one.phone.shown) + len(other.phone.shown) == 1
    assert len(await one.decisions()) == 1
    for store in stores:
        await store.close()


async def test_a_scan_that_is_old_by_now_serves_nobody(here: Scene) -> None:
    person = await here.person()
    await here.task("Pay the rent")
    await here.slot()
    assert person.next_due_at is not None

    stale = DuePerson(person_id="ada", due_at=person.next_due_at)
    assert await push(stale, here.world, compose) is None
    assert len(here.phone.shown) == 1


class Killed(BaseException):
    """The process ends here."""


async def test_a_process_that_dies_after_its_claim_is_made_good_for_after_the_lease(here: Scene) -> None:
    async def dies() -> None:
        raise Killed

    alive = scene(here.world.store, llm=True)
    await here.person()
    await here.task("Pay the rent")
    alive.clock.berlin("2027-06-14 09:00")
    alive.model.meanwhile = dies
    with pytest.raises(BaseExceptionGroup):
        await alive.tick()

    here.clock.time = alive.clock.time + LEASE - timedelta(seconds=1)
    await here.tick()
    assert here.phone.shown == []
    here.clock.move(seconds=1)
    await here.tick()
    await here.tick()
    assert here.phone.lines == ["Pay the rent"]
    assert [one.slot for one in await here.decisions()] == ["2027-06-14T09:00"]


async def test_a_process_that_dies_for_long_after_its_claim_leaves_a_stored_refusal(here: Scene) -> None:
    async def dies() -> None:
        raise Killed

    alive = scene(here.world.store, llm=True)
    await here.person()
    alive.clock.berlin("2027-06-14 09:00")
    alive.model.meanwhile = dies
    with pytest.raises(BaseExceptionGroup):
        await alive.tick()

    decision = await here.slot("2027-06-14 12:30")
    assert (decision.slot, decision.unavailable) == ("2027-06-14T09:00", Reason.STALE)


async def test_several_slots_in_one_quiet_window_make_one_tip_at_its_end(here: Scene) -> None:
    evening = (DayTimes(days=tuple(range(7)), times=(time(22, 30), time(23, 30), time(6))),)
    await here.person(preferences={"times": evening})
    await here.task("Pay the rent")
    await here.task("Call Ann")

    for local in ("2027-06-14 22:30", "2027-06-14 23:30", "2027-06-15 06:00"):
        here.clock.berlin(local)
        assert await here.tick() == 0
    decision = await here.slot("2027-06-15 07:00")
    here.clock.move(minutes=40)
    await here.tick()

    assert decision.slot == "2027-06-14T22:30"
    assert len(here.phone.shown) == 1
    assert len(await here.decisions()) == 1


async def test_after_a_short_stop_the_latest_slot_is_caught_up_once(here: Scene) -> None:
    await here.person()
    for number in range(4):
        await here.task(f"Task {number}")

    decision = await here.slot("2027-06-16 14:00")
    await here.tick()

    assert len(here.phone.shown) == 1
    assert decision.slot == "2027-06-16T13:00"
    assert len(await here.decisions()) == 1


@pytest.mark.parametrize("until", ["2027-06-14 12:00", "2027-06-19 12:30", "2027-07-20 12:00"])
async def test_after_a_long_stop_an_old_slot_is_refused_as_stale(here: Scene, until: str) -> None:
    await here.person()
    await here.task("Pay the rent")

    decision = await here.slot(until)

    assert here.phone.shown == []
    assert (decision.unavailable, decision.slot) == (Reason.STALE, f"{until[:10]}T09:00")
    assert await here.kinds() == ["decision.refused"]
    assert len(await here.decisions()) == 1


async def test_a_weekly_slot_missed_by_days_is_refused_too(here: Scene) -> None:
    await here.person(preferences={"times": (DayTimes(days=(0,), times=(time(9),)),)})
    decision = await here.slot("2027-06-18 09:00")
    assert (decision.slot, decision.unavailable) == ("2027-06-14T09:00", Reason.STALE)


async def test_the_cap_is_kept_and_says_until_when(here: Scene) -> None:
    await here.person(preferences={"cap": 1})
    await here.task("Pay the rent")
    await here.task("Call Ann")
    await here.slot("2027-06-14 09:00")

    decision = await here.slot("2027-06-14 13:00")

    assert decision.unavailable is Reason.CAP
    assert decision.unavailable_until == NOW.replace(hour=22, minute=0)  # midnight in Berlin
    assert here.phone.lines == ["Pay the rent"]
    await here.slot("2027-06-15 09:00")
    assert len(here.phone.shown) == 2


async def test_spacing_is_kept(here: Scene) -> None:
    close = (DayTimes(days=tuple(range(7)), times=(time(9), time(9, 20))),)
    await here.person(preferences={"times": close})
    await here.task("Pay the rent")
    await here.task("Call Ann")
    await here.slot("2027-06-14 09:00")

    decision = await here.slot("2027-06-14 09:20")

    assert decision.unavailable is Reason.SPACING
    assert decision.unavailable_until == NOW + HOUR
    assert len(here.phone.shown) == 1


async def test_a_blocked_account_is_a_stored_reason(here: Scene) -> None:
    await here.person()
    async with here.world.store.begin() as unit:
        (account,) = await unit.people.accounts("ada")
        await unit.people.save_account(replace(account, reachable=False))

    assert (await here.slot()).unavailable is Reason.UNREACHABLE
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
    async with here.world.store.begin() as unit:
        await unit.people.save(replace(person, **fields))

    decision = await here.slot()

    assert decision.unavailable is reason
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
    assert (decision.tip, decision.action) == (None, "silence")
    assert (await here.events())[0].data["reason"] == "chose_silence"


async def test_a_pause_begun_after_the_plan_keeps_the_slot_silent(here: Scene) -> None:
    person = await here.person()
    await here.task("Pay the rent")
    changed = await change(person, here.world, pause(NOW + 24 * HOUR), what="pause")

    here.clock.berlin("2027-06-14 09:00")
    assert await here.tick() == 0
    assert changed.next_due_at == NOW + timedelta(hours=24, minutes=30)


async def test_moving_west_does_not_serve_a_local_slot_twice(here: Scene) -> None:
    person = await here.person()
    await here.task("Pay the rent")
    await here.task("Call Ann")
    await here.slot("2027-06-14 09:00")

    moved = await change(person, here.world, move_to("America/New_York"), what="zone")

    assert moved.next_due_at == NOW.replace(hour=17, minute=0)  # 13:00 there, not 9:00 once more


async def test_one_persons_fault_neither_stops_nor_cancels_another(here: Scene) -> None:
    async def fails() -> None:
        if here.phone.tries == 1:
            raise ZeroDivisionError
        await asyncio.sleep(0.01)

    for name in ("ada", "bob", "cleo"):
        await here.person(name)
        await here.task(f"Task of {name}", name)
    here.phone.meanwhile = fails
    here.clock.berlin("2027-06-14 09:00")

    with pytest.raises(ExceptionGroup) as faults:
        await here.tick()

    assert [type(one) for one in faults.value.exceptions] == [ZeroDivisionError]
    assert sorted(here.phone.lines) == ["Task of bob", "Task of cleo"]
    states = [(await here.delivery(await here.latest(name))).state for name in ("ada", "bob", "cleo")]
    assert states == [DeliveryState.SENDING, DeliveryState.SENT, DeliveryState.SENT]


async def test_somebody_who_leaves_while_a_tip_is_decided_gets_none(either: Store) -> None:
    here = scene(either, llm=True)
    await here.person()
    await here.task("Pay the rent")

    async def leaves() -> None:
        async with here.world.store.begin() as unit:
            await unit.people.forget("ada")

    here.model.meanwhile = leaves
    here.clock.berlin("2027-06-14 09:00")
    assert await here.tick() == 1
    assert here.phone.tries == 0
    assert await here.decisions() == ()


async def test_a_person_whom_only_a_terminal_reaches_is_left_to_it(here: Scene) -> None:
    await here.person()
    await here.task("Pay the rent")
    async with here.world.store.begin() as unit:
        (account,) = await unit.people.accounts("ada")
        await unit.people.save_account(replace(account, channel=Channel.TERMINAL))
    here.clock.berlin("2027-06-14 09:00")

    await here.tick()
    assert await here.decisions() == ()

    terminal: World = replace(here.world, messengers=Messengers(by_channel={Channel.TERMINAL: here.phone}))
    await push_to("ada", terminal, compose)
    await push_to("ada", terminal, compose)
    assert here.phone.lines == ["Pay the rent"]


async def test_the_same_seeds_and_clock_give_the_same_log(tmp_path: Path) -> None:
    logs = []
    for name in ("one", "other"):
        store = await open_store(f"sqlite:///{tmp_path}/{name}.db")
        here = scene(store, llm=True)
        here.model.tips = ({"content": "Begin.", "rationale": "", "fact_ids": ["load"], "topic": "focus"},)
        await here.person()
        for number in range(5):
            await here.task(f"Task {number}", priority=1 + number % 4)
        for local in ("2027-06-14 09:00", "2027-06-14 13:00", "2027-06-14 18:30"):
            await here.slot(local)
        logs.append((await here.decisions(), await here.events()))
        await store.close()
    assert logs[0] == logs[1]
    assert len(logs[0][0]) == 3


async def test_quiet_hours_that_begin_while_the_tip_is_written_hold_it_back(here: Scene) -> None:
    busy = scene(here.world.store, llm=True)
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


async def test_more_people_than_one_scan_takes_are_served_by_the_next(here: Scene) -> None:
    for number in range(5):
        await here.person(f"p{number}")
        await here.task(f"Task {number}", f"p{number}")
    here.clock.berlin("2027-06-14 09:00")

    looked_at = [await push_due(here.world, compose, limit=2) for _ in range(4)]

    assert looked_at == [2, 2, 1, 0]
    assert sorted(here.phone.lines) == [f"Task {number}" for number in range(5)]


async def test_new_times_count_from_now_on(here: Scene) -> None:
    person = await here.person()
    here.clock.berlin("2027-06-14 09:00")
    times = (DayTimes(days=tuple(range(7)), times=(time(8), time(10))),)
    changed = await change(person, here.world, prefer(times=times), what="times")
    assert changed.next_due_at == NOW + timedelta(hours=1, minutes=30)
