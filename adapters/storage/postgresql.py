"""PostgreSQL: locks by person, so that people's transactions run side by side.

Nearly everything special about PostgreSQL is here and in ``postgresql_*.py``. A writing transaction is READ
COMMITTED and begins with advisory locks that end with it: one for each of its people, and a shared one for
"everybody". A transaction that may be about everybody takes that one alone. So what a transaction reads about
its people, nobody else changes before its end, as on SQLite; see ADR 0048. A reading one is REPEATABLE READ
and takes no lock.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import Connection, ExceptionContext, Text, bindparam, event, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, IntegrityError

from adapters.storage.asyncio_engine import AsyncEngine, create_async_engine
from adapters.storage.person_locks import PersonLocks
from adapters.storage.postgresql_connecting import Connect, fault_of, place_of
from adapters.storage.postgresql_failures import (
    FAILURES,
    MAY_NOT,
    NO_PARENT,
    cause_of,
    is_confused,
    said_by,
    state_of,
    store_exception,
    untold,
)
from adapters.storage.schema import is_current
from adapters.storage.tables import SCHEMAS, schema_of
from adapters.storage.waking import listen
from adapters.storage.write_queue import WriteQueue
from core.errors import (
    NotFound,
    SettingsError,
    StoreReadOnly,
    StoreRefused,
    StoreUnavailable,
)

MAX_READERS = 16  # reading transactions at once, each on a connection of its own
MAX_WRITERS = 8  # writing transactions at once

_POOL_LOG = "sqlalchemy.pool"

_OWNER = "the role of oO has to own its tables: docs/how-to/use-postgresql.md"

_HAS_WRITTEN = text("SELECT count(pg_current_xact_id_if_assigned())")
_IS_READ_ONLY = text("SELECT pg_is_in_recovery() OR current_setting('transaction_read_only')::boolean")
_VERSION = text("SELECT current_setting('server_version')")

# The order of text must be that of SQLite and of Python, whatever the database was created with.
_OTHER_ORDER = text(
    "SELECT format('ALTER TABLE %s ALTER COLUMN %I TYPE text COLLATE \"C\"', attrelid::regclass, attname)"
    " FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid"
    " JOIN pg_namespace ON pg_namespace.oid = relnamespace"
    " WHERE relkind = 'r' AND (nspname = current_schema() OR nspname = ANY(:schemas)) AND NOT attisdropped"
    " AND atttypid = 'text'::regtype AND attcollation <> '\"C\"'::regcollation"
).bindparams(bindparam("schemas", list(SCHEMAS), type_=ARRAY(Text())))


class Postgresql:
    """A database on a server; implements ``Database``."""

    max_readers = MAX_READERS
    is_shared = True
    is_writing = False

    def __init__(self, address: URL, writer: AsyncEngine, reader: AsyncEngine, patience: float) -> None:
        self.writer = writer
        self.reader = reader
        self.place = place_of(address)
        self._connect = Connect(address)
        self._queue = WriteQueue(MAX_WRITERS)
        self._patience = round(patience * 1000)

    @classmethod
    def open(cls, address: URL, busy_timeout_seconds: float) -> Postgresql:
        """The engines; the first statement connects. Raises the level of the pool's logger: that a connection
        can't be closed whose server has gone is no news, as the store logs that.
        """
        logging.getLogger(_POOL_LOG).setLevel(logging.CRITICAL)
        return cls(
            address,
            _engine(address, "READ COMMITTED", MAX_WRITERS, is_writer=True),
            _engine(address, "REPEATABLE READ", MAX_READERS, is_writer=False),
            busy_timeout_seconds,
        )

    async def listen(self, heard: Callable[[], None]) -> None:
        await listen(self._connect, heard)

    @asynccontextmanager
    async def turn(self, people: Sequence[str]) -> AsyncIterator[None]:
        async with self._queue.turn(people):
            yield

    def locks(self, people: Sequence[str]) -> PersonLocks:
        return PersonLocks(people=tuple(sorted(set(people))), patience=self._patience)

    def check(self) -> None:
        """The server says itself what can't be written."""

    async def is_writable(self) -> bool:
        async with self.writer.connect() as connection:
            return not await connection.run_sync(lambda one: one.scalar(_IS_READ_ONLY))

    def changes(self, connection: Connection) -> int:
        return int(connection.scalar(_HAS_WRITTEN) or 0)

    async def needs_migration(self) -> bool:
        async with self.reader.connect() as connection:
            return not await connection.run_sync(is_current)

    def migrated(self, connection: Connection) -> None:
        """Give every column of text the order of its code points."""
        for statement in connection.scalars(_OTHER_ORDER).all():
            connection.exec_driver_sql(statement)

    def note_endings(self, hashes: Sequence[str]) -> None:
        """No list: its backups are not oO's."""

    def mark_freed_bytes(self, connection: Connection) -> None:
        """The server frees and overwrites by itself (autovacuum), in its own time."""

    def has_freed_bytes(self, connection: Connection) -> bool:
        return False

    def overwrite_freed_bytes(self) -> bool:
        return True

    async def version(self) -> str:
        async with self.reader.connect() as connection:
            return f"PostgreSQL {await connection.run_sync(lambda one: one.scalar(_VERSION))}"

    def opening_failed(self, error: BaseException) -> SettingsError | None:
        """In the server's own words, unless it is an outage."""
        if isinstance(error, StoreRefused):
            return fault_of(self.place, error.said)
        if isinstance(error, DBAPIError) and state_of(untold(error)) == MAY_NOT:  # already when it reads
            return fault_of(self.place, f"{said_by(cause_of(untold(error)))}; {_OWNER}")
        return None

    async def close(self) -> None:
        async with self._queue.turn(()):
            await self.reader.dispose()
            await self.writer.dispose()


