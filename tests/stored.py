"""What oO has stored: a test reads and changes it in whatever database was chosen for its folder.

Statements are written once for both: ``?`` stands for a value, and no table names its schema.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any, Protocol

import asyncpg

from adapters.storage.tables import SCHEMAS, metadata
from tests.databases import place_in
from tests.waiting import WAIT_LIMIT

Rows = list[Any]
"""Rows, whose values are found by name and by number."""


class Execute(Protocol):
    """Runs a statement."""

    def __call__(self, query: str, *values: object) -> Rows: ...


def rows_in(folder: Path, query: str, *values: object) -> Rows:
    """What a query finds in the database of the folder."""
    with _opened(place_in(folder), writes=False) as execute:
        return execute(query, *values)


@contextmanager
def changing(folder: Path) -> Iterator[Execute]:
    """One transaction on the database of the folder; nobody else writes meanwhile."""
    with _opened(place_in(folder), writes=True) as execute:
        yield execute


def bytes_in(folder: Path) -> bytes:
    """All that the database of the folder holds. Of a file, every byte: also of its log and its list of
    deletions. Of a server, every value of every row: what it keeps beside them is not oO's.
    """
    if place_in(folder).startswith("sqlite:"):
        return b"".join(file.read_bytes() for file in folder.glob("oo.db*"))
    with _opened(place_in(folder), writes=False) as execute:
        rows = [execute(f"SELECT * FROM {table.name}") for table in metadata.sorted_tables]  # noqa: S608
    return b"\n".join(_bytes(value) for found in rows for row in found for value in row)


def _bytes(value: object) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode()


def _opened(url: str, *, writes: bool) -> AbstractContextManager[Execute]:
    is_file = url.startswith("sqlite:")
    return _file(Path(url.removeprefix("sqlite:///")), writes) if is_file else _server(url, writes)


@contextmanager
def _file(file: Path, writes: bool) -> Iterator[Execute]:
    address = f"file:{file}?mode={'rw' if writes else 'ro'}"
    connection = sqlite3.connect(address, uri=True, timeout=WAIT_LIMIT, isolation_level=None)
    connection.row_factory = sqlite3.Row
    with closing(connection):
        connection.execute("BEGIN IMMEDIATE" if writes else "BEGIN")
        yield lambda query, *values: connection.execute(query, values).fetchall()
        connection.execute("COMMIT")


_ALONE = "SELECT pg_advisory_xact_lock(hashtextextended('oO', 0))"
"""As oO locks everybody: no other transaction of oO's writes."""


@contextmanager
def _server(url: str, writes: bool) -> Iterator[Execute]:
    with ThreadPoolExecutor(1) as aside, ExitStack() as endings:  # a loop may run in this thread
        runner = asyncio.Runner()
        endings.callback(lambda: aside.submit(runner.close).result())

        def wait(work: Any) -> Any:
            return aside.submit(runner.run, work).result()

        connection = wait(_connected(url))
        endings.callback(lambda: wait(connection.close()))
        wait(connection.execute(f"BEGIN; {_ALONE}" if writes else "BEGIN READ ONLY"))
        yield lambda query, *values: wait(connection.fetch(_numbered(query), *values))
        wait(connection.execute("COMMIT"))


async def _connected(url: str) -> asyncpg.Connection:
    return await asyncpg.connect(url, server_settings={"search_path": ",".join(SCHEMAS)})


def _numbered(query: str) -> str:
    """With ``$1`` for the first ``?`` and so on."""
    first, *others = query.split("?")
    return "".join([first, *(f"${number}{part}" for number, part in enumerate(others, 1))])
