"""A tip that a program asks for: decided, committed, and handed over without a message."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.delivery.hand_over import HANDED_OVER, tip_for_program
from core.errors import NotFound
from core.people.privacy import forget
from core.records import Decision, DeliveryState, Request, Trigger
from core.store import Store
from tests.core.meanwhile import Meanwhile
from tests.core.outsiders import BERLIN
from tests.core.worlds import Scene, scene


async def asked(here: Scene, origin: str = "request-1", person_id: str = "ada") -> Decision:
    person = await here.stored(person_id)
    return await tip_for_program(person, here.deps, zone=BERLIN, request=Request(), origin=origin)


async def test_the_tip_counts_as_shown_and_no_chat_gets_a_message(either: Store) -> None:
    here = scene(either)
    await here.person()
    await here.task("Pay the rent")
    decision = await asked(here)
    assert decision == await here.latest()
    assert decision.tip
    assert (decision.tip.content, decision.trigger) == ("Pay the rent", Trigger.REQUESTED)
    delivery = await here.delivery(decision)
    assert (delivery.state, delivery.attempt, delivery.reason) == (DeliveryState.SENT, 1, HANDED_OVER)
    assert (delivery.message_id, here.phone.tries) == (None, 0)
    assert await here.kinds() == ["decision.made", "delivery.sent"]


async def test_a_request_that_comes_twice_gets_the_same_decision(either: Store) -> None:
    here = scene(either)
    await here.person()
    await here.task("Pay the rent")
    first = await asked(here)
    await here.task("Feed the cat", priority=1)
    assert await asked(here) == first
    assert await here.decisions() == (first,)
    assert (await asked(here, "request-2")).decision_id != first.decision_id


async def test_of_two_requests_at_once_one_decides(here: Scene) -> None:
    ada = await here.person()
    await here.task("Pay the rent")
    decided: list[Decision] = []

    async def another() -> None:
        decided.append(await asked(here))

    slower = replace(here.deps, store=Meanwhile(here.deps.store, another, after="read"))
    found = await tip_for_program(ada, slower, zone=BERLIN, request=Request(), origin="request-1")
    assert found == decided[0]
    assert await here.decisions() == (decided[0],)
    assert (await here.kinds()).count("delivery.sent") == 1


async def test_nothing_to_say_is_a_decision_without_a_delivery(here: Scene) -> None:
    await here.person()
    decision = await asked(here)
    assert decision.tip is None
    async with here.deps.store.read() as unit:
        assert await unit.deliveries.of(decision.decision_id) == ()


async def test_whoever_left_meanwhile_gets_no_tip(either: Store) -> None:
    here = scene(either)
    ada = await here.person()
    await forget(ada, here.deps)
    with pytest.raises(NotFound):
        await tip_for_program(ada, here.deps, zone=BERLIN, request=Request(), origin="request-1")
