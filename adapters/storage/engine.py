"""The way to the database: two engines on one SQLite file, one that writes and one that reads.

Nearly all that is special about SQLite is here: WAL lets readers go on beside the writer, FULL keeps an
acknowledged commit through a power cut, and the bytes of forgotten people are overwritten.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from sqlalchemy import Connection, ExceptionContext, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from adapters.storage.driver import Connection as DriverConnection
from adapters.storage.driver import open_connection
from core.errors import (
    NotFound,
    SettingsError,
    StoreBusy,
    StoreFull,
    StoreLost,
    StoreReadOnly,
    StoreUnavailable,
)

READERS = 32  # reading transactions at once
_KEPT = 4  # reading connections that stay open
_PATIENCE = 5.0  # seconds to wait for another process's write
_SHORT_PATIENCE = 0.2  # seconds to wait for readers, while writers wait behind
_LEAST_ROOM = 1 << 16  # bytes: SQLite grows its shared memory by half of that
_ROOM = "oO needs a folder with room that it may write to"
_PRIMARY = 0xFF  # the part of an error's code that says what kind it is; the rest says which case of it

_BOTH = ("foreign_keys = ON", "secure_delete = ON")
_WRITER = (*_BOTH, "journal_mode = WAL", "synchronous = FULL")
_READER = (*_BOTH, "query_only = ON")


@dataclass(frozen=True, slots=True, kw_only=True)
class Engines:
    """Where writing and where reading connections come from."""

    file: str
    writer: AsyncEngine
    reader: AsyncEngine

    async def close(self) -> None:
        """Close every connection; the last one folds the log into the file."""
        await self.reader.dispose()
        await self.writer.dispose()


def connect(url: str) -> Engines:
    """Make the file if need be, readable by nobody else, and the engines to it.

    Raises ``SettingsError`` for an address that is no SQLite file or a place that can't be written.
    """
    place = _place(url)
    file = str(place.database)
    _make_private(Path(file))
    return Engines(
        file=file,
        writer=_engine(place, _WRITER, begin="BEGIN IMMEDIATE", pool_size=1, max_overflow=0),
        reader=_engine(place, _READER, begin="BEGIN", pool_size=_KEPT, max_overflow=READERS - _KEPT),
    )


def _place(url: str) -> URL:
    try:
        place = make_url(url)
    except ArgumentError as error:
        raise SettingsError(("DATABASE_URL: expected something like sqlite:///data/oo.db",)) from error
    if place.get_backend_name() != "sqlite" or place.database in {None, "", ":memory:"}:
        raise SettingsError(("DATABASE_URL: oO keeps its data in a SQLite file: sqlite:///data/oo.db",))
    return place.set(drivername="sqlite+aiosqlite")


def _make_private(file: Path) -> None:
    try:
        for folder in reversed(file.parents):
            if not folder.exists():
                folder.mkdir(mode=0o700)
        os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise SettingsError((f"DATABASE_URL: can't write {file}: {error.strerror}; {_ROOM}",)) from error


def _engine(place: URL, pragmas: tuple[str, ...], *, begin: str, **pool: int) -> AsyncEngine:
    engine = create_async_engine(
        place,
        # How to begin is said below: the driver would begin too late, and never IMMEDIATE.
        connect_args={
            "isolation_level": None,
            "timeout": _PATIENCE,
            "async_creator_fn": open_connection,
        },
        # What is stored is personal and must not get into an error message.
        hide_parameters=True,
        pool_reset_on_return=None,  # every session commits or rolls back
        **pool,
    )

    @event.listens_for(engine.sync_engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def start(connection: Connection) -> None:
        cast(DriverConnection, connection.connection.driver_connection).begin_with(begin)

    @event.listens_for(engine.sync_engine, "handle_error")
    def translate(context: ExceptionContext) -> None:
        error = context.sqlalchemy_exception
        if isinstance(error, IntegrityError) and "FOREIGN KEY" in str(error.orig):
            # A row whose parent is missing: somebody was forgotten while this was under way.
            raise NotFound("what this belongs to is gone") from error
        trouble = trouble_of(context.original_exception, str(place.database))
        if trouble and not (
            pragmas is _READER and trouble is StoreReadOnly
        ):  # who reads may not write: a bug
            raise trouble(str(place.database)) from error

    return engine


_TROUBLE: dict[int, type[StoreUnavailable]] = {
    sqlite3.SQLITE_BUSY: StoreBusy,
    sqlite3.SQLITE_LOCKED: StoreBusy,
    sqlite3.SQLITE_FULL: StoreFull,
    sqlite3.SQLITE_READONLY: StoreReadOnly,
    sqlite3.SQLITE_PERM: StoreReadOnly,
    sqlite3.SQLITE_CANTOPEN: StoreLost,
    sqlite3.SQLITE_CORRUPT: StoreLost,
    sqlite3.SQLITE_NOTADB: StoreLost,
    sqlite3.SQLITE_IOERR: StoreUnavailable,
}


def trouble_of(error: BaseException, file: str) -> type[StoreUnavailable] | None:
    """What is the matter with the database; None for a mistake of ours."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return None
    trouble = _TROUBLE.get(code & _PRIMARY)
    # What SQLite keeps in shared memory needs room as well; without, it speaks of a failing disk.
    return StoreFull if trouble is StoreUnavailable and _is_full(Path(file).parent) else trouble


