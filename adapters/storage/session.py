"""One transaction, as the repositories use it.

A repository says what to do with a connection; ``run`` does that through SQLAlchemy's asyncio layer and
aiosqlite, whose thread waits for the disk.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from sqlalchemy import Connection, Delete, Executable, Insert, Row, Update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

T = TypeVar("T")

Values = Mapping[str, Any]


class Session:
    """One transaction; it begins with the first statement."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._connection: AsyncConnection | None = None
        self._one_at_a_time = asyncio.Lock()

    @property
    def has_begun(self) -> bool:
        """Whether the database was asked for anything."""
        return self._connection is not None

    @property
    def dialect(self) -> str:
        """``sqlite`` or ``postgresql``."""
        return self._engine.dialect.name

    async def rows(self, query: Executable, **values: object) -> Sequence[Row[Any]]:
        """What ``query`` finds, or what a change returns."""
        return await self.run(lambda connection: connection.execute(query, values).all())

    async def change(self, statement: Insert | Update | Delete, values: Values | Sequence[Values]) -> int:
        """Run ``statement``, for each of ``values`` if they are many; return how many rows it touched."""
        return await self.run(lambda connection: connection.execute(statement, values).rowcount)

    async def run(self, work: Callable[[Connection], T]) -> T:
        """Let ``work`` use the connection."""
        async with self._one_at_a_time:
            return await self._run(work)

    async def _run(self, work: Callable[[Connection], T]) -> T:
        if self._connection is None:
            self._connection = await self._engine.connect()
            await self._connection.begin()
        return await self._connection.run_sync(work)

    async def end(self, *, commit: bool) -> None:
        """Commit or roll back, and give the connection back."""
        async with self._one_at_a_time:
            await whole(self._end(commit=commit))

    async def _end(self, *, commit: bool) -> None:
        if self._connection is None:
            return
        try:
            await (self._connection.commit() if commit else self._connection.rollback())
        except BaseException:
            await self._connection.invalidate()  # it may be in the middle of its transaction still
            raise
        finally:
            await self._connection.close()


async def whole(work: Coroutine[Any, Any, T]) -> T:
    """What the driver has begun it ends, even when the caller is cancelled; then the cancellation goes on.

    Cut off in the middle, a connection would keep its locks, or be given back while it is still busy.
    """
    task = asyncio.ensure_future(work)
    interrupted: asyncio.CancelledError | None = None
    while not task.done():
        try:
            await asyncio.wait({task})
        except asyncio.CancelledError as cancelled:
            interrupted = cancelled
    if interrupted is not None:
        task.exception()  # seen, or asyncio would complain
        raise interrupted
    return task.result()


@asynccontextmanager
async def transaction(engine: AsyncEngine) -> AsyncIterator[Session]:
    """Committed at the end of the block; rolled back on any error, and when cancelled."""
    session = Session(engine)
    try:
        yield session
    except BaseException:
        await session.end(commit=False)
        raise
    await session.end(commit=True)
