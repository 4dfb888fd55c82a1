"""A database with very many people, filled by SQL: each is a copy of one whom oO itself has served.

The first person is made through the store. So the rows are those that oO writes, whatever its tables are.

Tests: tests/benchmarks/test_load.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import asyncpg
from sqlalchemy import Column, Table

from adapters.storage.tables import metadata, schema_of
from benchmarks.deployment import (
    Deployment,
    add_history,
    add_person,
    new_database,
    running_deployment,
    sender,
)
from core.chat import Tapped
from core.delivery.callbacks import handle_of
from core.records import Person

FIRST_CHAT = 7_000_000_000
"""The chat of the first person; the others' follow."""

_NEXT_WEEK = "(extract(epoch FROM now() + interval '7 days') * 1000000)::bigint + i * 1000"
_NO_TRIGGERS = "SET session_replication_role = replica"
"""Neither foreign keys nor the tests' check of locks; for the rest of the connection."""
_NUMBERED = frozenset({"external_id", "address"})
_SHARED = frozenset({"model_version", "policy_id", "feature_version", "candidate_id", "space", "digest"})
"""Parts of keys that are the same for everybody."""
_HISTORY = ("oo_tips", "oo_chat", "oo_events", "oo_learning")


@dataclass(frozen=True, slots=True, kw_only=True)
class Crowd:
    """How many there are, and what they have. Nobody is due before ``let_be_due``."""

    people: int
    history_of: int
    """So many people have tips, events and statistics."""
    tasks: int = 5
    decisions: int = 3


async def fill(url: str, crowd: Crowd, folder: Path) -> Person:
    """Fill the migrated, empty database at ``url``; returns the first of the people.

    Takes about a minute for each million people, and one for each 200,000 with a history.
    """
    reset = new_database.set(lambda _: url)
    try:
        async with running_deployment(folder) as deployment:
            person = await _first_person(deployment, crowd)
    finally:
        new_database.reset(reset)
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(_NO_TRIGGERS)
        await connection.execute("UPDATE oo_events.events SET dispatched_at = happened_at")
        await connection.execute("UPDATE oo_tips.deliveries SET rewarded_at = changed_at")
        for table in metadata.sorted_tables:
            await _multiply(connection, table, person.person_id, crowd)
        await connection.execute("ANALYZE")
    finally:
        await connection.close()
    return person


async def _first_person(deployment: Deployment, crowd: Crowd) -> Person:
    person = await add_person(deployment, str(FIRST_CHAT), tasks=crowd.tasks)
    tokens = await add_history(deployment, person, decisions=crowd.decisions)
    await deployment.app.router.handle(
        Tapped(
            update_id="done",  # where everybody dismisses tips, the policy learns to be silent
            sender=sender(str(FIRST_CHAT)),
            received_at=deployment.clock.now(),
            token=f"{handle_of(tokens[-1])}.0",
            message_id=f"m{crowd.decisions - 1}",
        )
    )
    return person


async def _multiply(connection: asyncpg.Connection, table: Table, person_id: str, crowd: Crowd) -> None:
    """Copy the rows of the first person once for each other person."""
    whose = _whose(table)
    if whose is None:
        return
    many = crowd.history_of if schema_of(table) in _HISTORY else crowd.people
    columns = [column for column in table.columns if not _is_counter(column)]
    names = ", ".join(f'"{column.name}"' for column in columns)
    values = ", ".join(map(_copy, columns))
    place = f'{schema_of(table)}."{table.name}"'
    await connection.execute(
        f"INSERT INTO {place} ({names})"  # noqa: S608 - names of oO's own tables
        f" SELECT {values} FROM {place}, generate_series(1, $2::bigint) i WHERE {whose}",
        person_id,
        many - 1,
        timeout=3600,
    )


def _whose(table: Table) -> str | None:
    """The condition on a row to belong to the person ``$1``."""
    if "person_id" in table.columns:
        return "person_id = $1"
    if "decision_id" in table.columns:
        return "decision_id IN (SELECT decision_id FROM oo_tips.decisions WHERE person_id = $1)"
    return None


def _is_counter(column: Column[object]) -> bool:
    return bool(column.primary_key and column.type.python_type is int and len(column.table.primary_key) == 1)


def _copy(column: Column[object]) -> str:
    """The value of a column in copy number ``i``."""
    name = f'"{column.name}"'
    if column.name in _NUMBERED:
        return f"({name}::bigint + i)::text"
    if column.name == "next_due_at":
        return _NEXT_WEEK
    if column.name in _ids(column.table) and column.name not in _SHARED:
        return f"{name} || '-' || i"
    return name


def _ids(table: Table) -> frozenset[str]:
    """The columns that name something that each person has their own of."""
    return frozenset(_found_ids(table))


def _found_ids(table: Table) -> Iterator[str]:
    for column in table.columns:
        is_text = column.type.python_type is str
        is_key = column.primary_key or column.unique or bool(column.foreign_keys)
        if is_text and (is_key or column.name.endswith("_id") or column.name in ("scope", "subject")):
            yield column.name


async def let_be_due(
    connection: asyncpg.Connection, people: range, *, start: datetime, a_minute: float
) -> None:
    """Give each of these people, by number, a slot of their own to the second: the first at ``start``, the
    others one after the other, so many in each minute.
    """
    second = 1_000_000
    await connection.execute(_NO_TRIGGERS)
    await connection.execute(
        f"""
        WITH planned AS (
            SELECT person_id, to_timestamp($3::float8 + (i - $1::bigint) * 60.0 / $4::float8) AS at
            FROM (SELECT person_id, external_id::bigint - {FIRST_CHAT} AS i FROM oo_people.accounts
                WHERE channel = 'telegram' AND external_id IN (SELECT ({FIRST_CHAT} + one)::text
                    FROM generate_series($1::bigint, $2::bigint) one)) numbered
        )
        UPDATE oo_people.people SET
            zone = 'UTC',
            next_due_at = (extract(epoch FROM date_trunc('second', at)) * {second})::bigint,
            preferences = jsonb_build_object(
                'times', jsonb_build_array(jsonb_build_object('days', '[0,1,2,3,4,5,6]'::jsonb,
                    'times', jsonb_build_array(to_char(at AT TIME ZONE 'UTC', 'HH24:MI:SS')))),
                'quiet', '[]'::jsonb)::text
        FROM planned WHERE planned.person_id = people.person_id
        """,  # noqa: S608 - the numbers within are oO's own
        people[0],
        people[-1],
        start.timestamp(),
        a_minute,
        timeout=3600,
    )
