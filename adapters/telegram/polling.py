"""Long polling with the offset in oO's own hands: an update is confirmed only once it is durable."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from telegram.error import TelegramError

from adapters.telegram.api import Api, Unreadable
from adapters.telegram.failures import kind, retry_after
from adapters.telegram.intake import Intake
from adapters.telegram.parse import update_number
from core.errors import OoError

FIRST_PAUSE = 0.25
LONGEST_PAUSE = 30.0

Report = Callable[[str | None], None]
"""Told how a step went: the kind of failure, or None."""


class Poll:
    """The conversation with getUpdates."""

    def __init__(self, api: Api, intake: Intake) -> None:
        self._api = api
        self._intake = intake
        self._offset: int | None = None

    async def once(self) -> None:
        """One long poll; all that it brought is taken in. Raises ``TelegramError`` or ``NotTaken``."""
        batch = await self._api.updates(self._offset)
        if not batch:
            # All is confirmed. After a week without updates Telegram numbers anew, maybe lower.
            self._offset = None
        elif all(update_number(raw) is None for raw in batch):
            raise Unreadable("nothing in it can be confirmed")
        for raw in batch:
            await self._intake.take(raw)
            number = update_number(raw)
            if number is not None:
                self._offset = number + 1


async def retry_until_success(step: Callable[[], Awaitable[None]], report: Report) -> None:
    """Repeat ``step`` until it succeeds, with growing pauses, or with those that Telegram asks for."""
    pause = FIRST_PAUSE
    while True:
        try:
            await step()
        except (TelegramError, OoError) as fault:
            report(kind(fault))
            await asyncio.sleep(max(pause, retry_after(fault)))
            pause = min(2 * pause, LONGEST_PAUSE)
        else:
            report(None)
            return
