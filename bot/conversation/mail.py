"""``/connect email`` and ``/disconnect email``: an address to which oO writes on its own.

Tests: tests/scenarios/test_mail.py.
"""

from __future__ import annotations

from bot.conversation.callback_result import CallbackHandler, CallbackResult
from bot.conversation.update_context import UpdateContext
from bot.screens import mail as screen
from bot.screens import texts_mail
from bot.screens.markup import say
from core.chat import Channel, Message
from core.delivery.callbacks import CallbackAction
from core.people.linking import CODE_LENGTH
from core.people.mail import Confirmed, ask_to_confirm, confirm_typed, mail_account
from core.people.mail import disconnect as forget_addresses
from core.people.mail_links import MailLinks
from core.text import clean
from core.words.mail_addresses import mail_address

MAIL_WORDS = frozenset({"email", "e-mail", "mail"})
"""What names this way out in every language."""
MAX_SHOWN = 60


def is_mail(typed: str) -> bool:
    """Whether the argument of /connect or /disconnect is about e-mail."""
    words = typed.split()
    if not words or "://" in typed:
        return False
    return _is_name(words[0]) or (len(words) == 1 and "@" in words[0])


def _is_name(word: str) -> bool:
    return word.casefold() in MAIL_WORDS | set(texts_mail.MAIL_WORDS.casefold().split())


async def connect_by_words(ctx: UpdateContext, typed: str) -> Message:
    """``email ADDRESS``, ``email CODE``, ``email``, or an address alone."""
    words = typed.split()
    rest = words[1:] if _is_name(words[0]) else words
    if Channel.EMAIL not in ctx.deps.messengers or ctx.deps.signer is None:
        return say(texts_mail.MAIL_MISSING if ctx.person.owner else texts_mail.MAIL_NOT_SET_UP)
    if not rest:
        account = await mail_account(ctx.person, ctx.deps)
        return screen.state(account) if account else say(texts_mail.MAIL_HOW)
    if "@" not in typed and _may_be_code("".join(rest)):
        return await _confirm(ctx, "".join(rest))
    address = mail_address(" ".join(rest))
    if address is None:
        return say(texts_mail.MAIL_NOT_ADDRESS, typed=clean(" ".join(rest), MAX_SHOWN))
    return await _ask(ctx, address, MailLinks(signer=ctx.deps.signer, root=ctx.deployment.root))


def _may_be_code(typed: str) -> bool:
    return len(typed.replace("-", "")) == CODE_LENGTH


async def _ask(ctx: UpdateContext, address: str, links: MailLinks) -> Message:
    await ctx.thinking()
    letters = screen.ChatLetters(links.confirm)
    result = await ask_to_confirm(ctx.person, ctx.account, address, letters, ctx.deps)
    return screen.asked(result, address)


async def _confirm(ctx: UpdateContext, typed: str) -> Message:
    outcome = await confirm_typed(ctx.person, typed, ctx.deps)
    if outcome.result is Confirmed.DONE and outcome.person:
        ctx.person = outcome.person
    return screen.confirmed(outcome)


async def disconnect_mail(ctx: UpdateContext) -> Message:
    """Forget the address."""
    addresses = await forget_addresses(ctx.person, ctx.deps)
    if not addresses:
        return say(texts_mail.MAIL_NOT_CONNECTED)
    return say(texts_mail.MAIL_DISCONNECTED, address=", ".join(addresses))


async def state_of_mail(ctx: UpdateContext) -> list[Message]:
    """The lines of /connect."""
    account = await mail_account(ctx.person, ctx.deps)
    if account:
        return [screen.state(account)]
    return [say(texts_mail.MAIL_OFFER)] if Channel.EMAIL in ctx.deps.messengers else []


async def disconnect_button(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """Forget the address, as a button says."""
    return CallbackResult(edit=await disconnect_mail(ctx))


MAIL_BUTTONS: dict[str, CallbackHandler] = {"mail_disconnect": disconnect_button}
