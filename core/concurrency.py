"""The same work for many people concurrently: a failure for one neither stops nor cancels another."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import TypeVar

T = TypeVar("T")


async def gather_bounded(
    items: Iterable[T], act: Callable[[T], Awaitable[object]], *, limit: int = 1
) -> None:
    """Run ``act`` for every item, at most ``limit`` at a time.

    Raises an ``ExceptionGroup`` of all failures once every item is done.
    """
    semaphore = asyncio.Semaphore(limit)

    async def run(item: T) -> None:
        async with semaphore:
            await act(item)

    results = await asyncio.gather(*map(run, items), return_exceptions=True)
    failures = [result for result in results if result is not None]
    if failures:
        raise BaseExceptionGroup(f"{len(failures)} of {len(results)} failed", failures)
