"""Rate limits of one Telegram bot: about one message a second in a chat, and 30 a second in all.

Every message passes this gate, so that Telegram rarely has to answer 429; when it does, nothing is sent to
that chat until the time it asked for is over. Telegram does not say whether it means the chat or the bot: the
bot, if it asks several chats at once. Answers to taps do not pass: they never wait behind messages.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from adapters.pace import OwnPaces, Pace, Paces, Rate, in_turn, seconds
from core.errors import NotSent
from core.ports import Limit, PaceBook

CHAT_RATE = Rate(interval=1.0, burst=4)
BOT_RATE = Rate(interval=1 / 30, burst=20)

BOT = "bot"
"""The name of the bot's limit; that of a chat is longer."""

CHATS_OF_BOT = 3
"""If so many chats are asked to wait within a second, the bot is meant."""
AT_ONCE_SECONDS = 1.0


class Gate:
    """The rate limits of one bot."""

    def __init__(self, chat_rate: Rate, bot_rate: Rate) -> None:
        self.book: PaceBook = OwnPaces()
        """What other processes know as well."""
        self._bot = Pace(bot_rate)
        self._chats = Paces(chat_rate)
        self._chat_rate = chat_rate
        self._asked: dict[str, float] = {}
        """When Telegram asked a chat to wait, lately."""

    def sending(self, chat: str) -> AbstractAsyncContextManager[None]:
        """Wait for the chat's turn and the bot's; the block is the request, from start to response.

        Raises ``NotSent`` when that takes too long, or when Telegram asked to wait.
        """
        limits = (_limit(_name(chat), self._chat_rate), _limit(BOT, self._bot.rate))
        return self._passing(chat, limits, self._chats.of(chat), self._bot)

    def editing(self, chat: str) -> AbstractAsyncContextManager[None]:
        """As ``sending``, with the bot's limit only: Telegram does not count edits per chat."""
        return self._passing(chat, (_limit(BOT, self._bot.rate),), self._bot)

    def hold(self, chat: str, span: float) -> None:
        """Refuse what is sent to ``chat`` for ``span`` seconds; to everybody if several chats are held at
        once. Never shortens an earlier hold.
        """
        now = seconds()
        self._asked = {one: at for one, at in self._asked.items() if now - at <= AT_ONCE_SECONDS}
        self._asked[chat] = now
        self.book.hold(_name(chat), span)
        if len(self._asked) >= CHATS_OF_BOT:
            self.book.hold(BOT, span)

    @asynccontextmanager
    async def _passing(self, chat: str, limits: tuple[Limit, ...], *paces: Pace) -> AsyncIterator[None]:
        self._refuse_while_held(chat)
        async with in_turn(*paces):
            wait = await self.book.turn(limits, min(pace.rate.max_expected_wait for pace in paces))
            if wait:
                await asyncio.sleep(wait)
            self._refuse_while_held(chat)
            yield

    def _refuse_while_held(self, chat: str) -> None:
        left = max(self.book.left(_name(chat)), self.book.left(BOT))
        if left > 0:
            raise NotSent("Telegram asked to wait", retry_after=left)


def _name(chat: str) -> str:
    return f"chat {chat}"


def _limit(name: str, rate: Rate) -> Limit:
    return Limit(name=name, interval=rate.interval, burst=rate.burst)
