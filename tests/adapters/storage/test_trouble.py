"""A database in trouble: the kind of trouble, what is left of the transaction, and what is logged."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from adapters.storage.driver import Connection
from adapters.storage.store import Storage, open_store
from core.errors import (
    StoreBusy,
    StoreFull,
    StoreLost,
    StoreReadOnly,
    StoreUnavailable,
)


@pytest.fixture
async def storage(tmp_path: Path) -> AsyncIterator[Storage]:
    opened = await open_store(f"sqlite:///{tmp_path}/oo.db", busy_timeout_seconds=0.05)
    async with opened.begin() as unit:
        await unit.notes.put(None, "k", "before")
    yield opened
    await opened.close()


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    with closing(sqlite3.connect(folder / "oo.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


async def write(storage: Storage, value: str = "after") -> None:
    async with storage.begin() as unit:
        await unit.notes.put(None, "k", value)


async def found(storage: Storage) -> str | None:
    async with storage.read() as unit:
        return await unit.notes.get(None, "k")


async def pragma(storage: Storage, setting: str) -> None:
    """Set it on the one connection that writes."""
    async with storage.database.writer.connect() as connection:
        driver = await connection.run_sync(lambda one: one.connection.driver_connection)
        assert isinstance(driver, Connection)
        await driver.run("execute", f"PRAGMA {setting}", ())


async def test_another_process_that_writes_too_long_is_trouble_that_passes(
    storage: Storage, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with locked(tmp_path):
        for _ in range(3):
            with pytest.raises(StoreBusy):
                await write(storage)
        assert await found(storage) == "before", "readers go on"
        assert not await storage.is_usable()
    assert await storage.is_usable()
    await write(storage)
    assert await found(storage) == "after"
    assert [record.levelname for record in caplog.records] == ["ERROR", "WARNING"]
    assert caplog.messages == [
        f"the database can't be used (busy): {tmp_path}/oo.db: OperationalError",
        "the database works again",
    ]


async def test_it_is_not_ready_while_another_process_writes_though_nobody_here_does(
    storage: Storage, tmp_path: Path
) -> None:
    with locked(tmp_path):
        assert not await storage.is_usable()
    assert await storage.is_usable()


async def test_a_full_disk_changes_nothing_and_is_used_again_when_there_is_room(
    storage: Storage, caplog: pytest.LogCaptureFixture
) -> None:
    await pragma(storage, "max_page_count = 1")  # as many as there are, and none more
    with pytest.raises(StoreFull):
        await write(storage, "x" * 1_000_000)
    assert await found(storage) == "before"
    assert caplog.messages[0].startswith("the database can't be used (full)")
    await pragma(storage, "max_page_count = 100000")
    assert await storage.is_usable(), "it tries by itself"
    await write(storage)
    assert caplog.messages[1:] == ["the database works again"]


async def test_who_only_looks_while_the_disk_is_full_proves_nothing(
    storage: Storage, caplog: pytest.LogCaptureFixture
) -> None:
    await pragma(storage, "max_page_count = 1")
    for _ in range(3):
        with pytest.raises(StoreFull):
            await write(storage, "x" * 1_000_000)
        async with storage.begin() as unit:  # as a job does that finds nothing to do
            await unit.notes.get(None, "k")
    assert [record.levelname for record in caplog.records] == ["ERROR"]


async def test_a_file_that_may_only_be_read_is_told(storage: Storage) -> None:
    await pragma(storage, "query_only = ON")
    with pytest.raises(StoreReadOnly):
        await write(storage)
    assert not await storage.is_usable()
    await pragma(storage, "query_only = OFF")
    assert await storage.is_usable()


@pytest.mark.parametrize("replaced", [False, True])
async def test_a_file_that_was_taken_away_is_not_written_to_any_more(
    storage: Storage, tmp_path: Path, replaced: bool
) -> None:
    file = tmp_path / "oo.db"
    away = file.rename(tmp_path / "away.db")
    if replaced:
        file.write_bytes(b"")
    for act in (write, found):
        with pytest.raises(StoreLost):
            await act(storage)
    assert not await storage.is_usable()
    away.rename(file)
    await write(storage)
    assert await found(storage) == "after"


async def test_damage_is_told(tmp_path: Path) -> None:
    storage = await open_store(f"sqlite:///{tmp_path}/oo.db")
    await storage.close()
    file = tmp_path / "oo.db"
    file.write_bytes(file.read_bytes()[:100] + b"\xff" * 100_000)
    with pytest.raises(StoreLost):
        await open_store(f"sqlite:///{file}")


async def test_a_locked_database_is_not_opened(storage: Storage, tmp_path: Path) -> None:
    with locked(tmp_path), pytest.raises(StoreBusy):
        await open_store(f"sqlite:///{tmp_path}/oo.db", busy_timeout_seconds=0.05)


async def test_a_transaction_that_asks_nothing_proves_nothing(
    storage: Storage, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with locked(tmp_path):
        with pytest.raises(StoreBusy):
            await write(storage)
        async with storage.begin():
            pass
    assert len(caplog.messages) == 1


async def test_what_is_logged_of_trouble_holds_nothing_that_was_to_be_stored(
    storage: Storage, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG), locked(tmp_path), pytest.raises(StoreUnavailable) as told:
        await write(storage, "CANARY")
    assert "CANARY" not in caplog.text
    assert "CANARY" not in f"{told.value} {told.value.__cause__}"
