"""``python -m benchmarks.load``: oO with very many people on a PostgreSQL that keeps what it commits.

Slots of three ``oo run``, a burst, taps beside bare inserts, one chat that writes without end, memory and
open files. The platform and the database run on this machine as well, so the times say most where nothing
else runs. ``--people 100000`` for a look.

Tests: tests/benchmarks/test_load.py.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from time import perf_counter

import asyncpg

from benchmarks.answers import time_to_answer
from benchmarks.crowd import FIRST_CHAT, Crowd, fill, let_be_due
from benchmarks.deployment import Deployment, new_database, running_deployment, sender
from benchmarks.table import Row, percentile, show
from bot.cli import loop
from core.chat import Said, Tapped, Update
from tests.scenarios.oo import Serving
from tests.scenarios.rolling import House
from tests.servers import postgres
from tests.servers.telegram import TelegramServer
from tests.soak.clock import SteppedClock

REPLICAS = 3
CONNECTIONS = 8
"""That insert at once; as many as a process of oO writes with."""
A_MINUTE = 1800
A_SECOND = 30
"""What Telegram lets a bot send."""
TAPS = 2000
PARTS = ("taps", "noise", "slots")
NOISE_A_SECOND = 1000
REPLIES = 50
MORNING = 10
"""O'clock in UTC when slots begin to be due, at whatever hour this is run."""
DAY_SECONDS = 24 * 3600.0
LAST_ONES_SECONDS = 120.0
"""How long the last ones may take, on a busy machine too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How much is measured."""

    crowd: Crowd
    minutes: float
    """How long people are due, ``A_MINUTE`` of them in each."""
    burst: int
    """People who are due at once."""
    seconds: float
    """How long the noise lasts, and the bare inserts."""
    taps: int = TAPS
    parts: Sequence[str] = PARTS


async def measure_load(url: str, plan: Plan, folder: Path) -> None:
    """Measure on the database at ``url``, which is filled already, and print a table of each part."""
    if "taps" in plan.parts:
        show(await measure_taps(url, folder / "taps", seconds=plan.seconds, taps=plan.taps))
    if "noise" in plan.parts:
        show(await measure_noise(url, folder / "noise", seconds=plan.seconds))
    if "slots" in plan.parts:
        show(await measure_slots(url, plan, folder / "slots"))


# --- Taps --------------------------------------------------------------------------------------------------


async def measure_taps(url: str, folder: Path, *, seconds: float, taps: int = TAPS) -> list[Row]:
    """Taps that one process handles in a second, beside single rows that the database commits in one."""
    bare = await _bare_commits(url, seconds)
    async with _oo(url, folder) as deployment:
        updates = await _taps(url, taps, deployment)
        started = perf_counter()
        for update in updates:
            await deployment.app.intake.accept(update)
        await deployment.app.intake.wait_until_answered()
        handled = len(updates) / (perf_counter() - started)
    return [
        Row(what="bare inserts, each committed, in a second", value=bare, goal=None, unit=""),
        Row(what="taps in a second, one process", value=handled, goal=None, unit=""),
        Row(what="bare inserts in the time of one tap", value=bare / handled, goal=2, unit=""),
    ]


async def _bare_commits(url: str, seconds: float) -> float:
    connections = [await asyncpg.connect(url) for _ in range(CONNECTIONS)]
    await connections[0].execute("CREATE TABLE IF NOT EXISTS bare (one bigserial PRIMARY KEY, said text)")
    started = perf_counter()

    async def insert(connection: asyncpg.Connection) -> int:
        count = 0
        while perf_counter() - started < seconds:
            await connection.execute("INSERT INTO bare (said) VALUES ($1)", "x" * 200)
            count += 1
        return count

    counts = await asyncio.gather(*map(insert, connections))
    passed = perf_counter() - started
    await connections[0].execute("DROP TABLE bare")
    for connection in connections:
        await connection.close()
    return sum(counts) / passed


_BUTTONS = f"""
    SELECT handle, external_id FROM oo_chat.handles JOIN oo_people.accounts USING (person_id)
    WHERE external_id IN (SELECT ({FIRST_CHAT} + one)::text FROM generate_series(1, $1::bigint) one)
    AND actions LIKE '%dismiss%'
    AND NOT EXISTS (SELECT FROM oo_tips.reactions WHERE decision_id = subject)
    LIMIT $1
"""  # noqa: S608 - a number of oO's own


async def _taps(url: str, most: int, deployment: Deployment) -> list[Update]:
    """A tap on *Dismiss* under ``most`` tips of different people, to none of which anybody has reacted."""
    connection = await asyncpg.connect(url)
    try:
        found = await connection.fetch(_BUTTONS, most)
    finally:
        await connection.close()
    at = deployment.clock.now()
    return [
        Tapped(
            update_id=f"tap {number} at {perf_counter()}",
            sender=sender(row["external_id"]),
            received_at=at,
            token=f"{row['handle']}.2",
            message_id="m0",
        )
        for number, row in enumerate(found)
    ]


