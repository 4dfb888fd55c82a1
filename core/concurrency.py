"""Work for many people at once, where a failure for one stops no other; and work that is not interrupted."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from typing import Any, TypeVar

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


async def run_uninterrupted(work: Coroutine[Any, Any, T]) -> T:
    """Await ``work`` to its end even if the caller is cancelled meanwhile; then raise the cancellation."""
    task = asyncio.ensure_future(work)
    cancellation: asyncio.CancelledError | None = None
    while not task.done():
        try:
            await asyncio.wait({task})
        except asyncio.CancelledError as cancelled:
            cancellation = cancelled
    if cancellation is not None:
        task.exception()  # retrieve it, or asyncio logs it as never retrieved
        raise cancellation
    return task.result()
