"""Right before a send, everything that could forbid it is checked again."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from core.delivery.send import (
    NewDelivery,
    begin_send,
    deliver,
    deliver_waiting,
    recipient_of,
    reserve,
)
from core.errors import NotSent
from core.people.preferences import change, pause
from core.people.privacy import forget
from core.ports import Messengers
from core.records import Delivery, DeliveryState, Due, TaskState, Trigger
from core.tasks.changes import remove_task
from core.tasks.todo_list import complete_task
from tests.core.outsiders import BERLIN, NOW
from tests.core.worlds import HOUR, Scene, compose


async def again(here: Scene, **span: float) -> int:
    """The retry job runs again, later by this span."""
    here.clock.move(**span)
    return await deliver_waiting(here.deps, compose)


async def reserved(here: Scene, **fields: Any) -> Delivery:
    """A tip that was decided and committed an hour ago and is not sent yet."""
    await here.person()
    await here.task("Pay the rent")
    shown = await here.slot()
    decision = replace(shown, **{"decision_id": "d2", "slot": "another", **fields})
    async with here.deps.store.begin() as unit:
        (account,) = await unit.people.accounts("ada")
        delivery = reserve(decision, account, here.deps)
        await unit.decisions.add(decision, None)
        await unit.deliveries.add(delivery)
    here.phone.shown.clear()
    here.clock.move(hours=1)
    return delivery


async def gone(here: Scene, delivery: Delivery) -> str | None:
    """Why it was abandoned; None if it was sent."""
    await deliver_waiting(here.deps, compose)
    async with here.deps.store.read() as unit:
        stands = await unit.deliveries.get(delivery.delivery_id)
    assert stands.state is (DeliveryState.SENT if here.phone.shown else DeliveryState.ABANDONED)
    return stands.reason


async def test_what_a_stop_left_reserved_is_sent_while_it_is_fresh(here: Scene) -> None:
    assert await gone(here, await reserved(here)) is None
    assert len(here.phone.shown) == 1


async def test_what_a_stop_left_reserved_for_too_long_is_not_sent(here: Scene) -> None:
    delivery = await reserved(here)
    here.clock.move(hours=1, seconds=1)
    assert await gone(here, delivery) == "stale"


async def test_a_tip_that_was_asked_for_long_ago_is_not_sent(here: Scene) -> None:
    delivery = await reserved(here, trigger=Trigger.REQUESTED, slot=None)
    here.clock.move(hours=2)
    assert await gone(here, delivery) == "stale"


@pytest.mark.parametrize("trigger", [Trigger.REQUESTED, Trigger.SCHEDULED])
async def test_a_consent_that_is_taken_back_holds_from_the_next_send_on(
    here: Scene, trigger: Trigger
) -> None:
    delivery = await reserved(here, trigger=trigger)
    await here.decline()
    assert await gone(here, delivery) == "no_consent"


async def test_an_account_that_was_blocked_meanwhile_gets_nothing(here: Scene) -> None:
    delivery = await reserved(here, trigger=Trigger.REQUESTED, slot=None)
    async with here.deps.store.begin() as unit:
        (account,) = await unit.people.accounts("ada")
        await unit.people.save_account(replace(account, reachable=False))
    assert await gone(here, delivery) == "unreachable"


async def test_a_pause_holds_back_what_is_reserved(here: Scene) -> None:
    delivery = await reserved(here)
    await change(await here.stored(), here.deps, pause(NOW + 24 * HOUR), what="pause")
    assert await gone(here, delivery) == "paused"


async def test_a_tip_about_a_task_that_was_removed_is_not_sent(here: Scene) -> None:
    delivery = await reserved(here)
    await remove_task("oo-Pay the rent", await here.stored(), here.deps)
    assert await gone(here, delivery) == "task_gone"


async def test_a_tip_about_a_repeating_task_that_has_moved_on_is_not_sent(here: Scene) -> None:
    await here.person()
    task = await here.task("Water the ferns", due=Due(on=NOW.date()), repeats="FREQ=DAILY")
    here.phone.faults = [NotSent("no network")]
    decision = await here.slot()
    async with here.deps.store.begin() as unit:
        completed = await complete_task(unit, task, here.deps, zone=BERLIN)
    assert completed.task.state is TaskState.OPEN

    await again(here, minutes=1)
    delivery = await here.delivery(decision)
    assert (delivery.state, delivery.reason) == (DeliveryState.ABANDONED, "task_gone")


async def test_a_tip_for_an_account_that_another_process_serves_is_left_to_it(here: Scene) -> None:
    delivery = await reserved(here)
    elsewhere = replace(here.deps, messengers=Messengers())
    assert await deliver(delivery, elsewhere, compose) is None
    async with here.deps.store.read() as unit:
        assert await unit.deliveries.get(delivery.delivery_id) == delivery


async def test_a_tip_whose_channel_was_taken_away_does_not_wait_for_ever(here: Scene) -> None:
    delivery = await reserved(here)
    here.clock.move(hours=1, seconds=1)
    given_up = await deliver(delivery, replace(here.deps, messengers=Messengers()), compose)
    assert given_up is not None
    assert (given_up.state, given_up.reason) == (DeliveryState.ABANDONED, "stale")


async def test_a_promise_waits_longer_for_its_channel_and_not_for_ever(here: Scene) -> None:
    delivery = await reserved(here, trigger=Trigger.SNOOZED, slot=None)
    elsewhere = replace(here.deps, messengers=Messengers())
    here.clock.move(days=1)
    assert await deliver(delivery, elsewhere, compose) is None
    here.clock.move(days=1)
    given_up = await deliver(delivery, elsewhere, compose)
    assert given_up is not None
    assert (given_up.state, given_up.reason) == (DeliveryState.ABANDONED, "stale")


async def test_one_delivery_is_taken_up_by_one_worker(here: Scene) -> None:
    delivery = await reserved(here)
    first = await deliver(delivery, here.deps, compose)
    assert first is not None
    assert first.state is DeliveryState.SENT
    assert await deliver(delivery, here.deps, compose) is None
    assert len(here.phone.shown) == 1


async def test_a_delivery_that_another_worker_has_sent_stays_sent(
    here: Scene,
) -> None:
    delivery = await reserved(here)
    sent = await deliver(delivery, here.deps, compose)
    await change(await here.stored(), here.deps, pause(here.clock.now() + HOUR), what="pause")
    assert await deliver(delivery, here.deps, compose) is None
    async with here.deps.store.read() as unit:
        assert await unit.deliveries.get(delivery.delivery_id) == sent


async def test_what_waits_for_its_turn_goes_where_the_person_is_reached_by_then(here: Scene) -> None:
    """As a list of what is due is sent, one of its accounts is removed."""
    delivery = await reserved(here)
    async with here.deps.store.begin() as unit:
        (account,) = await unit.people.accounts("ada")
        other = replace(account, account_id="other", external_id="other")
        await unit.people.save_account(other)
        await unit.people.remove_account(account, instead=other)
    sent = await deliver(delivery, here.deps, compose)
    assert sent is not None
    assert (sent.state, sent.account_id) == (DeliveryState.SENT, "other")


async def test_what_was_reserved_for_somebody_who_left_is_not_sent(here: Scene) -> None:
    delivery = await reserved(here)
    await forget(await here.stored(), here.deps)
    assert await deliver(delivery, here.deps, compose) is None
    assert here.phone.shown == []


async def test_a_delivery_that_is_forbidden_as_it_is_made_is_stored_with_the_reason(here: Scene) -> None:
    made = replace(await reserved(here), delivery_id="made")
    await change(await here.stored(), here.deps, pause(here.clock.now() + HOUR), what="pause")
    async with here.deps.store.begin() as unit:
        decision, recipient = await unit.decisions.get("d2"), await recipient_of(unit, "ada")
        new = NewDelivery(task=None)
        after = await begin_send(unit, made, decision, recipient, here.deps, compose, new)
    assert isinstance(after, Delivery)
    assert (after.state, after.reason) == (DeliveryState.ABANDONED, "paused")
    async with here.deps.store.read() as unit:
        assert await unit.deliveries.get("made") == after


async def test_what_another_process_has_just_begun_to_send_is_left_to_it(here: Scene) -> None:
    before = await reserved(here)
    assert await deliver_waiting(here.deps, compose) == 1
    assert await begun(here, before) is None


async def test_what_another_process_has_just_given_up_is_not_given_up_again(here: Scene) -> None:
    before = await reserved(here)
    await remove_task("oo-Pay the rent", await here.stored(), here.deps)
    assert await gone(here, before) == "task_gone"
    assert await begun(here, before) is None


async def begun(here: Scene, delivery: Delivery) -> object:
    """What a process comes to that has read the delivery before another one moved it on."""
    async with here.deps.store.begin("ada") as unit:
        decision = await unit.decisions.get(delivery.decision_id)
        recipient = await recipient_of(unit, "ada")
        return await begin_send(unit, delivery, decision, recipient, here.deps, compose)