@asynccontextmanager
async def _oo(url: str, folder: Path) -> AsyncIterator[Deployment]:
    """oO in this process on that database, answering updates."""
    reset = new_database.set(lambda _: url)
    try:
        async with running_deployment(folder) as deployment:
            yield deployment
    finally:
        new_database.reset(reset)


# --- Noise -------------------------------------------------------------------------------------------------


async def measure_noise(url: str, folder: Path, *, seconds: float, replies: int = REPLIES) -> list[Row]:
    """By how much one chat with ``NOISE_A_SECOND`` messages a second slows replies to another."""
    async with _oo(url, folder) as deployment:
        quiet = await _replies(deployment, "quiet", replies)
        noise = asyncio.create_task(_write_without_end(deployment, seconds))
        await asyncio.sleep(seconds / 4)
        noisy = await _replies(deployment, "noisy", replies)
        accepted = await noise
    return [
        Row(what="messages a second of one chat, accepted", value=accepted / seconds, goal=None, unit=""),
        Row(what="reply in a quiet chat, p99", value=percentile(quiet, 0.99), goal=None, unit="ms"),
        Row(
            what="slower beside that chat, p99",
            value=percentile(noisy, 0.99) - percentile(quiet, 0.99),
            goal=100,
            unit="ms",
        ),
    ]


async def _replies(deployment: Deployment, name: str, count: int) -> list[float]:
    other = str(FIRST_CHAT + 1)
    return [
        await time_to_answer(deployment, _said(deployment, other, "/tasks", f"{name} {number}"))
        for number in range(count)
    ]


async def _write_without_end(deployment: Deployment, seconds: float) -> int:
    """How many messages were accepted; they come ten at a time, as a long poll brings them."""
    started, count = perf_counter(), 0
    while (passed := perf_counter() - started) < seconds:
        for _ in range(min(10, int(passed * NOISE_A_SECOND) - count)):
            count += 1
            said = _said(deployment, str(FIRST_CHAT), f"note {count}", f"noise {count}")
            await deployment.app.intake.accept(said)
        await asyncio.sleep(0.005)
    return count


def _said(deployment: Deployment, who: str, text: str, name: str) -> Said:
    at = deployment.clock.now()
    return Said(update_id=f"{name} {perf_counter()}", sender=sender(who), received_at=at, text=text)


# --- Slots -------------------------------------------------------------------------------------------------


async def measure_slots(url: str, plan: Plan, folder: Path) -> list[Row]:
    """How late replicas send tips that are due, and how they send many that are due at once."""
    steady = range(1, 1 + int(plan.minutes * A_MINUTE))
    at_once = range(steady[-1] + 1, steady[-1] + 1 + plan.burst)
    clock = SteppedClock(folder / "clock", starts=MORNING)
    clock.step(DAY_SECONDS)  # the tips of the history count for another day
    async with TelegramServer(flood=None, clock=clock) as telegram:
        for number in (*steady, *at_once):
            telegram.user(FIRST_CHAT + number).chat.has_written = True
        house = House(folder=folder, telegram=telegram, url=url, clock=str(clock.file))
        connection = await asyncpg.connect(url)
        try:
            for _ in range(REPLICAS):
                await house.start()
            return [
                *await _slots(connection, house.running, steady, clock),
                *await _burst(connection, house.running, at_once, clock),
            ]
        finally:
            await connection.close()
            for replica in tuple(house.running):
                await house.kill(replica)


async def _slots(
    connection: asyncpg.Connection, replicas: Sequence[Serving], people: range, clock: SteppedClock
) -> list[Row]:
    start = clock.now() + timedelta(seconds=15)
    await let_be_due(connection, people, start=start, a_minute=A_MINUTE)
    await asyncio.sleep(10)
    used = _processor(replicas)
    seconds = len(people) * 60 / A_MINUTE
    end = start + timedelta(seconds=seconds)
    await asyncio.sleep(seconds / 3)  # what is opened or loaded at its first use is there by then
    before = _footprint(replicas)
    served = await _served(connection, len(people), start, end, within=seconds + LAST_ONES_SECONDS)
    passed = (clock.now() - start).total_seconds()
    after = _footprint(replicas)
    return [
        Row(what=f"slots, {A_MINUTE} a minute, tips sent", value=len(served.late), goal=None, unit=""),
        Row(what="slots not decided", value=len(people) - served.decided, goal=0, unit=""),
        Row(what="slot lateness, p50", value=percentile(served.late, 0.5), goal=None, unit="s"),
        Row(what="slot lateness, p99", value=percentile(served.late, 0.99), goal=1.5, unit="s"),
        Row(
            what="… processor of all replicas",
            value=(_processor(replicas) - used) / passed * 100,
            goal=None,
            unit="%",
        ),
        Row(what="… memory, the largest replica", value=after[0], goal=None, unit="MB"),
        Row(what="… its growth after a third of the time", value=after[0] - before[0], goal=None, unit="MB"),
        Row(what="… open files, all replicas", value=after[1], goal=None, unit=""),
        Row(what="… more of them than after a third", value=after[1] - before[1], goal=6, unit=""),
    ]


