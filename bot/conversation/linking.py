"""``/link``: one person on several channels."""

from __future__ import annotations

from collections import OrderedDict, deque
from datetime import datetime

from bot.conversation.update_context import UpdateContext
from bot.screens import texts
from bot.screens.markup import say
from core.chat import Message, Sender
from core.dependencies import Dependencies
from core.people.linking import CODE_TTL, Linked, link, link_code

MAX_WRONG_CODES = 5
"""Wrong codes of one account within the life of a code; further codes are not checked."""

MAX_SENDERS_REMEMBERED = 10_000
"""Accounts whose wrong codes are counted."""


async def show_code(ctx: UpdateContext, argument: str) -> Message:
    """Show a code to type on another channel. The router handles codes that are sent: strangers send them."""
    return say(texts.LINK, code=await link_code(ctx.person, ctx.deps))


class Linking:
    """Checks the codes that accounts send, known or not, and limits guessing."""

    def __init__(self, deps: Dependencies, *, max_senders: int = MAX_SENDERS_REMEMBERED) -> None:
        self._deps = deps
        self._max_senders = max_senders
        self._wrong: OrderedDict[str, deque[datetime]] = OrderedDict()

    async def take(self, sender: Sender, typed: str) -> Linked | None:
        """Redeem a code. None: it was not checked, after too many wrong ones."""
        wrong = self._recent_wrong(f"{sender.channel.value} {sender.external_id}")
        if len(wrong) >= MAX_WRONG_CODES:
            return None
        result = await link(sender, typed, self._deps)
        if result is Linked.WRONG:
            wrong.append(self._deps.clock.now())
        return result

    def _recent_wrong(self, name: str) -> deque[datetime]:
        """When this account sent wrong codes; the accounts that sent theirs the longest ago are dropped."""
        wrong = self._wrong.setdefault(name, deque(maxlen=MAX_WRONG_CODES))
        self._wrong.move_to_end(name)
        if len(self._wrong) > self._max_senders:
            self._wrong.popitem(last=False)
        while wrong and wrong[0] <= self._deps.clock.now() - CODE_TTL:
            wrong.popleft()
        return wrong
