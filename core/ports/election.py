"""What one process at a time does, such as asking Telegram for updates.

Tests: tests/bot/test_election.py.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Protocol

from core.ports.messaging import Accept


class Term(Protocol):
    """The time in which this process is the elected one."""

    @property
    def accept(self) -> Accept:
        """Stores an update; refuses it with ``LeaseLost`` once another process has been elected."""
        ...

    @property
    def is_over(self) -> bool:
        """Whether another process may be elected by now, by the clock of this one."""
        ...

    async def ended(self) -> None:
        """Return when it is over."""
        ...


class Election(Protocol):
    """Which of several processes it is."""

    async def wins_now(self) -> bool:
        """Whether this process is elected already, or at once; it is until ``term`` ends."""
        ...

    def term(self) -> AbstractAsyncContextManager[Term]:
        """Wait until this process is elected. At the end of the block another one may be, at once."""
        ...


class Unopposed:
    """The election and the term of a process that is the only one."""

    is_over = False

    def __init__(self, accept: Accept) -> None:
        self.accept = accept

    async def wins_now(self) -> bool:
        """Yes."""
        return True

    @asynccontextmanager
    async def term(self) -> AsyncIterator[Unopposed]:
        """At once, and without an end."""
        yield self

    async def ended(self) -> None:
        """Never."""
        await asyncio.get_running_loop().create_future()
