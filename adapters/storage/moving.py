"""Carries everything from one database to another, of the same kind or not; counted and compared.

Values are carried as they are stored, so that what an older oO wrote is not read and written anew.
"""

from __future__ import annotations

import asyncio
import hashlib
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Connection, MetaData, Table, func, insert, select, text, tuple_, type_coerce
from sqlalchemy.types import TypeDecorator

from adapters.storage.engine import BUSY_TIMEOUT_SECONDS, file_at
from adapters.storage.session import Session
from adapters.storage.sole_server import serving_alone
from adapters.storage.sqlite import finish_log
from adapters.storage.store import Storage, open_store
from adapters.storage.tables import metadata, schema_of
from core.errors import AlreadyServed, MoveRefused, SettingsError
from core.store.leases import LIVING

ROWS_AT_ONCE = 500

IN_USE = "the database is in use: stop oO first"
ITSELF = "that is the database itself"
SETTING = "DATABASE_URL"
NO_TIME = datetime.fromtimestamp(0, UTC)
"""A server asks its own clock about leases."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedTable:
    """A table that was carried over."""

    name: str
    rows: int
    digest: str
    """SHA-256 of all rows, in the order of their keys; the same in both databases."""


async def move(source: str, target: str) -> tuple[MovedTable, ...]:
    """Copy every row of the database at ``source`` to the empty one at ``target``, in one transaction.

    Nothing is written to the source meanwhile, and it stays as it is. Raises ``MoveRefused`` if one of them
    is in use, the target has rows, or it holds something else than the source in the end, and what
    ``open_store`` raises; faults of the target name ``--to``.
    """
    if (file := file_at(source)) and (other := file_at(target)) and file.resolve() == other.resolve():
        raise MoveRefused(ITSELF)
    async with AsyncExitStack() as ending:  # from the last to the first
        before = await _opened(source, ending)
        try:
            after = await _opened(target, ending)
        except SettingsError as fault:
            named = tuple(f"--to{one.removeprefix(SETTING)}" for one in fault.faults)
            raise SettingsError(named) from fault
        return await _carry(before, after)


async def _opened(url: str, ending: AsyncExitStack) -> Storage:
    """The database at ``url``, until the end of ``ending``. If it is a file, nobody has it, and nobody serves
    it meanwhile.
    """
    if (file := file_at(url)) and file.exists():
        try:
            ending.enter_context(serving_alone(file))
        except AlreadyServed as served:
            raise MoveRefused(IN_USE) from served
        if not await asyncio.to_thread(_is_alone, file):
            raise MoveRefused(IN_USE)
    store = await open_store(url)
    ending.push_async_callback(store.close)
    return store


def _is_alone(file: Path) -> bool:
    """Whether nobody has the database open; what is no database is told by whoever opens it."""
    try:
        return finish_log(file, BUSY_TIMEOUT_SECONDS)
    except sqlite3.DatabaseError:
        return True


async def _carry(before: Storage, after: Storage) -> tuple[MovedTable, ...]:
    if before.database.place == after.database.place:
        raise MoveRefused(ITSELF)
    async with before.begin() as reading, after.begin() as writing:
        source, target = reading.session, writing.session
        if before.is_shared and await reading.leases.held(LIVING, NO_TIME):
            raise MoveRefused(f"{IN_USE}; one that was killed counts for 8 seconds more")
        for table in metadata.sorted_tables:
            await _refuse_rows(target, table)
        moved = [await _carry_table(source, target, table) for table in metadata.sorted_tables]
        await target.run(_continue_counters)
        return tuple(moved)


async def _refuse_rows(target: Session, table: Table) -> None:
    if await target.rows(select(text("1")).select_from(table).limit(1)):
        found = f"the other database is not empty: there are rows in {table.name}"
        raise MoveRefused(
            f"{found}. Name a new one: a file that is not there yet, or one that createdb makes"
        )


async def _carry_table(source: Session, target: Session, table: Table) -> MovedTable:
    digest, rows = hashlib.sha256(), 0
    stored = _stored(table)
    plain = [Column(one.name, one.type) for one in stored]
    into = insert(Table(table.name, MetaData(), *plain, info=table.info))
    last: Sequence[Any] | None = None
    while page := await source.run(_page(table, last)):
        values = [dict(zip((one.name for one in stored), row, strict=True)) for row in page]
        await target.change(into, values)
        rows, last = rows + len(page), _key_of(table, page[-1])
        for row in page:
            digest.update(repr(row).encode())
        if last is None:
            break
    found = await target.run(lambda connection: _digest(connection, table))
    if found != (rows, digest.hexdigest()):
        raise MoveRefused(f"{table.name} is not the same in the other database; nothing was stored there")
    return MovedTable(name=table.name, rows=rows, digest=digest.hexdigest())


def _digest(connection: Connection, table: Table) -> tuple[int, str]:
    digest, rows = hashlib.sha256(), 0
    for page in _pages(connection, table):
        rows += len(page)
        for row in page:
            digest.update(repr(row).encode())
    return rows, digest.hexdigest()


def _pages(connection: Connection, table: Table) -> Iterator[list[tuple[Any, ...]]]:
    last: Sequence[Any] | None = None
    while page := _page(table, last)(connection):
        yield page
        last = _key_of(table, page[-1])
        if last is None:
            return


def _page(table: Table, after: Sequence[Any] | None) -> Callable[[Connection], list[tuple[Any, ...]]]:
    """Reads the next rows in the order of the primary key; all rows of a table without one."""
    stored, keys = _stored(table), [*table.primary_key.columns]
    query = select(*stored).order_by(
        *(type_coerce(key, _plain(key)).nulls_first() for key in keys or table.c)
    )
    if keys:
        query = query.limit(ROWS_AT_ONCE)
    if after is not None:
        plain = [type_coerce(key, _plain(key)) for key in keys]
        query = query.where(tuple_(*plain) > tuple_(*after, types=[_plain(key) for key in keys]))
    return lambda connection: [tuple(map(_movable, row)) for row in connection.execute(query)]


def _movable(value: Any) -> Any:
    """Without NUL, which PostgreSQL stores in no text: such text is from before ``core.text.clean``."""
    return value.replace("\0", "\N{REPLACEMENT CHARACTER}") if isinstance(value, str) else value


def _key_of(table: Table, row: tuple[Any, ...]) -> Sequence[Any] | None:
    names = [one.name for one in table.c]
    return [row[names.index(key.name)] for key in table.primary_key.columns] or None


def _stored(table: Table) -> list[Any]:
    return [type_coerce(column, _plain(column)).label(column.name) for column in table.c]


def _plain(column: Column[Any]) -> Any:
    """The type of what is stored, without what it is converted to."""
    kind = column.type
    return kind.impl_instance if isinstance(kind, TypeDecorator) else kind


def _continue_counters(connection: Connection) -> None:
    """What counts rows goes on after the last one; SQLite does so by itself."""
    if connection.dialect.name != "postgresql":
        return
    for table in metadata.sorted_tables:
        counter = table.autoincrement_column
        last = connection.scalar(select(func.max(counter))) if counter is not None else None
        if last is not None and counter is not None:
            sequence = func.pg_get_serial_sequence(f"{schema_of(table)}.{table.name}", counter.name)
            connection.execute(select(func.setval(sequence, last)))
