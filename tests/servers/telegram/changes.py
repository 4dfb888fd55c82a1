"""Waiting for something to become true, without sleeping."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class Changes:
    """Wakes all waiters whenever the server's state has changed."""

    def __init__(self) -> None:
        self._changed = asyncio.Event()

    def announce(self) -> None:
        """Say that something changed."""
        self._changed.set()
        self._changed = asyncio.Event()

    async def expect_that(self, predicate: Callable[[], T | None], *, within: float | None) -> T:
        """The first true value of `predicate`, asked at every change; TimeoutError after `within` seconds."""
        async with asyncio.timeout(within):
            while not (value := predicate()):
                await self._changed.wait()
        return value
