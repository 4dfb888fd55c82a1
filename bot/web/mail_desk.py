"""What the pages of mails' links need of the process: the inbox, and the pages that wait for an answer.

Tests: tests/scenarios/test_mail.py.
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
class MailDesk:
    """Takes taps from pages, as chats take them from their platforms."""

    accept: Accept
    wait_until_answered: Callable[[Sender], Awaitable[None]]
    visits: Visits
    message_id: Callable[[str], str]
    """The ``Message-ID`` of a delivery, by its id."""
    answer_seconds: float = ANSWER_SECONDS

    async def take(self, tap: Tapped) -> Seen:
        """Store the tap, and wait for what it shows. Its thread is its visit. Raises ``StoreUnavailable``."""
        with self.visits.opened(tap.thread or "") as seen:
            await self.accept(tap)
            with suppress(TimeoutError):
                async with asyncio.timeout(self.answer_seconds):
                    await self.wait_until_answered(tap.sender)
            return seen
