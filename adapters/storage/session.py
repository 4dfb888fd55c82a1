"""One transaction, shared by the repositories.

``run`` passes a repository's work on a connection to SQLAlchemy's asyncio layer and the driver, which waits
for the disk or the server.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, nullcontext
from typing import Any, Protocol, TypeVar

from sqlalchemy import Connection, Delete, Executable, Insert, Row, Update

from adapters.storage.asyncio_engine import AsyncConnection, AsyncEngine
from core.concurrency import run_uninterrupted
from core.errors import StoreConflict, StoreUnreachable

T = TypeVar("T")

Values = Mapping[str, Any]


class Locks(Protocol):
    """What keeps other writing transactions away from what this one reads and then writes."""

    def begin(self, connection: Connection) -> None:
        """At the start of the transaction: lock its people, or everybody."""
        ...

    def take(self, connection: Connection, name: str) -> None:
        """Lock something that belongs to nobody until the end of the transaction."""
        ...

    def take_free(self, connection: Connection, people: Sequence[str]) -> Sequence[str]:
        """Lock those of these people whom nobody has locked, and return them; wait for none."""
        ...


class Session:
    """One transaction; it begins with the first statement. ``locks`` None: it needs none."""

    def __init__(self, engine: AsyncEngine, locks: Locks | None = None) -> None:
        self._engine = engine
        self._locks = locks
        self._connection: AsyncConnection | None = None
        self._lock = asyncio.Lock()
        self._locked: set[str] = set()
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
            # The driver of PostgreSQL defers nothing: there it is run now.
            with getattr(connection.connection.driver_connection, "deferring", nullcontext)():
                connection.execute(statement, values)

        await self.run(defer)

    async def lock(self, name: str) -> None:
        """Before reading what is written later in this transaction and belongs to nobody: let no other
        transaction write it until the end of this one.
        """
        locks = self._locks
        if locks and name not in self._locked:
            await self.run(lambda connection: locks.take(connection, name))
            self._locked.add(name)

    async def lock_free(self, people: Sequence[str]) -> Sequence[str]:
        """Those of these people whom no other transaction writes about; none will before the end of this one.
        It waits for nobody.
        """
        locks = self._locks
        return await self.run(lambda connection: locks.take_free(connection, people)) if locks else people

    async def run(self, work: Callable[[Connection], T]) -> T:
        """Run ``work`` with the connection, one at a time."""
        async with self._lock:
            return await self._run(work)

    async def _run(self, work: Callable[[Connection], T]) -> T:
        if self._connection is not None:
            return await self._connection.run_sync(work)
        try:
            return await self._begin_with(work)
        except (StoreUnreachable, StoreConflict):
            # The server has closed a connection that the pool had kept, or two transactions waited for each
            # other's locks. Nothing has happened yet in this one, so its beginning can be repeated.
            await run_uninterrupted(self._end(commit=False))
            self._connection = None
            return await self._begin_with(work)

    async def _begin_with(self, work: Callable[[Connection], T]) -> T:
        self._connection = await self._engine.acquire()
        await self._connection.begin()
        if self._locks:
            await self._connection.run_sync(self._locks.begin)
        return await self._connection.run_sync(work)

    async def end(self, *, commit: bool) -> None:
        """Commit or roll back, and return the connection to its pool."""
        async with self._lock:
            # A connection that is interrupted would keep its locks, or be returned to its pool while busy.
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


@asynccontextmanager
async def transaction(engine: AsyncEngine, locks: Locks | None = None) -> AsyncIterator[Session]:
    """A session that is committed at the end of the block, and rolled back on an error or when cancelled."""
    session = Session(engine, locks)
    try:
        yield session
    except BaseException:
        await session.end(commit=False)
        raise
    await session.end(commit=True)
