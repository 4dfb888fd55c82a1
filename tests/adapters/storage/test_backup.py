"""Backups: a consistent copy beside a running oO, and back, without whoever left since."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from adapters.storage.backup import BackupReport, back_up, check, restore
from adapters.storage.endings import Endings, deletion_hash
from adapters.storage.schema import revisions
from adapters.storage.store import Storage, open_store
from core.errors import BackupUnusable
from core.incidents import last_backup
from core.people.privacy import forget
from tests.core.histories import lived, two_sided
from tests.core.outsiders import NOW
from tests.core.worlds import Scene, scene

KEY, OTHER_KEY = bytes(range(32)), bytes(range(1, 33))
SALT = bytes(16)


class Place:
    """A database with people, and a file for its backup."""

    def __init__(self, folder: Path) -> None:
        self.database = folder / "data" / "oo.db"
        self.backup = folder / "backups" / "copy"
        self.backup.parent.mkdir()

    async def open(self) -> Storage:
        return await open_store(f"sqlite:///{self.database}")

    def back_up(self, key: bytes | None = None) -> BackupReport:
        return back_up(self.database, self.backup, key=key, salt=SALT, now=NOW)

    async def restore(self, key: bytes | None = None, *, force: bool = False) -> BackupReport:
        return await restore(self.backup, self.database, key=key, force=force, now=NOW)


@pytest.fixture
async def place(tmp_path: Path) -> Place:
    place = Place(tmp_path)
    store = await place.open()
    here = scene(store)
    for name in ("ada", "bob"):
        await here.person(name)
        await here.task(f"Secret of {name}", name)
        await lived(store, here.clock.now(), two_sided(), name)
    await store.close()
    return place


async def people(place: Place) -> tuple[str, ...]:
    store = await place.open()
    try:
        async with store.read() as unit:
            return await unit.people.ids()
    finally:
        await store.close()


def gone(place: Place) -> None:
    """The database is lost."""
    for file in place.database.parent.glob("oo.db*"):
        file.unlink()


@pytest.mark.parametrize("key", [None, KEY])
async def test_what_was_backed_up_comes_back(place: Place, key: bytes | None) -> None:
    made = place.back_up(key)
    assert (made.version, made.encrypted, made.rows["people"]) == (revisions()[-1], key is not None, 2)
    assert made.bytes == place.backup.stat().st_size
    assert place.backup.stat().st_mode & 0o777 == 0o600
    before = place.database.read_bytes()
    gone(place)

    back = await place.restore(key)

    assert (back.rows, back.encrypted, back.repeated.people) == (made.rows, made.encrypted, 0)
    assert await people(place) == ("ada", "bob")
    assert len(before) == place.database.stat().st_size
    assert place.database.stat().st_mode & 0o077 == 0
    assert [file.name for file in place.database.parent.iterdir() if "backup" in file.name] == []


async def test_an_encrypted_backup_shows_nothing(place: Place) -> None:
    place.back_up(KEY)
    assert b"Secret of ada" not in place.backup.read_bytes()
    for key in (None, OTHER_KEY):
        with pytest.raises(BackupUnusable):
            await place.restore(key, force=True)
    assert await people(place) == ("ada", "bob")


async def test_a_backup_is_made_while_somebody_writes(place: Place) -> None:
    store = await place.open()
    here = scene(store)

    async def write() -> None:
        for number in range(60):
            await here.task(f"Task {number}", "ada")

    writing = asyncio.create_task(write())
    reports = [await asyncio.to_thread(place.back_up) for _ in range(5)]
    await writing
    await store.close()
    counts = [one.rows["tasks"] for one in reports]
    assert counts == sorted(counts)
    assert place.back_up().rows["tasks"] == 62


async def test_what_is_still_in_the_log_is_in_the_backup(place: Place) -> None:
    store = await place.open()
    await scene(store).task("In the log", "ada")
    assert place.database.with_name("oo.db-wal").stat().st_size > 0
    rows = place.back_up().rows
    await store.close()
    assert rows["tasks"] == 3


async def test_no_database_is_replaced_unless_that_is_said(place: Place) -> None:
    place.back_up()
    with pytest.raises(BackupUnusable, match="--force"):
        await place.restore()
    assert (await place.restore(force=True)).rows["people"] == 2


async def test_no_database_is_replaced_while_it_is_in_use(place: Place) -> None:
    place.back_up()
    store = await place.open()
    await scene(store).task("Newer", "ada")
    async with store.read() as unit:
        await unit.people.ids()
        with pytest.raises(BackupUnusable, match="in use"):
            await place.restore(force=True)
    async with store.read() as unit:
        assert len(await unit.tasks.open("ada")) == 2
    await store.close()


async def test_a_restored_backup_brings_nobody_back_who_left_since(place: Place) -> None:
    """G11: the list of endings lies beside the database."""
    place.back_up()
    store = await place.open()
    here = scene(store)
    await forget(await here.stored("ada"), here.deps)
    left = await here.model_of()
    await store.close()

    back = await place.restore(force=True)

    assert back.repeated.people == 1
    assert await people(place) == ("bob",)
    store = await place.open()
    assert await scene(store).model_of() == left
    await store.close()
    everything = b"".join(file.read_bytes() for file in place.database.parent.glob("oo.db*"))
    assert b"Secret of ada" not in everything
    assert b"Secret of bob" in everything


async def test_a_list_beside_the_backup_counts_when_the_disk_is_lost(place: Place) -> None:
    """Each backup takes the list along, so an older one can be restored on a new disk."""
    place.back_up()
    older = place.backup.read_bytes()
    store = await place.open()
    here: Scene = scene(store)
    await forget(await here.stored("ada"), here.deps)
    await store.close()
    place.back_up()
    place.backup.write_bytes(older)
    gone(place)

    assert (await place.restore()).repeated.people == 1
    assert await people(place) == ("bob",)
    assert deletion_hash("ada") in Endings.beside(place.database).hashes()


def test_the_list_holds_no_id(tmp_path: Path) -> None:
    deletions = Endings.beside(tmp_path / "oo.db")
    assert deletions.hashes() == frozenset()
    deletions.add([deletion_hash("ada")])
    deletions.add([deletion_hash("ada"), deletion_hash("bob")])
    assert deletions.hashes() == {deletion_hash("ada"), deletion_hash("bob")}
    assert b"ada" not in deletions.file.read_bytes()
    assert len(deletions.file.read_text().splitlines()) == 2
    assert deletions.file.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("damage", ["no database", "cut off", "zeroed", "empty"])
async def test_a_damaged_backup_replaces_nothing(place: Place, damage: str) -> None:
    place.back_up()
    content = place.backup.read_bytes()
    wrong = {
        "no database": b"hello" * 100,
        "cut off": content[: len(content) // 2],
        "zeroed": content[:8192] + bytes(8192) + content[16384:],
        "empty": b"",
    }
    place.backup.write_bytes(wrong[damage])
    with pytest.raises(BackupUnusable):
        await place.restore(force=True)
    assert await people(place) == ("ada", "bob")


async def test_a_backup_of_a_newer_oo_is_refused(place: Place) -> None:
    place.back_up()
    with closing(sqlite3.connect(place.backup)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    with pytest.raises(BackupUnusable, match="newer"):
        await place.restore(force=True)


async def test_another_database_is_none_of_oo(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "other.db")) as connection:
        connection.execute("CREATE TABLE songs (title)")
        connection.commit()
    with pytest.raises(BackupUnusable, match="no database of oO"):
        check(tmp_path / "other.db")


async def test_the_database_itself_is_no_place_for_a_backup(place: Place) -> None:
    with pytest.raises(BackupUnusable, match="itself"):
        back_up(place.database, place.database, key=None, salt=SALT, now=NOW)
    with pytest.raises(BackupUnusable, match="no database"):
        back_up(place.database.with_name("none.db"), place.backup, key=None, salt=SALT, now=NOW)


async def test_a_lost_database_that_is_only_rubbish_is_replaced(place: Place) -> None:
    place.back_up()
    gone(place)
    place.database.write_bytes(b"rubbish" * 1000)
    assert (await place.restore(force=True)).rows["people"] == 2
    assert await people(place) == ("ada", "bob")


async def test_a_backup_notes_in_the_database_when_it_was_made(place: Place) -> None:
    for _ in range(2):
        place.back_up()
    store = await place.open()
    async with store.read() as unit:
        assert await last_backup(unit) == NOW
    await store.close()


async def test_a_backup_is_whole_where_its_time_can_not_be_noted(
    place: Place, caplog: pytest.LogCaptureFixture
) -> None:
    """Such as that of a database without the table of notes, or one that is only mounted to be read."""
    with closing(sqlite3.connect(place.database)) as connection:
        connection.execute("ALTER TABLE notes RENAME TO other")
    assert place.back_up().rows["people"] == 2
    assert "could not be noted" in caplog.text
