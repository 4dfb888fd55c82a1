"""Backups of the database: a whole copy while oO runs, checked; and back.

The copy is made by SQLite's backup interface in one step, so it is a consistent state. The database is never
touched before the new one is whole and checked: it is replaced by one rename.
"""

from __future__ import annotations

import logging
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from adapters.storage.endings import Endings
from adapters.storage.repeated_endings import Repeated, repeat_endings
from adapters.storage.schema import revisions
from adapters.storage.sealed_file import MAGIC, is_sealed, seal, unseal
from adapters.storage.sqlite import finish_log
from adapters.storage.store import open_store
from core.errors import BackupUnusable
from core.incidents import BACKUP_NOTE

_log = logging.getLogger(__name__)

BUSY_SECONDS = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupReport:
    """What a backup holds."""

    file: str
    version: str
    """Of the tables: the number of the last migration."""
    rows: Mapping[str, int]
    """By table."""
    bytes: int
    encrypted: bool
    repeated: Repeated = field(default_factory=Repeated)
    """What was ended again, as it had ended after the backup was made."""


def back_up(database: Path, target: Path, *, key: bytes | None, salt: bytes, now: datetime) -> BackupReport:
    """Copy the database to ``target``, encrypted if there is a key; an earlier ``target`` is replaced at the
    end. The list of what ended is copied beside it, and the database notes when that was. ``salt``: 16 random
    bytes. Raises ``BackupUnusable`` and ``OSError``.
    """
    if target.resolve() == database.resolve():
        raise BackupUnusable("that is the database itself")
    if not database.is_file():
        raise BackupUnusable(f"there is no database at {database}")
    with _scratch(database.parent) as copy:
        _copy(database, copy)
        version, rows = check(copy)
        with _written(target) as out, copy.open("rb") as made:
            if key:
                seal(made, out, key, salt=salt)
            else:
                shutil.copyfileobj(made, out)
    Endings.beside(target).add(Endings.beside(database).hashes())
    _note_backup(database, now)
    return BackupReport(
        file=str(target),
        version=version,
        rows=rows,
        bytes=target.stat().st_size,
        encrypted=key is not None,
    )


async def restore(
    source: Path, database: Path, *, key: bytes | None, force: bool, now: datetime
) -> BackupReport:
    """Put the backup in the place of the database, and end again what has ended since it was made: people are
    deleted, tokens revoked, connections ended, permissions withdrawn.

    Raises ``BackupUnusable`` if the backup is not whole, needs a key or was made by a newer oO, if there is a
    database and ``force`` is False, or if the database is in use.
    """
    _make_room(database, force=force)
    hashes = Endings.beside(database).hashes() | Endings.beside(source).hashes()
    with _scratch(database.parent) as copy:
        size, is_encrypted = _unpack(source, copy, key)
        version, rows = check(copy)
        repeated = await _migrate_and_repeat(copy, hashes, now)
        _replace(database, copy)
    Endings.beside(database).add(hashes)
    return BackupReport(
        file=str(source),
        version=version,
        rows=rows,
        bytes=size,
        encrypted=is_encrypted,
        repeated=repeated,
    )


def _note_backup(database: Path, now: datetime) -> None:
    """Let the operator see when the last backup was made. Without ``open_store``: the process that serves may
    be of an earlier version, so nothing is migrated here.
    """
    try:
        with closing(sqlite3.connect(database, timeout=BUSY_SECONDS)) as connection, connection:
            connection.execute("DELETE FROM notes WHERE person_id IS NULL AND key = ?", (BACKUP_NOTE,))
            connection.execute(
                "INSERT INTO notes (person_id, key, value) VALUES (NULL, ?, ?)",
                (BACKUP_NOTE, now.isoformat()),
            )
    except sqlite3.Error as error:
        _log.warning("the time of this backup could not be noted in the database: %s", error)


