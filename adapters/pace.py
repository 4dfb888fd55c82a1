"""How fast oO may write to a platform: a burst at once, then one message after the other.

The generic cell rate algorithm (ITU-T I.371): all that is kept is when the next message would be due if all
had come evenly. Seconds are the event loop's, which no change of the clock can turn back.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from core.errors import NotSent

LONGEST_WAIT = 10.0
CONVERSATIONS_REMEMBERED = 10_000


@dataclass(slots=True, kw_only=True)
class Pace:
    """``burst`` at once after a rest, then one every ``interval`` seconds."""

    interval: float
    burst: int
    due_at: float = 0.0

    def wait(self, now: float) -> float:
        """The seconds until the next one may go."""
        return max(0.0, self.due_at - (self.burst - 1) * self.interval - now)

    def take(self, now: float) -> None:
        """Count one that goes as soon as it may."""
        self.due_at = max(self.due_at, now) + self.interval

    async def turn(self) -> None:
        """Wait for the next turn. Raises ``NotSent`` when that would take too long."""
        wait = self.wait(seconds())
        if wait > LONGEST_WAIT:
            raise NotSent("too many messages are waiting", retry_after=wait)
        self.take(seconds())
        await asyncio.sleep(wait)


class Paces:
    """A pace for each conversation; those at rest are forgotten when there are too many."""

    def __init__(self, *, interval: float, burst: int) -> None:
        self._interval = interval
        self._burst = burst
        self._by_name: dict[str, Pace] = {}

    def of(self, conversation: str) -> Pace:
        """The pace of that conversation."""
        if conversation not in self._by_name and len(self._by_name) >= CONVERSATIONS_REMEMBERED:
            now = seconds()
            self._by_name = {name: pace for name, pace in self._by_name.items() if pace.due_at > now}
        return self._by_name.setdefault(conversation, Pace(interval=self._interval, burst=self._burst))


def seconds() -> float:
    """The event loop's time."""
    return asyncio.get_running_loop().time()
