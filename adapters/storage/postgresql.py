"""PostgreSQL: locks by person, so that people's transactions run side by side.

Nearly everything special about PostgreSQL is here. A writing transaction is READ COMMITTED and begins with
advisory locks that end with it: one for each of its people, and a shared one for "everybody". A transaction
that may be about everybody takes that one alone. So what a transaction reads about its people, nobody else
changes before its end, as on SQLite; see ADR 0048. A reading one is REPEATABLE READ and takes no lock.
"""

from __future__ import annotations

import logging
import ssl
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import asyncpg
from sqlalchemy import Connection, ExceptionContext, Text, bindparam, event, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, IntegrityError, PendingRollbackError

from adapters.storage.asyncio_engine import AsyncEngine, create_async_engine
from adapters.storage.person_locks import PersonLocks
from adapters.storage.postgresql_driver import connect
from adapters.storage.schema import is_current
from adapters.storage.tables import SCHEMAS, schema_of
from adapters.storage.waking import listen
from adapters.storage.write_queue import WriteQueue
from core.errors import (
    NotFound,
    SettingsError,
    StoreBusy,
    StoreConflict,
    StoreFull,
    StoreLost,
    StoreReadOnly,
    StoreUnavailable,
    StoreUnreachable,
)

MAX_READERS = 16  # reading transactions at once, each on a connection of its own
MAX_WRITERS = 8  # writing transactions at once
CONNECT_SECONDS = 10.0
STATEMENT_SECONDS = 300.0  # a server that never answers is given up; the largest job takes less

_POOL_LOG = "sqlalchemy.pool"

_FOREIGN_PARAMETERS = frozenset({"channel_binding", "pgbouncer"})
"""Parameters of URLs for other drivers; asyncpg would take them for settings of the server."""

UTF8 = "UTF8"
_MAKE_IT = "make another: createdb --owner oo --encoding UTF8 --locale C --template template0 NAME"
_OWNER = "the role of oO has to own its tables: docs/how-to/use-postgresql.md"

_OUTAGES = frozenset({"08", "40", "53", "57", "58", "XX"})
"""Classes of codes with which a server lets nobody in that will let somebody in again."""

_FILES = frozenset({"sslrootcert", "sslcert", "sslkey", "sslcrl"})
"""Parameters of URLs that name files."""

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
        self.place = _place(address)
        self._connect = _Connect(address)
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
        cause = error.__cause__
        if isinstance(error, DBAPIError) and _state(untold(error)) == _MAY_NOT:  # already when it reads
            return _fault(self.place, f"{_said(_cause(untold(error)))}; {_OWNER}")
        is_refused = isinstance(cause, asyncpg.PostgresError) and (_state(cause) or "")[:2] not in _OUTAGES
        return _fault(self.place, _said(cause)) if is_refused and cause else None

    async def close(self) -> None:
        async with self._queue.turn(()):
            await self.reader.dispose()
            await self.writer.dispose()


