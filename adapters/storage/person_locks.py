"""The locks of a transaction on PostgreSQL: advisory ones, which end with it (ADR 0048).

They are those of a transaction and not of a session, and so are the settings: PgBouncer may be between.

Tests: tests/adapters/storage/test_postgresql.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Text, bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY

IDLE_SECONDS = 60
"""After this time without a statement, the server ends a transaction about everybody: the process may be
stopped or cut off, and its locks would keep everybody waiting."""
PERSON_IDLE_SECONDS = 10
"""The same for one about people: it computes less, and whoever goes on with its work waits for its locks."""

# Each is sent together with the beginning of its transaction, so it is text without parameters. The settings
# hold for the waiting as well.
_SETTINGS = (
    "SELECT set_config('lock_timeout', '{patience}ms', true),"
    " set_config('idle_in_transaction_session_timeout', '{idle}s', true)"
)
_EVERYBODY = "hashtextextended('oO', 0)"
_LOCK_EVERYBODY = f"{_SETTINGS}, pg_advisory_xact_lock({_EVERYBODY})"
_LOCK_PEOPLE = f"{_SETTINGS}, pg_advisory_xact_lock_shared({_EVERYBODY})"
_LOCK_PERSON = ", pg_advisory_xact_lock(hashtextextended('oO ' || {person}, 0))"

_LOCK_NAME = text("SELECT pg_advisory_xact_lock(hashtextextended('oO, ' || :name, 0))").bindparams(
    bindparam("name", type_=Text())
)
_LOCK_FREE = text(
    "SELECT one FROM unnest(:people) one WHERE pg_try_advisory_xact_lock(hashtextextended('oO ' || one, 0))"
).bindparams(bindparam("people", type_=ARRAY(Text())))


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLocks:
    """The locks of one transaction; implements ``Locks``."""

    people: tuple[str, ...]
    """In order, so that two transactions about the same people don't wait for each other. None: everybody."""

    patience: int
    """How long to wait for each lock, in milliseconds."""

    def begin(self, connection: Connection) -> None:
        """The transaction begins with them: with its first statement."""
        driver: Any = connection.connection.driver_connection
        driver.begin_with(self._statement())

    def _statement(self) -> str:
        if not self.people:
            return _LOCK_EVERYBODY.format(patience=self.patience, idle=IDLE_SECONDS)
        settings = _LOCK_PEOPLE.format(patience=self.patience, idle=PERSON_IDLE_SECONDS)
        return settings + "".join(_LOCK_PERSON.format(person=_literal(person)) for person in self.people)

    def take(self, connection: Connection, name: str) -> None:
        """Needed beside other people only: who has locked everybody is alone."""
        if self.people:
            connection.execute(_LOCK_NAME, {"name": name})

    def take_free(self, connection: Connection, people: Sequence[str]) -> Sequence[str]:
        """What SKIP LOCKED is for locks of rows. Who has locked everybody has locked these as well."""
        if not self.people:
            return people
        return connection.scalars(_LOCK_FREE, {"people": [*people]}).all()


def _literal(value: str) -> str:
    """Text as SQL in which nothing has to be quoted, whatever it holds."""
    return f"convert_from(decode('{value.encode().hex()}', 'hex'), 'UTF8')"
