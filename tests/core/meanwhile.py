"""A store on which something happens just after a use case has looked, or has committed, as if another
process had been quicker.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Literal

from core.store import Store, Unit


class Meanwhile:
    """Implements ``core.store.Store``. ``happens`` is awaited once, after the first ``read`` or ``begin``."""

    def __init__(
        self, store: Store, happens: Callable[[], Awaitable[object]], *, after: Literal["read", "begin"]
    ) -> None:
        self._store, self._after = store, after
        self._happens: Callable[[], Awaitable[object]] | None = happens

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Unit]:
        async with self._store.read() as unit:
            yield unit
        await self._ended("read")

    @asynccontextmanager
    async def begin(self, *people: str) -> AsyncIterator[Unit]:
        async with self._store.begin(*people) as unit:
            yield unit
        await self._ended("begin")

    async def _ended(self, block: str) -> None:
        if block == self._after and self._happens:
            happens, self._happens = self._happens, None
            await happens()
