"""SQLAlchemy's engine on asyncio, without its ORM.

``sqlalchemy.ext.asyncio`` does the same, and imports the ORM for its sessions: 6 MB at every start, for what
oO does not use (ADR 0049). The URL names a driver for asyncio, such as ``sqlite+aiosqlite``.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.engine import URL, Dialect
from sqlalchemy.util import greenlet_spawn

T = TypeVar("T")

Translate = Callable[[Exception], Exception | None]
"""What is raised instead of an error; None: the error itself."""


def _as_it_is(error: Exception) -> None:
    """Every error is what it seems."""


async def _spawn(translate: Translate, work: Callable[..., T], *values: Any) -> T:
    try:
        return await greenlet_spawn(work, *values)
    except Exception as error:
        if translated := translate(error):
            raise translated from error
        raise


class AsyncConnection:
    """A connection of an ``AsyncEngine``; everything that waits for the database is awaited here."""

    def __init__(self, connection: Connection, translate: Translate) -> None:
        self._connection = connection
        self._translate = translate

    async def begin(self) -> None:
        """Begin a transaction."""
        await _spawn(self._translate, self._connection.begin)

    async def run_sync(self, work: Callable[[Connection], T]) -> T:
        """What ``work`` returns; its statements wait without blocking the event loop."""
        return await _spawn(self._translate, work, self._connection)

    async def commit(self) -> None:
        """End the transaction with all that was changed."""
        await _spawn(self._translate, self._connection.commit)

    async def rollback(self) -> None:
        """End the transaction without what was changed."""
        await _spawn(self._translate, self._connection.rollback)

    async def invalidate(self) -> None:
        """Close the connection to the database: nobody gets it again."""
        await _spawn(self._translate, self._connection.invalidate)

    async def close(self) -> None:
        """Return it to its pool."""
        await _spawn(self._translate, self._connection.close)


class AsyncEngine:
    """An engine whose connections are awaited."""

    def __init__(self, engine: Engine) -> None:
        self.sync_engine = engine
        """SQLAlchemy's own, for its events."""
        self.translate: Translate = _as_it_is
        """For what SQLAlchemy raises without telling the listeners of its event ``handle_error``."""

    @property
    def dialect(self) -> Dialect:
        """Which SQL the database speaks."""
        return self.sync_engine.dialect

    async def acquire(self) -> AsyncConnection:
        """A connection of the pool, which the caller closes."""
        connection = await _spawn(self.translate, self.sync_engine.connect)
        return AsyncConnection(connection, self.translate)

    @asynccontextmanager
    async def connect(self) -> AsyncIterator[AsyncConnection]:
        """A connection of the pool for the block."""
        connection = await self.acquire()
        try:
            yield connection
        finally:
            await connection.close()

    async def dispose(self) -> None:
        """Close the connections of the pool."""
        await greenlet_spawn(self.sync_engine.dispose)


def create_async_engine(url: URL, **options: Any) -> AsyncEngine:
    """An engine; ``options`` are those of ``sqlalchemy.create_engine``."""
    return AsyncEngine(create_engine(url, **options))
