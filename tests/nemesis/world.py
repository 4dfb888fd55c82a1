"""A world: replicas, a database, a platform, people and the nemesis, all of one seed."""

from __future__ import annotations

import asyncio
import gc
import hashlib
import logging
import sqlite3
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import Engine, create_engine, select
from sqlalchemy.exc import SAWarning

from adapters.storage.store import TROUBLE_LOG
from adapters.storage.tables import accounts, people
from adapters.storage.values import Moment
from bot.settings import load_settings
from bot.simulate.clock import stream
from core.chat import Update
from core.errors import StoreUnavailable, traceback_summary
from core.scheduling.quiet_hours import is_quiet
from tests.databases import empty_database
from tests.nemesis.checks import Evidence, broken
from tests.nemesis.database import Server
from tests.nemesis.loop import current_life, run
from tests.nemesis.people import Human
from tests.nemesis.platform import Platform, Surroundings
from tests.nemesis.process import Process, SkewedClock, simulated_processes
from tests.nemesis.troubles import Nemesis

STARTS = (date(2027, 3, 9), date(2027, 3, 23), date(2027, 10, 1), date(2027, 10, 26), date(2027, 6, 1))
"""Shortly before the clocks change somewhere, and once far from that."""
CALM_HOURS = 12
"""After the last trouble: rewards of silence, snoozes and what was left behind need some time."""
GRACE = (-timedelta(minutes=5), timedelta(0), timedelta(minutes=1))
"""Before it arrives, a message was decided on, by a clock that may be fast or slow."""
OURS = ("adapters.", "bot.", "core.", "jobs.")
DELIVERY_SECONDS = 30.0
"""How long the platform waits for oO to take an update."""

_DUE = """
SELECT EXISTS (SELECT 1 FROM people WHERE next_due_at <= :now)
    OR EXISTS (SELECT 1 FROM reminders WHERE next_at <= :now)
    OR EXISTS (SELECT 1 FROM deliveries WHERE state IN ('reserved', 'sending'))
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spec:
    """What is simulated."""

    seed: int
    days: int = 7
    people: int = 6
    replicas: int = 3
    every_hours: float = 3.0
    """How often somebody does something."""

    @property
    def years(self) -> float:
        """Of a person."""
        return self.people * self.days / 365

    def command(self) -> str:
        """Repeats it."""
        return (
            f"python -m tests.nemesis --seed {self.seed} --days {self.days} --people {self.people}"
            f" --replicas {self.replicas}"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How it went."""

    spec: Spec
    broken: Sequence[str]
    """A sentence for each thing that must not be."""
    troubles: dict[str, int]
    counts: dict[str, int]
    """What happened otherwise."""
    digest: str
    """Of all that people saw: equal for equal seeds."""
    evidence: Evidence
    """What the last checks have looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What was found at an instant."""

    evidence: Evidence
    broken: Sequence[str]


def simulate(spec: Spec, folder: Path) -> Outcome:
    """Simulate it with a new database in ``folder``."""
    with warnings.catch_warnings():
        # A kill leaves connections that nobody returns to their pool.
        warnings.filterwarnings("ignore", "The garbage collector", SAWarning)
        outcome = run(_simulate(spec, folder))
        gc.collect()
    return outcome


async def _simulate(spec: Spec, folder: Path) -> Outcome:
    world = World(spec, folder)
    with world.server.serving(), simulated_processes(), world.log.listening():
        return await world.live()


