"""What the pages about notifications need of the process.

Tests: tests/bot/web/push/test_tip.py.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass

from core.chat import Sender, Tapped
from core.delivery.visits import Seen, Visits
from core.ports import Accept

ANSWER_SECONDS = 10.0
"""How long a page waits for the answer to a tap; the tap is stored before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PushDesk:
    """Takes taps from notifications and pages, as chats take them from their platforms."""

    public_key: str
    """What browsers subscribe with."""
    accept: Accept
    wait_until_answered: Callable[[Sender], Awaitable[None]]
    visits: Visits

    async def take(self, tap: Tapped) -> Seen:
        """Store the tap, and wait for what it shows. Its thread is its visit. Raises ``StoreUnavailable``."""
        with self.visits.opened(tap.thread or "") as seen:
            await self.accept(tap)
            with suppress(TimeoutError):
                async with asyncio.timeout(ANSWER_SECONDS):
                    await self.wait_until_answered(tap.sender)
            return seen
