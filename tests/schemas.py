"""Which schemas a statement names, so that no statement joins tables of two (ADR 0055).

Every statement that a test runs is looked at once, when it is compiled (``tests/databases.py``).

Tests: tests/adapters/storage/test_schemas.py.
"""

from __future__ import annotations

from sqlalchemy import ClauseElement
from sqlalchemy.dialects.sqlite.aiosqlite import dialect
from sqlalchemy.sql.compiler import IdentifierPreparer

from adapters.storage.tables import schema_of


class _Recording(IdentifierPreparer):
    """Notes the schema of every table whose name gets into a statement."""

    def __init__(self) -> None:
        self.found: set[str] = set()
        super().__init__(dialect())

    def schema_for_object(self, named: object) -> None:  # type: ignore[override]
        schema = schema_of(named)
        if schema is not None:
            self.found.add(schema)


def schemas_in(statement: ClauseElement) -> set[str]:
    """The schemas of all tables in a statement, or a part of one, wherever they are in it."""
    noting, recording = dialect(), _Recording()
    noting.identifier_preparer = recording
    statement.compile(dialect=noting)
    return recording.found


def check_schemas(statement: ClauseElement) -> None:
    """Raises ``AssertionError`` for a statement with tables of two schemas."""
    found = schemas_in(statement)
    assert len(found) <= 1, f"a statement joins tables of {sorted(found)}: {statement}"
