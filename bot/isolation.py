"""Updates that may be what ends the processes: each time one was begun, its process died.

That may have been chance, so none is dropped. Suspected ones are handled one at a time: if the process dies
then, it is clear because of which. After a few times one is isolated: it waits in nobody's way, for longer
after each attempt.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import AbstractAsyncContextManager, nullcontext
from typing import Any

from bot.lanes import Waiting
from core.store import MAX_BEGUN_AGAIN

FIRST_PAUSE_SECONDS = 5.0
"""How long an isolated update waits before it is tried again, since this process has taken it up."""
LONGER_PAUSE = 8.0
"""By how much the pause grows with each further attempt."""
MAX_PAUSE_SECONDS = 6 * 3600.0
MAX_LONGER_PAUSES = 10
"""After so many attempts, the pause is the longest in any case."""

Work = Callable[[Waiting], Coroutine[Any, Any, None]]
"""Does something about an update; never raises."""


def pause_before(begun_again: int) -> float:
    """Seconds before an update is tried that was begun again so often."""
    attempts = min(begun_again - MAX_BEGUN_AGAIN, MAX_LONGER_PAUSES)
    return min(FIRST_PAUSE_SECONDS * LONGER_PAUSE**attempts, MAX_PAUSE_SECONDS)


class Isolation:
    """The suspected and isolated updates that this process has in hand."""

    def __init__(self, tell: Work, answer: Work) -> None:
        """``tell`` tells the person, when an update has just been isolated."""
        self._tell = tell
        self._answer = answer
        self._suspects = asyncio.Lock()
        self._waiting: set[asyncio.Task[None]] = set()
        self._trials: set[asyncio.Task[None]] = set()

    def handling(self, one: Waiting) -> AbstractAsyncContextManager[object]:
        """While an update is handled, no other one is that may end the process as well."""
        return self._suspects if one.received.is_suspected else nullcontext()

    def add(self, one: Waiting) -> None:
        """Try it again, after its pause."""
        waiting = asyncio.create_task(self._wait(one))
        self._waiting.add(waiting)
        waiting.add_done_callback(self._waiting.discard)

    async def _wait(self, one: Waiting) -> None:
        if one.received.begun_again == MAX_BEGUN_AGAIN:
            await self._tell(one)
        await asyncio.sleep(pause_before(one.received.begun_again))
        trial = asyncio.create_task(self._answer(one))
        self._trials.add(trial)
        trial.add_done_callback(self._trials.discard)
        await asyncio.wait({trial})  # at the end of the process it may go on for a while

    def end(self) -> set[asyncio.Task[None]]:
        """Leave what waits to the next start; returns what is just being tried."""
        for one in self._waiting:
            one.cancel()
        return self._trials
