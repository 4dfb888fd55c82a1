"""The tables say what is personal, and the migrations build the very same tables."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Column, Table, create_engine

from adapters.storage.personal import about
from adapters.storage.schema import MIGRATIONS, revisions
from adapters.storage.store import open_store
from adapters.storage.tables import (
    incidents,
    install_states,
    leases,
    mail_requests,
    metadata,
    revocations,
    snapshots,
    spaces,
    webhook_deliveries,
    workspaces,
)
from tests.rows import each_of

TABLES = metadata.sorted_tables
ABOUT_NOBODY = (
    mail_requests, revocations, snapshots, spaces, webhook_deliveries, workspaces, install_states, incidents,
    leases,
)  # fmt: skip


@each_of([column for table in TABLES for column in table.c])
def test_every_column_says_whether_it_is_personal(column: Column[object]) -> None:
    """G12."""
    assert column.info.keys() == {"personal", "secret"}


@pytest.mark.parametrize("table", [table for table in TABLES if table not in ABOUT_NOBODY], ids=str)
def test_every_table_with_something_personal_says_whose_it_is(table: Table) -> None:
    """G11: ``everything`` and ``forget`` reach it."""
    assert any(column.info["personal"] for column in table.c)
    assert about(table, "ada") is not None


@pytest.mark.parametrize("table", ABOUT_NOBODY, ids=str)
def test_what_is_about_nobody_holds_nothing_personal_that_can_be_read(table: Table) -> None:
    assert not any(column.info["personal"] and not column.info["secret"] for column in table.c)


def schema(file: Path) -> dict[str, object]:
    """Columns by table, and every index with its words, as SQLite knows them."""
    with closing(sqlite3.connect(file)) as connection:
        names = connection.execute("SELECT name, type, sql FROM sqlite_master").fetchall()
        found: dict[str, object] = {
            name: " ".join((sql or "").split()) for name, kind, sql in names if kind == "index"
        }
        for name, kind, _ in names:
            if kind == "table" and name != "alembic_version":
                found[name] = (
                    connection.execute(f"PRAGMA table_info({name})").fetchall(),
                    sorted(row[2:] for row in connection.execute(f"PRAGMA foreign_key_list({name})")),
                    sorted(row[2:] for row in connection.execute(f"PRAGMA index_list({name})")),
                )
    found.pop("sqlite_autoindex_alembic_version_1", None)
    return found


async def test_migrations_build_the_tables_that_are_declared(tmp_path: Path) -> None:
    await (await open_store(f"sqlite:///{tmp_path}/migrated.db")).close()
    engine = create_engine(f"sqlite:///{tmp_path}/declared.db")
    metadata.create_all(engine)
    engine.dispose()
    migrated, declared = schema(tmp_path / "migrated.db"), schema(tmp_path / "declared.db")
    assert "decisions_slot" in declared
    assert migrated == declared


def test_the_files_are_named_like_alembics_chain_of_revisions() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    chain = [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()]
    assert revisions() == tuple(reversed(chain))
