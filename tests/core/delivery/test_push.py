"""Slots: each is served once, with everything committed before the send."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfoNotFoundError

import pytest

from adapters.storage.store import Storage, open_store
from core.deciding.decide import decide
from core.deciding.decision_points import LEASE
from core.delivery.push import commit, push, push_due, push_to
from core.delivery.send import PendingSend
from core.records import DayTimes, DeliveryState, Due, Reason, Trigger
from core.store import DuePerson, Store
from tests.core.meanwhile import Meanwhile
from tests.core.outsiders import BERLIN, NOW, SeededRandom
from tests.core.worlds import Scene, claimed, compose, scene
from tests.decisions import draw_of
from tests.fakes.people import FakePeople
from tests.servers.postgres import empty_database


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
    assert [one.candidate.candidate_id for one in decision.candidates] == ["task:oo-Pay the rent", "silence"]
    assert sum(one.probability for one in decision.candidates) == pytest.approx(1)
    assert draw_of(decision).propensity == pytest.approx(1)
    assert draw_of(decision).shadows[0].probabilities == (0.5, 0.5)
    assert decision.context is not None
    assert decision.context.open_tasks == 1
    delivery = await here.delivery(decision)
    assert (delivery.state, delivery.message_id, delivery.attempt) == (DeliveryState.SENT, "m1", 1)
    assert await here.kinds() == ["decision.made", "delivery.sent"]
    assert (await here.stored()).next_due_at == NOW + timedelta(hours=4, minutes=30)  # 13:00 in Berlin


async def test_one_person_is_served_once_their_time_has_come_and_until_then_nothing_is_written(
    here: Scene,
) -> None:
    await here.person()
    await here.task("Pay the rent")
    written: list[str] = []

    async def note() -> None:
        written.append("something")

    watched = replace(here.deps, store=Meanwhile(here.deps.store, note, after="begin"))
    await push_to("ada", watched, compose)
    assert (written, here.phone.lines) == ([], [])
    here.clock.berlin("2027-06-14 09:00")
    await push_to("ada", here.deps, compose)
    assert here.phone.lines == ["Pay the rent"]
    await here.decline()
    assert (await here.stored()).next_due_at is None
    await push_to("ada", watched, compose)
    assert written == []


async def test_the_decision_its_event_and_sending_are_committed_before_the_send(either: Store) -> None:
    here = scene(either)
    await here.person()
    await here.task("Pay the rent")
    seen: list[Any] = []

    async def look() -> None:
        decision = await here.latest()
        delivery = await here.delivery(decision)
        async with here.deps.store.read() as unit:
            snapshot = await unit.decisions.snapshot(draw_of(decision).model_version)
        seen.extend([decision.tip, draw_of(decision).propensity, snapshot.weights, delivery.state])
        seen.append(await here.kinds())

    here.phone.meanwhile = look
    await here.slot()

    tip, propensity, weights, state, kinds = seen
    assert tip.content == "Pay the rent"
    assert propensity > 0.99
    assert weights
    assert state is DeliveryState.SENDING
    assert kinds == ["decision.made"]


async def test_the_commit_of_a_push_reads_the_person_and_their_accounts_once(
    here: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    await here.person()
    await here.task("Pay the rent", due=Due(on=NOW.date()), priority=1)
    here.clock.berlin("2027-06-14 09:00")
    due_at = (await here.stored()).next_due_at
    assert due_at is not None
    due_point = await claimed(DuePerson(person_id="ada", due_at=due_at), here.deps)
    assert due_point is not None
    person = due_point.person
    decided = await decide(person, here.deps, trigger=Trigger.SCHEDULED, zone=BERLIN, slot=due_point.slot)
    reads: list[str] = []
    for name in ("get", "accounts"):
        monkeypatch.setattr(FakePeople, name, counted(getattr(FakePeople, name), reads))

    pending = await commit(due_point, decided, here.deps, compose)

    assert isinstance(pending, PendingSend)
    assert sorted(reads) == ["accounts", "get"]


def counted(method: Any, calls: list[str]) -> Any:
    """The method, with each call of it noted by name."""

    async def call(*args: Any) -> Any:
        calls.append(method.__name__)
        return await method(*args)

    return call


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


@pytest.fixture
async def stores() -> AsyncIterator[list[Storage]]:
    """Of three processes on one server."""
    url = empty_database()
    async with AsyncExitStack() as ending:
        opened = [await open_store(url) for _ in range(3)]
        for store in opened:
            ending.push_async_callback(store.close)
        yield opened


def replica(store: Store, number: int) -> Scene:
    """A process with ids of its own."""
    made = scene(store)
    deps = replace(made.deps, random=SeededRandom(number), replica_id=f"replica{number}")
    return replace(made, deps=deps)


async def test_three_replicas_on_a_server_share_the_people_who_are_due(stores: list[Storage]) -> None:
    """Each is served once, and so is whoever somebody was just writing about."""
    replicas = [replica(store, number) for number, store in enumerate(stores)]
    names = [f"person{number}" for number in range(12)]
    for name in names:
        await replicas[0].person(name)
        await replicas[0].task(f"Task of {name}", name)
    for one in replicas:
        one.clock.berlin("2027-06-14 09:00")

    writing = asyncio.Event()

    async def write() -> None:
        async with stores[0].begin(names[0]) as unit:
            await unit.people.get(names[0])
            writing.set()
            await asyncio.sleep(0.1)

    busy = asyncio.create_task(write())
    await writing.wait()
    await asyncio.gather(*(one.tick() for one in replicas))
    await busy

    shown = [line for one in replicas for line in one.phone.lines]
    assert sorted(shown) == sorted(f"Task of {name}" for name in names)


async def test_a_scan_that_is_old_by_now_serves_nobody(here: Scene) -> None:
    person = await here.person()
    await here.task("Pay the rent")
    await here.slot()
    assert person.next_due_at is not None

    stale = DuePerson(person_id="ada", due_at=person.next_due_at)
    assert await push(stale, here.deps, compose) is None
    assert len(here.phone.shown) == 1


async def test_a_claimed_person_is_left_alone_by_everybody_else(here: Scene) -> None:
    person = await here.person()
    assert person.next_due_at is not None
    due = DuePerson(person_id="ada", due_at=person.next_due_at)
    here.clock.time = person.next_due_at
    assert await claimed(due, here.deps) is not None
    assert await push(due, here.deps, compose) is None
    assert await here.tick() == 0
    assert await here.decisions() == ()


async def test_a_slot_that_was_served_is_not_even_thought_about_again(here: Scene) -> None:
    writing = scene(here.deps.store, llm=True)
    await writing.person()
    await writing.task("Pay the rent")
    await writing.slot()
    writing.clock.move(minutes=40)
    async with writing.deps.store.begin() as unit:
        again = replace(await unit.people.get("ada"), next_due_at=writing.clock.now())
        await unit.people.save(again)
    await writing.tick()
    assert len(writing.model.asked) == 1
    assert (await writing.stored()).next_due_at == NOW + timedelta(hours=4, minutes=30)


class Killed(BaseException):
    """The process ends here."""


async def test_a_process_that_dies_after_its_claim_is_made_good_for_after_the_lease(here: Scene) -> None:
    async def dies() -> None:
        raise Killed

    alive = scene(here.deps.store, llm=True)
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

    alive = scene(here.deps.store, llm=True)
    await here.person()
    alive.clock.berlin("2027-06-14 09:00")
    alive.model.meanwhile = dies
    with pytest.raises(BaseExceptionGroup):
        await alive.tick()

    decision = await here.slot("2027-06-14 12:30")
    assert (decision.slot, decision.silence) == ("2027-06-14T09:00", Reason.STALE)


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


async def test_a_person_who_can_not_be_looked_at_waits_out_a_lease_and_the_others_are_served(
    either: Store,
) -> None:
    """However few a scan takes, and although this one was due first."""
    here = scene(either)
    for name in ("ada", "bob"):
        await here.person(name)
        await here.task(f"Task of {name}", name)
    odd = replace(await here.stored(), zone="Nowhere/At-all", next_due_at=NOW - timedelta(minutes=1))
    async with here.deps.store.begin() as unit:
        await unit.people.save(odd)
    here.clock.berlin("2027-06-14 09:00")

    with pytest.raises(ExceptionGroup) as faults:
        await push_due(here.deps, compose, limit=1)
    assert [type(one) for one in faults.value.exceptions] == [ZoneInfoNotFoundError]
    assert await push_due(here.deps, compose, limit=1) == 1

    assert here.phone.lines == ["Task of bob"]
    assert (await here.stored()).next_due_at == here.clock.now() + LEASE


async def test_somebody_who_leaves_while_a_tip_is_decided_gets_none(either: Store) -> None:
    here = scene(either, llm=True)
    await here.person()
    await here.task("Pay the rent")

    async def leaves() -> None:
        async with here.deps.store.begin() as unit:
            await unit.people.forget("ada")

    here.model.meanwhile = leaves
    here.clock.berlin("2027-06-14 09:00")
    assert await here.tick() == 1
    assert here.phone.tries == 0
    assert await here.decisions() == ()


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


async def test_more_people_than_one_scan_takes_are_served_by_the_next(here: Scene) -> None:
    for number in range(5):
        await here.person(f"p{number}")
        await here.task(f"Task {number}", f"p{number}")
    here.clock.berlin("2027-06-14 09:00")

    looked_at = [await push_due(here.deps, compose, limit=2) for _ in range(4)]

    assert looked_at == [2, 2, 1, 0]
    assert sorted(here.phone.lines) == [f"Task {number}" for number in range(5)]
