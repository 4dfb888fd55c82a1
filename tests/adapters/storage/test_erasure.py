"""G11: of a forgotten person not a byte stays in the file or its log."""

from __future__ import annotations

import asyncio
import random
import sqlite3
import threading
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from adapters.storage import sqlite
from adapters.storage.sqlite import overwrite_freed_bytes
from adapters.storage.store import Storage, open_store
from core.records import Integration, TokenStatus
from core.store import Invitation, Unit
from tests.contracts.store.records import (
    NOW,
    account,
    context,
    correction,
    decision,
    delivery,
    event,
    handle,
    mentioned,
    person,
    reaction,
    reward,
    said,
    scored,
    snapshot,
    snooze,
    task,
    tip,
    trial,
)
from tests.waiting import WAIT_LIMIT

PEOPLE = ("ada", "bob", "eve")


def canary(name: str, size: int = 1) -> str:
    return f"canary-{name}-" * size


def hits(folder: Path, name: str) -> int:
    return sum(file.read_bytes().count(canary(name).encode()) for file in folder.iterdir())


async def write(unit: Unit, name: str, number: int, size: int) -> None:
    """One more row about ``name`` in every table that grows, its texts up to several pages long."""
    text = canary(name, size)
    key = f"{canary(name)}{number}"
    mine = {"person_id": name}
    of_decision = {"decision_id": key, **mine}
    candidates = tuple(scored(tip(f"c{place}", content=text, rationale=text)) for place in range(3))
    await unit.tasks.put(task(key, title=text, **mine))
    full = replace(context(), tasks=(task(title=text),))
    await unit.decisions.add(
        decision(**of_decision, slot=key, context=full, candidates=candidates), snapshot()
    )
    await unit.trials.add(trial(task_id=text, **of_decision))
    await unit.deliveries.add(delivery(delivery_id=key, message_id=text, **of_decision))
    await unit.reactions.add(reaction(key, **of_decision))
    await unit.reactions.put_reward(reward(**of_decision))
    await unit.snoozes.add(snooze(key, **of_decision))
    await unit.corrections.put(correction(key, belief=text, **mine))
    await unit.handles.add(handle(key, actions=(text,), **mine))
    await unit.messages.put(mentioned(key, task_ids=(text,), **mine))
    await unit.inbox.put(said(f"{name}-{number}", canary(name), text=text))
    await unit.events.append(event(key, data={"key": text}, **mine))
    await unit.notes.put(name, key, text)
    await unit.learning.write({name: text.encode()})


async def join(unit: Unit, name: str) -> None:
    await unit.people.add(person(name, zone=canary(name)))
    await unit.people.save_account(
        account(name, person_id=name, external_id=canary(name), address=canary(name), language=canary(name))
    )
    await unit.invitations.add(
        Invitation(code_hash=canary(name), created_at=NOW, expires_at=None, invited_by=name)
    )
    await unit.integrations.put(
        Integration(
            person_id=name,
            provider="todoist",
            status=TokenStatus.CONNECTED,
            changed_at=NOW,
            account_name=canary(name),
        )
    )


@pytest.fixture
async def storage(tmp_path: Path) -> AsyncIterator[Storage]:
    """Rows of Ada, Bob and Eve, woven into each other."""
    chance = random.Random(4)
    storage = await open_store(f"sqlite:///{tmp_path}/oo.db")
    async with storage.begin() as unit:
        for name in PEOPLE:
            await join(unit, name)
        for number in range(60):
            await write(unit, chance.choice(PEOPLE), number, chance.choice([1, 3, 20, 100]))
    yield storage
    await storage.close()


async def test_no_byte_is_left_once_the_block_has_ended(storage: Storage, tmp_path: Path) -> None:
    """Trap: SQLite leaves copies in the gaps of pages from which it moved a row."""
    assert hits(tmp_path, "ada") > 1000
    async with storage.begin() as unit:
        await unit.people.forget("ada")
    assert hits(tmp_path, "ada") == 0
    async with storage.begin() as unit:
        await unit.people.forget("bob")
    assert hits(tmp_path, "bob") == 0
    assert hits(tmp_path, "eve") > 1000


async def test_no_byte_is_left_of_what_was_changed_or_dropped_earlier(
    storage: Storage, tmp_path: Path
) -> None:
    async with storage.begin() as unit:
        for one in await unit.tasks.open("ada"):
            await unit.tasks.put(replace(one, title="short"))
        for received in await unit.inbox.waiting():
            await unit.inbox.done(received.inbox_id)
        await unit.people.save(person("ada"))
    async with storage.begin() as unit:
        await unit.people.forget("ada")
    assert hits(tmp_path, "ada") == 0


async def test_a_forgetting_that_failed_forgets_nothing(storage: Storage, tmp_path: Path) -> None:
    async def fail() -> None:
        async with storage.begin() as unit:
            await unit.people.forget("ada")
            raise ZeroDivisionError

    before = hits(tmp_path, "ada")
    with pytest.raises(ZeroDivisionError):
        await fail()
    assert hits(tmp_path, "ada") >= before
    async with storage.read() as unit:
        assert (await unit.people.get("ada")).zone == canary("ada")


