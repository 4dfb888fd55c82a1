"""A tip that is asked for: at any hour, however many there were, and only with consent."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest

from core.delivery.on_request import tip_now
from core.delivery.send import deliver_waiting
from core.errors import NotSent
from core.records import Consent, Delivery, DeliveryState, Due, Reason, Request, Trigger
from core.store import Store
from tests.core.outsiders import BERLIN, NOW, written
from tests.core.worlds import HOUR, Scene, account, compose, scene
from tests.fakes.store import FakeStore, FakeUnit


async def asked(here: Scene, origin: str | None = None, **request: Any) -> Delivery | None:
    return await tip_now(
        await here.stored(),
        account("ada", NOW),
        here.deps,
        compose,
        zone=BERLIN,
        request=Request(**request),
        origin=origin or here.deps.random.new_id(),
    )


async def test_a_tip_comes_at_once_with_its_decision(either: Store) -> None:
    here = scene(either)
    await here.person()
    await here.task("Pay the rent")

    delivery = await asked(here, minutes=10)

    assert delivery is not None
    assert delivery.state is DeliveryState.SENT
    decision = await here.latest()
    assert (decision.trigger, decision.slot) == (Trigger.REQUESTED, None)
    assert decision.context is not None
    assert decision.context.request.minutes == 10
    assert delivery == await here.delivery(decision)
    assert here.phone.lines == ["Pay the rent"]
    assert await here.kinds() == ["decision.made", "delivery.sent"]


async def test_an_update_that_is_handled_twice_is_answered_once(either: Store) -> None:
    here = scene(either)
    await here.person()
    await here.task("Pay the rent")
    first = await asked(here, origin="telegram-7")

    assert await asked(here, origin="telegram-7") == first != await asked(here, origin="telegram-8")

    assert len(here.phone.shown) == 2
    assert await here.kinds() == ["decision.made", "delivery.sent"] * 2


@pytest.mark.parametrize(
    ("fields", "preferences", "at"),
    [
        ({}, {}, "2027-06-14 23:30"),
        ({}, {"cap": 0}, "2027-06-14 09:00"),
        ({"paused_until": NOW + 99 * HOUR}, {}, "2027-06-14 09:00"),
        ({"zone": None}, {}, "2027-06-14 09:00"),
    ],
)
async def test_neither_quiet_hours_nor_cap_nor_pause_bind_who_asks(
    here: Scene, fields: dict[str, Any], preferences: dict[str, Any], at: str
) -> None:
    await here.person(preferences=preferences, **fields)
    await here.task("Pay the rent")
    here.clock.berlin(at)
    assert await asked(here) is not None
    assert here.phone.lines == ["Pay the rent"]


async def test_it_does_not_count_under_the_cap_and_keeps_no_slot_away(here: Scene) -> None:
    await here.person(preferences={"cap": 1})
    for title in ("Pay the rent", "Call Ann"):
        await here.task(title, priority=1, due=Due(on=NOW.date()))
    await asked(here)
    await here.slot("2027-06-14 09:00")
    assert len(here.phone.shown) == 2


@pytest.mark.parametrize("stands", [Consent.ASKED, Consent.DECLINED])
async def test_without_consent_nothing_is_decided_asked_or_sent(stands: Consent) -> None:
    here = scene(FakeStore(), llm=True, todoist=True)
    await here.person(consent=stands)
    await here.connect()
    await here.task("Pay the rent")
    assert await asked(here) is None
    assert await here.decisions() == ()
    assert (here.phone.tries, here.model.asked, here.todoist.asked) == (0, [], 0)


async def test_consent_that_ends_while_the_tip_is_written_keeps_it_back() -> None:
    here = scene(FakeStore(), llm=True)
    here.model.tips = (written("Begin."),)
    await here.person()

    async def declines() -> None:
        await here.decline()

    here.model.meanwhile = declines
    delivery = await asked(here)
    assert delivery is not None
    assert (delivery.state, delivery.reason) == (DeliveryState.ABANDONED, "no_consent")
    assert here.phone.tries == 0


async def test_nothing_to_suggest_is_logged(either: Store) -> None:
    here = scene(either)
    await here.person()
    assert await asked(here) is None
    assert (await here.latest()).silence is Reason.NOTHING_TO_SAY
    assert await here.kinds() == ["decision.refused"]


async def test_asking_again_soon_gives_something_else_then_the_same(here: Scene) -> None:
    await here.person()
    await here.task("Pay the rent", priority=1)
    await here.task("Call Ann")
    for _ in range(3):
        await asked(here)
        here.clock.move(minutes=1)
    assert here.phone.lines == ["Pay the rent", "Call Ann", "Pay the rent"]


async def test_what_never_left_is_brought_later(here: Scene) -> None:
    await here.person()
    await here.task("Pay the rent")
    here.phone.faults = [NotSent("no network")]
    delivery = await asked(here)
    assert delivery is not None
    assert delivery.state is DeliveryState.RESERVED
    here.clock.move(seconds=2)
    await deliver_waiting(here.deps, compose)
    assert here.phone.lines == ["Pay the rent"]


class Racing(FakeStore):
    """Before its transaction number ``at``, the job that retries has its turn."""

    def __init__(self, at: int) -> None:
        super().__init__()
        self._left = at
        self.job: Callable[[], Awaitable[object]] | None = None

    @asynccontextmanager
    async def begin(self, *people: str) -> AsyncIterator[FakeUnit]:
        self._left -= self.job is not None
        if self.job and self._left == 0:
            await self.job()
        async with super().begin() as unit:
            yield unit


async def test_a_retry_that_runs_meanwhile_sends_nothing_twice() -> None:
    store = Racing(at=2)
    here = scene(store)
    await here.person()
    await here.task("Pay the rent")
    store.job = lambda: deliver_waiting(here.deps, compose)
    delivery = await asked(here)
    assert delivery is not None
    assert delivery.state is DeliveryState.SENT
    assert (await here.delivery(await here.latest())).state is DeliveryState.SENT
    assert len(here.phone.shown) == 1


async def test_somebody_who_leaves_while_the_tip_is_on_its_way_leaves_no_trace(either: Store) -> None:
    here = scene(either)
    await here.person()
    await here.task("Pay the rent")

    async def leaves() -> None:
        async with here.deps.store.begin() as unit:
            await unit.people.forget("ada")

    here.phone.meanwhile = leaves
    assert await asked(here) is None
    assert await here.decisions() == ()
    assert await here.events() == []
