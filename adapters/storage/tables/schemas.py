"""Tables grouped into schemas, by the modules that own them: on PostgreSQL, each could move to a database of
its own. A file of SQLite has no schemas: there the tables stand side by side.

No statement joins tables of two schemas, and a foreign key leaves its schema only for ``people`` (ADR 0055).

Tests: tests/adapters/storage/test_schemas.py.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import MetaData, Table

metadata = MetaData()

SCHEMAS = (
    "oo_people",
    "oo_tasks",
    "oo_tips",
    "oo_chat",
    "oo_learning",
    "oo_events",
    "oo_integrations",
    "oo_operations",
)
"""The schemas on PostgreSQL, each with the name of the module here that declares its tables."""

_SCHEMA = "schema"


def grouped(schema: str) -> Callable[..., Table]:
    """Makes tables of a schema: ``table(name, *columns and indexes)``."""

    def table(name: str, *parts: Any) -> Table:
        return Table(name, metadata, *parts, info={_SCHEMA: schema})

    return table


def schema_of(table: object) -> str | None:
    """The schema of a table on PostgreSQL; that of a migration's table is the one it names. None for anything
    else in a FROM clause, such as an alias.
    """
    return table.info.get(_SCHEMA, table.schema) if isinstance(table, Table) else None
