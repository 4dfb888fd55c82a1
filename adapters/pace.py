"""Client-side rate limit: a burst after a rest, then one message per interval (a leaky bucket).

oO can't observe when a message arrives, only that it does so between the start of its request and the
response. So a message counts from the start of its request, and drains from its response on. With

    F = requests in flight
    L = level of the bucket of answered messages, which drains by one per interval

the next request may start while L + F + 1 <= burst.

A platform whose bucket drains at least as fast and holds at least ``burst`` then never has to refuse a
message, whatever the network delays. Proof: let A of the F requests have arrived. The platform's level never
exceeds L + A: an arrival raises both by one; a response turns one of A into one of L; in between, the
platform's level falls at least as fast as L, or is 0. And L + A <= L + F, which only the start of a request
raises.

A request without a response counts as answered when the client's timeout ends it. The proof covers messages
that arrive before that. A later arrival may be one too many; if the platform refuses a message for it, oO
waits as long as the platform asks. Times are the event loop's seconds, which are monotonic.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from core.errors import NotSent
from core.ports import Limit

MAX_CONVERSATIONS = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """How fast messages may be sent. Times are in seconds."""

    interval: float
    """Between two messages once the burst is used up; 0 means no limit."""
    burst: int
    """How many messages may go at once after a rest."""
    max_expected_wait: float = 10.0
    """A message whose turn is expected later than this is refused at once."""
    max_wait: float = 15.0
    """A message whose turn has not come by then, because responses are slow, is refused."""


UNLIMITED = Rate(interval=0.0, burst=1)


class Pace:
    """The rate limit of one conversation, or of a whole bot."""

    def __init__(self, rate: Rate) -> None:
        self.rate = rate
        self._drained_at = 0.0
        self._in_flight = 0
        self._waiting = 0
        self._turn = asyncio.Lock()

    @property
    def at_rest(self) -> bool:
        """Whether no message counts any more, so that a new ``Pace`` would behave the same."""
        return not (self._waiting or self._in_flight) and self._drained_at <= seconds()

    @asynccontextmanager
    async def sending(self) -> AsyncIterator[None]:
        """Wait for a turn, first come, first served; the block is the request, from start to response.

        Raises ``NotSent`` at once when the expected wait exceeds ``Rate.max_expected_wait``.
        """
        await self._wait_for_turn()
        try:
            yield
        finally:
            self._in_flight -= 1
            self._drained_at = max(self._drained_at, seconds()) + self.rate.interval

    async def _wait_for_turn(self) -> None:
        expected = self._seconds_to_turn(ahead=self._waiting)
        if expected > self.rate.max_expected_wait:
            raise NotSent("too many messages are waiting", retry_after=expected)
        self._waiting += 1
        try:
            async with self._turn:
                while (wait := self._seconds_to_turn(ahead=0)) > 0:  # noqa: ASYNC110 - no turn comes sooner
                    await asyncio.sleep(wait)
                self._in_flight += 1
        finally:
            self._waiting -= 1

    def _seconds_to_turn(self, *, ahead: int) -> float:
        """The least seconds until L + F + ``ahead`` + 1 <= burst; the left side falls by one per interval."""
        draining = max(0.0, self._drained_at - seconds())
        return draining + (self._in_flight + ahead + 1 - self.rate.burst) * self.rate.interval


class Paces:
    """A ``Pace`` for each conversation. When there are too many, those at rest are dropped."""

    def __init__(self, rate: Rate, *, max_conversations: int = MAX_CONVERSATIONS) -> None:
        self._rate = rate
        self._max_conversations = max_conversations
        self._by_name: dict[str, Pace] = {}

    def of(self, conversation: str) -> Pace:
        """The pace of that conversation."""
        if conversation not in self._by_name and len(self._by_name) >= self._max_conversations:
            self._by_name = {name: pace for name, pace in self._by_name.items() if not pace.at_rest}
        return self._by_name.setdefault(conversation, Pace(self._rate))


@asynccontextmanager
async def in_turn(*paces: Pace) -> AsyncIterator[None]:
    """Wait for a turn at each of ``paces``, in order; the block is the request, as in ``Pace.sending``.

    Raises ``NotSent`` as ``sending`` does, and when all turns together take longer than the smallest
    ``Rate.max_wait``.
    """
    async with AsyncExitStack() as turns:
        try:
            async with asyncio.timeout(min(pace.rate.max_wait for pace in paces)):
                for pace in paces:
                    await turns.enter_async_context(pace.sending())
        except TimeoutError:
            wait = max(pace.rate.max_expected_wait for pace in paces)
            raise NotSent("answers are too slow", retry_after=wait) from None
        yield


class OwnPaces:
    """What this process alone knows of a platform's limits; implements ``core.ports.PaceBook``."""

    def __init__(self, *, max_names: int = MAX_CONVERSATIONS) -> None:
        self._max_names = max_names
        self._held_until: dict[str, float] = {}

    def left(self, name: str) -> float:
        """As ``PaceBook.left``."""
        left = self._held_until.get(name, 0.0) - seconds()
        if left <= 0:
            self._held_until.pop(name, None)
        return max(0.0, left)

    def hold(self, name: str, span: float) -> None:
        """As ``PaceBook.hold``."""
        now = seconds()
        if len(self._held_until) >= self._max_names:
            self._held_until = {key: until for key, until in self._held_until.items() if until > now}
        self._held_until[name] = max(self._held_until.get(name, 0.0), now + span)

    async def turn(self, limits: Sequence[Limit], max_wait: float) -> float:
        """At once: this process's own pace has given the turn."""
        return 0.0


def seconds() -> float:
    """The event loop's time."""
    return asyncio.get_running_loop().time()
