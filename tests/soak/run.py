"""A soak from its beginning to its end: settle in, do harm, let everything heal, look."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from functools import partial
from itertools import zip_longest
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from adapters.storage import tables
from adapters.storage.store import open_store
from core.dependencies import DeliveryRules
from core.records import DeliveryState
from tests.scenarios.oo import Place, new_place
from tests.servers.telegram import TelegramServer
from tests.servers.todoist_sync import SyncingTodoist
from tests.soak.clock import SteppedClock
from tests.soak.databases import PostgresqlServer, SoakDatabase, SqliteFile
from tests.soak.evidence import Evidence, Observer, read_rows
from tests.soak.invariants import CHECKS
from tests.soak.ledger import Ledger
from tests.soak.nemesis import Nemesis
from tests.soak.participants import Participant, new_words
from tests.soak.replica import Replica
from tests.soak.spec import SoakSpec
from tests.soak.streams import SoakStream, events_unpublished
from tests.soak.wire import Wire
from tests.waiting import WAIT_LIMIT

CONFIG = """
jobs: {push: 0.3, remind: 0.2, deliver: 0.3, relay: 0.3, publish: 0.3, rewards: 1, learn: 2,
    sync: 3, watch: 2}
availability: {spacing_minutes: 2}
cooldowns: {shown: 0.3, asked: 0.05, not_now: 0.3, not_this: 2, dismissed_twice: 4}
"""
"""Tips come as often as slots do: what limits them is the cap and the quiet hours."""
TODOIST_CONFIG = """
todoist: {undo_minutes: 1, sync_after_seconds: 5}
"""
TODOIST_TOKEN = "todoist-of-the-soak"
TODOIST_TASKS = 6
PACE_SECONDS = 0.35
"""Between two deeds of a person."""
FORMER_REPLICAS = 2
SIDE_BY_SIDE_SECONDS = 10.0
"""Between two steps of an upgrade."""
REPORT_SECONDS = 10.0
IDLE_LIMIT = 10 * WAIT_LIMIT
"""Seconds until everything that was left is done, on a machine that has other work."""
HURRY_SECONDS = 2.0
HURRY_OF_SEVERAL = 0.4
"""By how much the clock is set forward again and again while what is left is waited for. Several processes
say every other second that they live, and are taken for dead after eight seconds of this clock.
"""
LEASES_END = 4 * 60.0
REMINDERS_END = 45 * 60.0

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class SoakResult:
    """How a soak ended."""

    spec: SoakSpec
    seconds: float
    """While things went wrong."""
    evidence: Evidence
    broken: dict[str, list[str]]
    """What each check found."""

    @property
    def ok(self) -> bool:
        """Whether every invariant holds."""
        return not any(self.broken.values())


class Soak:
    """The processes, the platforms and the people of one soak."""

    def __init__(self, spec: SoakSpec, folder: Path, say: Say) -> None:
        self.spec = spec
        self.database: SoakDatabase
        self.stream: SoakStream | None = None
        self._folder = folder
        self._say = say
        folder.mkdir(parents=True, exist_ok=True)
        self.clock = SteppedClock(folder / "clock")
        self.telegram = TelegramServer(flood=None, clock=self.clock)
        self.todoist: SyncingTodoist | None = None
        self.nemesis = Nemesis(spec, self.clock)
        self.ledger = Ledger()
        self.replicas: list[Replica] = []
        self.retired: list[Replica] = []
        """Of an earlier oO, and stopped."""
        words = new_words()
        self.people = [
            Participant(
                self.telegram, number, seed=spec.seed, clock=self.clock, ledger=self.ledger, words=words
            )
            for number in range(spec.people)
        ]
        self.observer = Observer(self.telegram, self.clock, [one.person.chat for one in self.people])

    async def run(self) -> SoakResult:
        """Raises ``AssertionError`` or ``TimeoutError`` if it cannot even be carried out."""
        async with AsyncExitStack() as ending:
            await ending.enter_async_context(self.telegram)
            await ending.enter_async_context(_beside(self.observer.watch()))
            await self._make_replicas(ending)
            await self._settle_in()
            began = time.monotonic()
            await self._suffer()
            seconds = time.monotonic() - began
            await self._heal()
            evidence = await self._evidence()
        broken = {name: list(check(evidence)) for name, check in CHECKS.items()}
        return SoakResult(spec=self.spec, seconds=seconds, evidence=evidence, broken=broken)

    async def _make_replicas(self, ending: AsyncExitStack) -> None:
        home = new_place(self._folder / "oo", TELEGRAM_BOT_TOKEN=self.telegram.token, OO_ACCESS="open")
        (home.folder / "config.yaml").write_text(CONFIG)
        if self.spec.todoist:
            home = await self._with_todoist(ending, home)
        self.database = await ending.enter_async_context(_database(self.spec, home))
        home = _with(home, DATABASE_URL=self.database.url)
        if self.spec.nats:
            self.stream = await ending.enter_async_context(SoakStream(self._folder / "jetstream"))
            home = _with(home, NATS_URL=self.stream.url)
        former = FORMER_REPLICAS if self.spec.before else 0
        for number in range(self.spec.replicas + former):
            replica = Replica(f"replica {number + 1}", home, self.clock.file)
            wire = Wire(self.telegram.url, partial(self.nemesis.on_telegram, replica))
            await ending.enter_async_context(wire)
            replica.wires.append(wire)
            replica.database_fails = self.spec.database_may_fail
            replica.place = _with(replica.place, TELEGRAM_API_URL=wire.url)
            if self.todoist:
                wire = Wire(self.todoist.url, partial(self.nemesis.on_todoist, replica))
                replica.wires.append(await ending.enter_async_context(wire))
                replica.place = _with(replica.place, TODOIST_API_URL=wire.url)
            ending.push_async_callback(replica.destroy)
            self.replicas.append(replica)
        for replica in self.replicas[:former]:
            replica.former = self.spec.before

    async def _with_todoist(self, ending: AsyncExitStack, home: Place) -> Place:
        """The first person, who is the owner, has tasks there."""
        todoist = SyncingTodoist(token=TODOIST_TOKEN, clock=self.clock.now)
        self.todoist = await ending.enter_async_context(todoist)
        first = self.people[0]
        first.todoist = todoist
        for _ in range(TODOIST_TASKS):
            first.add_in_todoist(todoist)
        (home.folder / "config.yaml").write_text(CONFIG + TODOIST_CONFIG)
        return _with(home, TODOIST_API_TOKEN=TODOIST_TOKEN)

    async def _settle_in(self) -> None:
        """Everybody joins while nothing goes wrong."""
        first, *_ = self.replicas
        await first.spawn()
        code = await first.expect_owner_code()
        async with asyncio.TaskGroup() as everybody:
            for number, one in enumerate(self.people):
                everybody.create_task(one.settle_in(code if number == 0 else None))

    async def _suffer(self) -> None:
        """People live and processes die."""
        self.nemesis.begin()
        async with AsyncExitStack() as ending:
            for one in self.people:
                await ending.enter_async_context(_beside(one.live(every=PACE_SECONDS)))
            await ending.enter_async_context(_beside(self._report()))
            await ending.enter_async_context(
                _beside(self.nemesis.harm(self.replicas, self.database, self.stream))
            )
            await self._upgrade()
            await asyncio.gather(*(self.nemesis.live(one) for one in self.replicas))
        self.nemesis.end()

    async def _upgrade(self) -> None:
        """Replace the processes of an earlier oO, if there are any, one by one."""
        former = [one for one in self.replicas if one.former]
        if not former:
            return
        for one in former[1:]:
            await one.spawn()
            await one.expect_ready()
        self.replicas = [one for one in self.replicas if not one.former]
        for new, old in zip_longest(self.replicas, former):
            await asyncio.sleep(SIDE_BY_SIDE_SECONDS)
            if new:
                await new.spawn()
                await new.expect_ready()
            await asyncio.sleep(SIDE_BY_SIDE_SECONDS)
            if old:
                await old.stop()
                self.retired.append(old)

    async def _report(self) -> None:
        began = time.monotonic()
        while True:
            await asyncio.sleep(REPORT_SECONDS)
            kills, seconds = self.nemesis.faults.kills, time.monotonic() - began
            self._say(
                f"{seconds:6.0f} s  {kills:6} kills  {kills / seconds * 60:5.0f} a minute  "
                f"{len(self.observer.arrivals):6} messages  {len(self.ledger.lines):5} lines  "
                f"{len(self.ledger.presses):5} taps  {self.clock.now():%d %b %H:%M}"
            )

    async def _heal(self) -> None:
        """Nothing goes wrong any more: what was left is done, then all processes stop."""
        for one in self.replicas:
            await one.spawn()
            await one.expect_ready()
        if self.todoist:
            self.clock.step(LEASES_END)  # also those of changes that a killed process was just sending
        await self._expect_idle()
        for seconds in (LEASES_END, REMINDERS_END, LEASES_END):
            self.clock.step(seconds)
            await self._expect_idle()
        for one in self.replicas:
            await one.stop()

    async def _expect_idle(self) -> None:
        """Wait until every update is handled, nothing is being sent, no reminder and nobody due."""
        async with asyncio.timeout(IDLE_LIMIT):
            await self.telegram.expect_that(lambda: self.telegram.is_caught_up, within=None)
            storage = await open_store(self.database.url)
            try:
                hurry = HURRY_SECONDS if self.spec.replicas == 1 else HURRY_OF_SEVERAL
                while await self._left(storage) > 0:
                    await asyncio.sleep(0.2)
                    if self.todoist:
                        self.clock.step(hurry)  # what has failed there is tried again after a while
            finally:
                await storage.close()

    async def _left(self, storage: Any) -> int:
        now = self.clock.now()
        waiting = (
            select(func.count()).select_from(tables.inbox).where(tables.inbox.c.update.is_not(None)),
            select(func.count())
            .select_from(tables.deliveries)
            .where(tables.deliveries.c.state == DeliveryState.SENDING)
            .where(tables.deliveries.c.changed_at < now - DeliveryRules().lease),
            select(func.count()).select_from(tables.reminders).where(tables.reminders.c.next_at <= now),
            select(func.count()).select_from(tables.people).where(tables.people.c.next_due_at <= now),
            select(func.count()).select_from(tables.events).where(tables.events.c.dispatched_at.is_(None)),
        )
        unpublished = await events_unpublished(storage) if self.stream else 0
        async with storage.read() as unit:
            found = [int((await unit.session.rows(query))[0][0]) for query in waiting]
        return unpublished + sum(found)

    async def _evidence(self) -> Evidence:
        rows, learned = await read_rows(self.database.url)
        return Evidence(
            spec=self.spec,
            ledger=self.ledger,
            faults=self.nemesis.faults,
            arrivals=self.observer.arrivals,
            rows=rows,
            learned=learned,
            todoist=self.todoist,
            replay=await self.stream.replay(self.database.url) if self.stream else None,
            ended_at=self.clock.now(),
            log=[line for one in (*self.retired, *self.replicas) for line in one.complaints()],
        )


def _database(spec: SoakSpec, home: Place) -> SoakDatabase:
    return PostgresqlServer() if spec.postgresql else SqliteFile(home.database)


def _with(here: Place, **environment: str) -> Place:
    return replace(here, environment=here.environment | environment)


@asynccontextmanager
async def _beside(work: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """Do ``work`` during the block. If it fails, so does the block's end."""
    task = asyncio.create_task(work)
    try:
        yield
    finally:
        task.cancel()
        [ended] = await asyncio.gather(task, return_exceptions=True)
    if isinstance(ended, Exception):
        raise ended


def soak(spec: SoakSpec, folder: Path, say: Say) -> SoakResult:
    """Carry out a soak; ``folder`` holds all its state, ``say`` gets lines of progress."""
    return asyncio.run(Soak(spec, folder, say).run())


def states(rows: Sequence[Any]) -> dict[str, int]:
    """How many rows there are of each state."""
    found: dict[str, int] = {}
    for row in rows:
        found[row.state.value] = found.get(row.state.value, 0) + 1
    return found
