"""Opening and closing the file."""

from __future__ import annotations

import asyncio
import sqlite3
import stat
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Connection

from adapters.storage import schema
from adapters.storage.store import open_store
from core.errors import SettingsError
from tests.contracts.store.records import NOW, decision, person, snapshot

LATEST = schema.revisions()[-1]


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def names(folder: Path) -> set[str]:
    return {file.name for file in folder.iterdir()}


def ask(file: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute(query).fetchall()


async def test_what_was_stored_is_there_after_reopening(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/oo.db"
    storage = await open_store(url)
    async with storage.begin() as unit:
        await unit.people.add(person(next_due_at=NOW))
        await unit.decisions.add(decision(), snapshot())
    await storage.close()
    storage = await open_store(url)
    async with storage.read() as unit:
        assert await unit.people.get("ada") == person(next_due_at=NOW)
        assert await unit.decisions.get("d1") == decision()
        assert await unit.decisions.snapshot("m1") == snapshot()
    await storage.close()


async def test_new_files_and_folders_are_for_their_owner_only(tmp_path: Path) -> None:
    storage = await open_store(f"sqlite:///{tmp_path}/new/data/oo.db")
    async with storage.begin() as unit:
        await unit.notes.put(None, "k", "v")
    folder = tmp_path / "new/data"
    assert names(folder) == {"oo.db", "oo.db-wal", "oo.db-shm"}
    assert {mode(folder / name) for name in names(folder)} == {0o600}
    assert mode(folder) == mode(tmp_path / "new") == 0o700
    await storage.close()


async def test_a_folder_that_was_there_keeps_its_mode(tmp_path: Path) -> None:
    folder = tmp_path / "shared"
    folder.mkdir(mode=0o755)
    await (await open_store(f"sqlite:///{folder}/oo.db")).close()
    assert mode(folder) == 0o755


async def test_closing_leaves_one_file_with_everything_in_it(tmp_path: Path) -> None:
    storage = await open_store(f"sqlite:///{tmp_path}/oo.db")
    async with storage.begin() as unit:
        await unit.notes.put(None, "k", "v")
    async with storage.read() as unit:
        await unit.notes.get(None, "k")
    await storage.close()
    assert names(tmp_path) == {"oo.db"}
    assert ask(tmp_path / "oo.db", "SELECT value FROM notes") == [("v",)]


def pragmas(connection: Connection) -> dict[str, object]:
    names = ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "busy_timeout")
    return {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in names}


async def test_commits_survive_a_power_cut_and_readers_go_on_beside(tmp_path: Path) -> None:
    storage = await open_store(f"sqlite:///{tmp_path}/oo.db")
    async with storage.database.writer.connect() as connection:
        found = await connection.run_sync(pragmas)
    await storage.close()
    assert found == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
        "busy_timeout": 5000,
    }


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "mysql://u:secret@h/d", "nonsense"])
async def test_an_address_that_is_no_sqlite_file_is_refused(url: str) -> None:
    with pytest.raises(SettingsError, match=r"sqlite:///data/oo\.db") as caught:
        await open_store(url)
    assert "secret" not in str(caught.value)


async def test_a_place_that_can_not_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SettingsError, match=r"can't write .*file/oo.db: Not a directory"):
        await open_store(f"sqlite:///{tmp_path}/file/oo.db")
    with pytest.raises(SettingsError, match="Is a directory"):
        await open_store(f"sqlite:///{tmp_path}")


async def test_a_file_that_is_no_database_is_named_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "oo.db"
    file.write_text("My diary. " * 500)
    with pytest.raises(SettingsError, match=r"oo\.db: file is not a database"):
        await open_store(f"sqlite:///{file}")
    assert file.read_text() == "My diary. " * 500


async def test_a_database_of_a_newer_oo_is_refused_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "oo.db"
    await (await open_store(f"sqlite:///{file}")).close()
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(SettingsError, match=f"newer oO .*9999.* knows {LATEST}"):
        await open_store(f"sqlite:///{file}")
    assert ask(file, "SELECT version_num FROM alembic_version") == [("9999",)]


async def test_a_migration_that_breaks_off_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """G24: all steps or none; the next start begins again."""
    broken = tmp_path / "migrations"
    (broken / "versions").mkdir(parents=True)
    for name in ("env.py", "script.py.mako"):
        (broken / name).write_text((schema.MIGRATIONS / name).read_text())
    step = (schema.MIGRATIONS / "versions/0001_first.py").read_text()
    (broken / "versions/0001_first.py").write_text(step)
    (broken / "versions/0002_broken.py").write_text(
        "from alembic import op\n"
        "revision, down_revision = '0002', '0001'\n"
        "branch_labels = depends_on = None\n"
        "def upgrade():\n"
        "    op.execute('CREATE TABLE half (done INTEGER)')\n"
        "    raise ZeroDivisionError\n"
    )
    url = f"sqlite:///{tmp_path}/oo.db"
    with monkeypatch.context() as patch:
        patch.setattr(schema, "MIGRATIONS", broken)
        with pytest.raises(ZeroDivisionError):
            await open_store(url)
    assert ask(tmp_path / "oo.db", "SELECT name FROM sqlite_master") == []
    await (await open_store(url)).close()
    assert ask(tmp_path / "oo.db", "SELECT version_num FROM alembic_version") == [(LATEST,)]


OPEN = """
import asyncio, sys
from adapters.storage.store import open_store

async def main():
    await (await open_store(sys.argv[1])).close()

asyncio.run(main())
print("alembic" in sys.modules)
"""


async def open_elsewhere(url: str) -> str:
    """Open and close the store in another process; what that prints: whether it needed alembic."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", OPEN, url, cwd=Path(__file__).parents[3], stdout=asyncio.subprocess.PIPE
    )
    printed, _ = await process.communicate()
    assert process.returncode == 0
    return printed.decode().strip()


async def test_two_processes_may_open_a_new_database_at_once(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/oo.db"
    printed = await asyncio.gather(open_elsewhere(url), open_elsewhere(url))
    assert "True" in printed
    assert ask(tmp_path / "oo.db", "SELECT version_num FROM alembic_version") == [(LATEST,)]


async def test_a_database_that_is_up_to_date_does_not_even_import_alembic(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/oo.db"
    await (await open_store(url)).close()
    assert await open_elsewhere(url) == "False"
