"""The tables that migrations make are those that the code declares, on both databases."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, ForeignKeyConstraint, MetaData, Table
from sqlalchemy.schema import SchemaConst

from adapters.storage.engine import connect
from adapters.storage.schema import revisions
from adapters.storage.store import open_store, tables_state
from adapters.storage.tables import metadata, schema_of
from core.errors import SettingsError
from core.records import ConsentEntry, Purpose
from tests.contracts.store.records import NOW, person
from tests.servers import postgres
from tests.waiting import WAIT_LIMIT

LATEST = revisions()[-1]


@pytest.fixture(params=["sqlite", "postgresql"])
def new_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database without tables."""
    return f"sqlite:///{tmp_path}/new.db" if request.param == "sqlite" else postgres.new_database()


def differences(connection: Connection) -> list[Any]:
    """What alembic finds between the database and the declared tables."""
    options = {"compare_type": True, "compare_server_default": False, "include_schemas": True}
    declared = metadata if connection.dialect.name == "sqlite" else in_schemas()
    return list(compare_metadata(MigrationContext.configure(connection, opts=options), declared))


def in_schemas() -> MetaData:
    """The declared tables, each in its schema."""
    placed = MetaData()
    for table in metadata.sorted_tables:
        table.to_metadata(
            placed,
            schema=schema_of(table) or SchemaConst.RETAIN_SCHEMA,
            referred_schema_fn=schema_of_referred,
        )
    return placed


def schema_of_referred(
    table: Table, to_schema: str | None, constraint: ForeignKeyConstraint, referred_schema: str | None
) -> str | None:
    """The schema of the table that a foreign key refers to."""
    return schema_of(constraint.referred_table)


async def test_the_migrations_make_the_declared_tables(new_url: str) -> None:
    await (await open_store(new_url)).close()
    database = connect(new_url)
    async with database.reader.connect() as connection:
        found = await connection.run_sync(differences)
    await database.close()
    assert found == []


async def test_every_text_on_postgresql_is_in_the_order_of_its_code_points() -> None:
    url = postgres.new_database()
    await (await open_store(url)).close()
    others = postgres.server().execute(
        "SELECT attrelid::regclass, attname, collname FROM pg_attribute"
        " JOIN pg_class ON pg_class.oid = attrelid JOIN pg_collation ON pg_collation.oid = attcollation"
        " WHERE relkind = 'r' AND relnamespace::regnamespace::text ~ '^(public|oo_.*)$' AND collname <> 'C'",
        database=url.partition("@/")[2].partition("?")[0],
    )
    assert [one[0] for one in others] == ["alembic_version"]


async def test_what_is_missing_is_told_without_a_change(new_url: str) -> None:
    before = await tables_state(new_url)
    assert (before.version, before.missing) == (None, revisions())
    assert await tables_state(new_url) == before
    await (await open_store(new_url)).close()
    after = await tables_state(new_url)
    assert (after.version, after.missing) == (LATEST, ())


async def test_a_database_of_a_newer_oo_is_refused() -> None:
    url = postgres.new_database(migrated=True)
    name = url.partition("@/")[2].partition("?")[0]
    postgres.server().execute("UPDATE alembic_version SET version_num = '9999'", database=name)
    with pytest.raises(SettingsError, match=f"newer oO .*9999.* knows {LATEST}"):
        await open_store(url)


OPEN = """
import asyncio, sys
from adapters.storage.store import open_store

async def main():
    await (await open_store(sys.argv[1])).close()

asyncio.run(main())
print("alembic" in sys.modules)
"""


async def open_elsewhere(url: str) -> bool:
    """Open and close the store in another process; whether that had to migrate."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", OPEN, url, cwd=Path(__file__).parents[3], stdout=asyncio.subprocess.PIPE
    )
    async with asyncio.timeout(WAIT_LIMIT):
        printed, _ = await process.communicate()
    assert process.returncode == 0
    return printed.decode().strip() == "True"


async def test_of_two_processes_that_start_at_once_one_migrates() -> None:
    url = postgres.new_database()
    migrated = await asyncio.gather(open_elsewhere(url), open_elsewhere(url))
    assert any(migrated)
    assert (await tables_state(url)).version == LATEST
    assert not await open_elsewhere(url), "whoever comes later waits for nobody"


async def test_an_entry_of_the_consent_log_is_never_changed_on_postgresql_either() -> None:
    url = postgres.empty_database()
    store = await open_store(url)
    async with store.begin() as unit:
        await unit.people.add(person())
        entry = ConsentEntry(
            purpose=Purpose.LEARNING, granted=True, version="1", channel=None, at=NOW, person_id="ada"
        )
        await unit.consents.add([entry])
    await store.close()
    with pytest.raises(asyncpg.IntegrityConstraintViolationError, match="never changed"):
        postgres.server().execute("UPDATE consents SET granted = false", database=postgres.MIGRATED)