def _engine(address: URL, isolation: str, most: int, *, is_writer: bool) -> AsyncEngine:
    engine = create_async_engine(
        URL.create("postgresql+asyncpg"),
        connect_args={"async_creator_fn": Connect(address)},
        isolation_level=isolation,
        # Stored values are personal and must not get into an error message.
        hide_parameters=True,
        pool_reset_on_return=None,  # every session commits or rolls back
        execution_options={"postgresql_readonly": not is_writer},
        # All are kept: to open one costs the server and this process more than ten statements do.
        pool_size=most,
        max_overflow=0,
        pool_use_lifo=True,  # so that no more are opened than are used at once
    )
    # Statements name the schema of a table here and only here; it is no part of the tables (ADR 0055).
    preparer: Any = engine.dialect.identifier_preparer
    preparer.schema_for_object = schema_of
    place = place_of(address)

    @event.listens_for(engine.sync_engine, "checkout")
    def forget_locks(driver: Any, *_: Any) -> None:
        """Of a transaction that ended before its first statement."""
        driver.driver_connection.begin_with("")

    @event.listens_for(engine.sync_engine, "handle_error")
    def translate(context: ExceptionContext) -> None:
        error, original = context.sqlalchemy_exception, context.original_exception
        if isinstance(error, IntegrityError) and state_of(original) == NO_PARENT:
            # The parent row is missing: the person was deleted during this transaction.
            raise NotFound("what this belongs to is gone") from error
        if is_confused(original):
            context.is_disconnect = True
        if trouble := told(original):
            raise trouble from error

    def told(error: BaseException) -> StoreUnavailable | None:
        trouble = store_exception(error)
        is_meant = is_writer or trouble is not StoreReadOnly  # a reader that writes is a bug
        return trouble(place) if trouble and is_meant else None

    @event.listens_for(engine.sync_engine, "before_cursor_execute", retval=True)
    def without_nul(_connection: Any, _cursor: Any, sql: str, values: Any, *_: Any) -> tuple[str, Any]:
        return sql, _without_nul(values)

    # While it handles an error, or prepares a new connection, SQLAlchemy does not tell its listeners.
    engine.translate = lambda error: told(untold(error)) if isinstance(error, FAILURES) else None
    return engine


# --- Text --------------------------------------------------------------------------------------------------


def _without_nul(values: Any) -> Any:
    """PostgreSQL stores no NUL in text. What people type has none (``core.text.clean``); in anything else,
    such as the id of a platform that is looked up, it becomes U+FFFD.
    """
    if isinstance(values, str):
        return values.replace("\0", "\N{REPLACEMENT CHARACTER}") if "\0" in values else values
    if isinstance(values, (tuple, list)):
        return type(values)(map(_without_nul, values))
    return values
