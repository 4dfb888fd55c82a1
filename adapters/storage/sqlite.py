"""SQLite: two engines on one file, one writes, one reads.

Nearly everything special about SQLite is here and in ``driver.py``. WAL lets readers work beside the writer,
and ``synchronous = FULL`` keeps a commit through a power cut. The bytes of deleted people are overwritten.
"""

from __future__ import annotations

import asyncio
import os
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any, cast

from sqlalchemy import Connection, ExceptionContext, event
from sqlalchemy.engine import URL
from sqlalchemy.exc import IntegrityError

from adapters.storage.asyncio_engine import AsyncEngine, create_async_engine
from adapters.storage.driver import Connection as DriverConnection
from adapters.storage.driver import open_connection
from adapters.storage.endings import Endings
from core.errors import (
    NotFound,
    SettingsError,
    StoreBusy,
    StoreFull,
    StoreLost,
    StoreReadOnly,
    StoreUnavailable,
)

MAX_READERS = 32  # reading transactions at once
_READER_POOL_SIZE = 4  # reading connections that are kept open
_SHORT_BUSY_TIMEOUT_SECONDS = 0.2  # for readers, while other writers wait
_MIN_FREE_BYTES = 1 << 16  # SQLite grows its shared memory by half of that
_FOLDER_HINT = "oO needs a folder with room that it may write to"
_PRIMARY_CODE = 0xFF  # mask of an extended error code that leaves its kind

_COMMON_PRAGMAS = ("foreign_keys = ON", "secure_delete = ON")
_WRITER_PRAGMAS = (*_COMMON_PRAGMAS, "journal_mode = WAL", "synchronous = FULL")
_READER_PRAGMAS = (*_COMMON_PRAGMAS, "query_only = ON")


class Sqlite:
    """A database file; implements ``Database``. One transaction writes at a time."""

    max_readers = MAX_READERS
    is_shared = False

    def __init__(self, file: str, writer: AsyncEngine, reader: AsyncEngine) -> None:
        self.writer = writer
        self.reader = reader
        self.place = file
        self._write_lock = asyncio.Lock()
        self._identity = _file_identity(file)
        self._endings = Endings.beside(file)

    @classmethod
    def open(cls, address: URL, busy_timeout_seconds: float) -> Sqlite:
        """Create the file if it is missing, readable only by its owner, and the engines to it.

        Raises ``SettingsError`` if the file can't be written.
        """
        file = str(address.database)
        _make_private(Path(file))
        address = address.set(drivername="sqlite+aiosqlite")
        engine = partial(_engine, address, busy_timeout_seconds=busy_timeout_seconds)
        return cls(
            file,
            engine(_WRITER_PRAGMAS, begin="BEGIN IMMEDIATE", pool_size=1, max_overflow=0),
            engine(
                _READER_PRAGMAS,
                begin="BEGIN",
                pool_size=_READER_POOL_SIZE,
                max_overflow=MAX_READERS - _READER_POOL_SIZE,
                pool_use_lifo=True,  # so that no more of them fill their caches than are used at once
            ),
        )

    async def listen(self, heard: Callable[[], None]) -> None:
        """Nobody wakes anybody."""

    def turn(self, people: Sequence[str]) -> asyncio.Lock:
        return self._write_lock

    def locks(self, people: Sequence[str]) -> None:
        """``BEGIN IMMEDIATE`` locks the file."""

    def check(self) -> None:
        if _file_identity(self.place) != self._identity:
            # The file was replaced: the open one still accepts writes, which would be lost.
            raise StoreLost(self.place)

    @property
    def is_writing(self) -> bool:
        return self._write_lock.locked()

    async def is_writable(self) -> bool:
        if self._write_lock.locked():
            return True  # this process is writing, and reports failures itself
        async with self._write_lock:
            return await asyncio.to_thread(can_be_written, self.place)

    def changes(self, connection: Connection) -> int:
        """Rows that this connection has changed since it was opened."""
        return int(connection.exec_driver_sql("SELECT total_changes()").scalar_one())

    async def needs_migration(self) -> bool:
        return True

    def migrated(self, connection: Connection) -> None:
        """Nothing to complete."""

    def note_endings(self, hashes: Sequence[str]) -> None:
        self._endings.add(hashes)

    def mark_freed_bytes(self, connection: Connection) -> None:
        connection.exec_driver_sql("PRAGMA user_version = 1")

    def has_freed_bytes(self, connection: Connection) -> bool:
        return bool(connection.exec_driver_sql("PRAGMA user_version").scalar())

    def overwrite_freed_bytes(self) -> bool:
        """Raises ``StoreUnavailable``."""
        try:
            return overwrite_freed_bytes(self.place)
        except sqlite3.Error as error:
            raise StoreUnavailable(f"{self.place}: {error}") from error

    async def version(self) -> str:
        return f"SQLite {sqlite3.sqlite_version}"

    def opening_failed(self, error: BaseException) -> SettingsError | None:
        code = getattr(error.__cause__, "sqlite_errorcode", 0)
        if isinstance(error, StoreLost) and code & _PRIMARY_CODE == sqlite3.SQLITE_NOTADB:
            what = f"can't use {self.place}: {error.__cause__}; restore a backup, or name another file"
            return SettingsError((f"DATABASE_URL: {what}",))
        return None

    async def close(self) -> None:
        """The last connection merges the write-ahead log into the file."""
        async with self._write_lock:
            await self.reader.dispose()
            await self.writer.dispose()


