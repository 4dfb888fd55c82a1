"""What goes wrong during a soak: when processes are killed, answers are lost and the clock is set.

All choices come from one seed. Their instants do not, since processes run in real time: a seed that failed is
worth several runs.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from tests.soak.clock import SteppedClock
from tests.soak.databases import SoakDatabase
from tests.soak.participants import SLOT_MINUTES, ZONES, quiet_hours
from tests.soak.replica import Replica
from tests.soak.spec import SoakSpec
from tests.soak.streams import SoakStream
from tests.soak.wire import Moment, Strike

TELEGRAM_METHOD = re.compile(r"/bot[^/]+/(?P<method>\w+)$")
TARGETS = ("sendMessage", "editMessageText", "answerCallbackQuery", "getUpdates")
TODOIST = "a change in Todoist"
TARGET_WEIGHTS = (5, 2, 1, 2, 2)
SOON_SECONDS = 0.02
"""So long after an answer a process may live that is killed because of it."""
NTH = (1, 1, 2, 3, 5, 8)
"""At which request of a kind a process is killed."""
AMBUSH_STARTS = 5.0
"""How long such a request is waited for, in starts of a process."""
HARM_STARTS = 3.0
"""How long it takes on average until other harm than kills is done, in starts of a process."""
MAX_PAUSE_SECONDS = 5.0
MAX_CALM_SECONDS = 15.0
"""So long one of several replicas lives at first: long enough to take over what others have left behind."""
CALM_SHARE = 0.02
"""How often the only replica lives so long: long enough to handle what was isolated."""
AWAY_MINUTES = 25.0
"""At most so much time passes while a process is away, as a rule."""
LONG_AWAY_HOURS = 3.0
"""Now and then: longer than a slot is fresh."""
MAX_MINUTES_LATE = 15.0
"""How far into somebody's quiet hours a process is away that has missed their last slot before them."""


def seconds_to_slot(now: datetime) -> float:
    """Until the next minute in which people have a slot."""
    since = now - now.replace(minute=0, second=0, microsecond=0)
    ahead = [timedelta(minutes=minute) - since for minute in SLOT_MINUTES]
    return min(one if one > timedelta() else one + timedelta(hours=1) for one in ahead).total_seconds()


