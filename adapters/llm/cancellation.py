"""Calls of litellm that can be cancelled at any time without leaving an unawaited coroutine.

litellm prepares a request in a thread of its own, which returns a coroutine. If the caller is cancelled
before that, the coroutine is dropped and Python warns. So a cancelled call continues until its request would
be sent, and stops there.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from contextvars import ContextVar
from typing import Any, TypeVar

Result = TypeVar("Result")


class _Call:
    """Whether the request was sent, and whether the caller was cancelled."""

    def __init__(self) -> None:
        self.is_sent = False
        self.is_cancelled = False


_CURRENT: ContextVar[_Call | None] = ContextVar("current call", default=None)


def mark_sent() -> None:
    """Note that the request of the current call is about to be sent.

    Raises ``CancelledError`` if the call was cancelled: litellm retries once after a connection error.
    """
    call = _CURRENT.get()
    if call is None:
        return
    if call.is_cancelled:
        raise asyncio.CancelledError
    call.is_sent = True


class CancellableCalls:
    """The calls in progress in one event loop."""

    def __init__(self) -> None:
        self._calls: dict[asyncio.Task[Any], _Call] = {}

    async def run(self, work: Coroutine[Any, Any, Result]) -> Result:
        """What ``work`` returns or raises.

        If cancelled, ``work`` stops at once when its request was sent, otherwise before sending it.
        """
        call = _Call()
        token = _CURRENT.set(call)
        task = asyncio.ensure_future(work)
        _CURRENT.reset(token)
        self._calls[task] = call
        task.add_done_callback(self._on_done)
        try:
            return await asyncio.shield(task)
        except asyncio.CancelledError:
            _cancel(task, call)
            raise

    async def close(self) -> None:
        """Cancel all calls, and wait until none of them is in a thread of litellm."""
        for task, call in self._calls.items():
            _cancel(task, call)
        if self._calls:
            await asyncio.wait(list(self._calls))

    def _on_done(self, task: asyncio.Task[Any]) -> None:
        del self._calls[task]
        if not task.cancelled():
            task.exception()  # else asyncio logs that it was never retrieved


def _cancel(task: asyncio.Task[Any], call: _Call) -> None:
    call.is_cancelled = True
    if call.is_sent:
        task.cancel()
