"""One ``oo run`` of the simulation: the whole of oO as it is built, with its jobs, on the loop's time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta
from random import Random
from typing import TYPE_CHECKING
from unittest.mock import patch

import bot.app
import jobs.remind
from bot import intake
from bot.app import App, build
from bot.replica import Beat, Replica
from bot.settings import Settings
from bot.simulate.clock import SeededRandom
from core.chat import Channel
from core.errors import StoreUnavailable
from tests.nemesis.database import ConnectedLife, shared_store
from tests.nemesis.loop import current_life

if TYPE_CHECKING:
    from tests.nemesis.platform import Platform

BEAT = Beat(alive_for=2400.0, alive_every=600.0, leads_for=3600.0, leads_every=900.0)
"""Some hundred times as long as usual: a day of a replica is then some hundred transactions."""
RINGING_BEAT = timedelta(minutes=10)
"""How often the process writes down that it rings reminders."""
TURN_SECONDS = 20.0
LOOK_SECONDS = (15.0, 45.0)
"""Between two looks whether anything is due."""
OFTEN = ("push", "remind", "deliver", "recover")
HOURLY = ("relay", "rewards", "learn", "watch", "budget")
DAILY = ("prune", "sync", "embed", "tokens")


class Process(ConnectedLife):
    """One life of a replica."""

    def __init__(
        self,
        name: str,
        *,
        settings: Settings,
        platform: Platform,
        clock: SkewedClock,
        seed: int,
        anything_due: Callable[[datetime], bool],
    ) -> None:
        super().__init__()
        self.name = name
        self.app: App | None = None
        """None until it accepts updates, and once it stops."""
        self.clock = clock
        self.dies_at: int | None = None
        """After so many statements; None: not at one."""
        self.random = SeededRandom(seed)
        self._draws = Random(seed)
        self._settings = settings
        self._platform = platform
        self._anything_due = anything_due

    async def live(self) -> None:
        """From the start on, until it is killed or stopped. Ends at once if the database can't be used."""
        line = self._platform.line(self)
        try:
            app = await build(
                self._settings,
                lambda intake, clock: {Channel.TELEGRAM: line},
                clock=self.clock,
                random=self.random,
            )
            await app.start()
        except StoreUnavailable:
            return
        self.app = app
        await self._work(app)

    async def stop(self) -> None:
        """As SIGTERM."""
        app, self.app = self.app, None
        if app:
            await app.pause()
            await app.close()

    async def _work(self, app: App) -> None:
        rung_at = hour = day = -1e9
        loop = asyncio.get_running_loop()
        while self.app:
            await asyncio.sleep(self._draws.uniform(*LOOK_SECONDS))
            now = loop.time()
            names: list[str] = []
            if self._anything_due(self.clock.now()):
                names += OFTEN
            elif now - rung_at > RINGING_BEAT.total_seconds():
                names += ("remind",)
            if "remind" in names:
                rung_at = now
            if now - hour > 3600:
                names, hour = [*names, *HOURLY], now
            if now - day > 86400:
                names, day = [*names, *DAILY], now
            for name in names:
                await app.scheduler._tick(name)


class SkewedClock:
    """The true time, and how far a machine's clock is off."""

    def __init__(self, true: Callable[[], datetime]) -> None:
        self.skew = timedelta(0)
        self._true = true

    def now(self) -> datetime:
        """What the machine takes for the time."""
        return self._true() + self.skew


@contextmanager
def simulated_processes() -> Iterator[None]:
    """What is built in the block is a process of the simulation: it shares its database with others, has a
    name by its seed, and gives signs of life at the pace of the simulation.
    """

    async def opened(url: str) -> object:
        return shared_store(url)

    def own_random() -> SeededRandom:
        life = current_life()
        if not isinstance(life, Process):
            raise TypeError("only processes are built")
        return life.random

    def paced(*values: object, **named: object) -> Replica:
        return Replica(*values, **named, beat=BEAT)  # type: ignore[arg-type]

    with ExitStack() as ending:
        for place, name, value in (
            (bot.app, "open_store", opened),
            (bot.app, "SystemRandomSource", own_random),
            (bot.app, "Replica", paced),
            (jobs.remind, "BEAT", RINGING_BEAT),
            (intake, "TURN_SECONDS", TURN_SECONDS),
        ):
            ending.enter_context(patch.object(place, name, value))
        yield