@dataclass(slots=True)
class ErrorLog(logging.Handler):
    """What oO logs as an error."""

    lines: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        logging.Handler.__init__(self, logging.ERROR)

    def __hash__(self) -> int:
        return id(self)

    def emit(self, record: logging.LogRecord) -> None:
        life = current_life()
        is_of_the_dead = life is not None and life.is_dead
        is_expected = record.name == TROUBLE_LOG  # a busy database is a trouble of the nemesis
        if record.name.startswith(OURS) and not is_expected and not is_of_the_dead:
            self.lines.append(f"{record.name}: {record.getMessage()}")

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Take in what is logged in the block."""
        root = logging.getLogger()
        root.addHandler(self)
        try:
            yield
        finally:
            root.removeHandler(self)


class World:
    """All of it. What happens to a process comes from its own stream of random numbers."""

    def __init__(self, spec: Spec, folder: Path) -> None:
        self.spec = spec
        self.file = folder / "oo.db"
        folder.mkdir(exist_ok=True)
        empty_database(self.file)
        self.url = f"sqlite:///{self.file}"
        self.log = ErrorLog()
        self.processes: list[Process] = []
        self._delivering: set[asyncio.Task[None]] = set()
        self._begins = datetime.combine(STARTS[spec.seed % len(STARTS)], datetime.min.time(), UTC)
        self._random = stream(spec.seed, "world")
        self._watching = sqlite3.connect(self.file, isolation_level=None)
        self._engine: Engine = create_engine(self.url)
        self._settings = load_settings({"DATABASE_URL": self.url, "OO_ACCESS": "open"}, folder)
        self.platform = Platform(stream(spec.seed, "platform"), self.now, self._surroundings, trouble=0.0)
        self.nemesis = Nemesis(self, stream(spec.seed, "nemesis"))
        self.server = Server(stream(spec.seed, "locks"), self._microseconds, self.nemesis.at_statement)
        self.humans = [
            Human(
                number,
                random=stream(spec.seed, "human", number),
                platform=self.platform,
                deliver=self.deliver,
                now=self.now,
            )
            for number in range(spec.people)
        ]

    def now(self) -> datetime:
        """The true time."""
        return self._begins + timedelta(seconds=asyncio.get_running_loop().time())

    async def live(self) -> Outcome:
        """Let everything happen; checks after each day, and once more when all has calmed down."""
        keeping = [asyncio.create_task(self._keep_alive(number)) for number in range(self.spec.replicas)]
        await asyncio.gather(*(one.settle_in() for one in self.humans))
        living = [asyncio.create_task(one.live(self.spec.every_hours)) for one in self.humans]
        raging = asyncio.create_task(self.nemesis.rage())
        for _ in range(self.spec.days):
            await asyncio.sleep(86_400)
            last = await self._checked(calm=False)
            if last.broken:
                break
        raging.cancel()
        for one in living:
            one.cancel()
        if not last.broken:
            self.nemesis.end()
            for process in self.processes:
                process.thaw()
            await asyncio.gather(*self._delivering)
            await asyncio.sleep(CALM_HOURS * 3600)
            last = await self._checked(calm=True)
        await self._end(keeping)
        return self._outcome(last)

    async def deliver(self, update: Update) -> None:
        """Deliver it, even if the person does not wait for that."""
        delivering = asyncio.create_task(self._deliver(update))
        self._delivering.add(delivering)
        delivering.add_done_callback(self._delivering.discard)
        await asyncio.shield(delivering)

    async def _deliver(self, update: Update) -> None:
        """As a platform delivers to a webhook: to any process, and again until one has it."""
        while True:
            ready = [one for one in self.processes if one.app and not one.is_dead]
            if ready and await self._has_accepted(self._random.choice(ready), update):
                return
            await asyncio.sleep(self._random.uniform(1.0, 60.0))

    async def _has_accepted(self, process: Process, update: Update) -> bool:
        if process.app is None:
            return False
        accepting = process.run(process.app.intake.accept(update))
        await asyncio.wait({accepting}, timeout=DELIVERY_SECONDS)
        if not accepting.done() or accepting.cancelled():
            return False
        fault = accepting.exception()
        if fault and not isinstance(fault, StoreUnavailable):
            self.log.lines.append(f"accept: {traceback_summary(fault)}")
        return fault is None

    # --- Processes -----------------------------------------------------------------------------------------

    async def _keep_alive(self, number: int) -> None:
        """A machine: starts the process again and again."""
        clock = SkewedClock(self.now)
        for life in count():
            process = Process(
                f"r{number}.{life}",
                settings=self._settings,
                platform=self.platform,
                clock=clock,
                seed=stream(self.spec.seed, "process", number, life).getrandbits(63),
                anything_due=self._is_anything_due,
            )
            self.processes = [one for one in self.processes if not one.is_dead]
            self.processes.append(process)
            living = process.run(process.live())
            await asyncio.wait({living})
            self._note_end(process, living)
            await self._buried(process)
            await asyncio.sleep(self.nemesis.away())

    def _note_end(self, process: Process, living: asyncio.Task[None]) -> None:
        fault = None if living.cancelled() else living.exception()
        if fault and not process.is_dead:
            self.log.lines.append(f"{process.name} ended: {traceback_summary(fault)}")

    async def _buried(self, process: Process) -> None:
        process.die()
        await process.buried()

    async def _end(self, keeping: Sequence[asyncio.Task[None]]) -> None:
        for one in keeping:
            one.cancel()
        for process in self.processes:
            await self._buried(process)
        self._watching.close()
        self._engine.dispose()

    # --- What is known from outside ------------------------------------------------------------------------

    def _is_anything_due(self, now: datetime) -> bool:
        values = {"now": Moment().store(now)}
        return bool(self._watching.execute(_DUE, values).fetchone()[0])

    def _microseconds(self) -> int:
        return Moment().store(self.now())

    def _surroundings(self, address: str) -> Surroundings:
        query = (
            select(people.c.zone, people.c.preferences).join(accounts).where(accounts.c.address == address)
        )
        with self._engine.connect() as connection:
            row = connection.execute(query).first()
        if row is None or row.zone is None:
            return Surroundings(was_quiet=False, zone=None)
        zone, now = ZoneInfo(row.zone), self.now()
        quiet = all(is_quiet(at, zone, row.preferences.quiet) for at in (now + one for one in GRACE))
        return Surroundings(was_quiet=quiet, zone=row.zone)

    async def _checked(self, *, calm: bool) -> Checked:
        evidence = await Evidence.read(self, calm=calm)
        return Checked(evidence=evidence, broken=[*broken(evidence), *self.log.lines])

    def _outcome(self, last: Checked) -> Outcome:
        digest = hashlib.sha256()
        for one in self.platform.shown:
            digest.update(f"{one.at.isoformat()} {one.address} {one.first.text} {one.now.text}".encode())
        return Outcome(
            spec=self.spec,
            broken=last.broken,
            evidence=last.evidence,
            troubles=dict(sorted(self.nemesis.done.items())),
            counts={
                "messages": len(self.platform.shown),
                "lines": sum(len(one.lines) for one in self.humans),
                "taps": sum(len(one.presses) for one in self.humans),
                "refused": self.platform.refused,
                "lost answers": self.platform.lost,
            },
            digest=digest.hexdigest(),
        )
