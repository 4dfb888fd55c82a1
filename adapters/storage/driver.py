"""aiosqlite with one round trip to its thread per statement.

SQLAlchemy creates a cursor, executes, fetches and closes: four round trips between threads for what takes
SQLite some microseconds. Here ``execute`` also fetches the rows, and the other steps need no trip.
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
    """A connection whose cursors need one round trip per statement."""

    _begin = ""

    def begin_with(self, statement: str) -> None:
        """Begin a transaction: ``statement`` runs just before the next statement, in the same round trip."""
        self._begin = statement

    def cursor(self) -> Cursor:  # type: ignore[override]  # the part that SQLAlchemy uses
        """A cursor, made without a round trip."""
        return Cursor(self)

    async def run(self, how: str, sql: str, values: Sequence[Any]) -> Executed:
        """Execute and fetch in the connection's thread."""
        begin, self._begin = self._begin, ""
        executed: Executed = await self._execute(  # type: ignore[no-untyped-call]  # aiosqlite has no types here
            _run, self._conn, begin, how, sql, values
        )
        return executed


def _run(connection: sqlite3.Connection, begin: str, how: str, sql: str, values: Sequence[Any]) -> Executed:
    cursor = connection.cursor()
    try:
        if begin:
            cursor.execute(begin)
        getattr(cursor, how)(sql, values)
        rows = cursor.fetchall() if cursor.description else []
        return Executed(cursor.description, cursor.rowcount, cursor.lastrowid, rows)
    finally:
        cursor.close()


def open_connection(*place: Any, **options: Any) -> Connection:
    """A connection, to be awaited; arguments as for ``sqlite3.connect``."""
    return Connection(partial(sqlite3.connect, *place, **options), iter_chunk_size=64)
