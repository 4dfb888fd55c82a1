"""The writer under stress: cancelled, refused, interrupted by another process."""

from __future__ import annotations

import asyncio
import random
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError, OperationalError

from adapters.storage.store import Storage, open_store
from core.errors import NotFound
from core.store import DuePerson
from tests.contracts.store.records import NOW, account, event, person, task
from tests.waiting import WAIT_LIMIT


@pytest.fixture
async def storage(tmp_path: Path) -> AsyncIterator[Storage]:
    storage = await open_store(f"sqlite:///{tmp_path}/oo.db")
    async with storage.begin() as unit:
        await unit.people.add(person())
        await unit.notes.put(None, "left", "0")
        await unit.notes.put(None, "right", "0")
    yield storage
    await storage.close()


async def step(storage: Storage) -> None:
    """Count two notes up together."""
    async with storage.begin() as unit:
        for key in ("left", "right"):
            before = await unit.notes.get(None, key)
            await unit.notes.put(None, key, str(int(before or 0) + 1))


async def test_blocks_cancelled_anywhere_happen_whole_or_not_at_all(storage: Storage) -> None:
    chance = random.Random(7)
    done = 0
    for _ in range(120):
        one = asyncio.create_task(step(storage))
        await asyncio.wait({one}, timeout=chance.random() * 0.008)
        one.cancel()
        async with asyncio.timeout(WAIT_LIMIT):
            await asyncio.wait({one})
        done += not one.cancelled()
    async with asyncio.timeout(WAIT_LIMIT):
        await step(storage)
    async with storage.read() as unit:
        left, right = await unit.notes.get(None, "left"), await unit.notes.get(None, "right")
    # A cancellation that came while the commit was under way finds it done.
    assert left == right
    assert done < int(left or 0) <= 121


async def test_a_commit_that_fails_is_not_in_the_way_of_the_next(storage: Storage) -> None:
    async def fail() -> None:
        async with storage.begin() as unit:
            session = unit.people._session
            await session.run(lambda connection: connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON"))
            await unit.tasks.put(task(person_id="nobody"))

    with pytest.raises(NotFound):
        await fail()
    await step(storage)
    async with storage.read() as unit:
        assert await unit.notes.get(None, "left") == "1"


async def test_reads_cancelled_anywhere_leave_the_store_usable(storage: Storage) -> None:
    async def look() -> None:
        async with storage.read() as unit:
            await unit.notes.get(None, "left")
            await unit.people.get("ada")

    chance = random.Random(8)
    for _ in range(40):
        looks = [asyncio.create_task(look()) for _ in range(6)]
        await asyncio.sleep(chance.random() * 0.004)
        for one in looks[::2]:
            one.cancel()
        await asyncio.wait(looks)
        assert all(one.cancelled() or one.exception() is None for one in looks)
    async with asyncio.timeout(WAIT_LIMIT):
        await look()


async def test_a_reading_transaction_can_not_write(storage: Storage) -> None:
    async with storage.read() as unit:
        with pytest.raises(OperationalError, match="readonly"):
            await unit.notes.put(None, "left", "9")


async def test_another_process_writing_is_waited_for(storage: Storage, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "oo.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        waiting = asyncio.create_task(step(storage))
        await asyncio.wait([waiting], timeout=0.1)
        assert not waiting.done()
        other.execute("COMMIT")
        async with asyncio.timeout(WAIT_LIMIT):
            await waiting


async def test_many_reads_at_once_are_all_answered(storage: Storage) -> None:
    everyone = asyncio.Barrier(20)

    async def look() -> str | None:
        async with storage.read() as unit:
            note = await unit.notes.get(None, "left")
            await everyone.wait()
            return note

    async with asyncio.timeout(WAIT_LIMIT):
        assert set(await asyncio.gather(*(look() for _ in range(20)))) == {"0"}


async def test_an_error_message_holds_nothing_that_was_to_be_stored(storage: Storage) -> None:
    """G13."""

    async def clash() -> None:
        async with storage.begin() as unit:
            await unit.people.save_account(account("a1", external_id="same"))
            await unit.people.save_account(account("a2", external_id="same", address="canary"))

    with pytest.raises(DBAPIError) as caught:
        await clash()
    assert "canary" not in str(caught.value)


@pytest.mark.parametrize(
    "title", ["'; DROP TABLE tasks; --", "nul\x00byte", "\u202e\U0001f331", "%s :x ?", ""]
)
async def test_hostile_text_is_just_text(storage: Storage, title: str) -> None:
    async with storage.begin() as unit:
        await unit.tasks.put(task(title=title))
    async with storage.read() as unit:
        assert (await unit.tasks.get("t1")).title == title


# --- Statements that wait for the next round trip ----------------------------------------------------------


async def test_what_waits_is_seen_by_the_next_query_of_its_transaction(storage: Storage) -> None:
    async with storage.begin() as unit:
        await unit.learning.write({"ada": b"1"})
        await unit.learning.write({"ada": b"2"})
        assert await unit.learning.read("ada") == {"ada": b"2"}
        await unit.learning.write({"ada": b"3"})
    async with storage.read() as unit:
        assert await unit.learning.read("ada") == {"ada": b"3"}


async def test_what_waits_at_a_rollback_is_forgotten(storage: Storage) -> None:
    async def fail() -> None:
        async with storage.begin() as unit:
            await unit.learning.write({"ada": b"1"})
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    async with storage.begin() as unit:
        await unit.notes.put(None, "left", "7")
    async with storage.read() as unit:
        assert await unit.learning.read("ada") == {}
        assert await unit.notes.get(None, "left") == "7"


@pytest.mark.parametrize("then", ["query", "commit"])
async def test_what_waits_and_fails_leaves_nothing_and_stays_in_nobodys_way(
    storage: Storage, then: str
) -> None:
    async def fail() -> None:
        async with storage.begin() as unit:
            await unit.notes.put(None, "left", "9")
            await unit.events.append(event(person_id="nobody"))
            if then == "query":
                await unit.people.ids()

    with pytest.raises(NotFound):
        await fail()
    async with storage.begin() as unit:
        await unit.events.append(event())
    async with storage.read() as unit:
        assert await unit.notes.get(None, "left") == "0"
        assert [one.event_id for one in await unit.events.undispatched(10)] == [event().event_id]


async def test_a_transaction_sees_the_people_it_has_changed(storage: Storage) -> None:
    async with storage.begin() as unit:
        before = await unit.people.get("ada")
        await unit.people.save(replace(before, zone="Asia/Tokyo", next_due_at=NOW))
        assert (await unit.people.get("ada")).zone == "Asia/Tokyo"
        assert await unit.people.claim(DuePerson(person_id="ada", due_at=NOW), None)
        assert (await unit.people.get("ada")).next_due_at is None
        await unit.people.forget("ada")
        with pytest.raises(NotFound):
            await unit.people.get("ada")