def _make_private(file: Path) -> None:
    try:
        for folder in reversed(file.parents):
            if not folder.exists():
                folder.mkdir(mode=0o700)
        os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise SettingsError(
            (f"DATABASE_URL: can't write {file}: {error.strerror}; {_FOLDER_HINT}",)
        ) from error


def _engine(
    address: URL, pragmas: tuple[str, ...], *, begin: str, busy_timeout_seconds: float, **pool: Any
) -> AsyncEngine:
    engine = create_async_engine(
        address,
        # The "begin" event below begins transactions: the driver would do it too late, and never IMMEDIATE.
        connect_args={
            "isolation_level": None,
            "timeout": busy_timeout_seconds,
            "async_creator_fn": open_connection,
        },
        # Stored values are personal and must not get into an error message.
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
            # The parent row is missing: the person was deleted during this transaction.
            raise NotFound("what this belongs to is gone") from error
        trouble = store_exception(context.original_exception, str(address.database))
        if trouble and not (
            pragmas is _READER_PRAGMAS and trouble is StoreReadOnly
        ):  # a reader that writes is a bug
            raise trouble(str(address.database)) from error

    return engine


_EXCEPTION_BY_CODE: dict[int, type[StoreUnavailable]] = {
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


def store_exception(error: BaseException, file: str) -> type[StoreUnavailable] | None:
    """The exception for a failure of the database; None for an error of oO's own."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return None
    trouble = _EXCEPTION_BY_CODE.get(code & _PRIMARY_CODE)
    # SQLite reports a full disk as an I/O error when it can't grow its shared memory.
    return StoreFull if trouble is StoreUnavailable and _is_full(Path(file).parent) else trouble


def _file_identity(file: str) -> tuple[int, int] | None:
    """Device and inode of the file; None if it is missing."""
    try:
        found = os.stat(file)
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _is_full(folder: Path) -> bool:
    try:
        found = os.statvfs(folder)
    except OSError:
        return False
    return found.f_bavail * found.f_frsize < _MIN_FREE_BYTES


def can_be_written(file: str) -> bool:
    """Whether a write could begin within the short timeout."""
    with closing(
        sqlite3.connect(file, timeout=_SHORT_BUSY_TIMEOUT_SECONDS, isolation_level=None)
    ) as connection:
        try:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("ROLLBACK")
        except sqlite3.Error:
            return False
    return True


def finish_log(file: str | Path, timeout: float) -> bool:
    """Merge the write-ahead log into the file; False if another connection has the database for longer than
    ``timeout``, in seconds. Blocks. The next opening begins a log again.

    Raises ``sqlite3.DatabaseError`` if it is no database, or can't be written.
    """
    try:
        with closing(sqlite3.connect(file, timeout=timeout, isolation_level=None)) as connection:
            busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            # Only who has it alone may leave WAL; SQLite then deletes the log.
            mode = connection.execute("PRAGMA journal_mode = DELETE").fetchone()[0]
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & _PRIMARY_CODE in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            return False
        raise
    return not busy and bool(mode == "delete")


# --- Overwriting deleted data ------------------------------------------------------------------------------
# ``secure_delete`` zeroes a deleted row in place. Copies may remain in the write-ahead log until it is
# truncated, and in gaps of pages from which SQLite moved the row earlier, until the file is rewritten.
# ``user_version``, 0 or 1, stores whether that is still to be done, so that it survives a crash.


def overwrite_freed_bytes(file: str) -> bool:
    """Rewrite the file without gaps and truncate its log. False if another connection prevented it. Takes
    about a second per 100 MB, during which nothing else can write.
    """
    with closing(
        sqlite3.connect(file, timeout=_SHORT_BUSY_TIMEOUT_SECONDS, isolation_level=None)
    ) as connection:
        try:
            return _truncate_log(connection) and _rewrite_file(connection)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & _PRIMARY_CODE == sqlite3.SQLITE_BUSY:
                return False
            raise


def _rewrite_file(connection: sqlite3.Connection) -> bool:
    """False also if another process wrote meanwhile: it may have freed bytes, so the mark must stay."""
    before = _data_version(connection)
    connection.execute("VACUUM")
    if not _truncate_log(connection):
        return False
    connection.execute("BEGIN IMMEDIATE")
    alone = _data_version(connection) == before
    if alone:
        connection.execute("PRAGMA user_version = 0")
    connection.execute("COMMIT")
    return alone


def _data_version(connection: sqlite3.Connection) -> int:
    """A number that changes when another connection commits."""
    found: int = connection.execute("PRAGMA data_version").fetchone()[0]
    return found


def _truncate_log(connection: sqlite3.Connection) -> bool:
    busy, _frames, _moved = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy
