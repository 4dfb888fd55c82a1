"""Latency of the query for due people among a million, on the real tables."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter

from adapters.storage.store import open_store
from benchmarks.table import Row, percentile
from core.records import Person

PEOPLE = 1_000_000
DUE = 5_000
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


async def measure_scan(folder: Path) -> list[Row]:
    """Time the query for 5,000 due people among 1,000,000."""
    file = folder / "scan.db"
    store = await open_store(f"sqlite:///{file}")
    async with store.begin() as unit:
        await unit.people.add(Person(person_id="p", created_at=NOW, next_due_at=NOW + timedelta(days=1)))
    _populate(file)
    times = []
    for _ in range(20):
        async with store.read() as unit:
            started = perf_counter()
            found = await unit.people.due(NOW, DUE + 1)
            times.append((perf_counter() - started) * 1000)
    await store.close()
    if len(found) != DUE:
        raise AssertionError(f"{len(found)} people found, {DUE} are due")
    return [
        Row(
            what="due scan, 1,000,000 people, 5,000 due, p50",
            value=percentile(times, 0.5),
            goal=50,
            unit="ms",
        )
    ]


def _populate(file: Path) -> None:
    """Copy one person by SQL: a million inserts through the store would take an hour."""
    second = 1_000_000
    now = int(NOW.timestamp()) * second
    with sqlite3.connect(file) as connection:
        names = [row[1] for row in connection.execute("PRAGMA table_info(people)")]
        columns = ", ".join(name for name in names if name not in ("person_id", "next_due_at"))
        query = (
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)"  # noqa: S608 - names from the line above
            f" INSERT INTO people (person_id, next_due_at, {columns})"
            f" SELECT 'p' || i, CASE WHEN i <= ? THEN ? - i ELSE ? + i * ? END, {columns} FROM n, people"
            " WHERE person_id = 'p'"
        )
        connection.execute(query, (PEOPLE - 1, DUE, now, now, second))
