"""Rate limits of one Telegram bot: about one message a second in a chat, and 30 a second in all.

Every message passes this gate, so that Telegram rarely has to answer 429; when it does, nothing is sent to
that chat until the time it asked for is over. Answers to taps do not pass: they never wait behind messages.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from adapters.pace import Pace, Paces, Rate, in_turn, seconds
from core.errors import NotSent

CHAT_RATE = Rate(interval=1.0, burst=4)
BOT_RATE = Rate(interval=1 / 30, burst=20)


class Gate:
    """The rate limits of one bot."""

    def __init__(self, chat_rate: Rate, bot_rate: Rate) -> None:
        self._bot = Pace(bot_rate)
        self._chats = Paces(chat_rate)
        self._held_until: dict[str, float] = {}

    def sending(self, chat: str) -> AbstractAsyncContextManager[None]:
        """Wait for the chat's turn and the bot's; the block is the request, from start to response.

        Raises ``NotSent`` when that takes too long, or when Telegram asked to wait.
        """
        return self._passing(chat, self._chats.of(chat), self._bot)

    def editing(self, chat: str) -> AbstractAsyncContextManager[None]:
        """As ``sending``, with the bot's limit only: Telegram does not count edits per chat."""
        return self._passing(chat, self._bot)

    def hold(self, chat: str, span: float) -> None:
        """Refuse what is sent to ``chat`` for ``span`` seconds. Never shortens an earlier hold."""
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