def has_no_database(error: BaseException | None) -> bool:
    """Whether the file is something else, whatever else there may be the matter with it."""
    return getattr(error, "sqlite_errorcode", 0) & _PRIMARY == sqlite3.SQLITE_NOTADB


def _is_full(folder: Path) -> bool:
    try:
        found = os.statvfs(folder)
    except OSError:
        return False
    return found.f_bavail * found.f_frsize < _LEAST_ROOM


def can_be_written(file: str) -> bool:
    """Whether a write could begin now, or within a moment."""
    with closing(sqlite3.connect(file, timeout=_SHORT_PATIENCE, isolation_level=None)) as connection:
        try:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("ROLLBACK")
        except sqlite3.Error:
            return False
    return True


# --- Overwriting what was deleted --------------------------------------------------------------------------
#
# ``secure_delete`` blanks a deleted row where it lies. Copies may lie elsewhere: in the log, until it is cut
# off, and in the gaps of pages from which SQLite moved the row earlier, until the file is written anew. The
# number that SQLite keeps for its users, 0 or 1, says whether that is still to be done: it outlives a kill.


def mark_freed(connection: Connection) -> None:
    """Note, as part of the transaction, that freed bytes are to be overwritten."""
    connection.exec_driver_sql("PRAGMA user_version = 1")


def has_freed(connection: Connection) -> bool:
    """Whether freed bytes are still to be overwritten."""
    return bool(connection.exec_driver_sql("PRAGMA user_version").scalar())


def changes_so_far(connection: Connection) -> int:
    """How many rows this connection has changed since it was opened."""
    return int(connection.exec_driver_sql("SELECT total_changes()").scalar_one())


def overwrite_freed(file: str) -> bool:
    """Write the file anew, without gaps, and cut off its log. False if somebody stood in the way.

    Takes about a second per 100 MB, during which nothing else may write.
    """
    with closing(sqlite3.connect(file, timeout=_SHORT_PATIENCE, isolation_level=None)) as connection:
        try:
            return _cut_off_log(connection) and _write_anew(connection)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & _PRIMARY == sqlite3.SQLITE_BUSY:
                return False
            raise


def _write_anew(connection: sqlite3.Connection) -> bool:
    """False as well if another process wrote meanwhile: it may have freed bytes, whose mark has to stay."""
    before = _writes_of_others(connection)
    connection.execute("VACUUM")
    if not _cut_off_log(connection):
        return False
    connection.execute("BEGIN IMMEDIATE")
    alone = _writes_of_others(connection) == before
    if alone:
        connection.execute("PRAGMA user_version = 0")
    connection.execute("COMMIT")
    return alone


def _writes_of_others(connection: sqlite3.Connection) -> int:
    """A number that changes when another connection commits something."""
    found: int = connection.execute("PRAGMA data_version").fetchone()[0]
    return found


def _cut_off_log(connection: sqlite3.Connection) -> bool:
    busy, _frames, _moved = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy
