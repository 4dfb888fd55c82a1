"""Rate limits that all processes on a database share, and that outlast a restart.

What a platform demanded (``retry_after``) is stored, and read at the start. Where several processes share the
database, each tells the others there what it has sent, and learns what they have sent. A limit is the time at
which all messages so far will have drained (the generic cell rate algorithm), by the clock of the database.

No message waits for the database: it goes by what this process knows, and is reported behind its back, with
all others that were sent meanwhile. So together they may exceed a limit by what was sent within one report,
some milliseconds, before they wait for each other. A database that does not answer holds back nothing: each
process then keeps to its own pace, as it does on a file, where it is the only one.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import logging
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from adapters.pace import OwnPaces, seconds
from core.errors import NotSent, StoreUnavailable
from core.ports import Clock, Limit
from core.records import PaceState
from core.store import PACES_LOCK, Store

log = logging.getLogger(__name__)

CLOSE_SECONDS = 1.0
"""A stop waits no longer for the last report."""

LOOK_SECONDS = 1.0
"""How often a process asks what platforms demanded of others."""

LONGEST_BACKLOG_SECONDS = 15.0
"""No message waits longer for its turn. What goes beyond that was stored before the clock was set back."""

MAX_KNOWN = 10_000
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
NAME_CHARACTERS = 32


class StoredPaces:
    """The limits of one platform; implements ``core.ports.PaceBook``."""

    def __init__(self, store: Store, clock: Clock, *, key: str, is_shared: bool) -> None:
        """``key``: a secret that all processes have, so that the stored names name nobody. ``is_shared``:
        whether there may be other processes.
        """
        self._store = store
        self._clock = clock
        self._key = key.encode()
        self._is_shared = is_shared
        self._own = OwnPaces()
        self._drained_at: dict[str, float] = {}
        """By name, when all messages that are known of will have drained, by the clock of the event loop."""
        self._unreported: Counter[Limit] = Counter()
        self._demanded: dict[str, float] = {}
        """By name, until when a platform wants nothing, as far as it is not stored yet."""
        self._reporting: asyncio.Task[None] | None = None
        self._looking: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Learn what the platform demanded before, and go on learning what it demands of others."""
        await self._look()
        if self._is_shared:
            self._looking = asyncio.create_task(self._look_again_and_again())

    async def close(self) -> None:
        """Report what is not reported yet."""
        if self._looking:
            self._looking.cancel()
            await asyncio.wait({self._looking})
        if self._reporting:
            await asyncio.wait({self._reporting}, timeout=CLOSE_SECONDS)

    def left(self, name: str) -> float:
        """As ``PaceBook.left``."""
        return self._own.left(self._hashed(name))

    def hold(self, name: str, span: float) -> None:
        """As ``PaceBook.hold``; it is stored in the background."""
        hashed = self._hashed(name)
        self._own.hold(hashed, span)
        self._demanded[hashed] = max(self._demanded.get(hashed, 0.0), seconds() + span)
        self._report_soon()

    async def turn(self, limits: Sequence[Limit], max_wait: float) -> float:
        """As ``PaceBook.turn``, by what is known to this process."""
        hashed = [replace(one, name=self._hashed(one.name)) for one in limits]
        if held := max((self._own.left(one.name) for one in hashed), default=0.0):
            raise NotSent("the platform asked to wait", retry_after=held)
        counted = [one for one in hashed if one.interval]
        if not self._is_shared or not counted:
            return 0.0
        wait = max(0.0, *(self._backlog(one.name) - (one.burst - 1) * one.interval for one in counted))
        if wait > max_wait:
            raise NotSent("too many messages are waiting", retry_after=wait)
        for one in counted:
            self._drained_at[one.name] = seconds() + self._backlog(one.name) + one.interval
        self._unreported.update(counted)
        self._report_soon()
        return wait

    def _backlog(self, name: str) -> float:
        """Seconds until all messages that are known of will have drained."""
        return max(0.0, self._drained_at.get(name, 0.0) - seconds())

    # --- With the others -----------------------------------------------------------------------------------

    def _report_soon(self) -> None:
        if self._reporting is None or self._reporting.done():
            self._reporting = asyncio.create_task(self._report())

    async def _report(self) -> None:
        """Store what happened, all of it at once, until nothing is left."""
        while self._unreported or self._demanded:
            sent, self._unreported = self._unreported, Counter()
            demanded, self._demanded = self._demanded, {}
            try:
                await self._exchange(sent, {name: until - seconds() for name, until in demanded.items()})
            except StoreUnavailable:
                log.info("other processes were not told how much was sent")

    async def _exchange(self, sent: Mapping[Limit, int], demanded: Mapping[str, float]) -> None:
        names = sorted({one.name for one in sent} | demanded.keys())
        async with self._store.begin(PACES_LOCK) as unit:
            now = await unit.paces.now(self._clock.now())
            states = dict(await unit.paces.get(names))
            for limit, count in sent.items():
                states[limit.name] = used(states.get(limit.name) or _unused(limit.name), limit, count, now)
            for name, span in demanded.items():
                state, until = states.get(name) or _unused(name), now + timedelta(seconds=span)
                states[name] = replace(state, held_until=max(state.held_until, until))
            await unit.paces.put(list(states.values()))
        for limit in sent:
            self._learn(limit, (states[limit.name].free_at - now).total_seconds())
        self._heed(states.values(), now)

    def _learn(self, limit: Limit, backlog: float) -> None:
        """What all have sent, and what this process has sent since it reported."""
        if len(self._drained_at) >= MAX_KNOWN:
            self._drained_at = {name: at for name, at in self._drained_at.items() if at > seconds()}
        since = self._unreported[limit] * limit.interval
        self._drained_at[limit.name] = seconds() + max(0.0, backlog) + since

    async def _look_again_and_again(self) -> None:
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            try:
                await self._look()
            except StoreUnavailable:
                continue  # the store has logged it

    async def _look(self) -> None:
        async with self._store.read() as unit:
            now = await unit.paces.now(self._clock.now())
            self._heed(await unit.paces.held(self._clock.now()), now)

    def _heed(self, states: Iterable[PaceState], now: datetime) -> None:
        """Hold what a platform does not want, whoever was told so."""
        for state in states:
            if state.held_until > now:
                self._own.hold(state.name, (state.held_until - now).total_seconds())

    def _hashed(self, name: str) -> str:
        return hmac.new(self._key, name.encode(), hashlib.sha256).hexdigest()[:NAME_CHARACTERS]


def used(state: PaceState, limit: Limit, count: int, now: datetime) -> PaceState:
    """``state`` after ``count`` more messages."""
    longest = limit.burst * limit.interval + LONGEST_BACKLOG_SECONDS
    backlog = min(max(0.0, (state.free_at - now).total_seconds()), longest)
    return replace(state, free_at=now + timedelta(seconds=backlog + count * limit.interval))


def _unused(name: str) -> PaceState:
    return PaceState(name=name, free_at=LONG_AGO, held_until=LONG_AGO)
