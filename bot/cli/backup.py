"""``oo backup`` and ``oo restore``."""

from __future__ import annotations

import asyncio
import base64
import sqlite3
from dataclasses import asdict
from pathlib import Path

from adapters.clock import SystemClock, SystemRandomSource
from adapters.storage.backup import BackupReport, back_up
from adapters.storage.backup import restore as put_back
from bot.settings import Settings
from core.errors import BackupUnusable, StoreUnavailable


async def backup(settings: Settings, target: Path) -> BackupReport:
    """Copy the database to ``target`` while oO may be running. Raises ``BackupUnusable``."""
    environment, file = settings.environment, _file_of(settings)
    try:
        return await asyncio.to_thread(
            back_up,
            file,
            target,
            key=environment.backup_key(),
            salt=base64.urlsafe_b64decode(SystemRandomSource().secret() + "=="),
            now=SystemClock().now(),
        )
    except OSError as error:
        raise BackupUnusable(f"can't write {target}: {error.strerror}") from error
    except sqlite3.Error as error:
        raise BackupUnusable(f"can't copy {file}: {error}") from error


async def restore(settings: Settings, source: Path, *, force: bool) -> BackupReport:
    """Put the backup in the place of the database. Raises ``BackupUnusable``."""
    environment, file = settings.environment, _file_of(settings)
    try:
        return await put_back(
            source,
            file,
            key=environment.backup_key(),
            force=force,
            now=SystemClock().now(),
        )
    except OSError as error:
        raise BackupUnusable(f"can't restore {source}: {error.strerror}") from error
    except (sqlite3.Error, StoreUnavailable, BackupUnusable) as error:
        raise BackupUnusable(f"can't restore {source}: {error}") from error


def _file_of(settings: Settings) -> Path:
    """The database. Raises ``BackupUnusable`` if a server keeps it, which has tools of its own."""
    file = settings.environment.database_file()
    if file is None:
        tools = "pg_dump --format=custom copies it, pg_restore puts it back"
        more = "docs/how-to/use-postgresql.md says what a restored copy brings back"
        raise BackupUnusable(f"the database is on a PostgreSQL server: {tools}; {more}")
    return file


def format_backup(report: BackupReport) -> str:
    """What was written, for the operator."""
    how = "encrypted" if report.encrypted else "not encrypted (set OO_BACKUP_KEY)"
    return f"{report.file}: {_content(report)}, checked, {how}"


def format_restore(report: BackupReport) -> str:
    """What was put back, for the operator."""
    counts = {name: count for name, count in asdict(report.repeated).items() if count}
    again = ", ".join(f"{name} {count}" for name, count in counts.items())
    return f"Restored {report.file}: {_content(report)}" + (f"; ended again: {again}" if again else "")


def _content(report: BackupReport) -> str:
    people = report.rows.get("people", 0)
    return f"people: {people}, rows: {sum(report.rows.values())}, version {report.version}"
