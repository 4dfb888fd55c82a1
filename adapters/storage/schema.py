"""Applies migrations.

An up-to-date database costs two queries; alembic is slow to import and only imported when there is work.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from core.errors import SettingsError

MIGRATIONS = Path(__file__).parents[2] / "migrations"


def revisions() -> tuple[str, ...]:
    """All schema versions that this oO knows, oldest first; files are named ``0001_what.py``."""
    return tuple(sorted(file.name[:4] for file in (MIGRATIONS / "versions").glob("[0-9]*.py")))


def migrate(connection: Connection) -> None:
    """Apply the missing migrations within the transaction of ``connection``.

    Raises ``SettingsError`` when a newer oO made the database.
    """
    current, known = _version(connection), revisions()
    if current == known[-1]:
        return
    if current is not None and current not in known:
        raise SettingsError(
            (f"DATABASE_URL: a newer oO made this database ({current}); this one knows {known[-1]}",)
        )
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    version: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return version
