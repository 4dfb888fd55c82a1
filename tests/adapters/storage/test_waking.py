"""Processes on one PostgreSQL wake each other; a connection that ends is made again."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager, suppress
from typing import Any

import asyncpg
import pytest

from adapters.storage.store import Storage, open_store
from adapters.storage.updates import WAKE_CHANNEL
from adapters.storage.waking import listen
from core.errors import StoreUnreachable
from tests.servers.postgres import MIGRATED, empty_database, server
from tests.waiting import WAIT_LIMIT

LISTENERS = f"FROM pg_stat_activity WHERE query ILIKE 'LISTEN %{WAKE_CHANNEL}%' AND pid <> pg_backend_pid()"


class Hearing:
    """Counts what was heard."""

    def __init__(self) -> None:
        self.times = 0
        self._more = asyncio.Event()

    def heard(self) -> None:
        self.times += 1
        self._more.set()

    async def expect(self, times: int) -> None:
        """Wait until so much was heard."""
        async with asyncio.timeout(WAIT_LIMIT):
            while self.times < times:
                self._more.clear()
                await self._more.wait()


@pytest.fixture
async def storage() -> AsyncIterator[Storage]:
    storage = await open_store(empty_database())
    yield storage
    await storage.close()


@asynccontextmanager
async def running(work: Coroutine[Any, Any, None]) -> AsyncIterator[asyncio.Task[None]]:
    """A coroutine that ends with the block."""
    task = asyncio.create_task(work)
    yield task
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def test_a_commit_wakes_whoever_listens_and_a_rollback_does_not(storage: Storage) -> None:
    hearing = Hearing()
    async with running(storage.listen(hearing.heard)):
        await hearing.expect(1)  # once it is connected
        with suppress(LookupError):
            async with storage.begin("ada") as unit:
                await unit.inbox.wake()
                raise LookupError
        async with storage.begin("ada") as unit:
            await unit.inbox.wake()
        await hearing.expect(2)
    assert hearing.times == 2


async def test_a_connection_that_the_server_ends_is_made_again(storage: Storage) -> None:
    hearing = Hearing()
    async with running(storage.listen(hearing.heard)):
        await hearing.expect(1)
        server().execute(f"SELECT pg_terminate_backend(pid) {LISTENERS}", database=MIGRATED)
        await hearing.expect(2)  # something may have been missed
        async with storage.begin("ada") as unit:
            await unit.inbox.wake()
        await hearing.expect(3)


async def test_a_server_that_is_away_is_asked_again_with_growing_pauses() -> None:
    attempts = 0

    async def connect() -> object:
        nonlocal attempts
        attempts += 1
        raise (StoreUnreachable("there"), OSError("refused"), asyncpg.TooManyConnectionsError())[attempts % 3]

    async with running(listen(connect, lambda: None, retry_seconds=(0.0, 0.001))) as task:
        async with asyncio.timeout(WAIT_LIMIT):
            while attempts < 9:  # noqa: ASYNC110 - nothing tells when
                await asyncio.sleep(0.001)
        assert not task.done()


class HalfOpen:
    """A connection whose server does not answer any more, and never says so."""

    def __init__(self) -> None:
        self.is_terminated = False

    def add_termination_listener(self, _: object) -> None:
        pass

    async def add_listener(self, _channel: str, _heard: object) -> None:
        pass

    async def execute(self, _query: str, **_: float) -> None:
        raise TimeoutError

    def terminate(self) -> None:
        self.is_terminated = True


async def test_a_connection_that_does_not_answer_is_left() -> None:
    made: list[HalfOpen] = []

    async def connect() -> HalfOpen:
        made.append(HalfOpen())
        return made[-1]

    hearing = Hearing()
    async with running(listen(connect, hearing.heard, check_seconds=0.001, retry_seconds=(0.0,))):
        await hearing.expect(3)
    assert all(one.is_terminated for one in made)


async def test_the_pauses_grow_as_well_where_nobody_may_listen() -> None:
    made = 0

    class Deaf(HalfOpen):
        async def add_listener(self, _channel: str, _heard: object) -> None:
            raise asyncpg.InsufficientPrivilegeError

    async def connect() -> Deaf:
        nonlocal made
        made += 1
        return Deaf()

    async with running(listen(connect, lambda: None, retry_seconds=(0.0, 3600.0))):
        async with asyncio.timeout(WAIT_LIMIT):
            while made < 2:  # noqa: ASYNC110 - nothing tells when
                await asyncio.sleep(0.001)
        await asyncio.sleep(0.1)
    assert made == 2


async def test_nobody_wakes_anybody_on_a_file(database_url: str) -> None:
    storage = await open_store(database_url)
    async with asyncio.timeout(WAIT_LIMIT):
        await storage.listen(lambda: None)  # at once
    async with storage.begin() as unit:
        await unit.inbox.wake()
    await storage.close()
