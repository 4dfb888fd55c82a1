"""An event loop in a thread of its own, for a library that may block its loop.

litellm computes for a second at its first call, counts the tokens of every answer, and may query Ollama over
a blocking socket. In this thread it delays no one.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from typing import Any, TypeVar

log = logging.getLogger(__name__)

CLOSE_TIMEOUT_SECONDS = 30.0
"""Longer than an import of the library takes on a busy machine.

If the process ends while the thread imports, the thread stops while it holds a lock of the import system, and
a finalizer of litellm that imports a module waits for it forever.
"""

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Worker:
    thread: threading.Thread
    loop: asyncio.AbstractEventLoop
    closing: asyncio.Event


class BackgroundLoop:
    """Runs coroutines in a thread that starts with the first of them. ``on_close`` runs there last."""

    def __init__(self, name: str, on_close: Callable[[], Awaitable[None]]) -> None:
        self._name = name
        self._on_close = on_close
        self._worker: _Worker | None = None

    async def run(self, work: Coroutine[Any, Any, Result]) -> Result:
        """What ``work`` returns or raises in the thread. Cancelling the wait cancels ``work``."""
        if self._worker is None:
            self._worker = self._start()
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(work, self._worker.loop))

    async def close(self) -> None:
        """Cancel what is running and end the thread. A thread that is stuck ends with the process."""
        if self._worker:
            worker, self._worker = self._worker, None
            worker.loop.call_soon_threadsafe(worker.closing.set)
            await asyncio.to_thread(worker.thread.join, CLOSE_TIMEOUT_SECONDS)

    def _start(self) -> _Worker:
        loop, closing = asyncio.new_event_loop(), asyncio.Event()
        loop.set_exception_handler(_log_error_kind)
        thread = threading.Thread(target=self._run_loop, args=(loop, closing), name=self._name, daemon=True)
        thread.start()
        return _Worker(thread=thread, loop=loop, closing=closing)

    def _run_loop(self, loop: asyncio.AbstractEventLoop, closing: asyncio.Event) -> None:
        async def until_closed() -> None:
            await closing.wait()
            await self._on_close()

        with asyncio.Runner(loop_factory=lambda: loop) as runner:
            runner.run(until_closed())


def _log_error_kind(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Log an unhandled error of the library by its type alone: its message may contain a prompt."""
    error = context.get("exception")
    log.warning("left behind by a library: %s", type(error).__name__ if error else context["message"])
