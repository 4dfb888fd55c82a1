"""Rate limits that all processes on a database share, and that outlast a restart.

What a platform demanded (``retry_after``) is stored, and read at the start. Where several processes share the
database, each message takes its turn there as well: a limit is the time at which all turns that were given
will be used up (the generic cell rate algorithm), by the clock of the database. Messages that wait at once
take their turns in one transaction. A database that does not answer holds back no message: each process then
keeps to its own pace, as it does on a file, where it is the only one.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import logging
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from adapters.pace import OwnPaces
from core.errors import NotSent, StoreUnavailable
from core.ports import Clock, Limit
from core.records import PaceState
from core.store import PACES_LOCK, Store

log = logging.getLogger(__name__)

ANSWER_SECONDS = 1.0
"""A message waits no longer for the database."""

AT_ONCE = 100
"""Messages that take their turns in one transaction."""

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
NAME_CHARACTERS = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class _Request:
    """A message that waits for its turn."""

    limits: Sequence[Limit]
    max_wait: float
    turn: asyncio.Future[float]


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
        self._waiting: list[_Request] = []
        self._giving: asyncio.Task[None] | None = None
        self._writing: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Read what the platform demanded before."""
        async with self._store.read() as unit:
            now = await unit.paces.now(self._clock.now())
            for state in await unit.paces.held(self._clock.now()):
                self._own.hold(state.name, (state.held_until - now).total_seconds())

    async def close(self) -> None:
        """Wait until all that was demanded is stored."""
        if self._writing:
            await asyncio.wait(self._writing, timeout=ANSWER_SECONDS)

    def left(self, name: str) -> float:
        """As ``PaceBook.left``."""
        return self._own.left(self._hashed(name))

    def hold(self, name: str, seconds: float) -> None:
        """As ``PaceBook.hold``; it is stored in the background."""
        hashed = self._hashed(name)
        self._own.hold(hashed, seconds)
        writing = asyncio.create_task(_or_not(self._store_hold(hashed, seconds)))
        self._writing.add(writing)
        writing.add_done_callback(self._writing.discard)

    async def turn(self, limits: Sequence[Limit], max_wait: float) -> float:
        """As ``PaceBook.turn``."""
        if not self._is_shared or not any(one.interval for one in limits):
            return 0.0
        mine = [replace(one, name=self._hashed(one.name)) for one in limits]
        turn: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        self._waiting.append(_Request(limits=mine, max_wait=max_wait, turn=turn))
        if self._giving is None or self._giving.done():
            self._giving = asyncio.create_task(self._give())
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                return await turn
        except TimeoutError:
            return 0.0

    async def _give(self) -> None:
        """Give turns to all who wait, many in one transaction."""
        while self._waiting:
            batch, self._waiting = self._waiting[:AT_ONCE], self._waiting[AT_ONCE:]
            batch = [one for one in batch if not one.turn.done()]
            outcomes: Sequence[float | NotSent] = [0.0] * len(batch)
            try:
                outcomes = await self._given(batch)
            except StoreUnavailable:
                pass  # the store has logged it
            finally:
                for request, outcome in zip(batch, outcomes, strict=True):
                    _tell(request.turn, outcome)

    async def _given(self, batch: Sequence[_Request]) -> Sequence[float | NotSent]:
        names = sorted({limit.name for request in batch for limit in request.limits})
        async with self._store.begin(PACES_LOCK) as unit:
            now = await unit.paces.now(self._clock.now())
            before = await unit.paces.get(names)
            states = dict(before)
            outcomes = [give(states, one.limits, one.max_wait, now) for one in batch]
            await unit.paces.put([one for name, one in states.items() if one != before.get(name)])
        for state in before.values():
            if state.held_until > now:
                self._own.hold(state.name, (state.held_until - now).total_seconds())
        return outcomes

    async def _store_hold(self, name: str, seconds: float) -> None:
        async with self._store.begin(PACES_LOCK) as unit:
            now = await unit.paces.now(self._clock.now())
            state = (await unit.paces.get([name])).get(name) or _unused(name)
            until = max(state.held_until, now + timedelta(seconds=seconds))
            await unit.paces.put([replace(state, held_until=until)])

    def _hashed(self, name: str) -> str:
        return hmac.new(self._key, name.encode(), hashlib.sha256).hexdigest()[:NAME_CHARACTERS]


def give(
    states: dict[str, PaceState], limits: Sequence[Limit], max_wait: float, now: datetime
) -> float | NotSent:
    """A turn at every limit, or why not; changes ``states`` if it is given. Seconds from ``now``.

    A limit that would be used up for longer than any turn may wait was used before the clock was set back.
    """
    used: dict[str, float] = {}
    wait = 0.0
    for limit in limits:
        state = states.get(limit.name) or _unused(limit.name)
        held = (state.held_until - now).total_seconds()
        if held > 0:
            return NotSent("the platform asked to wait", retry_after=held)
        full = limit.burst * limit.interval
        used[limit.name] = min(max(0.0, (state.free_at - now).total_seconds()), full + max_wait)
        wait = max(wait, used[limit.name] + limit.interval - full)
    if wait > max_wait:
        return NotSent("too many messages are waiting", retry_after=wait)
    for limit in limits:
        if not limit.interval:
            continue
        state = states.get(limit.name) or _unused(limit.name)
        free_at = now + timedelta(seconds=used[limit.name] + limit.interval)
        states[limit.name] = replace(state, free_at=free_at)
    return wait


def _unused(name: str) -> PaceState:
    return PaceState(name=name, free_at=LONG_AGO, held_until=LONG_AGO)


def _tell(turn: asyncio.Future[float], outcome: float | NotSent) -> None:
    if turn.done():
        return
    if isinstance(outcome, NotSent):
        turn.set_exception(outcome)
    else:
        turn.set_result(outcome)


async def _or_not(work: Coroutine[Any, Any, None]) -> None:
    """What can't be stored is known to this process alone."""
    try:
        await work
    except StoreUnavailable:
        log.info("a wait that a platform asked for was not stored")
