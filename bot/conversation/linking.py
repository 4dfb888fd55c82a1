"""``/link``: one person on several channels."""

from __future__ import annotations

import logging
from collections import OrderedDict, deque
from collections.abc import Callable, Sequence
from datetime import datetime

from bot.conversation.callback_result import CallbackHandler, CallbackResult
from bot.conversation.update_context import UpdateContext
from bot.languages.active import speaking_to
from bot.screens import texts_link
from bot.screens.link import linked, linked_elsewhere
from bot.screens.markup import say
from core.chat import Channel, Message, Sender
from core.delivery.callbacks import CallbackAction
from core.dependencies import Dependencies
from core.errors import SendFailed
from core.people.linking import CODE_TTL, Linked, LinkOutcome, link, link_code, link_surely
from core.records import Account, Person

log = logging.getLogger(__name__)

MAX_WRONG_CODES = 5
"""Wrong codes of one account within the life of a code; further codes are not checked."""

MAX_SENDERS_REMEMBERED = 10_000
"""Accounts whose wrong codes are counted."""


async def show_code(ctx: UpdateContext, argument: str) -> Message:
    """Show a code to type on another channel. The router handles codes that are sent: strangers send them."""
    ctx.keeps_answer = False
    return say(texts_link.LINK, code=await link_code(ctx.person, ctx.deps))


async def join(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """Two histories become one, as the person is sure that the code is their own."""
    outcome = await link_surely(ctx.sender, action.arg, ctx.deps)
    ctx.person = outcome.person or ctx.person
    await tell_others(outcome, ctx.sender.channel, ctx.deps)
    return CallbackResult(edit=linked(outcome))


async def leave(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """Nothing is linked."""
    return CallbackResult(edit=say(texts_link.LINK_LEFT))


JOIN_BUTTONS: dict[str, CallbackHandler] = {"link_join": join, "link_leave": leave}


async def tell_others(outcome: LinkOutcome, channel: Channel, deps: Dependencies) -> None:
    """Tell the accounts that the person had before a code was used."""
    if outcome.person:
        await tell(outcome.person, outcome.others, lambda: linked_elsewhere(channel), deps)


async def tell(
    person: Person, accounts: Sequence[Account], compose: Callable[[], Message], deps: Dependencies
) -> None:
    """Send a notice to accounts of a person, each in its language, as far as they can be reached."""
    for account in accounts:
        is_usable = account.channel.is_chat and account.channel in deps.messengers
        if not is_usable or not account.reachable:
            continue
        with speaking_to(person.on(account)):
            message = compose()
        try:
            await deps.messengers[account.channel].send(account.address, message)
        except SendFailed as fault:
            log.warning("notice about linked accounts not delivered: %s", type(fault).__name__)


class Linking:
    """Checks the codes that accounts send, known or not, and limits guessing."""

    def __init__(self, deps: Dependencies, *, max_senders: int = MAX_SENDERS_REMEMBERED) -> None:
        self._deps = deps
        self._max_senders = max_senders
        self._wrong: OrderedDict[str, deque[datetime]] = OrderedDict()

    async def take(
        self, sender: Sender, typed: str, *, sent_at: datetime | None = None
    ) -> LinkOutcome | None:
        """Redeem a code. None: it was not checked, after too many wrong ones."""
        wrong = self._recent_wrong(f"{sender.channel.value} {sender.external_id}")
        if len(wrong) >= MAX_WRONG_CODES:
            return None
        outcome = await link(sender, typed, self._deps, sent_at=sent_at)
        if outcome.result is Linked.WRONG:
            wrong.append(self._deps.clock.now())
        return outcome

    def _recent_wrong(self, name: str) -> deque[datetime]:
        """When this account sent wrong codes; the accounts that sent theirs the longest ago are dropped."""
        wrong = self._wrong.setdefault(name, deque(maxlen=MAX_WRONG_CODES))
        self._wrong.move_to_end(name)
        if len(self._wrong) > self._max_senders:
            self._wrong.popitem(last=False)
        while wrong and wrong[0] <= self._deps.clock.now() - CODE_TTL:
            wrong.popleft()
        return wrong
