"""Waiting for a condition without sleeping."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class Changes:
    """Wakes all waiters whenever the server's state has changed."""

    def __init__(self) -> None:
        self._changed = asyncio.Event()

    def notify(self) -> None:
        """Make every waiter check its condition."""
        self._changed.set()
        self._changed = asyncio.Event()

    async def expect_that(self, found: Callable[[], T | None], *, within: float) -> T:
        """The first truthy answer of `found`, checked at every change; TimeoutError after `within` s."""
        async with asyncio.timeout(within):
            while not (answer := found()):
                await self._changed.wait()
            return answer
