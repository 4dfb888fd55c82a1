"""Many people at once: what goes wrong for one neither stops nor cancels another."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import TypeVar

T = TypeVar("T")


async def gather_bounded(
    items: Iterable[T], act: Callable[[T], Awaitable[object]], *, at_once: int = 1
) -> None:
    """Run ``act`` for every item, so many at once. Raises an ``ExceptionGroup`` of all faults, at the end."""
    gate = asyncio.Semaphore(at_once)

    async def one(item: T) -> None:
        async with gate:
            await act(item)

    ended = await asyncio.gather(*map(one, items), return_exceptions=True)
    faults = [fault for fault in ended if fault is not None]
    if faults:
        raise BaseExceptionGroup(f"{len(faults)} of {len(ended)} failed", faults)
