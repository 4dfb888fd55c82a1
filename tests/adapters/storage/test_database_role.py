"""What the role of a server must be allowed to do, and what the operator is told if it is not.

Tests: migrations/versions/0030_schemas.py.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from adapters.storage.store import open_store
from adapters.storage.tables import SCHEMAS
from bot.screens.texts import store_trouble
from core.errors import SettingsError, StoreReadOnly
from tests.servers import postgres

ROLE = "guest"
IN_PUBLIC = f"GRANT USAGE, CREATE ON SCHEMA public TO {ROLE}"


@pytest.fixture
def url() -> Iterator[str]:
    """An empty database, as a role that may connect to it and nothing else."""
    made = postgres.new_database()
    postgres.server().execute(f"CREATE ROLE {ROLE} LOGIN")
    yield made.replace("//oo@", f"//{ROLE}@")
    postgres.drop(made)
    postgres.server().execute(f"DROP ROLE {ROLE}")


def allow(url: str, *statements: str) -> None:
    postgres.server().execute(*statements, database=postgres.name_in(url))


def tables_in(url: str) -> int:
    query = "SELECT count(*) FROM pg_class WHERE relkind = 'r' AND pg_get_userbyid(relowner) = $1"
    found = postgres.server().execute(query.replace("$1", f"'{ROLE}'"), database=postgres.name_in(url))
    return int(found[0][0])


async def test_a_role_that_may_not_make_schemas_is_told_what_to_grant_and_changes_nothing(url: str) -> None:
    allow(url, IN_PUBLIC)
    grant = f"GRANT CREATE ON DATABASE {postgres.name_in(url)} TO {ROLE}"
    with pytest.raises(SettingsError, match=f"oO may not make schemas: {grant}"):
        await open_store(url)
    assert tables_in(url) == 0

    allow(url, grant)
    await (await open_store(url)).close()
    assert tables_in(url) > 0


async def test_schemas_that_the_operator_has_made_are_used(url: str) -> None:
    allow(url, IN_PUBLIC, *(f"CREATE SCHEMA {one} AUTHORIZATION {ROLE}" for one in SCHEMAS))
    await (await open_store(url)).close()
    assert tables_in(url) > 0


async def test_one_schema_that_is_there_already_is_used_beside_those_that_oo_makes(url: str) -> None:
    allow(url, IN_PUBLIC, f"GRANT CREATE ON DATABASE {postgres.name_in(url)} TO {ROLE}")
    allow(url, f"CREATE SCHEMA oo_tasks AUTHORIZATION {ROLE}")
    await (await open_store(url)).close()
    assert tables_in(url) > 0


async def test_a_role_that_may_only_read_is_told_of_a_role_and_not_of_a_file(url: str) -> None:
    with pytest.raises(StoreReadOnly) as raised:
        await open_store(url)
    said = store_trouble(raised.value)
    assert "Give its role the right to write" in said
    assert f"GRANT CREATE ON DATABASE {postgres.name_in(url)} TO {ROLE}" in said
    assert IN_PUBLIC in said
    assert "file" not in said
