"""The database behind the store: an interface to what differs between SQLite and PostgreSQL.

``sqlite.py`` and ``postgresql.py`` implement it. All else in this package serves both.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from adapters.storage.asyncio_engine import AsyncEngine
from adapters.storage.session import Locks
from core.errors import SettingsError

BUSY_TIMEOUT_SECONDS = 5.0  # for the write of another process

EXAMPLES = "sqlite:///data/oo.db or postgresql://name:password@host/database"
ESCAPES = "in a password write @ as %40, : as %3A, / as %2F, ? as %3F, % as %25"
MAX_PORT = 65535


class Database(Protocol):
    """One database. ``people`` are the ids that a transaction is about; none: it may be about everybody."""

    writer: AsyncEngine
    reader: AsyncEngine

    @property
    def place(self) -> str:
        """Where it is, without a password: for the log."""
        ...

    @property
    def max_readers(self) -> int:
        """Reading transactions at once."""
        ...

    @property
    def is_shared(self) -> bool:
        """Whether processes on several machines may use it, and so several ``oo run``."""
        ...

    async def listen(self, heard: Callable[[], None]) -> None:
        """Until it is cancelled: call ``heard`` each time another process wakes this one, and whenever that
        may have been missed.
        """
        ...

    def turn(self, people: Sequence[str]) -> AbstractAsyncContextManager[None]:
        """Wait in this process until no transaction that this one must not meet is writing."""
        ...

    def locks(self, people: Sequence[str]) -> Locks | None:
        """What keeps transactions of other processes away, from the first statement to the end."""
        ...

    def check(self) -> None:
        """Raises ``StoreLost`` if what is written now would be lost."""
        ...

    @property
    def is_writing(self) -> bool:
        """Whether nothing else can be written now, as this process is writing."""
        ...

    async def is_writable(self) -> bool:
        """Whether a write could begin now."""
        ...

    def changes(self, connection: Connection) -> int:
        """A number that is larger once the transaction has changed something."""
        ...

    async def needs_migration(self) -> bool:
        """False if the tables are known to be up to date without waiting for anybody who writes."""
        ...

    def migrated(self, connection: Connection) -> None:
        """Complete the tables that migrations have made, within their transaction."""
        ...

    def note_endings(self, hashes: Sequence[str]) -> None:
        """Before a commit: what ended in it, so that a restored backup does not bring it back. Blocks.

        Raises ``OSError``.
        """
        ...

    def mark_freed_bytes(self, connection: Connection) -> None:
        """Within the transaction: freed bytes are to be overwritten after it."""
        ...

    def has_freed_bytes(self, connection: Connection) -> bool:
        """Whether freed bytes are still to be overwritten."""
        ...

    def overwrite_freed_bytes(self) -> bool:
        """Overwrite them; False if another connection prevented it. Blocks."""
        ...

    async def version(self) -> str:
        """Name and version of what keeps the data."""
        ...

    def opening_failed(self, error: BaseException) -> SettingsError | None:
        """What the operator has to do about an error of opening it; None if nothing."""
        ...

    async def close(self) -> None:
        """Wait for running writes, then close every connection."""
        ...


def connect(url: str, *, busy_timeout_seconds: float = BUSY_TIMEOUT_SECONDS) -> Database:
    """The database at ``url``; a SQLite file is created if it is missing.

    Raises ``SettingsError`` if the URL is of neither kind or unclear, or the file can't be written.
    """
    address = _address(url)
    if address.get_backend_name() == "sqlite" and address.database not in {None, "", ":memory:"}:
        from adapters.storage.sqlite import Sqlite

        return Sqlite.open(address, busy_timeout_seconds)
    if address.drivername in {"postgresql", "postgres", "postgresql+asyncpg"}:
        # Imported only here: without PostgreSQL, a start does not pay for its driver.
        from adapters.storage.postgresql import Postgresql

        return Postgresql.open(address, busy_timeout_seconds)
    raise SettingsError((f"DATABASE_URL: oO keeps its data in SQLite or PostgreSQL: {EXAMPLES}",))


def file_at(url: str) -> Path | None:
    """The file of the database; None if it is on a server, or the URL is wrong."""
    driver, _, path = url.partition(":///")
    return Path(path.partition("?")[0]) if driver.startswith("sqlite") and path else None


def _address(url: str) -> URL:
    """Raises ``SettingsError`` without a part of the URL: what seems to be the host may be a password."""
    try:
        address = make_url(url)
    except ArgumentError as error:
        raise SettingsError((f"DATABASE_URL: expected something like {EXAMPLES}",)) from error
    except ValueError:
        raise SettingsError((f"DATABASE_URL: the port is no number; {ESCAPES}",)) from None
    if address.get_backend_name() != "sqlite":
        _check_server(url, address)
    return address


def _check_server(url: str, address: URL) -> None:
    if address.port is not None and not 0 < address.port <= MAX_PORT:
        raise SettingsError((f"DATABASE_URL: there is no port {address.port}: the last one is {MAX_PORT}",))
    place, _, query = url.partition("?")
    names = (one.partition("=") for one in query.split("&") if query)
    if place.count("@") > 1 or any("@" in name or not equals for name, equals, _ in names):
        raise SettingsError((f"DATABASE_URL: it is not clear where the host begins; {ESCAPES}",))
