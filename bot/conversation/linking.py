"""``/link``: one person on several channels."""

from __future__ import annotations

from collections import OrderedDict, deque
from datetime import datetime

from bot.conversation.update_context import UpdateContext
from bot.screens import texts
from bot.screens.markup import say
from core.chat import Message, Sender
from core.dependencies import Dependencies
from core.people.linking import LASTS, Linked, link, link_code

MOST_WRONG = 5
"""So many wrong codes of one account within the life of a code; further ones are not looked at."""

SENDERS_REMEMBERED = 10_000


async def show_code(ctx: UpdateContext, argument: str) -> Message:
    """A code for another channel. One that is sent never comes here: strangers may send it as well."""
    return say(texts.LINK, code=await link_code(ctx.person, ctx.deps))


class Linking:
    """Takes the codes that people send, known or not, and counts the wrong ones."""

    def __init__(self, deps: Dependencies) -> None:
        self._deps = deps
        self._wrong: OrderedDict[str, deque[datetime]] = OrderedDict()

    async def take(self, sender: Sender, typed: str) -> Linked | None:
        """What became of a code; None: it was not looked at, after too many wrong ones."""
        wrong = self._lately(f"{sender.channel.value} {sender.external_id}")
        if len(wrong) >= MOST_WRONG:
            return None
        became = await link(sender, typed, self._deps)
        if became is Linked.WRONG:
            wrong.append(self._deps.clock.now())
        return became

    def _lately(self, name: str) -> deque[datetime]:
        """When this account last sent wrong codes; accounts that sent some long ago are forgotten."""
        wrong = self._wrong.setdefault(name, deque(maxlen=MOST_WRONG))
        self._wrong.move_to_end(name)
        if len(self._wrong) > SENDERS_REMEMBERED:
            self._wrong.popitem(last=False)
        while wrong and wrong[0] <= self._deps.clock.now() - LASTS:
            wrong.popleft()
        return wrong
