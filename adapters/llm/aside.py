"""A thread with an event loop of its own, for a library that oO's loop can't be trusted with.

litellm computes for a second at its first call, counts the tokens of whatever comes back, and may ask Ollama
about a model over a blocking socket. In here it can: nobody's tap waits for it.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, TypeVar

log = logging.getLogger(__name__)

LONGEST_END = 2.0

Result = TypeVar("Result")


class Aside:
    """Runs coroutines in a thread that starts with the first of them; ``at_end`` is the last one."""

    def __init__(self, name: str, at_end: Callable[[], Awaitable[None]]) -> None:
        self._name = name
        self._at_end = at_end
        self._closing = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None

    async def run(self, work: Coroutine[Any, Any, Result]) -> Result:
        """What ``work`` returns or raises over there. Giving up the wait cancels it."""
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(work, self._started()))

    async def close(self) -> None:
        """Cancel what still runs and end the thread; one that is stuck for good ends with the process."""
        if self._loop and self._thread:
            self._loop.call_soon_threadsafe(self._closing.set)
            await asyncio.to_thread(self._thread.join, LONGEST_END)

    def _started(self) -> asyncio.AbstractEventLoop:
        if self._loop is None:
            self._loop = asyncio.new_event_loop()
            self._loop.set_exception_handler(_without_words)
            self._thread = threading.Thread(
                target=self._live, args=(self._loop,), name=self._name, daemon=True
            )
            self._thread.start()
        return self._loop

    def _live(self, loop: asyncio.AbstractEventLoop) -> None:
        with asyncio.Runner(loop_factory=lambda: loop) as runner:
            runner.run(self._until_closed())

    async def _until_closed(self) -> None:
        await self._closing.wait()
        await self._at_end()


def _without_words(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Log what the library dropped by its kind alone: its text may hold a prompt."""
    error = context.get("exception")
    log.warning("left behind by a library: %s", type(error).__name__ if error else context["message"])