def _engine(address: URL, isolation: str, most: int, *, is_writer: bool) -> AsyncEngine:
    engine = create_async_engine(
        URL.create("postgresql+asyncpg"),
        connect_args={"async_creator_fn": _Connect(address)},
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
    place = _place(address)

    @event.listens_for(engine.sync_engine, "checkout")
    def forget_locks(driver: Any, *_: Any) -> None:
        """Of a transaction that ended before its first statement."""
        driver.driver_connection.begin_with("")

    @event.listens_for(engine.sync_engine, "handle_error")
    def translate(context: ExceptionContext) -> None:
        error, original = context.sqlalchemy_exception, context.original_exception
        if isinstance(error, IntegrityError) and _state(original) == _NO_PARENT:
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
    engine.translate = lambda error: told(untold(error)) if isinstance(error, _FAILURES) else None
    return engine


def _place(address: URL) -> str:
    """The address without the password and what else may be secret in it."""
    plain = URL.create("postgresql", address.username, None, address.host, address.port, address.database)
    return plain.render_as_string()


def _said(error: BaseException) -> str:
    """In one line."""
    return str(getattr(error, "message", None) or error)


def _fault(place: str, said: str) -> SettingsError:
    return SettingsError((f"DATABASE_URL: {place}: {said}",))


class _Connect:
    """Opens connections; understands what libpq does in a URL, such as ``sslmode``."""

    def __init__(self, address: URL) -> None:
        own = address.difference_update_query(_FOREIGN_PARAMETERS).set(drivername="postgresql")
        self._dsn = own.render_as_string(hide_password=False)
        self._place = _place(address)
        for name in _FILES & address.query.keys():
            file = str(address.query[name])
            if file != "system" and not Path(file).is_file():
                raise _fault(self._place, f"there is no file {file} ({name})")

    async def __call__(self, **_options: Any) -> Any:
        try:
            opened = await connect(self._dsn, timeout=CONNECT_SECONDS, command_timeout=STATEMENT_SECONDS)
        except OSError as error:  # also if it took too long
            raise self._unreachable(error) from error
        except asyncpg.InternalClientError as error:
            raise StoreUnreachable(self._place) from error
        except (ValueError, OverflowError) as error:  # no trouble of the server's: the URL is wrong
            raise _fault(self._place, f"the URL can't be understood: {error}") from error
        except (asyncpg.PostgresError, asyncpg.InterfaceError) as error:
            kind = store_exception(error)
            kind = StoreUnreachable if kind in {None, StoreReadOnly} else kind
            raise (kind or StoreUnreachable)(self._place, _said(error)) from error
        await self._check_encoding(opened)
        return opened

    def _unreachable(self, error: OSError) -> StoreUnreachable | SettingsError:
        """A certificate and a server without TLS are settings."""
        if isinstance(error, ssl.SSLCertVerificationError):
            return _fault(self._place, f"its certificate is not trusted: {error.verify_message}")
        if "rejected SSL upgrade" in str(error):
            return _fault(self._place, "the server offers no TLS, which sslmode demands")
        return StoreUnreachable(self._place)

    async def _check_encoding(self, opened: Any) -> None:
        encoding = getattr(opened.get_settings(), "server_encoding", UTF8)
        if encoding != UTF8:
            await opened.close()
            raise _fault(self._place, f"its encoding is {encoding}, so it can't hold every text; {_MAKE_IT}")


# --- Failures ----------------------------------------------------------------------------------------------

_NO_PARENT = "23503"
_MAY_NOT = "42501"

_FAILURES = (
    *(DBAPIError, PendingRollbackError, OSError),
    *(asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError),
)
"""What the database, the driver and SQLAlchemy raise."""

_EXCEPTION_BY_STATE: dict[str, type[StoreUnavailable]] = {
    "40001": StoreConflict,  # serialization_failure
    "40P01": StoreConflict,  # deadlock_detected
    "55P03": StoreBusy,  # lock_not_available: lock_timeout
    "57014": StoreBusy,  # query_canceled: statement_timeout
    "53300": StoreBusy,  # too_many_connections
    "53100": StoreFull,  # disk_full
    "25006": StoreReadOnly,  # read_only_sql_transaction: a standby
    "42501": StoreReadOnly,  # insufficient_privilege
    "25P03": StoreUnreachable,  # idle_in_transaction_session_timeout
    "25P04": StoreUnreachable,  # transaction_timeout
    "40003": StoreUnreachable,  # statement_completion_unknown
    "XX000": StoreUnavailable,  # internal_error: also of a server that is just ending or recovering
}
_EXCEPTION_BY_CLASS: dict[str, type[StoreUnavailable]] = {
    "08": StoreUnreachable,  # connection
    "40": StoreConflict,  # transaction_rollback
    "57": StoreUnreachable,  # the server stops or starts
    "28": StoreUnreachable,  # it refuses the user
    "3D": StoreUnreachable,  # it has no such database
    "53": StoreUnavailable,  # it lacks memory
    "58": StoreUnavailable,  # its disk
    "XX": StoreLost,  # damage
}


def store_exception(error: BaseException) -> type[StoreUnavailable] | None:
    """The exception for a failure of the database; None for an error of oO's own."""
    cause = _cause(error)
    if isinstance(cause, asyncpg.InvalidCachedStatementError):
        return StoreConflict  # a migration has changed the table since the statement was prepared
    if (state := _state(error)) is not None:
        return _EXCEPTION_BY_STATE.get(state) or _EXCEPTION_BY_CLASS.get(state[:2])
    is_cut = isinstance(cause, (OSError, PendingRollbackError)) or (
        isinstance(cause, asyncpg.InterfaceError) and "clos" in str(cause)
    )
    return StoreUnreachable if is_cut or is_confused(error) else None


def is_confused(error: BaseException) -> bool:
    """Whether the driver has lost its place in what the server says. An internal error is what a statement
    gets that comes between the server's last words and the end of the connection.
    """
    cause = _cause(error)
    is_busy = isinstance(cause, asyncpg.InterfaceError) and "another operation is in progress" in str(cause)
    return is_busy or isinstance(cause, asyncpg.InternalClientError)


def untold(error: BaseException) -> BaseException:
    """What lies behind an error of SQLAlchemy's."""
    return error.orig if isinstance(error, DBAPIError) and error.orig else error


def _cause(error: BaseException) -> BaseException:
    """What the driver raised."""
    return error.__cause__ or error


def _state(error: BaseException) -> str | None:
    """The server's code for what happened, if it said so."""
    found = getattr(error, "sqlstate", None)
    return found if isinstance(found, str) and len(found) == 5 else None


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
