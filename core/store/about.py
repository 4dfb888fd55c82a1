"""A transaction about people who have to be looked up first, such as whoever has an account or made a code.

Tests: tests/contracts/store/test_about.py.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager

from core.store.unit import NOBODY, Store, Unit

Find = Callable[[Unit], Awaitable[Iterable[str]]]
"""The ids of the people whom a transaction is about. It may be asked more than once."""


@asynccontextmanager
async def begin_about(store: Store, find: Find) -> AsyncIterator[Unit]:
    """As ``store.begin`` with the people whom ``find`` names. They are looked up before it, and again in it:
    if others have come in between, it begins anew with them.
    """
    async with store.read() as reading:
        people = set(await find(reading))
    while True:
        async with store.begin(*(people or {NOBODY})) as unit:
            now = set(await find(unit))
            if now <= people:
                yield unit
                return
            people = now
