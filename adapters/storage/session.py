"""One transaction, shared by the repositories.

``run`` passes a repository's work on a connection to SQLAlchemy's asyncio layer and aiosqlite, whose thread
waits for the disk.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any, TypeVar, cast

from sqlalchemy import Connection, Delete, Executable, Insert, Row, Update

from adapters.storage.asyncio_engine import AsyncConnection, AsyncEngine
from adapters.storage.driver import Connection as DriverConnection

T = TypeVar("T")

Values = Mapping[str, Any]


class Session:
    """One transaction; it begins with the first statement."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._connection: AsyncConnection | None = None
        self._lock = asyncio.Lock()
        self.ended: list[str] = []
        """What ended in it, as in ``endings.py``. It is noted before the commit."""

    @property
    def has_begun(self) -> bool:
        """Whether a statement was run."""
        return self._connection is not None

    @property
    def dialect(self) -> str:
        """``sqlite`` or ``postgresql``."""
        return self._engine.dialect.name

    async def rows(self, query: Executable, **values: object) -> Sequence[Row[Any]]:
        """The rows that ``query`` selects, or that a change returns."""
        return await self.run(lambda connection: connection.execute(query, values).all())

    async def change(self, statement: Insert | Update | Delete, values: Values | Sequence[Values]) -> int:
        """Run ``statement``, once for each of several ``values``; returns how many rows it changed."""
        return await self.run(lambda connection: connection.execute(statement, values).rowcount)

    async def change_later(self, statement: Insert, values: Values | Sequence[Values]) -> None:
        """As ``change``, together with the next statement or the commit, which may fail because of it."""

        def defer(connection: Connection) -> None:
            with cast(DriverConnection, connection.connection.driver_connection).deferring():
                connection.execute(statement, values)

        await self.run(defer)

    async def run(self, work: Callable[[Connection], T]) -> T:
        """Run ``work`` with the connection, one at a time."""
        async with self._lock:
            return await self._run(work)

    async def _run(self, work: Callable[[Connection], T]) -> T:
        if self._connection is None:
            self._connection = await self._engine.acquire()
            await self._connection.begin()
        return await self._connection.run_sync(work)

    async def end(self, *, commit: bool) -> None:
        """Commit or roll back, and return the connection to its pool."""
        async with self._lock:
            await run_uninterrupted(self._end(commit=commit))

    async def _end(self, *, commit: bool) -> None:
        if self._connection is None:
            return
        try:
            await (self._connection.commit() if commit else self._connection.rollback())
        except BaseException:
            await self._connection.invalidate()  # its transaction may still be open
            raise
        finally:
            await self._connection.close()


async def run_uninterrupted(work: Coroutine[Any, Any, T]) -> T:
    """Await ``work`` to its end even if the caller is cancelled meanwhile; then raise the cancellation.

    A connection that is interrupted would keep its locks, or be returned to its pool while it is busy.
    """
    task = asyncio.ensure_future(work)
    cancellation: asyncio.CancelledError | None = None
    while not task.done():
        try:
            await asyncio.wait({task})
        except asyncio.CancelledError as cancelled:
            cancellation = cancelled
    if cancellation is not None:
        task.exception()  # retrieve it, or asyncio logs it as never retrieved
        raise cancellation
    return task.result()


@asynccontextmanager
async def transaction(engine: AsyncEngine) -> AsyncIterator[Session]:
    """A session that is committed at the end of the block, and rolled back on an error or when cancelled."""
    session = Session(engine)
    try:
        yield session
    except BaseException:
        await session.end(commit=False)
        raise
    await session.end(commit=True)
