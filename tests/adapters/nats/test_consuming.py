"""Consumers go on where they were; what is rebuilt from events is what the database holds."""

from __future__ import annotations

import asyncio
import random
from datetime import timedelta

import pytest

from adapters.nats import Consumer, Received, consuming
from adapters.nats.stream import ROOT
from core.learning.from_events import LearnedFromEvents, Parity
from core.learning.update import reward_ignored_tips
from core.people.consents import erase_learned
from tests.adapters.nats.conftest import Relay, numbers
from tests.core.taps import tapped
from tests.core.worlds import DONE
from tests.servers.nats import NatsServer


async def test_what_was_not_acknowledged_comes_again(relay: Relay, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(consuming, "ACK_WAIT_SECONDS", 1.0)
    await relay.append(*range(5))
    await relay.job.run()
    seen: list[Received] = []

    async def handle(received: Received) -> None:
        if len(seen) == 3:
            raise InterruptedError
        seen.append(received)

    with pytest.raises(InterruptedError):
        await Consumer(relay.connection, "log").run(handle, until_idle=True)
    later: list[Received] = []

    async def note(received: Received) -> None:
        later.append(received)

    await Consumer(relay.connection, "log").run(note, until_idle=True)
    assert numbers([one.event for one in seen]) == [0, 1, 2]
    assert {*numbers([one.event for one in later])} == {3, 4}
    assert await Consumer(relay.connection, "log").run(note, until_idle=True) == 0


async def test_a_server_that_is_slow_is_waited_for(relay: Relay, server: NatsServer) -> None:
    await relay.append(*range(250))
    await relay.job.run()
    seen: list[Received] = []
    pauses: list[asyncio.Task[None]] = []

    async def note(received: Received) -> None:
        seen.append(received)
        if len(seen) in (100, 200):
            pauses.append(asyncio.create_task(pausing(server)))
            await asyncio.sleep(0)

    assert await Consumer(relay.connection, "log").run(note, until_idle=True) >= 250
    await asyncio.gather(*pauses)
    assert {*numbers([one.event for one in seen])} == {*range(250)}


async def pausing(server: NatsServer) -> None:
    with server.paused():
        await asyncio.sleep(consuming.WAIT_SECONDS * 1.5)


async def test_what_is_no_event_is_skipped(relay: Relay) -> None:
    await relay.append(1)
    await relay.job.run()
    jetstream = await relay.connection.jetstream()
    await jetstream.publish(f"{ROOT}.ada.tip.sung", b"\xff\xff")
    await relay.append(2)
    await relay.job.run()
    assert numbers(await relay.published()) == [1, 2]


async def lived(relay: Relay) -> None:
    """Ada follows a tip, takes that back, ignores one, and follows two more."""
    here = relay.here
    for number in range(4):
        await here.task(f"task {number}")
        decision = await here.slot(f"2027-06-{14 + number} 09:00")
        here.clock.move(minutes=5)
        if number != 1:
            await tapped(here, decision, DONE)
        here.clock.move(hours=10)
        await reward_ignored_tips(here.deps)


async def parity(relay: Relay, events: LearnedFromEvents) -> Parity:
    async with relay.here.deps.store.read() as unit:
        return await events.compared(unit)


async def test_the_model_from_events_is_the_model_that_serves(relay: Relay, server: NatsServer) -> None:
    await lived(relay)
    await relay.job.run()
    await server.lose_everything()
    await relay.job.run()
    published = await relay.published()
    shuffled = [*published, *published]
    random.Random(7).shuffle(shuffled)
    learned = LearnedFromEvents()
    for event in shuffled:
        learned.add(event)
    found = await parity(relay, learned)
    assert (found.different, found.people, found.other_features) == ((), 1, 0)
    assert found.rewards >= 3


async def test_a_lost_reward_is_found(relay: Relay) -> None:
    await lived(relay)
    await relay.job.run()
    learned = LearnedFromEvents()
    for event in [one for one in await relay.published() if one.kind != "reward.given"]:
        learned.add(event)
    assert (await parity(relay, learned)).different == ("ada",)


async def test_what_was_erased_is_erased_in_what_is_rebuilt(relay: Relay) -> None:
    await lived(relay)
    await erase_learned(await relay.here.stored(), relay.here.deps)
    relay.here.clock.move(seconds=timedelta(hours=1).total_seconds())
    await relay.job.run()
    learned = LearnedFromEvents()
    async for received in relay.replay():
        learned.add(received.event)
    found = await parity(relay, learned)
    assert (found.different, found.rewards) == ((), 0)
