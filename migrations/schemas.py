"""Where a migration puts a table: in its schema on PostgreSQL, nowhere on SQLite (ADR 0055).

Tests: tests/adapters/storage/test_version_before.py.
"""

from __future__ import annotations

from alembic import op


def place(schema: str) -> str | None:
    """The schema that an operation names: ``op.add_column("tasks", …, schema=place("oo_tasks"))``."""
    return schema if op.get_bind().dialect.name == "postgresql" else None
