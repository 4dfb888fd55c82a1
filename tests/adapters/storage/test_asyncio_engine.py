"""SQLAlchemy's engine, awaited: what waits for the database lets other tasks run."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError

from adapters.storage.asyncio_engine import AsyncEngine, create_async_engine


@pytest.fixture
async def engine(tmp_path: Path) -> AsyncIterator[AsyncEngine]:
    one = create_async_engine(make_url(f"sqlite+aiosqlite:///{tmp_path}/x.db"), pool_size=1, max_overflow=0)
    async with one.connect() as connection:
        await connection.begin()
        await connection.run_sync(lambda sync: sync.execute(text("CREATE TABLE t (n INTEGER)")))
        await connection.commit()
    yield one
    await one.dispose()


def add(connection: Connection) -> None:
    connection.execute(text("INSERT INTO t VALUES (1)"))


async def count(engine: AsyncEngine) -> int | None:
    async with engine.connect() as connection:
        found: int | None = await connection.run_sync(
            lambda sync: sync.scalar(text("SELECT count(*) FROM t"))
        )
        return found


async def test_what_is_committed_stays_and_what_is_not_is_gone(engine: AsyncEngine) -> None:
    async with engine.connect() as connection:
        await connection.run_sync(add)
        await connection.commit()
        await connection.run_sync(add)
        await connection.rollback()
        await connection.run_sync(add)
    assert await count(engine) == 1


async def test_an_error_is_raised_and_gives_the_only_connection_back(engine: AsyncEngine) -> None:
    with pytest.raises(OperationalError):
        async with engine.connect() as connection:
            await connection.run_sync(lambda sync: sync.execute(text("SELECT nothing")))
    assert await count(engine) == 0


async def test_a_connection_that_is_not_to_be_used_again_is_replaced(engine: AsyncEngine) -> None:
    connection = await engine.acquire()
    first = await connection.run_sync(lambda sync: sync.connection.driver_connection)
    await connection.invalidate()
    await connection.close()
    async with engine.connect() as another:
        assert await another.run_sync(lambda sync: sync.connection.driver_connection) is not first


async def test_other_tasks_run_while_one_waits_for_a_connection(engine: AsyncEngine) -> None:
    connection = await engine.acquire()
    waiting = asyncio.create_task(count(engine))
    await asyncio.sleep(0)
    assert not waiting.done()
    await connection.close()
    assert await waiting == 0


def test_it_speaks_the_dialect_of_its_url(tmp_path: Path) -> None:
    engine = create_async_engine(make_url(f"sqlite+aiosqlite:///{tmp_path}/x.db"))
    assert (engine.dialect.name, engine.dialect.driver) == ("sqlite", "aiosqlite")
