"""Applies migrations.

An up-to-date database costs two queries; alembic is slow to import and only imported when there is work.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from core.errors import SettingsError

MIGRATIONS = Path(__file__).parents[2] / "migrations"


def revisions() -> tuple[str, ...]:
    """All schema versions that this oO knows, oldest first; files are named ``0001_what.py``."""
    return tuple(sorted(file.name[:4] for file in (MIGRATIONS / "versions").glob("[0-9]*.py")))


def migrate(connection: Connection) -> bool:
    """Apply the missing migrations within the transaction of ``connection``; whether there were any.

    Raises ``SettingsError`` when a newer oO made the database.
    """
    current, known = version(connection), revisions()
    if current == known[-1]:
        return False
    _refuse_unknown(current, known)
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    return True


def _refuse_unknown(current: str | None, known: tuple[str, ...]) -> None:
    if current is not None and current not in known:
        raise SettingsError(
            (f"DATABASE_URL: a newer oO made this database ({current}); this one knows {known[-1]}",)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class TablesState:
    """How far the tables of a database are."""

    version: str | None
    """None: there are none."""
    missing: tuple[str, ...]
    """The migrations to apply, in order."""


def state(connection: Connection) -> TablesState:
    """How far the tables are. Raises ``SettingsError`` when a newer oO made the database."""
    current, known = version(connection), revisions()
    _refuse_unknown(current, known)
    missing = known if current is None else tuple(one for one in known if one > current)
    return TablesState(version=current, missing=missing)


def is_current(connection: Connection) -> bool:
    """Whether no migration is missing."""
    return version(connection) == revisions()[-1]


def version(connection: Connection) -> str | None:
    """The version of the tables; None: there are none."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found
