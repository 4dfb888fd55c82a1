"""Tables are grouped into schemas, and nothing but a reference to a person leaves one."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import ClauseElement, Table, insert, select, union_all, update

import adapters.storage
from adapters.storage.store import open_store
from adapters.storage.tables import (
    SCHEMAS,
    decisions,
    deliveries,
    metadata,
    people,
    schema_of,
    tasks,
)
from tests.rows import each_of
from tests.schemas import check_schemas, schemas_in
from tests.servers import postgres

MODULES = [module.name for module in pkgutil.iter_modules(adapters.storage.__path__)]

SEVERAL = {
    "decisions": "a stored tip comes with its task",
    "events": "the log, and the notes of oO and of people",
    "joining": "gives everything of one person to another, table by table",
    "operations": "counts what the operator sees",
    "people": "what leaves with an account: its messages, and tips that were on their way to it",
    "personal": "exports and deletes everything about a person, table by table",
    "spending": "counts nothing for a person who was deleted meanwhile",
    "workspaces": "the accounts in a workspace of Slack",
}
"""The modules that read or write tables of more than one schema, each with its own statements, and what for:
what a move to another database would have to turn into calls.
"""


@each_of(metadata.sorted_tables)
def test_every_table_is_in_a_schema_whose_module_declares_it(table: Table) -> None:
    schema = schema_of(table)
    assert schema in SCHEMAS
    declared = vars(importlib.import_module(f"adapters.storage.tables.{schema}")).values()
    assert any(one is table for one in declared)


@each_of(metadata.sorted_tables)
def test_a_foreign_key_leaves_its_schema_only_for_a_person(table: Table) -> None:
    for key in table.foreign_keys:
        target = key.column.table
        assert target is people or schema_of(target) == schema_of(table)


def statements(module: str) -> Iterator[tuple[str, ClauseElement]]:
    """Every statement, or part of one, that is made when a module is imported."""
    for name, value in vars(importlib.import_module(f"adapters.storage.{module}")).items():
        if isinstance(value, ClauseElement) and not isinstance(value, Table):
            yield name, value


def test_no_statement_joins_tables_of_two_schemas() -> None:
    """Those that are made later are looked at when a test runs them (``tests/schemas.py``)."""
    joining = [
        f"{module}.{name}: {sorted(found)}"
        for module in MODULES
        for name, one in statements(module)
        if len(found := schemas_in(one)) > 1
    ]
    assert joining == []


JOINS: dict[str, Any] = {
    "join": select(tasks.c.title).join(people, people.c.person_id == tasks.c.person_id),
    "alias": select(tasks.alias("theirs").c.title, people.alias("whose").c.zone),
    "where": select(tasks.c.title).where(
        tasks.c.person_id.in_(select(people.c.person_id).where(people.c.owner))
    ),
    "exists": select(tasks.c.title).where(
        select(decisions.c.tip).where(decisions.c.person_id == tasks.c.person_id).exists()
    ),
    "scalar": select(select(people.c.zone).limit(1).scalar_subquery(), tasks.c.title),
    "cte": select((below := select(people.c.person_id).cte("those")).c.person_id, tasks.c.title).join(
        tasks, tasks.c.person_id == below.c.person_id
    ),
    "union": union_all(select(tasks.c.person_id), select(people.c.person_id)),
    "insert": insert(tasks).from_select(["person_id"], select(people.c.person_id)),
    "update": update(tasks).values(title=select(people.c.zone).limit(1).scalar_subquery()),
    "update from": update(tasks).where(tasks.c.person_id == people.c.person_id).values(title=""),
    "lateral": select(tasks.c.title, select(people.c.zone).lateral("zones").c.zone),
}


@each_of(JOINS)
def test_every_way_to_join_two_schemas_is_noticed(way: str) -> None:
    with pytest.raises(AssertionError, match="oo_tasks"):
        check_schemas(JOINS[way])


def test_a_join_within_a_schema_is_fine() -> None:
    check_schemas(select(decisions.c.tip).join(deliveries))


async def test_a_join_is_refused_when_a_test_runs_it(database_url: str) -> None:
    store = await open_store(database_url)
    try:
        with pytest.raises(AssertionError, match="joins tables of"):
            async with store.read() as unit:
                await unit.session.rows(JOINS["join"])
    finally:
        await store.close()


def test_who_uses_tables_of_several_schemas_says_what_for() -> None:
    using = {
        module
        for module in MODULES
        if module != "tables"
        and len({schema_of(one) for one in tables_named_in(module) if schema_of(one)}) > 1
    }
    assert using == SEVERAL.keys()


def tables_named_in(module: str) -> list[Table]:
    """The tables that a module imports."""
    named = vars(importlib.import_module(f"adapters.storage.{module}")).values()
    return [one for one in named if isinstance(one, Table)]


def test_postgresql_has_the_schemas_and_views_with_the_former_names() -> None:
    postgres.empty_database()
    found = postgres.server().execute(
        "SELECT table_schema, table_name FROM information_schema.tables"
        " WHERE table_schema LIKE 'oo%' AND table_type = 'BASE TABLE'",
        database=postgres.MIGRATED,
    )
    assert {tuple(row) for row in found} == {(schema_of(one), one.name) for one in metadata.sorted_tables}


def test_a_module_stays_short() -> None:
    folder = Path(adapters.storage.__path__[0]) / "tables"
    assert max(len(file.read_text().splitlines()) for file in folder.glob("*.py")) < 300
