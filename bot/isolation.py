"""Updates that may be what ends the processes: each time one was begun, its process died.

That may have been chance, so none is dropped. Each waits in nobody's way, for longer after each attempt, and
only one at a time is tried: if the process dies again, it is clear because of which.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from bot.lanes import Waiting
from core.store import MAX_BEGUN_AGAIN

FIRST_PAUSE_SECONDS = 1.0
"""How long an update waits before it is tried by itself, from the time at which this process has taken it up.
Most were only unlucky, and are handled then.
"""
LONGER_PAUSE = 8.0
"""By how much the pause grows with each further attempt."""
MAX_PAUSE_SECONDS = 6 * 3600.0
MAX_LONGER_PAUSES = 10
"""After so many attempts, the pause is the longest in any case."""

TOLD_AFTER = MAX_BEGUN_AGAIN + 1
"""The person is told once an attempt on the update alone has ended a process as well."""

Work = Callable[[Waiting], Coroutine[Any, Any, None]]
"""Does something about an update; never raises."""


def pause_before(begun_again: int) -> float:
    """Seconds before an update is tried that was begun again so often."""
    attempts = min(begun_again - MAX_BEGUN_AGAIN, MAX_LONGER_PAUSES)
    return min(FIRST_PAUSE_SECONDS * LONGER_PAUSE**attempts, MAX_PAUSE_SECONDS)


class Isolation:
    """The isolated updates that this process has in hand."""

    def __init__(self, tell: Work, answer: Work) -> None:
        """``tell`` tells the person."""
        self._tell = tell
        self._answer = answer
        self._one_at_a_time = asyncio.Lock()
        self._waiting: set[asyncio.Task[None]] = set()
        self._trials: set[asyncio.Task[None]] = set()

    def add(self, one: Waiting) -> None:
        """Try it again, after its pause."""
        waiting = asyncio.create_task(self._wait(one))
        self._waiting.add(waiting)
        waiting.add_done_callback(self._waiting.discard)

    async def _wait(self, one: Waiting) -> None:
        if one.received.begun_again == TOLD_AFTER:
            await self._tell(one)
        await asyncio.sleep(pause_before(one.received.begun_again))
        async with self._one_at_a_time:
            trial = asyncio.create_task(self._answer(one))
            self._trials.add(trial)
            trial.add_done_callback(self._trials.discard)
            await asyncio.wait({trial})  # at the end of the process it may go on for a while

    def end(self) -> set[asyncio.Task[None]]:
        """Leave what waits to the next start; returns what is just being tried."""
        for one in self._waiting:
            one.cancel()
        return self._trials
