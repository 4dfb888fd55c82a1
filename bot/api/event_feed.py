"""Events as they happen, for those who follow them: one reader of the log for all connections of a process.

The reader asks once a second which people there is something new about, and which tokens are in force: two
queries, however many follow. Who is concerned reads their own events then, behind the last one that they got.
So a connection holds no events, and a slow one costs nobody else anything.

Places in the log of a server may be committed in another order, but not those of one person, whose
transactions wait for each other. So the reader looks back a little each time.

Tests: tests/bot/api/test_events.py.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncGenerator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from bot.api.problems import Kind, Problem
from core.dependencies import Dependencies
from core.errors import StoreUnavailable
from core.learning.public_events import public_events
from core.people.tokens import Caller
from core.records import PublicEvent

log = logging.getLogger(__name__)

INTERVAL_SECONDS = 1.0
"""Between two looks at the log."""

HEARTBEAT_SECONDS = 15.0
"""So long nothing may happen before a sign of life."""

LOOK_BACK = 500
"""Places in the log that a slow transaction may be behind others."""

BATCH_SIZE = 100
"""Events that are read, and sent, at once."""

MAX_FOLLOWERS = 2000
MAX_FOLLOWERS_PER_TOKEN = 5
RETRY_AFTER_SECONDS = 60


@dataclass(slots=True, kw_only=True, eq=False)
class Follower:
    """A connection that follows the events of one person."""

    person_id: str
    token_id: str
    position: int
    """Of the last event that it got."""
    is_over: bool = False
    """Whether its token is not in force any more, or is another person's."""
    _woken: asyncio.Event = field(default_factory=asyncio.Event)

    def wake(self) -> None:
        """There may be something new."""
        self._woken.set()

    def end(self) -> None:
        """It gets nothing more."""
        self.is_over = True
        self._woken.set()

    async def sleep(self, seconds: float) -> bool:
        """Wait for something new; False if nothing came in that time."""
        try:
            async with asyncio.timeout(seconds):
                await self._woken.wait()
        except TimeoutError:
            return False
        self._woken.clear()
        return True


class EventFeed:
    """All followers of a process. Its reader runs while there are any."""

    def __init__(
        self,
        deps: Dependencies,
        *,
        interval: float = INTERVAL_SECONDS,
        heartbeat: float = HEARTBEAT_SECONDS,
        batch_size: int = BATCH_SIZE,
    ) -> None:
        """Times in seconds."""
        self._deps = deps
        self._interval = interval
        self._heartbeat = heartbeat
        self._batch_size = batch_size
        self._followers: set[Follower] = set()
        self._by_token: Counter[str] = Counter()
        self._reader: asyncio.Task[None] | None = None
        self._last = 0
        """The end of the log, at the last look."""
        self._is_down = False

    @property
    def followers(self) -> int:
        """How many there are."""
        return len(self._followers)

    async def position(self, caller: Caller, after: int | None) -> int:
        """The place in the log behind which events are new to somebody who got those up to ``after``; None:
        who wants what happens from now on. A place that is ahead of the log is not of this log.

        Raises ``Problem`` if too many follow already, and ``StoreUnavailable``.
        """
        self._check(caller)
        async with self._deps.store.read() as unit:
            if after is None:
                return await unit.events.last_position(caller.person.person_id)
            return min(after, await unit.events.last_position())

    def _is_full(self, token_id: str) -> bool:
        return len(self._followers) >= MAX_FOLLOWERS or self._by_token[token_id] >= MAX_FOLLOWERS_PER_TOKEN

    def _check(self, caller: Caller) -> None:
        if self._is_full(caller.token.token_id):
            headers = {"Retry-After": str(RETRY_AFTER_SECONDS)}
            raise Problem(Kind.TOO_MANY_REQUESTS, "Too many connections follow events.", headers=headers)

    async def batches(self, caller: Caller, position: int) -> AsyncGenerator[tuple[PublicEvent, ...]]:
        """The person's events behind ``position``, in order, as they happen; empty as a sign of life.

        Ends when the token is revoked, or the person is gone, has joined another or has not agreed any more;
        at once if others that asked at the same time have taken the last place.
        """
        if self._is_full(caller.token.token_id):
            return
        with self._following(caller, position) as follower:
            yield ()
            while not follower.is_over:
                events = await self._next(follower)
                if events is None:
                    return
                if events:
                    yield events
                elif not await follower.sleep(self._heartbeat):
                    yield ()

    @contextmanager
    def _following(self, caller: Caller, position: int) -> Iterator[Follower]:
        follower = Follower(
            person_id=caller.person.person_id, token_id=caller.token.token_id, position=position
        )
        self._followers.add(follower)
        self._by_token[follower.token_id] += 1
        if self._reader is None or self._reader.done():
            self._reader = asyncio.create_task(self._read())
        try:
            yield follower
        finally:
            self._followers.discard(follower)
            self._by_token -= Counter([follower.token_id])
            if not self._followers and self._reader:
                self._reader.cancel()
                self._reader = None

    async def _next(self, follower: Follower) -> tuple[PublicEvent, ...] | None:
        """The next events of the person; None if they are for the follower no more."""
        try:
            async with self._deps.store.read() as unit:
                owners = await unit.tokens.in_force([follower.token_id])
                if owners.get(follower.token_id) != follower.person_id:
                    return None
                logged = await unit.events.after(
                    follower.position, self._batch_size, person_id=follower.person_id
                )
                events = await public_events(unit, logged)
        except StoreUnavailable:
            return ()  # the reader wakes the follower again once the database is back
        if events:
            follower.position = events[-1].position
        return events

    async def _read(self) -> None:
        """Look again and again who is concerned by something new. Whoever follows does not outlive it."""
        try:
            while True:
                await asyncio.sleep(self._interval)
                await self._look_if_possible()
        finally:
            # Not after the last one has left: whoever came since has a reader of their own.
            for one in self._followers if self._reader is asyncio.current_task() else ():
                one.end()

    async def _look_if_possible(self) -> None:
        try:
            await self._look()
        except StoreUnavailable as fault:
            if not self._is_down:
                log.warning("events can't be followed: %s", fault)
            self._is_down = True
        else:
            self._is_down = False

    async def _look(self) -> None:
        followers = tuple(self._followers)
        async with self._deps.store.read() as unit:
            last = await unit.events.last_position()
            heard = await unit.events.heard_since(min(self._last or last, last) - LOOK_BACK)
            owners = await unit.tokens.in_force({one.token_id for one in followers})
        self._last = last
        for one in followers:
            one.position = min(one.position, last)  # the end of the log may have been deleted
            if owners.get(one.token_id) != one.person_id:
                one.end()
            elif heard.get(one.person_id, 0) > one.position:
                one.wake()