async def _burst(
    connection: asyncpg.Connection, replicas: Sequence[Serving], people: range, clock: SteppedClock
) -> list[Row]:
    start = clock.now() + timedelta(seconds=10)
    await let_be_due(connection, people, start=start, a_minute=1e9)
    await asyncio.sleep(max(0.0, (start - clock.now()).total_seconds()))
    used = _processor(replicas)
    within = len(people) / A_SECOND * 3 + LAST_ONES_SECONDS
    served = await _served(connection, len(people), start, start, within=within)
    drained, sent = max(served.late), len(served.late)
    share = (_processor(replicas) - used) / max(drained, 1) * 100
    return [
        Row(what=f"burst of {len(people)}, tips sent", value=sent, goal=None, unit=""),
        Row(what="… not decided", value=len(people) - served.decided, goal=0, unit=""),
        Row(what="… drained in", value=drained, goal=max(sent / A_SECOND, 1) * 1.1, unit="s"),
        Row(what="… processor of all replicas", value=share, goal=25, unit="%"),
    ]


_SENT = """
    SELECT (changed_at - due_at) / 1e6 AS late FROM oo_tips.deliveries
    WHERE due_at BETWEEN $1 AND $2 AND state = 'sent'
"""
_DECIDED = "SELECT count(*) FROM oo_tips.decisions WHERE trigger = 'scheduled' AND decided_at >= $1"
_ON_THEIR_WAY = """
    SELECT count(*) FROM oo_tips.deliveries
    WHERE due_at BETWEEN $1 AND $2 AND state IN ('reserved', 'sending')
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Served:
    """What became of people who were due."""

    decided: int
    """For so many a decision was made: for a tip, for silence, or a refusal."""
    late: Sequence[float]
    """Seconds between each slot and its tip, of those that were sent."""


async def _served(
    connection: asyncpg.Connection, expected: int, start: datetime, end: datetime, *, within: float
) -> _Served:
    """What became of those who are due in that span; waits at most ``within`` seconds for all. Nobody else is
    due then. Raises ``RuntimeError`` if no tip was sent: then there is nothing to measure.
    """
    span = [int(at.replace(microsecond=0).timestamp()) * 1_000_000 for at in (start, end)]
    until = perf_counter() + within
    while perf_counter() < until:
        decided = await connection.fetchval(_DECIDED, span[0])
        if decided >= expected and not await connection.fetchval(_ON_THEIR_WAY, *span):
            break
        await asyncio.sleep(2)
    late = [float(row["late"]) for row in await connection.fetch(_SENT, *span)]
    if not late:
        raise RuntimeError(f"of {expected} people who were due, nobody got a tip")
    return _Served(decided=await connection.fetchval(_DECIDED, span[0]), late=late)


def _processor(replicas: Sequence[Serving]) -> float:
    return sum(one.processor_seconds() for one in replicas)


def _footprint(replicas: Sequence[Serving]) -> tuple[float, int]:
    """Megabytes of the largest, and open files of all."""
    return max(one.megabytes() for one in replicas), sum(one.open_files() for one in replicas)


def main() -> None:
    """Fill a database, unless one is given, measure, and print the tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.load")
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument("--history", type=int, default=100_000, help="people with tips and statistics")
    parser.add_argument("--minutes", type=float, default=3.0, help="how long people are due")
    parser.add_argument("--burst", type=int, default=10_000, help="people who are due at once")
    parser.add_argument("--seconds", type=float, default=10.0, help="how long noise and bare inserts last")
    parser.add_argument("--taps", type=int, default=TAPS, help="how many people tap")
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=PARTS, help="what is measured")
    parser.add_argument("--url", help="a database that an earlier run has filled")
    given = parser.parse_args()
    crowd = Crowd(people=given.people, history_of=given.history)
    plan = Plan(
        crowd=crowd,
        minutes=given.minutes,
        burst=given.burst,
        seconds=given.seconds,
        taps=given.taps,
        parts=given.parts,
    )
    with tempfile.TemporaryDirectory() as folder:
        for name in (*PARTS, "filled"):
            (Path(folder) / name).mkdir()
        if given.url:
            loop.run(measure_load(given.url, plan, Path(folder)))
            return
        server = postgres.start(**postgres.DURABLE)
        try:
            server.execute("CREATE DATABASE oo")
            loop.run(_filled_and_measured(server.url("oo"), plan, Path(folder)))
        finally:
            postgres.stop(server)


async def _filled_and_measured(url: str, plan: Plan, folder: Path) -> None:
    started = perf_counter()
    await fill(url, plan.crowd, folder / "filled")
    show([Row(what="filling the database", value=perf_counter() - started, goal=None, unit="s")])
    await measure_load(url, plan, folder)


if __name__ == "__main__":
    main()
