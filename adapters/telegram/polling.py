"""Long polling with an offset of oO's own: an update is confirmed only once it is stored."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from telegram.error import TelegramError

from adapters.telegram.api import Api, Limits, Unreadable
from adapters.telegram.failures import kind, retry_after
from adapters.telegram.intake import Intake
from adapters.telegram.parse import update_number
from core.errors import LeaseLost, OoError
from core.ports import Term

OnAttempt = Callable[[str | None], None]
"""Called after every attempt with the kind of failure, or None."""


class Poll:
    """Asks getUpdates for updates and hands them in."""

    def __init__(self, api: Api, intake: Intake, term: Term, limits: Limits) -> None:
        """``term``: while it lasts, no other process asks."""
        self._api = api
        self._intake = intake
        self._term = term
        self._limits = limits
        self._offset: int | None = None

    async def once(self) -> None:
        """Do one long poll and store all updates that it returned.

        Raises ``TelegramError``, ``NotTaken`` when an update can't be stored, and ``LeaseLost`` when the term
        is over: Telegram would end the request of whoever was elected since.
        """
        if self._term.is_over:
            raise LeaseLost("getUpdates")
        batch = await self._api.updates(self._offset, self._limits)
        if not batch:
            # All is confirmed. After a week without updates Telegram may start again with lower numbers.
            self._offset = None
        elif all(update_number(raw) is None for raw in batch):
            raise Unreadable("nothing in it can be confirmed")
        for raw in batch:
            await self._intake.take(raw, self._term.accept)
            number = update_number(raw)
            if number is not None:
                self._offset = number + 1


async def retry_until_success(
    step: Callable[[], Awaitable[object]], on_attempt: OnAttempt, limits: Limits
) -> None:
    """Repeat ``step`` until it succeeds. The pauses double, or are those that Telegram asks for if longer."""
    pause = limits.first_pause
    while True:
        try:
            await step()
        except (TelegramError, OoError) as fault:
            on_attempt(kind(fault))
            await asyncio.sleep(max(pause, retry_after(fault)))
            pause = min(2 * pause, limits.max_pause)
        else:
            on_attempt(None)
            return


async def until(end: Coroutine[Any, Any, None], work: Coroutine[Any, Any, None]) -> None:
    """Run ``work`` until it is done, but not beyond ``end``."""
    both = {asyncio.create_task(end), asyncio.create_task(work)}
    try:
        done, _ = await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in both:
            task.cancel()
        await asyncio.wait(both)
    for task in done:
        task.result()
