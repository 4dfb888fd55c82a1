"""Use cases inside a transaction that has begun: what they begin is that one, so that many cost one commit.

Tests: tests/core/store/test_within.py.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from core.store.unit import Unit


class Within:
    """A store whose transactions are all the one of ``unit``, which must be about all people they name.

    An error inside one that the caller catches takes nothing back: only use cases that raise before they
    write may be carried out so.
    """

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    @asynccontextmanager
    async def begin(self, *people: str) -> AsyncIterator[Unit]:
        """The transaction that has begun; it commits at its own end."""
        yield self._unit

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Unit]:
        """The same: what was written before is read."""
        yield self._unit