async def test_a_reader_in_the_way_only_delays_the_end_of_the_bytes(storage: Storage, tmp_path: Path) -> None:
    async with storage.read() as reading:
        assert await reading.people.get("ada")
        async with asyncio.timeout(WAIT_LIMIT), storage.begin() as unit:
            await unit.people.forget("ada")
        assert hits(tmp_path, "ada") > 0
    async with storage.begin() as unit:
        await unit.notes.put(None, "k", "v")
    assert hits(tmp_path, "ada") == 0


async def test_a_kill_after_the_commit_is_made_good_by_the_next_start(
    storage: Storage, tmp_path: Path
) -> None:
    # A foreign reader keeps the log from being folded in, as a kill would.
    with closing(sqlite3.connect(tmp_path / "oo.db", isolation_level=None)) as other:
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM people").fetchone()
        async with storage.begin() as unit:
            await unit.people.forget("ada")
        assert hits(tmp_path, "ada") > 0
        other.execute("ROLLBACK")
        again = await open_store(f"sqlite:///{tmp_path}/oo.db")
        async with again.begin() as unit:
            await unit.notes.put(None, "k", "v")
        assert hits(tmp_path, "ada") == 0
        await again.close()


async def test_a_failure_to_overwrite_is_told_and_made_good_by_the_next_start(
    storage: Storage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(file: str) -> bool:
        raise sqlite3.OperationalError("database or disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(sqlite, "overwrite_freed_bytes", full)
        async with storage.begin() as unit:
            await unit.people.forget("ada")
    assert "disk is full" in caplog.text
    again = await open_store(f"sqlite:///{tmp_path}/oo.db")
    async with again.begin() as unit:
        await unit.notes.put(None, "k", "v")
    assert hits(tmp_path, "ada") == 0
    await again.close()


async def test_a_cancelled_deletion_still_overwrites_before_anybody_else_writes(
    storage: Storage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Trap: a thread can't be cancelled; left alone, it would stand in the way of the next writer."""
    begun, go_on = threading.Event(), threading.Event()

    def slow(file: str) -> bool:
        begun.set()
        assert go_on.wait(WAIT_LIMIT)
        return overwrite_freed_bytes(file)

    async def delete() -> None:
        async with storage.begin() as unit:
            await unit.people.forget("ada")

    async def write() -> None:
        async with storage.begin() as unit:
            await unit.notes.put(None, "k", "v")

    monkeypatch.setattr(sqlite, "overwrite_freed_bytes", slow)
    deleting = asyncio.create_task(delete())
    assert await asyncio.to_thread(begun.wait, WAIT_LIMIT)
    deleting.cancel()
    writing = asyncio.create_task(write())
    _, waiting = await asyncio.wait({deleting, writing}, timeout=0.1)
    assert waiting == {deleting, writing}

    go_on.set()
    await writing
    assert deleting.cancelled()
    assert hits(tmp_path, "ada") == 0


async def test_another_process_that_writes_only_delays_the_end_of_the_bytes(
    storage: Storage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with closing(sqlite3.connect(tmp_path / "oo.db", isolation_level=None, check_same_thread=False)) as other:

        def beaten_to_it(file: str) -> bool:
            other.execute("BEGIN IMMEDIATE")
            return overwrite_freed_bytes(file)

        with monkeypatch.context() as patch:
            patch.setattr(sqlite, "overwrite_freed_bytes", beaten_to_it)
            async with storage.begin() as unit:
                await unit.people.forget("ada")
        assert hits(tmp_path, "ada") > 0
        other.execute("ROLLBACK")
    async with storage.begin() as unit:
        await unit.notes.put(None, "k", "v")
    assert hits(tmp_path, "ada") == 0
    assert not caplog.records


async def test_what_another_process_forgets_in_the_last_moment_is_overwritten_by_the_next_start(
    storage: Storage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Trap: the mark that bytes were freed is one for all processes, and this one is about to clear it."""
    url = f"sqlite:///{tmp_path}/oo.db"
    other, log_is_cut_off = await open_store(url), sqlite._truncate_log
    loop, turns = asyncio.get_running_loop(), iter(["the file is written anew", "the mark is cleared"])

    async def killed() -> None:
        """It never gets to overwriting."""

    async def forgets_bob() -> None:
        async with other.begin() as unit:
            await unit.people.forget("bob")

    def raced(connection: sqlite3.Connection) -> bool:
        done = log_is_cut_off(connection)
        if next(turns) == "the mark is cleared":
            asyncio.run_coroutine_threadsafe(forgets_bob(), loop).result(5)
        return done

    monkeypatch.setattr(other, "_overwrite_freed_bytes", killed)
    with monkeypatch.context() as patch:
        patch.setattr(sqlite, "_truncate_log", raced)
        async with storage.begin() as unit:
            await unit.people.forget("ada")
    await other.close()
    assert hits(tmp_path, "bob") > 0
    again = await open_store(url)
    async with again.begin() as unit:
        await unit.notes.put(None, "k", "v")
    await again.close()
    assert hits(tmp_path, "bob") == 0
    assert not is_marked(tmp_path)


def is_marked(folder: Path) -> bool:
    with closing(sqlite3.connect(folder / "oo.db")) as connection:
        return bool(connection.execute("PRAGMA user_version").fetchone()[0])
