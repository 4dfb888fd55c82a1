"""A block is one transaction."""

from __future__ import annotations

import asyncio

import pytest

from core.errors import NotFound
from core.store import DuePerson, Store
from tests.contracts.store.records import DAY, NOW, account, decision, person, reaction, task
from tests.waiting import WAIT_LIMIT


class Stop(Exception):
    """Something went wrong in the block."""


async def test_what_a_block_wrote_is_there_afterwards(store: Store) -> None:
    async with store.begin() as unit:
        await unit.notes.put(None, "offset", "7")
    async with store.read() as unit:
        assert await unit.notes.get(None, "offset") == "7"


async def test_an_error_rolls_back_the_whole_block(store: Store) -> None:
    async def fail() -> None:
        async with store.begin() as unit:
            await unit.notes.put(None, "offset", "7")
            await unit.tasks.put(task())
            raise Stop

    with pytest.raises(Stop):
        await fail()
    async with store.read() as unit:
        assert await unit.notes.get(None, "offset") is None
        assert await unit.tasks.open("ada") == ()


async def test_a_block_sees_what_it_wrote(store: Store) -> None:
    async with store.begin() as unit:
        await unit.tasks.put(task())
        assert await unit.tasks.get("t1") == task()


async def test_writers_take_turns_in_the_order_they_came(store: Store) -> None:
    order: list[str] = []

    async def write(name: str) -> None:
        async with store.begin() as unit:
            before = await unit.notes.get(None, "order") or ""
            await asyncio.sleep(0)
            await unit.notes.put(None, "order", before + name)
            order.append(name)

    await asyncio.gather(*(write(name) for name in "abcdefgh"))
    async with store.read() as unit:
        assert await unit.notes.get(None, "order") == "abcdefgh"
    assert order == list("abcdefgh")


async def test_a_reader_does_not_wait_for_a_writer_and_sees_the_state_before(store: Store) -> None:
    async with store.begin() as writing:
        await writing.notes.put(None, "k", "new")
        async with asyncio.timeout(WAIT_LIMIT), store.read() as reading:
            assert await reading.notes.get(None, "k") is None


async def test_a_reader_keeps_the_view_it_began_with(store: Store) -> None:
    async with store.read() as reading:
        assert await reading.notes.get(None, "k") is None
        async with store.begin() as writing:
            await writing.notes.put(None, "k", "new")
        assert await reading.notes.get(None, "k") is None


async def test_a_cancelled_block_is_rolled_back_and_lets_the_next_one_in(store: Store) -> None:
    inside = asyncio.Event()

    async def hang() -> None:
        async with store.begin() as unit:
            await unit.notes.put(None, "k", "lost")
            inside.set()
            await asyncio.Event().wait()

    hanging = asyncio.create_task(hang())
    await inside.wait()
    hanging.cancel()
    with pytest.raises(asyncio.CancelledError):
        await hanging
    async with asyncio.timeout(WAIT_LIMIT), store.begin() as unit:
        assert await unit.notes.get(None, "k") is None


async def test_rows_of_somebody_unknown_are_refused(store: Store) -> None:
    with pytest.raises(NotFound):
        async with store.begin() as unit:
            await unit.tasks.put(task(person_id="nobody"))
    with pytest.raises(NotFound):
        async with store.begin() as unit:
            await unit.people.save_account(account(person_id="nobody"))
    with pytest.raises(NotFound):
        async with store.begin() as unit:
            await unit.learning.write({"nobody": b"x"})
    with pytest.raises(NotFound):
        async with store.begin() as unit:
            await unit.decisions.add(decision(person_id="nobody"), None)


async def test_rows_of_an_unknown_decision_are_refused(store: Store) -> None:
    with pytest.raises(NotFound):
        async with store.begin() as unit:
            await unit.reactions.add(reaction())


async def test_of_two_workers_one_claims_a_person(empty: Store) -> None:
    async with empty.begin() as unit:
        await unit.people.add(person(next_due_at=NOW))

    async def claim() -> bool:
        async with empty.begin() as unit:
            return await unit.people.claim(DuePerson(person_id="ada", due_at=NOW), NOW + DAY)

    assert sorted(await asyncio.gather(claim(), claim(), claim())) == [False, False, True]
