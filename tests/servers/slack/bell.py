"""Waiting for a condition instead of sleeping."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class Bell:
    """Wakes everyone who waits for something to happen."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()

    def ring(self) -> None:
        """Let every waiter look again."""
        self._rung.set()
        self._rung = asyncio.Event()

    async def expect_that(self, found: Callable[[], T | None], *, within: float) -> T:
        """The first truthy answer of `found`, asked now and at every ring; TimeoutError after `within` s."""
        async with asyncio.timeout(within):
            while not (answer := found()):
                await self._rung.wait()
            return answer
