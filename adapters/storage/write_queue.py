"""Whose turn it is to write, within one process.

Tests: tests/adapters/storage/test_write_queue.py.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager


class WriteQueue:
    """Lets transactions about different people write side by side, at most ``most`` of them; those about the
    same person, or about everybody, one after the other in the order in which they came.

    They wait here, and not on a connection: one person who sends much does not use up the pool.
    """

    def __init__(self, most: int) -> None:
        self._slots = asyncio.Semaphore(most)
        self._last: dict[str, asyncio.Future[None]] = {}
        """By person, the end of the last transaction that waits or runs."""
        self._last_alone: asyncio.Future[None] | None = None
        """The end of the last transaction about everybody."""

    @asynccontextmanager
    async def turn(self, people: Sequence[str]) -> AsyncIterator[None]:
        """Wait for the turn of a transaction about ``people``; about everybody if there are none."""
        before = self._before(people)
        end: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._enter(people, end)
        try:
            await _all(before)
            async with self._slots:
                yield
        finally:
            # Whoever waits for this one waits for those before it, even if this one gives up.
            _after(before, end)
            self._leave(people, end)

    def _before(self, people: Sequence[str]) -> list[asyncio.Future[None]]:
        ends = [self._last.get(one) for one in people] if people else list(self._last.values())
        return [end for end in (self._last_alone, *ends) if end and not end.done()]

    def _enter(self, people: Sequence[str], end: asyncio.Future[None]) -> None:
        if not people:
            self._last_alone = end
        for one in people:
            self._last[one] = end

    def _leave(self, people: Sequence[str], end: asyncio.Future[None]) -> None:
        if not end.done():
            end.add_done_callback(lambda _: self._leave(people, end))
            return
        for one in people:
            if self._last.get(one) is end:
                del self._last[one]
        if self._last_alone is end:
            self._last_alone = None


async def _all(ends: Iterable[asyncio.Future[None]]) -> None:
    for end in ends:
        await asyncio.shield(end)


def _after(before: Sequence[asyncio.Future[None]], end: asyncio.Future[None]) -> None:
    """Complete ``end`` as soon as all of ``before`` are."""
    left = [one for one in before if not one.done()]
    if not left:
        end.set_result(None)
        return
    left[0].add_done_callback(lambda _: _after(left[1:], end))
