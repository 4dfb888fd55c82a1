"""Whose turn it is to write, within one process."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from adapters.storage.write_queue import WriteQueue
from tests.waiting import WAIT_LIMIT


class Writers:
    """Transactions that end when they are told to."""

    def __init__(self, most: int = 8) -> None:
        self.queue = WriteQueue(most)
        self.writing: list[str] = []
        self.done: list[str] = []
        self._ends: dict[str, asyncio.Event] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}

    async def come(self, name: str, *people: str) -> None:
        self._ends[name] = asyncio.Event()
        self._tasks[name] = asyncio.create_task(self._write(name, people))
        await settled()

    async def _write(self, name: str, people: tuple[str, ...]) -> None:
        async with self.queue.turn(people):
            self.writing.append(name)
            try:
                await self._ends[name].wait()
                self.done.append(name)
            finally:
                self.writing.remove(name)

    async def end(self, *names: str) -> None:
        for name in names:
            self._ends[name].set()
            await settled()

    async def cancel(self, name: str) -> None:
        self._tasks[name].cancel()
        with suppress(asyncio.CancelledError):
            async with asyncio.timeout(WAIT_LIMIT):
                await self._tasks[name]
        await settled()


async def settled() -> None:
    """Let everything run that can."""
    for _ in range(20):
        await asyncio.sleep(0)


async def test_different_people_write_side_by_side_and_the_same_in_their_order() -> None:
    these = Writers()
    for name, person in (("a1", "ada"), ("b1", "bob"), ("a2", "ada"), ("a3", "ada")):
        await these.come(name, person)
    assert these.writing == ["a1", "b1"]
    await these.end("a1")
    assert these.writing == ["b1", "a2"]
    await these.end("a3")
    assert these.writing == ["b1", "a2"]
    await these.end("a2", "b1")
    assert these.done == ["a1", "a2", "a3", "b1"]


async def test_whoever_may_write_about_everybody_is_alone_and_overtaken_by_nobody() -> None:
    these = Writers()
    await these.come("a1", "ada")
    await these.come("all")
    await these.come("b1", "bob")
    assert these.writing == ["a1"]
    await these.end("a1")
    assert these.writing == ["all"]
    await these.come("b2", "bob")
    await these.end("all")
    assert these.writing == ["b1"]


async def test_two_people_in_one_transaction_wait_for_both() -> None:
    these = Writers()
    await these.come("a1", "ada")
    await these.come("b1", "bob")
    await these.come("both", "bob", "ada", "ada")
    await these.come("a2", "ada")
    await these.end("a1")
    assert these.writing == ["b1"]
    await these.end("b1")
    assert these.writing == ["both"]
    await these.end("both")
    assert these.writing == ["a2"]


async def test_who_gives_up_lets_nobody_overtake() -> None:
    these = Writers()
    for name in ("a1", "a2", "a3"):
        await these.come(name, "ada")
    await these.cancel("a2")
    assert these.writing == ["a1"]
    await these.end("a1")
    assert these.writing == ["a3"]
    await these.cancel("a3")
    await these.come("all")
    assert these.writing == ["all"]


async def test_no_more_write_at_once_than_there_are_connections() -> None:
    these = Writers(most=2)
    for name in ("a", "b", "c"):
        await these.come(name, name)
    assert these.writing == ["a", "b"]
    await these.end("b")
    assert these.writing == ["a", "c"]


async def test_nothing_is_kept_of_those_who_have_written() -> None:
    these = Writers()
    for name in ("a1", "a2"):
        await these.come(name, "ada")
    await these.come("all")
    await these.cancel("a2")
    await these.end("a1", "all")
    assert these.queue._last == {}
    assert these.queue._last_alone is None
