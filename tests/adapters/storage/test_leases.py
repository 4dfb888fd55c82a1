"""The clock that a lease goes by: the caller's for a file, the server's own for a server."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from adapters.clock import SystemClock
from adapters.storage.leases import CLOCK_TOLERANCE_SECONDS
from adapters.storage.store import Storage, open_store
from core.records import Lease
from core.store import Store, lock_of
from tests.fakes.store import FakeStore
from tests.servers.postgres import empty_database

NOW = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
YEAR = timedelta(days=365)
NAME = "poll telegram"


@pytest.fixture(params=["sqlite", "fake"])
async def by_our_clock(request: pytest.FixtureRequest) -> AsyncIterator[Store]:
    if request.param == "fake":
        yield FakeStore()
        return
    storage = await open_store(request.getfixturevalue("database_url"))
    yield storage
    await storage.close()


@pytest.fixture
async def on_server() -> AsyncIterator[Storage]:
    storage = await open_store(empty_database())
    yield storage
    await storage.close()


async def take(store: Store, holder: str, now: datetime, seconds: float = 10) -> Lease | None:
    async with store.begin(lock_of(NAME)) as unit:
        return await unit.leases.take(NAME, holder, now=now, seconds=seconds)


async def test_in_a_file_it_lasts_to_the_microsecond_by_the_callers_clock(by_our_clock: Store) -> None:
    lease = await take(by_our_clock, "a", NOW)
    assert lease is not None
    assert lease.until == NOW + timedelta(seconds=10)
    assert await take(by_our_clock, "b", lease.until - timedelta(microseconds=1)) is None
    later = await take(by_our_clock, "b", lease.until)
    assert later is not None
    assert later.fence == 2


async def test_a_clock_that_was_set_back_keeps_nobody_waiting(by_our_clock: Store) -> None:
    """G2: the holder died after taking it, then the clock went back by an hour."""
    back = timedelta(seconds=CLOCK_TOLERANCE_SECONDS)
    assert await take(by_our_clock, "a", NOW)
    assert await take(by_our_clock, "b", NOW - back) is None
    assert await take(by_our_clock, "b", NOW - back - timedelta(seconds=1))


@pytest.mark.parametrize("wrong", [-YEAR, YEAR], ids=["behind", "ahead"])
async def test_on_a_server_no_replicas_clock_matters(on_server: Storage, wrong: timedelta) -> None:
    right = SystemClock().now()
    lease = await take(on_server, "a", right + wrong, seconds=600)
    assert lease is not None
    assert timedelta() < lease.until - right < YEAR
    for now in (right, right + wrong, right - wrong):
        assert await take(on_server, "b", now, seconds=600) is None
        async with on_server.begin(lock_of(NAME)) as unit:
            assert await unit.leases.renew(lease, now, 600)
            assert await unit.leases.held(NAME, now)
