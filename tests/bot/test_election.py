"""One of several processes is elected; one that was paused is refused."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import pytest

from adapters.clock import SystemClock
from adapters.storage.store import open_store
from bot.election import LeaseElection, LeaseTimes, election_of
from bot.intake import Intake
from core.errors import LeaseLost, StoreUnreachable
from core.ports import Unopposed
from core.records import Lease
from core.store import Store, lock_of
from tests.bot.test_intake import said
from tests.core.worlds import scene
from tests.fakes.store import FakeStore, FakeUnit
from tests.servers.postgres import empty_database
from tests.waiting import WAIT_LIMIT

NAME = "telegram updates"
CALM = LeaseTimes(lasts=WAIT_LIMIT, renewed_every=0.01, looked_at_every=0.01)
"""Nobody loses it because this machine is slow."""
PAUSED = LeaseTimes(lasts=0.05, renewed_every=WAIT_LIMIT, looked_at_every=0.01)
"""It ends before it is renewed, as if its holder had been stopped."""


@pytest.fixture(params=["fake", "postgresql"])
async def store(request: pytest.FixtureRequest) -> AsyncIterator[Store]:
    if request.param == "fake":
        yield FakeStore()
        return
    storage = await open_store(empty_database())
    yield storage
    await storage.close()


def standing(store: Store, replica_id: str, times: LeaseTimes = CALM) -> LeaseElection:
    intake = Intake(store)
    return LeaseElection(
        store,
        SystemClock(),
        name=NAME,
        replica_id=replica_id,
        accept=lambda update, lease: intake.take(update, under=lease),
        times=times,
    )


async def holder(store: Store) -> str | None:
    async with store.read() as unit:
        held = await unit.leases.held(NAME, SystemClock().now())
    return held[0].holder if held else None


async def waiting(store: Store) -> list[str]:
    async with store.read() as unit:
        return [one.update.update_id for one in await unit.inbox.waiting()]


async def take_away(store: Store, lease: Lease) -> Lease | None:
    """As if the holder had been stopped until others took over."""
    now = SystemClock().now()
    async with store.begin(lock_of(NAME)) as unit:
        assert await unit.leases.renew(lease, now, 0)
        return await unit.leases.take(NAME, "another", now=now, seconds=WAIT_LIMIT)


async def test_one_is_elected_and_the_next_one_only_after_its_end(store: Store) -> None:
    first, second = standing(store, "a"), standing(store, "b")
    async with AsyncExitStack() as leading:
        await leading.enter_async_context(first.term())
        assert not await second.wins_now()
        next_one = asyncio.ensure_future(second.term().__aenter__())
        for _ in range(5):
            await asyncio.sleep(0.01)
        assert not next_one.done()
        assert await holder(store) == "a"
    async with asyncio.timeout(WAIT_LIMIT):
        term = await next_one
    assert await holder(store) == "b"
    assert not term.is_over


async def test_it_is_elected_for_as_long_as_it_renews_the_lease(store: Store) -> None:
    async with standing(store, "a").term() as term:
        until = term.lasts_until
        async with asyncio.timeout(WAIT_LIMIT):
            while term.lasts_until == until:  # noqa: ASYNC110 - the term tells nobody
                await asyncio.sleep(0.01)
        assert not term.is_over
    assert await holder(store) is None, "it is given back at the end"


async def test_what_was_won_at_once_is_the_term_that_begins(store: Store) -> None:
    election = standing(store, "a")
    assert await election.wins_now()
    assert await election.wins_now()
    async with election.term() as term:
        assert term.lease.fence == 1


async def test_a_paused_process_stores_nothing_and_its_term_ends(store: Store) -> None:
    async with standing(store, "a").term() as term:
        await term.accept(said(1))
        assert await take_away(store, term.lease)
        with pytest.raises(LeaseLost):
            await term.accept(said(2))
        async with asyncio.timeout(WAIT_LIMIT):
            await term.ended()
        assert term.is_over
    assert await waiting(store) == ["ann1"]
    assert await holder(store) == "another", "what is another one's is not given back"


async def test_a_process_that_could_not_renew_in_time_stops_by_itself(store: Store) -> None:
    async with standing(store, "a", PAUSED).term() as term:
        async with asyncio.timeout(WAIT_LIMIT):
            await term.ended()
        assert term.is_over
        async with asyncio.timeout(WAIT_LIMIT), standing(store, "b").term() as later:
            assert later.lease.fence == term.lease.fence + 1
            with pytest.raises(LeaseLost):
                await term.accept(said(1))


async def test_an_update_is_stored_while_nobody_else_was_elected_however_late(store: Store) -> None:
    async with standing(store, "a", PAUSED).term() as term:
        async with asyncio.timeout(WAIT_LIMIT):
            await term.ended()
        await term.accept(said(1))
    assert await waiting(store) == ["ann1"]


async def test_of_many_at_once_one_is_elected_and_each_in_turn(store: Store) -> None:
    leading: list[str] = []
    most = 0

    async def lead(name: str) -> None:
        nonlocal most
        async with standing(store, name).term():
            leading.append(name)
            most = max(most, len(leading))
            await asyncio.sleep(0.01)
            leading.remove(name)

    async with asyncio.timeout(WAIT_LIMIT):
        await asyncio.gather(*(lead(f"replica {number}") for number in range(5)))
    assert most == 1


class Unreachable(FakeStore):
    """A store whose server does not answer for a while."""

    failures = 0

    @asynccontextmanager
    async def begin(self, *people: str) -> AsyncIterator[FakeUnit]:
        if self.failures:
            self.failures -= 1
            raise StoreUnreachable("server")
        async with super().begin(*people) as unit:
            yield unit


async def test_a_database_that_does_not_answer_for_a_moment_costs_nobody_the_term() -> None:
    store = Unreachable()
    async with standing(store, "a").term() as term:
        until, store.failures = term.lasts_until, 3
        async with asyncio.timeout(WAIT_LIMIT):
            while term.lasts_until == until:  # noqa: ASYNC110 - the term tells nobody
                await asyncio.sleep(0.01)
        assert store.failures == 0


async def test_whoever_stands_for_election_waits_for_a_database_that_does_not_answer() -> None:
    store = Unreachable()
    store.failures = 3
    election = standing(store, "a")
    assert not await election.wins_now()
    async with asyncio.timeout(WAIT_LIMIT), election.term():
        assert await holder(store) == "a"


async def test_a_stop_does_not_wait_for_a_database_that_does_not_answer() -> None:
    store = Unreachable()
    async with standing(store, "a").term():
        store.failures = 1_000_000
    store.failures = 0
    assert await holder(store) == "a", "the lease ends by itself"


async def test_on_a_file_nobody_else_stands_for_election() -> None:
    deps = scene(FakeStore()).deps
    election = election_of(deps, Intake(deps.store), NAME, is_shared=False)
    assert isinstance(election, Unopposed)
    assert await election.wins_now()
    async with election.term() as term:
        await term.accept(said(1))
        assert not term.is_over
    assert await waiting(deps.store) == ["ann1"]
    assert await holder(deps.store) is None


async def test_on_a_server_the_process_stands_under_its_replica_id() -> None:
    deps = scene(FakeStore()).deps
    election = election_of(deps, Intake(deps.store), NAME, is_shared=True)
    async with election.term(), deps.store.read() as unit:
        (lease,) = await unit.leases.held(NAME, deps.clock.now())
    assert lease.holder == deps.replica_id
