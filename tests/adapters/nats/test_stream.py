"""What is published arrives in order and comes back from the database, whatever happens to the stream."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

import adapters.nats.connection as nats_connection
from adapters.nats import NatsStream
from adapters.nats.connection import Access, Connection, answering
from adapters.nats.stream import STREAM, subject_of
from core.chat import Channel
from core.errors import StreamUnavailable
from core.events import restart_publishing
from core.people.merging import merge
from core.people.privacy import forget
from core.records import Event, PublicEvent
from core.store import Store
from jobs.publish import LEASE, Publishing, lag
from tests.adapters.nats.conftest import Relay, numbers
from tests.core.outsiders import NOW
from tests.servers.nats import NatsServer
from tests.servers.proxy import HalfOpen, Proxy, to_port
from tests.waiting import WAIT_LIMIT


async def expect_equal(relay: Relay) -> None:
    """The stream holds what the log holds, in its order."""
    published, stored = await relay.published(), await relay.stored()
    assert [one.position for one in published] == [one.position for one in stored]
    assert all(one == other for one, other in zip(published, stored, strict=True))


async def test_every_event_arrives_in_order_with_its_id_as_message_id(relay: Relay) -> None:
    await relay.append(*range(8))
    assert await relay.job.run() >= 8
    await expect_equal(relay)
    jetstream = await relay.connection.jetstream()
    first = (await relay.published())[0]
    found = await jetstream.get_msg(STREAM, seq=1)
    assert found.subject == subject_of(first)
    assert (found.headers or {})["Nats-Msg-Id"] == first.event_id


async def test_the_span_of_an_event_is_a_header_and_comes_back(relay: Relay) -> None:
    span = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
    traced = Event(
        event_id="traced", kind="tasks.imported", happened_at=NOW, person_id="ada", data={"tasks": 1},
        traceparent=span,
    )  # fmt: skip
    async with relay.here.deps.store.begin("ada") as unit:
        await unit.events.append(traced)
    await relay.append(2)
    await relay.job.run()
    await expect_equal(relay)
    jetstream = await relay.connection.jetstream()
    last = (await jetstream.stream_info(STREAM)).state.last_seq
    headers = [(await jetstream.get_msg(STREAM, seq=place)).headers or {} for place in (last - 1, last)]
    assert [one.get("traceparent") for one in headers] == [span, None]


async def test_a_run_that_finds_nothing_to_do_stores_nothing(relay: Relay) -> None:
    await relay.append(1, 2)
    await relay.job.run()
    writes = Writes(relay.here.deps.store)
    idle = Publishing(replace(relay.here.deps, store=writes), NatsStream(relay.connection))
    for _ in range(3):  # another process, that has no lease
        assert await idle.run() == 0
    relay.here.clock.move(seconds=2 * LEASE.total_seconds())
    assert await idle.run() == 0
    assert writes.count == 0

    await relay.append(3)  # what is new is published by whoever looks first
    assert await idle.run() == 1
    assert writes.count > 0
    before = writes.count
    assert await idle.run() == 0
    assert writes.count == before

    jetstream = await relay.connection.jetstream()
    async with answering():
        await jetstream.purge_stream(STREAM)  # what was lost is published again
    assert await idle.run() >= 3
    assert numbers(await relay.published()) == [1, 2, 3]


async def test_what_is_too_old_is_trimmed_though_nothing_is_new(relay: Relay) -> None:
    await relay.append(1)
    await relay.job.run()
    kept = timedelta(days=30)
    rules = replace(relay.here.deps.rules, retention=replace(relay.here.deps.rules.retention, events=kept))
    job = Publishing(replace(relay.here.deps, rules=rules), NatsStream(relay.connection))
    assert len(await relay.published()) > 0
    relay.here.clock.move(days=31)
    assert await job.run() == 0
    assert await relay.published() == []


class Writes:
    """A store that counts the transactions that may change something."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.count = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def begin(self, *people: str) -> Any:
        self.count += 1
        return self._store.begin(*people)


async def test_nothing_is_published_twice_and_what_is_new_follows(relay: Relay) -> None:
    await relay.append(1)
    await relay.job.run()
    assert await relay.job.run() == 0
    await relay.append(2)
    assert await relay.job.run() == 1
    assert numbers(await relay.published()) == [1, 2]


async def test_a_repetition_within_the_window_is_stored_once(relay: Relay) -> None:
    await relay.append(1, 2)
    await relay.job.run()
    async with relay.here.deps.store.begin() as unit:  # the note was lost with a kill
        await unit.notes.put(None, "event_stream", None)
    jetstream = await relay.connection.jetstream()
    before = (await jetstream.stream_info(STREAM)).state.messages
    for event in await relay.stored():
        await relay.job._stream.publish(event)
    assert (await jetstream.stream_info(STREAM)).state.messages == before


@pytest.mark.parametrize("loss", ["purged", "deleted", "one message", "disk"])
async def test_what_the_stream_lost_comes_back_from_the_database(
    relay: Relay, server: NatsServer, loss: str
) -> None:
    await relay.append(*range(7))
    await relay.job.run()
    jetstream = await relay.connection.jetstream()
    if loss == "purged":
        await jetstream.purge_stream(STREAM)
    elif loss == "deleted":
        await jetstream.delete_stream(STREAM)
    elif loss == "one message":
        await jetstream.delete_msg(STREAM, 4)
    else:
        await server.lose_everything()
    await relay.job.run()
    await relay.job.run()
    await expect_equal(relay)


