"""``oo backup`` and ``oo restore``."""

from __future__ import annotations

import asyncio
import base64
from pathlib import Path

from adapters.clock import SystemClock, SystemRandomSource
from adapters.storage.backup import BackupReport, back_up
from adapters.storage.backup import restore as put_back
from bot.settings import Settings
from core.errors import BackupUnusable


async def backup(settings: Settings, target: Path) -> BackupReport:
    """Copy the database to ``target`` while oO may be running. Raises ``BackupUnusable``."""
    environment = settings.environment
    try:
        return await asyncio.to_thread(
            back_up,
            environment.database_file(),
            target,
            key=environment.backup_key(),
            salt=base64.urlsafe_b64decode(SystemRandomSource().secret() + "=="),
        )
    except OSError as error:
        raise BackupUnusable(f"can't write {target}: {error.strerror}") from error


async def restore(settings: Settings, source: Path, *, force: bool) -> BackupReport:
    """Put the backup in the place of the database. Raises ``BackupUnusable``."""
    environment = settings.environment
    try:
        return await put_back(
            source,
            environment.database_file(),
            key=environment.backup_key(),
            force=force,
            now=SystemClock().now(),
        )
    except OSError as error:
        raise BackupUnusable(f"can't restore {source}: {error.strerror}") from error


def format_backup(report: BackupReport) -> str:
    """What was written, for the operator."""
    how = "encrypted" if report.encrypted else "not encrypted (set OO_BACKUP_KEY)"
    return f"{report.file}: {_content(report)}, checked, {how}"


def format_restore(report: BackupReport) -> str:
    """What was put back, for the operator."""
    again = f"; deleted again, as they had left since: {report.deleted}" if report.deleted else ""
    return f"Restored {report.file}: {_content(report)}{again}"


def _content(report: BackupReport) -> str:
    people = report.rows.get("people", 0)
    return f"people: {people}, rows: {sum(report.rows.values())}, version {report.version}"
