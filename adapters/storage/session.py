"""A transaction for the event loop, on a connection that is waited for in a thread.

A statement is one trip to a thread. The async driver for SQLite makes four of it, which takes twice the time
in all and six times the time on the event loop.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from sqlalchemy import Connection, Delete, Engine, Executable, Insert, Row, Update

T = TypeVar("T")

Values = Mapping[str, Any]


class Session:
    """One transaction; it begins with the first statement."""

    def __init__(self, engine: Engine, threads: Executor) -> None:
        self._engine = engine
        self._threads = threads
        self._connection: Connection | None = None
        self._one_at_a_time = asyncio.Lock()

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
        """Let ``work`` use the connection, in a thread."""
        return await self._in_thread(lambda: work(self._begun()))

    async def end(self, *, commit: bool) -> None:
        """Commit or roll back, and give the connection back."""
        await self._in_thread(lambda: self._end(commit=commit))

    def _begun(self) -> Connection:
        if self._connection is None:
            self._connection = self._engine.connect()
            self._connection.begin()
        return self._connection

    def _end(self, *, commit: bool) -> None:
        if self._connection is not None:
            with self._connection as connection:
                if commit:
                    connection.commit()

    async def _in_thread(self, work: Callable[[], T]) -> T:
        """A thread ends what it has begun even when the caller is cancelled; then the cancellation goes on.

        So no connection is given back, or used by the next statement, while a thread is still busy with it.
        """
        async with self._one_at_a_time:
            future = asyncio.get_running_loop().run_in_executor(self._threads, work)
            interrupted: asyncio.CancelledError | None = None
            while not future.done():
                try:
                    await asyncio.wait({future})
                except asyncio.CancelledError as cancelled:
                    interrupted = cancelled
            if interrupted is not None:
                future.exception()  # seen, or asyncio would complain
                raise interrupted
            return future.result()


@asynccontextmanager
async def transaction(engine: Engine, threads: Executor) -> AsyncIterator[Session]:
    """Committed at the end of the block; rolled back on any error, and when cancelled."""
    session = Session(engine, threads)
    try:
        yield session
    except BaseException:
        await session.end(commit=False)
        raise
    await session.end(commit=True)
