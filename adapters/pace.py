"""How fast oO may write to a platform: a burst at once, then one message after the other.

Nobody knows when a message arrives, only that it is between its departure and its answer. So it counts from
its departure on, and drains only from its answer on: one more may depart while L + F + 1 <= burst, with F
under way and L of the answered ones left, which drain one in every interval. A platform that drains at least
as fast and takes at least that burst then never has to refuse, however the messages were delayed. For what
it holds is never more than L + A, where A of the F have arrived: an arrival adds one to both; an answer makes
one of A one of L; in between the platform's falls at least as fast as L, or is 0. And L + A <= L + F, which
only a departure raises.

What has no answer counts as answered when it is given up: the client's timeouts see to it that it is. All of
this is true of messages that arrive before that; what is still on its way then comes as one too many, and
when the platform refuses one for it, oO waits as it asks.
Seconds are the event loop's, which no change of the clock can turn back.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from core.errors import NotSent

LONGEST_WAIT = 10.0  # as expected: beyond it, a message is refused at once
PATIENCE = 15.0  # as it turns out, when answers are slow; with the request itself, less than any guard
CONVERSATIONS_REMEMBERED = 10_000


class Pace:
    """``burst`` at once after a rest, then one every ``interval`` seconds; 0 is no pace at all."""

    def __init__(self, *, interval: float, burst: int) -> None:
        self._interval = interval
        self._burst = burst
        self._drained_at = 0.0
        self._under_way = 0
        self._waiting = 0
        self._head = asyncio.Lock()

    @property
    def at_rest(self) -> bool:
        """Whether nothing counts any more, as if nothing had ever been sent."""
        return not (self._waiting or self._under_way) and self._drained_at <= seconds()

    @asynccontextmanager
    async def sending(self) -> AsyncIterator[None]:
        """Wait for a turn, first come, first served; the block is the request, from departure to answer.

        Raises ``NotSent`` at once when the wait would be longer than ``LONGEST_WAIT`` seconds.
        """
        await self._depart()
        try:
            yield
        finally:
            self._under_way -= 1
            self._drained_at = max(self._drained_at, seconds()) + self._interval

    async def _depart(self) -> None:
        expected = self._until_turn(ahead=self._waiting)
        if expected > LONGEST_WAIT:
            raise NotSent("too many messages are waiting", retry_after=expected)
        self._waiting += 1
        try:
            async with self._head:
                while (wait := self._until_turn(ahead=0)) > 0:  # noqa: ASYNC110 - no turn comes sooner
                    await asyncio.sleep(wait)
                self._under_way += 1
        finally:
            self._waiting -= 1

    def _until_turn(self, *, ahead: int) -> float:
        """The least seconds until L + F + ``ahead`` + 1 <= burst: its left side falls by one an interval."""
        draining = max(0.0, self._drained_at - seconds())
        return draining + (self._under_way + ahead + 1 - self._burst) * self._interval


class Paces:
    """A pace for each conversation; those at rest are forgotten when there are too many."""

    def __init__(self, *, interval: float, burst: int) -> None:
        self._interval = interval
        self._burst = burst
        self._by_name: dict[str, Pace] = {}

    def of(self, conversation: str) -> Pace:
        """The pace of that conversation."""
        if conversation not in self._by_name and len(self._by_name) >= CONVERSATIONS_REMEMBERED:
            self._by_name = {name: pace for name, pace in self._by_name.items() if not pace.at_rest}
        return self._by_name.setdefault(conversation, Pace(interval=self._interval, burst=self._burst))


@asynccontextmanager
async def in_turn(*paces: Pace) -> AsyncIterator[None]:
    """Wait for a turn at each of ``paces``, one after the other; the block is the request, as in ``sending``.

    Raises ``NotSent`` as ``sending`` does, and after ``PATIENCE`` seconds in all when answers are so slow
    that there still is no room.
    """
    async with AsyncExitStack() as turns:
        try:
            async with asyncio.timeout(PATIENCE):
                for pace in paces:
                    await turns.enter_async_context(pace.sending())
        except TimeoutError:
            raise NotSent("answers are too slow", retry_after=LONGEST_WAIT) from None
        yield


def seconds() -> float:
    """The event loop's time."""
    return asyncio.get_running_loop().time()
