"""What the errors of PostgreSQL, its driver and SQLAlchemy mean.

Tests: tests/adapters/storage/test_postgresql.py.
"""

from __future__ import annotations

import asyncpg
from sqlalchemy.exc import DBAPIError, PendingRollbackError

from core.errors import (
    StoreBusy,
    StoreConflict,
    StoreFull,
    StoreLost,
    StoreReadOnly,
    StoreUnavailable,
    StoreUnreachable,
)

NO_PARENT = "23503"
MAY_NOT = "42501"

FAILURES = (
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
    cause = cause_of(error)
    if isinstance(cause, asyncpg.InvalidCachedStatementError):
        return StoreConflict  # a migration has changed the table since the statement was prepared
    if (state := state_of(error)) is not None:
        return _EXCEPTION_BY_STATE.get(state) or _EXCEPTION_BY_CLASS.get(state[:2])
    is_cut = isinstance(cause, (OSError, PendingRollbackError)) or (
        isinstance(cause, asyncpg.InterfaceError) and "clos" in str(cause)
    )
    return StoreUnreachable if is_cut or is_confused(error) else None


def is_confused(error: BaseException) -> bool:
    """Whether the driver has lost its place in what the server says. An internal error is what a statement
    gets that comes between the server's last words and the end of the connection.
    """
    cause = cause_of(error)
    is_busy = isinstance(cause, asyncpg.InterfaceError) and "another operation is in progress" in str(cause)
    return is_busy or isinstance(cause, asyncpg.InternalClientError)


def untold(error: BaseException) -> BaseException:
    """What lies behind an error of SQLAlchemy's."""
    return error.orig if isinstance(error, DBAPIError) and error.orig else error


def cause_of(error: BaseException) -> BaseException:
    """What the driver raised."""
    return error.__cause__ or error


def state_of(error: BaseException) -> str | None:
    """The server's code for what happened, if it said so."""
    found = getattr(error, "sqlstate", None)
    return found if isinstance(found, str) and len(found) == 5 else None


def said_by(error: BaseException) -> str:
    """What the server or the driver says, in one line."""
    return str(getattr(error, "message", None) or error)
