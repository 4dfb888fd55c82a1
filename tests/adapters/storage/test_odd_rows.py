"""A row of our own that can't be read whole takes no list away."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from adapters.storage.store import open_store
from core.records import Due, Person, Task, TaskSource

NOW = datetime(2026, 10, 1, 8, tzinfo=UTC)


@pytest.mark.parametrize("due", ["", "CANARY", "null", "7", '{"on": "0000-00-00"}', '{"at": "25:00"}'])
async def test_a_due_date_that_can_not_be_read_costs_no_task(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, due: str
) -> None:
    storage = await open_store(f"sqlite:///{tmp_path}/oo.db")
    tasks = [
        Task(
            task_id=f"oo-{title}", person_id="ann", title=title, created_at=NOW, due=Due(on=date(2026, 10, 2))
        )
        for title in ("Call Ann", "Pay rent")
    ]
    async with storage.begin() as unit:
        await unit.people.add(Person(person_id="ann", created_at=NOW))
        for task in tasks:
            await unit.tasks.put(task)
    with closing(sqlite3.connect(tmp_path / "oo.db")) as connection, connection:
        connection.execute("UPDATE tasks SET due = ? WHERE title = 'Pay rent'", (due,))

    async with storage.read() as unit:
        found = {task.title: task.due for task in await unit.tasks.open("ann")}
        assert await unit.tasks.mirrored("ann", TaskSource.OO)
    await storage.close()

    assert found == {"Call Ann": Due(on=date(2026, 10, 2)), "Pay rent": None}
    assert "CANARY" not in caplog.text
    assert "a Due in the database can't be read" in caplog.text or due == "null"
