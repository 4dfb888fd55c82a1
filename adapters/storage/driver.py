"""aiosqlite with at most one round trip to its thread per statement.

SQLAlchemy creates a cursor, executes, fetches and closes: four round trips between threads for what takes
SQLite some microseconds. Here ``execute`` also fetches the rows, and the other steps need no trip. A
statement whose result nobody needs can wait for the next trip.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import aiosqlite

Statement = tuple[str, str, Sequence[Any]]
"""How to run it (``execute`` or ``executemany``), SQL, values."""


@dataclass(frozen=True, slots=True)
class Executed:
    """The result of a statement."""

    description: Any = None
    rowcount: int = -1
    lastrowid: int | None = None
    rows: list[Any] = field(default_factory=list)


class Cursor:
    """The part of an asynchronous cursor that SQLAlchemy uses."""

    arraysize = 1

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._executed = Executed()

    async def __aenter__(self) -> Cursor:
        return self

    @property
    def description(self) -> Any:
        """The columns of the result; None where there is none."""
        return self._executed.description

    @property
    def rowcount(self) -> int:
        """How many rows were changed."""
        return self._executed.rowcount

    @property
    def lastrowid(self) -> int | None:
        """The id of the last inserted row."""
        return self._executed.lastrowid

    async def execute(self, sql: str, values: Sequence[Any] = ()) -> None:
        """Run a statement and fetch all of its rows."""
        self._executed = await self._connection.run("execute", sql, values)

    async def executemany(self, sql: str, values: Sequence[Sequence[Any]]) -> None:
        """Run a statement once for each of ``values``."""
        self._executed = await self._connection.run("executemany", sql, values)

    async def fetchall(self) -> list[Any]:
        """The rows, which ``execute`` has fetched already."""
        return self._executed.rows

    async def close(self) -> None:
        """Nothing to do: the SQLite cursor is closed already."""


class Connection(aiosqlite.Connection):
    """A connection whose cursors need at most one round trip per statement."""

    _begin = ""
    _defers = False

    def __init__(self, *values: Any, **options: Any) -> None:
        super().__init__(*values, **options)
        self._deferred: list[Statement] = []

    def begin_with(self, statement: str) -> None:
        """Begin a transaction: ``statement`` runs just before the next statement, in the same round trip."""
        self._begin = statement

    @contextmanager
    def deferring(self) -> Iterator[None]:
        """Statements within the block run just before the next one after it, or before the commit, in the
        same round trip. Only then do they fail.
        """
        self._defers = True
        try:
            yield
        finally:
            self._defers = False

    def cursor(self) -> Cursor:  # type: ignore[override]  # the part that SQLAlchemy uses
        """A cursor, made without a round trip."""
        return Cursor(self)

    async def run(self, how: str, sql: str, values: Sequence[Any]) -> Executed:
        """Execute and fetch in the connection's thread."""
        statement = (how, sql, values)
        if self._defers:
            self._deferred.append(statement)
            return Executed()
        executed: Executed = await self._execute(  # type: ignore[no-untyped-call]  # aiosqlite has no types here
            _run, self._conn, self._waiting(), statement
        )
        return executed

    async def commit(self) -> None:
        """Run what was deferred, and commit."""
        await self._execute(_commit, self._conn, self._waiting())  # type: ignore[no-untyped-call]  # see above

    async def rollback(self) -> None:
        """Forget what was deferred, and roll back."""
        self._deferred.clear()
        await super().rollback()

    def _waiting(self) -> list[Statement]:
        """What has to run before the next statement."""
        begin = [("execute", self._begin, ())] if self._begin else []
        waiting = [*begin, *self._deferred]
        self._begin, self._deferred = "", []
        return waiting


def _commit(connection: sqlite3.Connection, before: Sequence[Statement]) -> None:
    if before:
        _run(connection, before[:-1], before[-1])
    connection.commit()


def _run(connection: sqlite3.Connection, before: Sequence[Statement], statement: Statement) -> Executed:
    cursor = connection.cursor()
    try:
        for how, sql, values in (*before, statement):
            getattr(cursor, how)(sql, values)
        rows = cursor.fetchall() if cursor.description else []
        return Executed(cursor.description, cursor.rowcount, cursor.lastrowid, rows)
    finally:
        cursor.close()


def open_connection(*place: Any, **options: Any) -> Connection:
    """A connection, to be awaited; arguments as for ``sqlite3.connect``."""
    return Connection(partial(sqlite3.connect, *place, **options), iter_chunk_size=64)
