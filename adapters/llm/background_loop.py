"""A thread with an event loop of its own, for a library that oO's loop can't be trusted with.

litellm computes for a second at its first call, counts the tokens of whatever comes back, and may ask Ollama
about a model over a blocking socket. In here it can: nobody's tap waits for it.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from typing import Any, TypeVar

log = logging.getLogger(__name__)

LONGEST_END = 2.0

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Running:
    thread: threading.Thread
    loop: asyncio.AbstractEventLoop
    closing: asyncio.Event


class BackgroundLoop:
    """Runs coroutines in a thread that starts with the first of them; ``at_end`` is the last one."""

    def __init__(self, name: str, at_end: Callable[[], Awaitable[None]]) -> None:
        self._name = name
        self._at_end = at_end
        self._running: _Running | None = None

    async def run(self, work: Coroutine[Any, Any, Result]) -> Result:
        """What ``work`` returns or raises over there. Giving up the wait cancels it."""
        if self._running is None:
            self._running = self._start()
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(work, self._running.loop))

    async def close(self) -> None:
        """Cancel what still runs and end the thread; one that is stuck for good ends with the process."""
        if self._running:
            running, self._running = self._running, None
            running.loop.call_soon_threadsafe(running.closing.set)
            await asyncio.to_thread(running.thread.join, LONGEST_END)

    def _start(self) -> _Running:
        loop, closing = asyncio.new_event_loop(), asyncio.Event()
        loop.set_exception_handler(_without_words)
        thread = threading.Thread(target=self._live, args=(loop, closing), name=self._name, daemon=True)
        thread.start()
        return _Running(thread=thread, loop=loop, closing=closing)

    def _live(self, loop: asyncio.AbstractEventLoop, closing: asyncio.Event) -> None:
        async def until_closed() -> None:
            await closing.wait()
            await self._at_end()

        with asyncio.Runner(loop_factory=lambda: loop) as runner:
            runner.run(until_closed())


def _without_words(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Log what the library dropped by its kind alone: its text may hold a prompt."""
    error = context.get("exception")
    log.warning("left behind by a library: %s", type(error).__name__ if error else context["message"])