def seconds_to_quiet_hours(now: datetime, people: int) -> float:
    """Until somebody's quiet hours begin."""
    ahead: list[timedelta] = []
    for number in range(people):
        zone, quiet = ZONES[number % len(ZONES)], quiet_hours(number)
        if quiet:
            local = now.astimezone(ZoneInfo(zone))
            begins = local.replace(hour=quiet[0].hour, minute=quiet[0].minute, second=0, microsecond=0)
            ahead.append((begins - local) % timedelta(days=1))
    return min(ahead).total_seconds() if ahead else seconds_to_slot(now)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something went wrong."""

    kind: str
    at: float
    """By ``time.monotonic()``."""
    replica: str = ""


@dataclass(slots=True)
class Faults:
    """Everything that went wrong."""

    all: list[Fault] = field(default_factory=list)

    def add(self, kind: str, replica: str = "") -> None:
        self.all.append(Fault(kind=kind, at=time.monotonic(), replica=replica))

    def counted(self) -> dict[str, int]:
        """How many of each kind."""
        return dict(sorted(Counter(one.kind for one in self.all).items()))

    @property
    def kills(self) -> int:
        return sum(one.kind.startswith("kill") for one in self.all)


@dataclass(slots=True, kw_only=True)
class _Armed:
    """The next request of a replica at which it is killed."""

    method: str
    moment: Moment
    left: int
    """At which of these requests, counted from now on."""
    struck: asyncio.Event = field(default_factory=asyncio.Event)


class Nemesis:
    """Does harm to the replicas."""

    def __init__(self, spec: SoakSpec, clock: SteppedClock) -> None:
        self.faults = Faults()
        self._spec = spec
        self._clock = clock
        self._random = Random(f"nemesis {spec.seed}")
        self._armed: dict[str, _Armed] = {}
        self._is_over = True
        self._began = 0.0

    def begin(self) -> None:
        """From now on, things go wrong."""
        self._is_over = False
        self._began = time.monotonic()

    def end(self) -> None:
        """From now on, everything goes well."""
        self._is_over = True
        self._armed.clear()

    # --- On the wire ---------------------------------------------------------------------------------------

    def on_telegram(self, replica: Replica, request: str) -> Strike | None:
        """What happens to a request of the replica to Telegram."""
        found = TELEGRAM_METHOD.search(request)
        return self._struck(replica, found["method"]) if found else None

    def on_todoist(self, replica: Replica, request: str) -> Strike | None:
        """What happens to a request of the replica to Todoist."""
        return self._struck(replica, "reading" if request.startswith("GET") else TODOIST)

    def _struck(self, replica: Replica, method: str) -> Strike | None:
        if self._is_over:
            return None
        armed = self._armed.get(replica.name)
        if armed and armed.method == method:
            armed.left -= 1
            if armed.left == 0:
                return Strike(moment=armed.moment, act=lambda: self._kill_at(replica, armed))
        return self._perhaps_lost(replica)

    def _perhaps_lost(self, replica: Replica) -> Strike | None:
        if self._random.random() >= self._spec.lost:
            return None

        async def note() -> None:
            self.faults.add("answer lost", replica.name)

        return Strike(moment=Moment.UNANSWERED, act=note)

    async def _kill_at(self, replica: Replica, armed: _Armed) -> None:
        if armed.moment is Moment.ANSWERED:
            await asyncio.sleep(self._random.uniform(0, SOON_SECONDS))
        self._kill(replica, f"kill: {armed.method}, {armed.moment}")
        armed.struck.set()

    # --- Lives ---------------------------------------------------------------------------------------------

    async def live(self, replica: Replica) -> None:
        """Start the replica and kill it, again and again, until there were enough kills or minutes."""
        self._kill(replica, "kill: at any time")
        while not self._has_enough:
            await replica.spawn(from_scratch=self._random.random() < self._spec.scratch)
            await self._one_life(replica)
            seconds = self._away()
            is_alone = self._spec.replicas == 1
            if is_alone:
                await replica.expect_end()
            self._clock.step(seconds, unseen=is_alone)

    @property
    def _has_enough(self) -> bool:
        minutes = (time.monotonic() - self._began) / 60
        return self.faults.kills >= self._spec.kills or minutes >= self._spec.minutes

    def _away(self) -> float:
        """Seconds that pass while a process is away: none, some, hours, or enough until a slot, or until
        somebody's quiet hours.
        """
        how = self._random.random()
        if how < 0.3:
            return 0.0
        if how < 0.45:
            return self._random.uniform(0, AWAY_MINUTES * 60)
        if how < 0.55:
            return self._random.uniform(0, LONG_AWAY_HOURS * 3600)
        if how < 0.7:
            minutes_late = self._random.uniform(0, MAX_MINUTES_LATE)
            return seconds_to_quiet_hours(self._clock.now(), self._spec.people) + 60 * minutes_late
        return seconds_to_slot(self._clock.now())

    async def _one_life(self, replica: Replica) -> None:
        """A life is measured by what the replica does, not in seconds: the machine may be busy."""
        is_calm = self._spec.replicas > 1 or self._random.random() < CALM_SHARE
        if is_calm and await replica.expect_ready():
            await asyncio.sleep(self._random.uniform(0, MAX_CALM_SECONDS))
        how = self._random.random()
        if how < 0.2:
            await asyncio.sleep(self._random.uniform(0, replica.usual_start))
            self._kill(replica, "kill: just started" if replica.is_ready else "kill: while starting")
        elif not await replica.expect_ready():
            return
        elif how < 0.8:
            await self._ambush(replica)
        else:
            await asyncio.sleep(self._random.uniform(0, 2 * replica.usual_start))
        self._kill(replica, "kill: at any time")

    async def _ambush(self, replica: Replica) -> None:
        """Kill the replica at one of its next requests, if it makes one soon."""
        targets = (*TARGETS, TODOIST) if self._spec.todoist else TARGETS
        [method] = self._random.choices(targets, TARGET_WEIGHTS[: len(targets)])
        moment, number = self._random.choice(list(Moment)), self._random.choice(NTH)
        armed = self._armed[replica.name] = _Armed(method=method, moment=moment, left=number)
        with suppress(TimeoutError):
            async with asyncio.timeout(AMBUSH_STARTS * replica.usual_start):
                await armed.struck.wait()
        self._armed.pop(replica.name, None)

    # --- Beside the kills ----------------------------------------------------------------------------------

    async def harm(
        self, replicas: Sequence[Replica], database: SoakDatabase, stream: SoakStream | None
    ) -> None:
        """Do other harm now and then, until cancelled."""
        ways: dict[str, Callable[[], Awaitable[None]]] = {
            "cut": lambda: self._cut(self._random.choice(replicas)),
            "pause": lambda: self._pause(self._random.choice(replicas)),
            "step": self._step,
            "database": lambda: self._crash(database),
        }
        chosen = [way for name, way in ways.items() if name in self._spec.faults]
        if stream:
            chosen.append(lambda: self._harm_stream(stream))
        while chosen:
            await asyncio.sleep(self._random.expovariate(1 / (HARM_STARTS * replicas[0].usual_start)))
            await self._random.choice(chosen)()

    async def _cut(self, replica: Replica) -> None:
        for wire in replica.wires:
            for request in await wire.cut():
                self.faults.add(f"cut off: {request.rpartition('/')[2]}", replica.name)

    async def _pause(self, replica: Replica) -> None:
        """Stop the process for a while, and let it go on, unless it was killed meanwhile."""
        self.faults.add("pause", replica.name)
        replica.pause()
        try:
            await asyncio.sleep(self._random.uniform(0, MAX_PAUSE_SECONDS))
        finally:
            replica.go_on()

    async def _step(self) -> None:
        back = self._random.random() < 0.3
        seconds = self._random.uniform(0, AWAY_MINUTES * 60)
        self.faults.add("clock set back" if back else "clock set forward")
        self._clock.step(-seconds if back else seconds)

    async def _crash(self, database: SoakDatabase) -> None:
        self.faults.add("database crashed")
        await database.crash()

    async def _harm_stream(self, stream: SoakStream) -> None:
        is_wiped = self._random.random() < 0.5
        self.faults.add("stream wiped" if is_wiped else "stream killed")
        await (
            stream.lose_everything() if is_wiped else stream.crash(self._random.uniform(0, MAX_PAUSE_SECONDS))
        )

    def _kill(self, replica: Replica, kind: str) -> None:
        if replica.kill():
            self.faults.add(kind, replica.name)
