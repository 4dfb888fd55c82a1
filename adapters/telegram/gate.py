"""How fast oO may write: Telegram takes about one message a second for a chat and 30 a second in all.

All that is sent passes one gate, so that Telegram rarely has to say 429; when it does, everyone obeys.
Answers to taps do not pass here: they are never kept waiting behind messages.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from core.errors import NotSent

CHAT_INTERVAL = 1.0
CHAT_BURST = 4
TOTAL_INTERVAL = 1 / 30
TOTAL_BURST = 20
LONGEST_WAIT = 10.0
CHATS_REMEMBERED = 10_000


@dataclass(slots=True, kw_only=True)
class Pace:
    """``burst`` at once after a rest, then one every ``interval`` seconds.

    The generic cell rate algorithm (ITU-T I.371): all it keeps is when the next one would be due if all had
    come evenly.
    """

    interval: float
    burst: int
    due_at: float = 0.0

    def wait(self, now: float) -> float:
        """The seconds until the next one may go."""
        return max(0.0, self.due_at - (self.burst - 1) * self.interval - now)

    def take(self, now: float) -> None:
        """Count one that goes as soon as it may."""
        self.due_at = max(self.due_at, now) + self.interval


class Gate:
    """One bot's turnstile. Its seconds are the event loop's, which no change of the clock can turn back."""

    def __init__(self) -> None:
        self._total = Pace(interval=TOTAL_INTERVAL, burst=TOTAL_BURST)
        self._chats: dict[str, Pace] = {}
        self._held_until: dict[str, float] = {}

    async def to_send(self, chat: str) -> None:
        """Wait for the chat's turn and the bot's. Raises ``NotSent`` when that would take too long."""
        self._refuse_while_held(chat)
        await _turn(self._pace(chat))
        await _turn(self._total)
        self._refuse_while_held(chat)

    async def to_edit(self, chat: str) -> None:
        """Wait for the bot's turn: edits make no sound and are not paced within a chat."""
        self._refuse_while_held(chat)
        await _turn(self._total)

    def hold(self, chat: str, seconds: float) -> None:
        """Let nothing pass to ``chat`` for ``seconds``: Telegram asked for it. Never shortens a hold."""
        self._held_until[chat] = max(self._held_until.get(chat, 0.0), _now() + seconds)

    def _refuse_while_held(self, chat: str) -> None:
        left = self._held_until.get(chat, 0.0) - _now()
        if left > 0:
            raise NotSent("Telegram asked to wait", retry_after=left)
        self._held_until.pop(chat, None)

    def _pace(self, chat: str) -> Pace:
        if chat not in self._chats and len(self._chats) >= CHATS_REMEMBERED:
            now = _now()
            self._chats = {name: pace for name, pace in self._chats.items() if pace.due_at > now}
        return self._chats.setdefault(chat, Pace(interval=CHAT_INTERVAL, burst=CHAT_BURST))


async def _turn(pace: Pace) -> None:
    wait = pace.wait(_now())
    if wait > LONGEST_WAIT:
        raise NotSent("too many messages are waiting", retry_after=wait)
    pace.take(_now())
    await asyncio.sleep(wait)


def _now() -> float:
    return asyncio.get_running_loop().time()