async def test_a_server_that_is_killed_in_the_middle_misses_nothing(relay: Relay, server: NatsServer) -> None:
    await relay.append(*range(4))
    await relay.job.run()
    await server.kill()
    await relay.append(4, 5)
    assert await relay.job.run() == 0
    assert relay.job.failures == 1
    await server.start()
    await relay.job.run()
    assert numbers(await relay.published()) == [*range(6)]


async def test_without_a_server_the_lag_grows_and_nothing_else_happens(
    relay: Relay, server: NatsServer
) -> None:
    await server.kill()
    await relay.append(1)
    assert await relay.job.run() == 0
    with pytest.raises(StreamUnavailable):
        async with answering():
            raise ConnectionRefusedError
    async with relay.here.deps.store.read() as unit:
        behind = await lag(unit)
    assert (behind.events, behind.since) == (len(await relay.stored()), relay.here.clock.now())


async def test_of_two_processes_one_publishes_until_its_lease_ends(relay: Relay) -> None:
    await relay.append(1)
    await relay.job.run()
    other = relay.another()
    await relay.append(2)
    assert await other.run() == 0
    relay.here.clock.move(seconds=LEASE.total_seconds() + 1)
    assert await other.run() == 1
    assert await relay.job.run() == 0
    assert numbers(await relay.published()) == [1, 2]
    await other.stop()
    assert await relay.job.run() == 0  # nothing is left, and the lease is free
    await relay.append(3)
    assert await relay.job.run() == 1


async def test_a_lease_of_before_the_clock_was_set_back_keeps_nobody_waiting(relay: Relay) -> None:
    await relay.append(1)
    await relay.job.run()
    relay.here.clock.move(hours=-1)
    await relay.append(2)
    assert await relay.another().run() == 1


async def test_who_deletes_everything_leaves_only_a_tombstone(relay: Relay) -> None:
    await relay.here.person("bob")
    await relay.append(1, 2)
    await relay.append(3, person_id="bob")
    await relay.job.run()
    await forget(await relay.here.stored(), relay.here.deps)
    await relay.job.run()
    found = await relay.published()
    of_ada = [(one.kind, one.data) for one in found if one.person_id == "ada"]
    assert of_ada == [("person.deleted", {"deleted_id": "ada"})]
    assert numbers(found) == [3]
    await relay.job.run()
    assert await relay.published() == found


async def test_who_was_alone_and_deletes_everything_leaves_a_tombstone_as_well(relay: Relay) -> None:
    """Their events are the latest of the log: on SQLite, the next one has a place among those."""
    await relay.append(*range(9))
    await relay.job.run()
    await forget(await relay.here.stored(), relay.here.deps)
    await relay.job.run()
    assert [(one.kind, one.person_id) for one in await relay.published() if one.person_id] == [
        ("person.deleted", "ada")
    ]


async def test_who_was_never_published_leaves_nothing(relay: Relay) -> None:
    await forget(await relay.here.stored(), relay.here.deps)
    assert [one for one in await relay.stored() if one.kind == "person.deleted"] == []


async def test_after_a_restored_backup_the_stream_holds_what_the_log_holds(relay: Relay) -> None:
    await relay.append(1)
    await relay.job.run()
    async with relay.here.deps.store.begin() as unit:
        await restart_publishing(unit)
    await relay.append(2)
    await relay.job.run()
    await expect_equal(relay)


async def test_of_two_who_become_one_all_events_follow_under_the_one(relay: Relay) -> None:
    here = relay.here
    bob = await here.person("bob")
    await relay.append(1, 2)
    await relay.append(3, person_id="bob")
    await relay.job.run()
    async with here.deps.store.begin() as unit:
        await merge(unit, bob, await unit.people.get("ada"), Channel.TELEGRAM, here.deps)
    await relay.job.run()
    found = await relay.published()
    assert {one.person_id for one in found if one.kind == "tasks.imported"} == {"ada"}
    assert {one.event_id for one in found} == {one.event_id for one in await relay.stored()}
    gone = [one.data for one in found if one.person_id == "bob"]
    assert gone == [{"deleted_id": "bob", "merged_into": "ada"}]


async def test_the_stream_forgets_what_the_log_forgets(relay: Relay) -> None:
    await relay.append(1, 2)
    await relay.job.run()
    kept = relay.here.deps.rules.retention.events
    relay.here.clock.move(seconds=(kept + timedelta(days=1)).total_seconds())
    await relay.append(3)
    await relay.job.run()
    assert numbers(await relay.published()) == [3]
    await relay.job.run()
    assert numbers(await relay.published()) == [3]


def test_a_subject_has_one_part_for_the_person() -> None:
    at = datetime(2026, 11, 23, tzinfo=UTC)
    for person_id in ("a.b", "a b", "*", ">", "ü", "x" * 100):
        event = PublicEvent(position=1, event_id="e", kind="tip.ignored", happened_at=at, person_id=person_id)
        parts = subject_of(event).split(".")
        assert (len(parts), parts[:2], parts[3:]) == (5, ["oo", "events"], ["tip", "ignored"])
        assert parts[2].isascii()
        assert parts[2].isalnum()


async def test_a_connection_that_is_dead_and_does_not_end_is_replaced(
    relay: Relay, server: NatsServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with Proxy(to_port(server.port)) as proxy:
        through = Connection(Access(url=f"nats://127.0.0.1:{proxy.port}"))
        job = Publishing(relay.here.deps, NatsStream(through))
        await relay.append(1)
        await job.run()
        await relay.append(2)
        await proxy.begin(HalfOpen(proxy))
        with monkeypatch.context() as short:
            short.setattr(nats_connection, "ANSWER_SECONDS", 0.3)
            assert await job.run() == 0
        async with asyncio.timeout(WAIT_LIMIT):
            while not await job.run():
                pass
        await job.stop()
    await expect_equal(relay)