def check(file: Path) -> tuple[str, dict[str, int]]:
    """The version of the tables, and the number of rows in each. Raises ``BackupUnusable`` if SQLite finds a
    fault, or if the tables are not those of this oO or of an earlier one.
    """
    try:
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection:
            found = connection.execute("PRAGMA integrity_check").fetchone()[0]
            if found != "ok" or connection.execute("PRAGMA foreign_key_check").fetchone():
                raise BackupUnusable("it is damaged")
            names = [
                name
                for (name,) in connection.execute(
                    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
                )
            ]
            if "alembic_version" not in names:
                raise BackupUnusable("it is no database of oO")
            (version,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
            rows = {
                name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608 - a name
                for name in sorted(names)
                if name != "alembic_version"
            }
    except sqlite3.DatabaseError as error:
        raise BackupUnusable("it is damaged") from error
    if version not in revisions():
        raise BackupUnusable(f"a newer oO made it ({version}); this one knows {revisions()[-1]}")
    return str(version), rows


async def _migrate_and_repeat(file: Path, hashes: frozenset[str], now: datetime) -> Repeated:
    """Bring the copy up to date and end in it what is on the list."""
    store = await open_store(f"sqlite:///{file}")
    try:
        return await repeat_endings(store, hashes, now)
    finally:
        await store.close()


def _replace(database: Path, copy: Path) -> None:
    """Put ``copy`` in the place of the database by one rename. Raises ``BackupUnusable`` if it is in use."""
    if database.exists():
        _close_log(database)
    for suffix in ("-wal", "-shm"):  # of the copy: it is closed, so they hold nothing
        Path(f"{copy}{suffix}").unlink(missing_ok=True)
    os.chmod(copy, 0o600)
    os.replace(copy, database)
    _sync_folder(database.parent)


def _close_log(database: Path) -> None:
    """Merge the write-ahead log into the old database, so that none is left beside the new one."""
    try:
        is_alone = finish_log(database, BUSY_SECONDS)
    except sqlite3.OperationalError as error:
        raise BackupUnusable("the database is in use: stop oO first") from error
    except sqlite3.DatabaseError:
        return _remove_log(database)  # it is no database any more, which may be why a backup is restored
    if not is_alone:
        raise BackupUnusable("the database is in use: stop oO first")
    return None


def _remove_log(database: Path) -> None:
    for suffix in ("-wal", "-shm"):
        Path(f"{database}{suffix}").unlink(missing_ok=True)


def _copy(database: Path, target: Path) -> None:
    """A consistent copy, made beside the running writers, as one file without a write-ahead log."""
    with (
        closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=BUSY_SECONDS)) as source,
        closing(sqlite3.connect(target, isolation_level=None)) as copy,
    ):
        source.backup(copy, progress=_refuse_to_wait)
        copy.execute("PRAGMA journal_mode = DELETE")


def _refuse_to_wait(status: int, remaining: int, total: int) -> None:
    """SQLite has waited for ``BUSY_SECONDS``; Python would repeat that without end."""
    if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        raise BackupUnusable("the database is locked by another process")


def _make_room(database: Path, *, force: bool) -> None:
    if database.exists() and not force:
        raise BackupUnusable(f"there is a database at {database}: --force replaces it")
    database.parent.mkdir(mode=0o700, parents=True, exist_ok=True)


def _unpack(source: Path, target: Path, key: bytes | None) -> tuple[int, bool]:
    """Write the database in the backup to ``target``. (Bytes of the backup, whether it was encrypted.)"""
    with source.open("rb") as packed, target.open("wb") as out:
        head = packed.read(len(MAGIC))
        packed.seek(0)
        if not is_sealed(head):
            shutil.copyfileobj(packed, out)
            return packed.tell(), False
        if key is None:
            raise BackupUnusable("it is encrypted: OO_BACKUP_KEY must hold its key")
        unseal(packed, out, key)
        return packed.tell(), True


@contextmanager
def _scratch(folder: Path) -> Iterator[Path]:
    """A file in a private folder beside the database, on the same disk; both are removed at the end."""
    with tempfile.TemporaryDirectory(prefix=".oo-backup-", dir=folder) as place:
        yield Path(place) / "copy.db"


@contextmanager
def _written(target: Path) -> Iterator[BinaryIO]:
    """A new file, readable by its owner alone, that takes the name ``target`` once it is on the disk."""
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        os.replace(name, target)
        _sync_folder(target.parent)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
