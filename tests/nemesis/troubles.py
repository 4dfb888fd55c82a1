"""The nemesis: what goes wrong, and when, by its seed."""

from __future__ import annotations

import asyncio
import sqlite3
from collections import Counter
from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING

from tests.nemesis.loop import Life
from tests.nemesis.process import Process

if TYPE_CHECKING:
    from random import Random

    from tests.nemesis.world import World

MEAN_HOURS = 2.0
"""Between two troubles."""
TROUBLE = 0.04
"""The share of requests to the platform that fail at ordinary times."""
AWAY_SECONDS = (2.0, 20.0, 60.0, 900.0, 3600.0, 6 * 3600.0)
FROZEN_SECONDS = (5.0, 60.0, 1800.0, 4000.0, 6000.0, 5 * 3600.0)
"""Shorter and longer than leases last."""
SKEW_SECONDS = 40.0


class Nemesis:
    """Does harm to a world until it is told to end."""

    def __init__(self, world: World, random: Random) -> None:
        self.done: Counter[str] = Counter()
        """How often each trouble was made."""
        self._world = world
        self._random = random
        self._is_over = False

    async def rage(self) -> None:
        """Make trouble, until cancelled."""
        kinds = {
            self._kill: 3,
            self._kill_at_statement: 6,
            self._stop: 1,
            self._freeze: 3,
            self._kill_all: 0.5,
            self._step_clock: 1,
            self._keep_store_busy: 1,
            self._cut_platform_off: 1,
        }
        self._world.platform.trouble = TROUBLE
        while True:
            await asyncio.sleep(self._random.expovariate(1 / MEAN_HOURS) * 3600)
            await self._random.choices([*kinds], [*kinds.values()])[0]()

    def end(self) -> None:
        """From now on, everything goes well."""
        self._is_over = True
        self._world.platform.trouble = 0.0

    def at_statement(self, life: Life) -> None:
        """Called around each statement: the process may have reached the one at which it dies."""
        if not isinstance(life, Process) or life.dies_at is None or self._is_over:
            return
        life.dies_at -= 1
        if life.dies_at <= 0 and not life.is_dead:
            self.done["kill at a statement"] += 1
            life.die()

    def away(self) -> float:
        """How many seconds a process is away."""
        return 5.0 if self._is_over else self._random.uniform(0.2, 1.0) * self._random.choice(AWAY_SECONDS)

    async def _kill(self) -> None:
        if process := self._some():
            self.done["kill"] += 1
            process.die()

    async def _kill_all(self) -> None:
        self.done["kill of all"] += 1
        for process in self._world.processes:
            process.die()

    async def _kill_at_statement(self) -> None:
        if process := self._some():
            process.dies_at = self._random.choice((1, 2, 5, 15, 40, 100, 300))

    async def _stop(self) -> None:
        if process := self._some():
            self.done["stop"] += 1
            await process.run(process.stop())
            process.die()

    async def _freeze(self) -> None:
        process = self._some()
        if process is None:
            return
        while process.writes:  # noqa: ASYNC110 - nothing tells when
            await asyncio.sleep(0.003)
        self.done["freeze"] += 1
        process.freeze()
        seconds = self._random.uniform(0.3, 1.0) * self._random.choice(FROZEN_SECONDS)
        asyncio.get_running_loop().call_later(seconds, process.thaw)

    async def _step_clock(self) -> None:
        if process := self._some():
            self.done["clock step"] += 1
            process.clock.skew = timedelta(seconds=self._random.uniform(-SKEW_SECONDS, SKEW_SECONDS))

    async def _keep_store_busy(self) -> None:
        self.done["busy store"] += 1
        with closing(sqlite3.connect(self._world.file, timeout=0, isolation_level=None)) as connection:
            try:
                connection.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError:
                return
            await asyncio.sleep(self._random.choice((1.0, 4.0, 12.0, 60.0)))

    async def _cut_platform_off(self) -> None:
        self.done["platform in trouble"] += 1
        self._world.platform.trouble = self._random.choice((0.3, 0.9))
        await asyncio.sleep(self._random.choice((60.0, 900.0, 3600.0)))
        self._world.platform.trouble = TROUBLE

    def _some(self) -> Process | None:
        alive = [one for one in self._world.processes if one.app and not one.is_dead and not one.is_frozen]
        return self._random.choice(alive) if alive else None
