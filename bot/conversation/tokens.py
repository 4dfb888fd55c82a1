"""``/token``: the programs that act for a person.

A secret is shown in one message, which is redrawn without it after a while: by its button, or by the job
``tokens``, also after a restart.
Tests: tests/scenarios/test_tokens.py.
"""

from __future__ import annotations

import logging

from bot.conversation.callback_result import CallbackHandler, CallbackResult
from bot.conversation.kept_answer import Answer
from bot.conversation.update_context import UpdateContext
from bot.languages.active import speaking_to
from bot.screens import texts_tokens as words
from bot.screens import tokens as screen
from bot.screens.markup import say
from core.chat import Channel, Message
from core.delivery.callbacks import CallbackAction
from core.dependencies import Dependencies
from core.errors import BadInput, NotFound, NotSent, SendFailed, SendUnknown
from core.people.tokens import (
    make_token,
    named,
    revoke_token,
    revoked_by,
    shown_in,
    shown_too_long,
    tokens_of,
)
from core.records import Account, ApiToken, Person, Scope
from core.words.tokens import TokenWish, parse_token, scopes_named

log = logging.getLogger(__name__)


async def token(ctx: UpdateContext, argument: str) -> Message | None:
    """List the tokens, make one, or revoke one. Raises ``BadInput``."""
    wish = parse_token(argument)
    if wish.kind == "revoke":
        return await _revoke(ctx, wish)
    if not _can_be_used(ctx):
        return say(words.OFF)
    if wish.kind == "list":
        return await _overview(ctx)
    if not wish.name:
        raise BadInput("token_name")
    if not wish.scopes:
        return screen.ask_scopes(wish.name)
    await _make(ctx, wish.name, wish.scopes)
    return None


def _can_be_used(ctx: UpdateContext) -> bool:
    """Whether anything takes tokens. Who sits at the machine can always run ``oo mcp``."""
    return ctx.deployment.programs or ctx.account.channel is Channel.TERMINAL


async def _overview(ctx: UpdateContext) -> Message:
    return screen.overview(await tokens_of(ctx.person, ctx.deps), ctx.person, ctx.now)


async def _revoke(ctx: UpdateContext, wish: TokenWish) -> Message:
    found = named(await tokens_of(ctx.person, ctx.deps), wish.name)
    if found is None:
        if await revoked_by(ctx.origin, ctx.person, ctx.deps):
            return screen.revoked(wish.name)
        raise BadInput("token_unknown", name=wish.name)
    # Before anything that takes time.
    gone = await revoke_token(found.token_id, ctx.person, ctx.deps, ctx.origin)
    said = screen.revoked(gone.name)
    await ctx.keep(Answer(reply=said))
    await _hide(ctx.deps, ctx.person, gone)
    return said


async def _make(ctx: UpdateContext, name: str, scopes: frozenset[Scope]) -> ApiToken:
    """Make a token and show its secret, in a message that no memory of the talk keeps."""
    new = await make_token(ctx.person, ctx.deps, name=name, scopes=scopes, in_place_since=ctx.said_at)
    # What a terminal has shown stays there; a page shows it only once.
    can_hide = ctx.account.channel is not Channel.TERMINAL and ctx.update.page is None
    message_id = await ctx.reply(screen.made(new, can_hide=can_hide))
    if can_hide:
        await shown_in(new.token, ctx.deps, account_id=ctx.account.account_id, message_id=message_id)
    return new.token


# --- Buttons -----------------------------------------------------------------------------------------------


async def make_now(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """Make the token that was asked for, good for what the button says."""
    word, _, name = action.arg.partition(" ")
    return CallbackResult(edit=screen.chosen(await _make(ctx, name, scopes_named(word))))


async def revoke_now(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """Revoke a token of the list, which is redrawn."""
    try:
        gone = await revoke_token(action.arg, ctx.person, ctx.deps)
    except NotFound:
        return CallbackResult(edit=await _overview(ctx), toast=words.GONE)
    await _hide(ctx.deps, ctx.person, gone)
    return CallbackResult(edit=await _overview(ctx), reply=screen.revoked(gone.name))


async def hide_now(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """Hide the secret in the message that shows it."""
    for one in await tokens_of(ctx.person, ctx.deps):
        if one.token_id == action.arg:
            await shown_in(one, ctx.deps, account_id=None, message_id=None)
            return CallbackResult(edit=screen.hidden(one))
    return CallbackResult(edit=say(words.GONE))


TOKEN_BUTTONS: dict[str, CallbackHandler] = {
    "token_make": make_now,
    "token_revoke": revoke_now,
    "token_hide": hide_now,
}


# --- By the clock ------------------------------------------------------------------------------------------


async def hide_tokens(deps: Dependencies) -> int:
    """Hide the secrets that messages have shown long enough; returns how many."""
    shown = await shown_too_long(deps)
    for one in shown:
        async with deps.store.read() as unit:
            person = await unit.people.get(one.person_id)
        await _hide(deps, person, one)
    return len(shown)


async def _hide(deps: Dependencies, person: Person, token: ApiToken) -> None:
    """Redraw the message that shows a secret, and forget the message. A refused edit stays refused. One that
    may not have been made is made later, by the job; so is that of a channel which is not served now.
    """
    async with deps.store.read() as unit:
        accounts = {one.account_id: one for one in await unit.people.accounts(person.person_id)}
    account: Account | None = accounts.get(token.account_id or "")
    if account and token.message_id:
        if account.channel not in deps.messengers:
            return
        with speaking_to(person.on(account)):
            message = screen.hidden(token)
        try:
            await deps.messengers[account.channel].edit(account.address, token.message_id, message)
        except (NotSent, SendUnknown) as fault:
            log.warning("a token is shown until the platform answers: %s", type(fault).__name__)
            return
        except SendFailed as fault:
            log.warning("a token is still shown: %s", type(fault).__name__)
    await shown_in(token, deps, account_id=None, message_id=None)
