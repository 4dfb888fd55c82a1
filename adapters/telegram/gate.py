"""How fast oO may write: Telegram takes about one message a second for a chat and 30 a second in all.

All that is sent passes one gate, so that Telegram rarely has to say 429; when it does, everyone obeys.
Answers to taps do not pass here: they are never kept waiting behind messages.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from adapters.pace import Pace, Paces, in_turn, seconds
from core.errors import NotSent

CHAT_INTERVAL = 1.0
CHAT_BURST = 4
TOTAL_INTERVAL = 1 / 30
TOTAL_BURST = 20


class Gate:
    """One bot's turnstile."""

    def __init__(self) -> None:
        self._total = Pace(interval=TOTAL_INTERVAL, burst=TOTAL_BURST)
        self._chats = Paces(interval=CHAT_INTERVAL, burst=CHAT_BURST)
        self._held_until: dict[str, float] = {}

    def sending(self, chat: str) -> AbstractAsyncContextManager[None]:
        """Wait for the chat's turn and the bot's; the block is the request, from departure to answer.

        Raises ``NotSent`` when that takes too long, or when Telegram asked to wait.
        """
        return self._passing(chat, self._chats.of(chat), self._total)

    def editing(self, chat: str) -> AbstractAsyncContextManager[None]:
        """As ``sending``, for the bot's turn alone: edits make no sound and are not paced within a chat."""
        return self._passing(chat, self._total)

    def hold(self, chat: str, span: float) -> None:
        """Let nothing pass to ``chat`` for ``span`` seconds: Telegram asked for it. Never shortens a hold."""
        self._held_until[chat] = max(self._held_until.get(chat, 0.0), seconds() + span)

    @asynccontextmanager
    async def _passing(self, chat: str, *paces: Pace) -> AsyncIterator[None]:
        self._refuse_while_held(chat)
        async with in_turn(*paces):
            self._refuse_while_held(chat)
            yield

    def _refuse_while_held(self, chat: str) -> None:
        left = self._held_until.get(chat, 0.0) - seconds()
        if left > 0:
            raise NotSent("Telegram asked to wait", retry_after=left)
        self._held_until.pop(chat, None)
