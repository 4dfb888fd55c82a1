"""How long oO waits for an outside source."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from datetime import timedelta
from typing import TypeVar

from core.errors import SourceUnavailable

T = TypeVar("T")


async def in_time(answer: Awaitable[T], within: timedelta) -> T:
    """The source's answer. Raises ``SourceUnavailable`` if it takes longer than ``within``."""
    try:
        async with asyncio.timeout(within.total_seconds()):
            return await answer
    except TimeoutError as late:
        raise SourceUnavailable("it took too long to answer") from late
