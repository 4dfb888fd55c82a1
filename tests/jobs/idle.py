"""A store that tells whether anything was written."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

from core.store import Store, Unit
from tests.core.worlds import Scene


class Watched:
    """Implements ``core.store.Store``, and counts the transactions that may write."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.begun = 0

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Unit]:
        async with self._store.read() as unit:
            yield unit

    @asynccontextmanager
    async def begin(self, *people: str) -> AsyncIterator[Unit]:
        self.begun += 1
        async with self._store.begin(*people) as unit:
            yield unit


def watched(here: Scene) -> tuple[Scene, Watched]:
    """The same world, and its store."""
    store = Watched(here.deps.store)
    return replace(here, deps=replace(here.deps, store=store)), store
