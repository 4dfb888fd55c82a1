"""``python -m benchmarks.replicas``: what several processes on one PostgreSQL cost, and how they hand over.

What a message costs at the shared pace; how long nobody asks the local
Telegram for updates while three ``oo run`` are replaced one by one, and after the elected one was killed.
Times are by the clock, so they say most on a machine that does nothing else.

Tests: tests/benchmarks/test_replicas.py.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from adapters.clock import SystemClock
from adapters.storage.store import open_store
from adapters.stored_pace import StoredPaces
from benchmarks.table import Row, show, spread
from bot.cli import loop
from core.ports import Limit
from tests.scenarios.rolling import House, house, welcomed
from tests.scenarios.talking import expect_reply
from tests.servers.postgres import new_database
from tests.servers.telegram import Poll

TIMES = 500
AT_ONCE = 10
MAX_GAP_SECONDS = 2.0
MAX_TAKEOVER_SECONDS = 8.0


async def measure_turns(url: str, *, times: int = TIMES) -> list[Row]:
    """Milliseconds until a message has its turn, at two limits that are never used up; and of a report of it,
    with ``AT_ONCE`` messages in each.
    """
    store = await open_store(url)
    try:
        book = StoredPaces(store, SystemClock(), key="key", is_shared=True)
        turns = [await _turn(book, number) for number in range(times)]
        await book.close()
        processor, started = time.process_time(), time.perf_counter()
        for number in range(times):
            await _turn(book, number)
            if number % AT_ONCE == AT_ONCE - 1:
                await book.close()
        await book.close()
        passed, used = time.perf_counter() - started, time.process_time() - processor
    finally:
        await store.close()
    return [
        *spread("a message's turn", turns, p50=1.0, p99=5.0),
        Row(what=f"a message reported with {AT_ONCE}", value=passed * 1000 / times, goal=None, unit="ms"),
        Row(what="… its processor time", value=used * 1000 / times, goal=1.0, unit="ms"),
    ]


async def _turn(book: StoredPaces, number: int) -> float:
    limits = [Limit(name=name, interval=1e-6, burst=1_000_000) for name in ("bot", f"chat {number}")]
    started = time.perf_counter()
    await book.turn(limits, 10.0)
    return (time.perf_counter() - started) * 1000


async def measure_handover(folder: Path, *, replicas: int = 3) -> list[Row]:
    """Seconds in which nobody asks for updates: while all are replaced, and after a kill."""
    async with house(folder) as here:
        ann = here.telegram.user(7, "Ann")
        old = [await here.start() for _ in range(replicas)]
        await welcomed(old[-1], ann)
        for leaving in old:
            await here.start()
            await here.stop(leaving)
        await expect_reply(ann, "/tasks")
        rolling = longest_gap(here.telegram.polls)
        killed = await _kill_the_elected(here)
        await expect_reply(ann, "/tasks")
        takeover = longest_gap(here.telegram.polls[killed:])
    return [
        Row(what="nobody polls, rolling restart", value=rolling, goal=MAX_GAP_SECONDS, unit="s"),
        Row(what="nobody polls, after a kill", value=takeover, goal=MAX_TAKEOVER_SECONDS, unit="s"),
    ]


async def _kill_the_elected(here: House) -> int:
    """The number of the request that was its last."""
    elected, *others = here.running
    for one in others:
        await here.stop(one)  # whoever is left is elected
    await here.start()
    await here.telegram.expect_that(lambda: here.telegram.is_polled)
    last = len(here.telegram.polls) - 1
    await here.kill(elected)
    await here.telegram.expect_that(lambda: len(here.telegram.polls) > last + 1)
    return last


def longest_gap(polls: Sequence[Poll]) -> float:
    """Seconds in which no request for updates was under way, at most, between the first and the last."""
    gap, until = 0.0, polls[0].began_at
    for poll in polls:
        gap = max(gap, poll.began_at - until)
        until = max(until, poll.ended_at or poll.began_at)
    return gap


def main() -> None:
    """Measure in a fresh folder and print the table."""
    with tempfile.TemporaryDirectory() as folder:
        turns = loop.run(measure_turns(new_database(migrated=True)))
        show([*turns, *loop.run(measure_handover(Path(folder)))])


if __name__ == "__main__":
    main()
