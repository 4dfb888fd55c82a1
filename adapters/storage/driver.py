"""aiosqlite with one trip to its thread for each statement.

SQLAlchemy makes a cursor, executes, fetches and closes: four trips, each with a change of threads, for what
takes SQLite some microseconds. Here the execution brings the rows along and the rest is free.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import aiosqlite


@dataclass(frozen=True, slots=True)
class Executed:
    """What a statement left behind."""

    description: Any = None
    rowcount: int = -1
    lastrowid: int | None = None
    rows: list[Any] = field(default_factory=list)


class Cursor:
    """What SQLAlchemy asks of an asynchronous cursor."""

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
        """How many rows were touched."""
        return self._executed.rowcount

    @property
    def lastrowid(self) -> int | None:
        """The row that was inserted last."""
        return self._executed.lastrowid

    async def execute(self, sql: str, values: Sequence[Any] = ()) -> None:
        """Run a statement and fetch all of its rows."""
        self._executed = await self._connection.run("execute", sql, values)

    async def executemany(self, sql: str, values: Sequence[Sequence[Any]]) -> None:
        """Run a statement once for each of ``values``."""
        self._executed = await self._connection.run("executemany", sql, values)

    async def fetchall(self) -> list[Any]:
        """The rows, which are here already."""
        return self._executed.rows

    async def close(self) -> None:
        """Nothing is held open."""


class Connection(aiosqlite.Connection):
    """A connection whose cursors need one trip for each statement."""

    _first = ""

    def begin_with(self, statement: str) -> None:
        """Begin a transaction: ``statement`` travels along with the first one that has something to do."""
        self._first = statement

    def cursor(self) -> Cursor:  # type: ignore[override]  # as much of one as SQLAlchemy uses
        """A cursor; making it needs no trip at all."""
        return Cursor(self)

    async def run(self, how: str, sql: str, values: Sequence[Any]) -> Executed:
        """Execute and fetch in the connection's thread."""
        first, self._first = self._first, ""
        executed: Executed = await self._execute(  # type: ignore[no-untyped-call]  # aiosqlite has no types here
            _run, self._conn, first, how, sql, values
        )
        return executed


def _run(connection: sqlite3.Connection, first: str, how: str, sql: str, values: Sequence[Any]) -> Executed:
    cursor = connection.cursor()
    try:
        if first:
            cursor.execute(first)
        getattr(cursor, how)(sql, values)
        rows = cursor.fetchall() if cursor.description else []
        return Executed(cursor.description, cursor.rowcount, cursor.lastrowid, rows)
    finally:
        cursor.close()


def open_connection(*place: Any, **options: Any) -> Connection:
    """A connection to be awaited; arguments as for ``sqlite3.connect``."""
    return Connection(partial(sqlite3.connect, *place, **options), iter_chunk_size=64)
