"""What one process at a time works on, where several share the database: an update, the jobs of everybody.

A process that was paused for longer than its claims last may find that another one has taken its work over.
The work that runs under a claim then ends: none of its transactions is committed, and nothing more is sent.
A transaction asks the database, under a lock that lasts until its end. A message can't be sent within a
transaction: before it, the process asks its own clock whether its claims can have ended.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from contextvars import ContextVar
from typing import Protocol

from core.chat import Channel, Update
from core.ports import Messenger, Messengers
from core.store import Store, Unit


class Overtaken(asyncio.CancelledError):
    """Another process has taken over what this one was working on.

    As after a cancellation, the work ends at once, whatever errors it bears otherwise.
    """


class Claim(Protocol):
    """What shows that some work is this process's."""

    @property
    def is_current(self) -> bool:
        """False once others may have taken the work over, by the clock of this process."""
        ...

    async def holds(self, unit: Unit) -> bool:
        """Whether nobody has taken it over, and nobody will before this transaction ends."""
        ...


_CLAIM: ContextVar[Claim | None] = ContextVar("claim", default=None)


@contextmanager
def claimed(claim: Claim | None) -> Iterator[None]:
    """Do what is in the block, and in tasks that it starts, under ``claim``; None: it needs none."""
    before = _CLAIM.set(claim)
    try:
        yield
    finally:
        _CLAIM.reset(before)


def was_overtaken(fault: BaseException) -> bool:
    """Whether that is why some work ended, be it one of several pieces of it."""
    if isinstance(fault, BaseExceptionGroup):
        # asyncio makes a plain cancellation of that of a piece, and nobody else cancels single pieces.
        return fault.subgroup(asyncio.CancelledError) is not None
    return isinstance(fault, Overtaken)


class ClaimedStore:
    """A store whose writing transactions end unless the claim holds; implements ``Store``."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @asynccontextmanager
    async def begin(self, *people: str) -> AsyncIterator[Unit]:
        """As ``Store.begin``. Raises ``Overtaken``."""
        async with self._store.begin(*people) as unit:
            claim = _CLAIM.get()
            if claim and not await claim.holds(unit):
                raise Overtaken
            yield unit

    def read(self) -> AbstractAsyncContextManager[Unit]:
        """As ``Store.read``."""
        return self._store.read()


class ClaimedMessengers(Messengers):
    """Channels that send nothing under a claim that may have ended: asking for one raises ``Overtaken``."""

    def answering(self, update: Update) -> Messenger:
        """As ``Messengers.answering``."""
        _require_current()
        return super().answering(update)

    def __getitem__(self, channel: Channel) -> Messenger:
        _require_current()
        return super().__getitem__(channel)


def _require_current() -> None:
    claim = _CLAIM.get()
    if claim and not claim.is_current:
        raise Overtaken
