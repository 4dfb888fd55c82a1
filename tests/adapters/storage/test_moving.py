"""From SQLite to PostgreSQL and back: everything is there, and the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from adapters.storage.moving import MovedTable, move
from adapters.storage.store import Storage, open_store
from core.errors import MoveRefused, SettingsError
from core.store.leases import lock_of
from tests.contracts.store.records import NOW, event, person, said, task
from tests.contracts.store.test_personal import fill
from tests.servers import postgres


async def filled(folder: Path) -> str:
    """A file with rows in it, some of them odd."""
    url = f"sqlite:///{folder}/oo.db"
    store = await open_store(url)
    async with store.begin() as unit:
        await unit.people.add(person("bob"))
        await unit.people.add(person("ada"))
        await fill(unit, "ada", other="bob")
        await fill(unit, "bob", other="ada")
        await unit.learning.write({"population": bytes(range(256))})
        await unit.notes.put(None, "offset", "1")
        for number in range(30):  # in an order of their own
            await unit.tasks.put(task(f"t{number * 7 % 30}", title=f"№ {number} ß\U0001f331"))
            await unit.events.append(event(f"e{number}", person_id=None))
        await unit.tasks.put(task("odd", title="nul\x00byte"))
    await store.close()
    return url


def told(moved: tuple[MovedTable, ...]) -> dict[str, tuple[int, str]]:
    return {one.name: (one.rows, one.digest) for one in moved}


async def test_there_and_back_everything_is_the_same(tmp_path: Path) -> None:
    source, server, back = await filled(tmp_path), postgres.new_database(), f"sqlite:///{tmp_path}/back.db"
    there = told(await move(source, server))
    assert told(await move(server, back)) == there
    assert there["tasks"][0] == 33
    assert there["events"][0] == 32
    stores = [await open_store(url) for url in (source, back, server)]
    exported = [await export(store) for store in stores]
    assert exported[0] == exported[1] == exported[2]
    for store in stores:
        await store.close()


async def export(store: Storage) -> dict[str, list[dict[str, object]]]:
    async with store.read() as unit:
        everything = await unit.people.everything("ada")
    return {
        name: sorted((row for row in rows if row.get("task_id") != "odd"), key=str)
        for name, rows in everything.items()
    }


@pytest.fixture(autouse=True)
def _few_rows_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("adapters.storage.moving.ROWS_AT_ONCE", 7)


async def test_what_comes_after_a_move_is_counted_on(tmp_path: Path) -> None:
    server = postgres.new_database()
    await move(await filled(tmp_path), server)
    store = await open_store(server)
    async with store.begin() as unit:
        number = await unit.inbox.put(said("new", "ada-x"))
        await unit.events.append(event("new"))
    async with store.read() as unit:
        assert number == 3
        assert [one.update.update_id for one in await unit.inbox.waiting()][-1] == "new"
        assert (await unit.events.undispatched(200))[-1].event_id == "new"
    await store.close()


async def test_a_database_with_rows_is_refused_and_left_alone(tmp_path: Path) -> None:
    source, server = await filled(tmp_path), postgres.empty_database()
    store = await open_store(server)
    async with store.begin() as unit:
        await unit.people.add(person("eve"))
    with pytest.raises(MoveRefused, match=r"not empty: there are rows in people\. Name a new one"):
        await move(source, server)
    async with store.read() as unit:
        assert await unit.people.ids() == ("eve",)
    await store.close()
    with pytest.raises(MoveRefused, match="the database itself"):
        await move(source, source)


async def test_a_file_that_somebody_has_open_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.storage.moving.BUSY_TIMEOUT_SECONDS", 0.1)
    source, other = await filled(tmp_path), f"sqlite:///{tmp_path}/other.db"
    for used, *between in ((source, source, other), (other, source, other)):
        store = await open_store(used)
        async with store.read() as unit:
            await unit.people.ids()
        with pytest.raises(MoveRefused, match="the database is in use: stop oO first"):
            await move(*between)
        await store.close()
    await move(source, other)


@pytest.mark.parametrize("name", ["replica ada.0", "replica ada.1"])
async def test_a_server_is_refused_while_a_process_lives_on_it(tmp_path: Path, name: str) -> None:
    server, target = postgres.new_database(migrated=True), f"sqlite:///{tmp_path}/new.db"
    store = await open_store(server)
    async with store.begin(lock_of(name)) as unit:
        lease = await unit.leases.take(name, "ada", now=NOW, seconds=60)
    with pytest.raises(MoveRefused, match="the database is in use: stop oO first; one that was killed"):
        await move(server, target)
    assert lease is not None
    async with store.begin(lock_of(name)) as unit:
        await unit.leases.give_back(lease)
    await store.close()
    await move(server, target)


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("oo.db", "--to: expected something like sqlite:///"),
        ("postgresql://oo:Pa55@sEc:ReT@h/oo", "--to: the port is no number"),
        ("sqlite:////proc/oo.db", "--to: can't write /proc/oo.db"),
        ("missing", '--to: postgresql://oo@/missing: database "missing" does not exist'),
        ("newer", "--to: a newer oO made this database"),
    ],
)
async def test_faults_of_the_target_are_said_to_be_of_the_target(
    tmp_path: Path, target: str, said: str
) -> None:
    if target == "missing":
        target = postgres.server().url(target)
    if target == "newer":
        target = postgres.new_database(migrated=True)
        newer = "UPDATE alembic_version SET version_num = '0999'"
        postgres.server().execute(newer, database=postgres.name_in(target))
    with pytest.raises(SettingsError, match=said) as raised:
        await move(await filled(tmp_path), target)
    assert "DATABASE_URL" not in str(raised.value)


async def test_faults_of_the_source_are_said_to_be_of_the_settings(tmp_path: Path) -> None:
    (tmp_path / "oo.db").write_text("My diary. " * 500)
    with pytest.raises(SettingsError, match=r"DATABASE_URL: .* file is not a database"):
        await move(f"sqlite:///{tmp_path}/oo.db", f"sqlite:///{tmp_path}/new.db")


async def test_a_move_that_breaks_off_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source, server = await filled(tmp_path), postgres.new_database()
    with monkeypatch.context() as patch:
        patch.setattr("adapters.storage.moving._digest", lambda *_: (0, "something else"))
        with pytest.raises(MoveRefused, match="is not the same"):
            await move(source, server)
    store = await open_store(server)
    async with store.read() as unit:
        assert await unit.people.ids() == ()
    await store.close()
    await move(source, server)
