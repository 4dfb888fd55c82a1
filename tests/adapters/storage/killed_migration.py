"""A scenario for ``tests/crash_points.py``: the tables are migrated, and oO is killed.

Tests: tests/adapters/storage/test_version_before.py.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text

from adapters.storage.engine import connect
from adapters.storage.schema import MIGRATIONS, revisions
from adapters.storage.session import transaction
from adapters.storage.store import open_store, tables_state
from tests.databases import CHOSEN, choose
from tests.servers import postgres

OLD = "0022"
PEOPLE = ("ada", "bob")
PERSON = (
    "INSERT INTO people (person_id, created_at, consent, preferences, owner, allowed)"
    " VALUES (:name, 1, 'agreed', '{}', false, '[]')"
)
NOTE = "INSERT INTO notes (person_id, key, value) VALUES (:name, 'hue', 'green')"


def place(folder: Path) -> str:
    chosen = folder / CHOSEN
    return chosen.read_text() if chosen.exists() else f"sqlite:///{folder}/oo.db"


async def prepare(folder: Path) -> None:
    """An older oO has rows of two people."""
    if (folder / CHOSEN).exists():
        choose(folder, postgres.new_database())
    database = connect(place(folder))
    async with transaction(database.writer) as session:
        await session.run(_fill)
        await session.run(database.migrated)
    await database.close()


def _fill(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, OLD)
    for name in PEOPLE:
        connection.execute(text(PERSON), {"name": name})
        connection.execute(text(NOTE), {"name": name})


async def act(folder: Path, arm: Callable[[], None]) -> None:
    """This oO starts."""
    arm()
    await (await open_store(place(folder))).close()


async def check(folder: Path, finished: bool) -> str:
    """The tables are the old ones or the new ones; the next start migrates the rest, with every row."""
    before = (await tables_state(place(folder))).version
    assert before in (OLD, revisions()[-1])
    assert not (finished and before == OLD)
    store = await open_store(place(folder))
    async with store.read() as unit:
        assert await unit.people.ids() == PEOPLE
        assert [await unit.notes.get(name, "hue") for name in PEOPLE] == ["green", "green"]
    await store.close()
    assert (await tables_state(place(folder))).missing == ()
    return "old" if before == OLD else "new"
