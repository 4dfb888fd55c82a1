"""Calls of litellm that can be given up at any moment, and leave no coroutine behind that nobody awaits.

litellm prepares a request in a thread of its own, which hands a coroutine back. Who is cancelled before that,
drops it, and Python complains. So a call that is given up goes on until its request would leave, and no
further.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from contextvars import ContextVar
from typing import Any, TypeVar

Result = TypeVar("Result")


class _Ticket:
    """One call: whether its request has left, and whether anybody still waits for the answer."""

    def __init__(self) -> None:
        self.has_left = False
        self.is_given_up = False


_TICKET: ContextVar[_Ticket | None] = ContextVar("ticket", default=None)


def leave() -> None:
    """Note that the request of this call leaves now.

    Raises ``CancelledError`` if it was given up: after an error of the connection, litellm tries once more.
    """
    ticket = _TICKET.get()
    if ticket is None:
        return
    if ticket.is_given_up:
        raise asyncio.CancelledError
    ticket.has_left = True


class Calls:
    """The calls under way in one event loop."""

    def __init__(self) -> None:
        self._preparing: dict[asyncio.Task[Any], _Ticket] = {}

    async def run(self, call: Coroutine[Any, Any, Result]) -> Result:
        """What ``call`` returns or raises. Cancelled, it ends before its request leaves, or at once."""
        ticket = _Ticket()
        token = _TICKET.set(ticket)
        work = asyncio.ensure_future(call)
        _TICKET.reset(token)
        self._preparing[work] = ticket
        work.add_done_callback(self._ended)
        try:
            return await asyncio.shield(work)
        except asyncio.CancelledError:
            ticket.is_given_up = True
            if ticket.has_left:
                work.cancel()
            raise

    async def end(self) -> None:
        """Give up what is under way, and wait until none of it is in litellm's threads."""
        for work, ticket in self._preparing.items():
            ticket.is_given_up = True
            if ticket.has_left:
                work.cancel()
        if self._preparing:
            await asyncio.wait(list(self._preparing))

    def _ended(self, work: asyncio.Task[Any]) -> None:
        """asyncio would complain of an error that nobody looks at."""
        del self._preparing[work]
        if not work.cancelled():
            work.exception()
