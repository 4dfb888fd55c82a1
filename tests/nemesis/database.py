"""SQLite in the event loop: no threads, a wait for a lock takes virtual time, and a kill can come at any
statement. A connection ends with the life that opened it.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from random import Random
from typing import Any
from unittest.mock import patch

from sqlalchemy import BigInteger, func

from adapters.storage import driver, leases, sqlite
from adapters.storage.engine import connect
from adapters.storage.store import Storage
from tests.nemesis.loop import Life, current_life

BUSY_SECONDS = 5.0
"""How long a transaction waits for the lock of another process."""
LOCKED = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
SERVERS_CLOCK = "servers_clock"

AtStatement = Callable[[Life], None]
"""Called before and after each statement of a life; it may kill that."""


class Server:
    """What all connections share: the clock that leases go by, and who wants to know of statements."""

    def __init__(self, random: Random, microseconds: Callable[[], int], at_statement: AtStatement) -> None:
        self.random = random
        self.microseconds = microseconds
        self.at_statement = at_statement

    def open(self, *place: Any, **options: Any) -> LoopConnection:
        """As ``adapters.storage.driver.open_connection``."""
        return LoopConnection(self, partial(sqlite3.connect, *place, **options), iter_chunk_size=64)

    @contextmanager
    def serving(self) -> Iterator[None]:
        """Every SQLite that is opened in the block is one of this server."""
        by_server = getattr(func, SERVERS_CLOCK)(type_=BigInteger())
        cached = (leases._take, leases._renew, leases._held)
        with ExitStack() as ending:
            for one in cached:
                one.cache_clear()
                ending.callback(one.cache_clear)
            ending.enter_context(patch.object(sqlite, "open_connection", self.open))
            ending.enter_context(patch.object(leases, "now_by", lambda dialect: by_server))
            yield


class LoopConnection(driver.Connection):
    """A connection without a thread."""

    def __init__(self, server: Server, *values: Any, **options: Any) -> None:
        super().__init__(*values, **options)
        self._server = server
        self._life = current_life()

    def __await__(self) -> Any:
        return self._opened().__await__()

    async def _opened(self) -> LoopConnection:
        self._connection = self._connector()
        self._connection.create_function(SERVERS_CLOCK, 0, self._server.microseconds)
        if isinstance(self._life, ConnectedLife):
            self._life.connections.append(self)
        return self

    async def _execute(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        if self._life is not None:
            self._server.at_statement(self._life)
            self._life.check()
        done = await self._when_free(partial(fn, *args, **kwargs))
        if self._life is not None:
            self._server.at_statement(self._life)
        await asyncio.sleep(0)
        if self._life is not None:
            self._life.check()
        return done

    async def _when_free(self, work: Callable[[], Any]) -> Any:
        loop = asyncio.get_running_loop()
        until = loop.time() + BUSY_SECONDS
        while True:
            try:
                return work()
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode not in LOCKED or loop.time() > until:
                    raise
            await asyncio.sleep(self._server.random.uniform(0.001, 0.05))

    @property
    def is_in_transaction(self) -> bool:
        """Whether it may hold locks."""
        return self._connection is not None and self._connection.in_transaction

    def cut(self) -> None:
        """End it; what was not committed is undone."""
        if self._connection:
            self._connection.close()
        self._connection = None

    async def close(self) -> None:
        self.cut()

    def stop(self) -> None:
        """There is no thread to stop."""
        self._connection = None


class ConnectedLife(Life):
    """A life with connections, which the database closes when it dies: what was not committed is undone."""

    def __init__(self) -> None:
        super().__init__()
        self.connections: list[LoopConnection] = []

    @property
    def writes(self) -> bool:
        """Whether a transaction of it may hold locks."""
        return any(one.is_in_transaction for one in self.connections)

    def die(self) -> None:
        super().die()
        for one in self.connections:
            one.cut()


def shared_store(url: str) -> Storage:
    """The store at ``url``, whose tables are up to date, as one of several processes sees it."""
    database = connect(url, busy_timeout_seconds=0)
    database.is_shared = True  # type: ignore[misc]
    return Storage(database)
