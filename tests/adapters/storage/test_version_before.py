"""An oO of the version before goes on working on the tables of this one, while it is replaced.

``BEFORE`` is its last migration. A release moves it on.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, inspect

from adapters.storage.engine import connect
from adapters.storage.schema import MIGRATIONS
from adapters.storage.store import open_store
from adapters.storage.tables import metadata as declared
from adapters.storage.tables import schema_of
from tests.adapters.storage import killed_migration
from tests.crash_points import sweep, sweep_server
from tests.servers import postgres

BEFORE = "0026"
SCHEMA_OF = {table.name: schema_of(table) for table in declared.sorted_tables}


def upgrade(connection: Connection, to: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, to)


def columns(connection: Connection, table: str, schema: str | None = None) -> dict[str, dict[str, Any]]:
    return {one["name"]: dict(one) for one in inspect(connection).get_columns(table, schema=schema)}


def unique_keys(connection: Connection, table: str, schema: str | None = None) -> set[str | None]:
    found = inspect(connection)
    named = [one["name"] for one in found.get_unique_constraints(table, schema=schema)]
    return {*named, *(one["name"] for one in found.get_indexes(table, schema=schema) if one["unique"])}


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/oo.db" if request.param == "sqlite" else postgres.new_database()


def check_added(connection: Connection) -> None:
    """Migrate from the version before to this one; nothing that its statements rely on is gone."""
    upgrade(connection, BEFORE)
    names = [one for one in inspect(connection).get_table_names() if one != "alembic_version"]
    before = {one: (columns(connection, one), unique_keys(connection, one)) for one in names}
    upgrade(connection, "head")
    is_server = connection.dialect.name == "postgresql"
    for name, (known, keys) in before.items():
        schema = SCHEMA_OF[name] if is_server else None
        now = columns(connection, name, schema)
        assert unique_keys(connection, name, schema) == keys, f"{name}: rows of before could be refused"
        for column in known.values():
            same = now.get(column["name"])
            assert same is not None, f"{name}.{column['name']} is gone"
            is_same = type(same["type"]) is type(column["type"])  # the order of text may be another one
            assert is_same, f"{name}.{column['name']} has another type"
            assert same["nullable"] or not column["nullable"], f"{name}.{column['name']} must be given now"
        for column in now.values():
            is_optional = column["nullable"] or column["default"] is not None
            assert column["name"] in known or is_optional, f"{name}.{column['name']} must be given"


async def test_migrations_since_the_version_before_only_add(url: str) -> None:
    """The first step of two. What is not used any more is removed by a later version: the second."""
    database = connect(url)
    try:
        async with database.writer.connect() as connection:
            await connection.begin()
            await connection.run_sync(check_added)
            await connection.rollback()
    finally:
        await database.close()


ADD_PERSON = (
    "INSERT INTO people (person_id, created_at, consent, preferences, owner, allowed)"
    " VALUES ('eve', 1, 'agreed', '{}', false, '[]')"
)


async def test_both_versions_see_what_the_other_one_writes() -> None:
    """The version before knows a table by the name that is a view now."""
    url = postgres.new_database(migrated=True)
    name = postgres.name_in(url)
    alone = "SELECT pg_advisory_xact_lock(hashtextextended('oO', 0))"
    put = f"{ADD_PERSON} ON CONFLICT (person_id) DO UPDATE SET zone = 'UTC'"
    postgres.server().execute("BEGIN", alone, put, put, "COMMIT", database=name)
    store = await open_store(url)
    async with store.begin("eve") as unit:
        person = await unit.people.get("eve")
        await unit.notes.put("eve", "hue", "green")
    await store.close()
    assert person.person_id == "eve"
    seen = postgres.server().execute("SELECT value FROM notes WHERE person_id = 'eve'", database=name)
    assert [row["value"] for row in seen] == ["green"]


def test_a_migration_that_is_killed_is_done_by_the_next_start_on_postgresql(tmp_path: Path) -> None:
    """``--statements`` takes every statement (``tests/crash_points.py``)."""
    assert set(sweep_server(killed_migration, tmp_path).outcomes) == {"old", "new"}


def test_a_migration_that_is_killed_is_done_by_the_next_start_on_sqlite(tmp_path: Path) -> None:
    swept = sweep(
        killed_migration.__name__, tmp_path, "adapters/storage/session.py", "adapters/storage/schema.py"
    )
    assert set(swept.outcomes) == {"old", "new"}
