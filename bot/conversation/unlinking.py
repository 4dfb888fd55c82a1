"""``/unlink``: an account leaves; and the choice of the channel on which oO writes.

Tests: tests/scenarios/test_linking.py.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.conversation.callback_result import CallbackHandler, CallbackResult
from bot.conversation.linking import tell
from bot.conversation.settings_commands import preferences
from bot.conversation.update_context import UpdateContext
from bot.screens import link as screen
from bot.screens import texts_link
from bot.screens.markup import say
from core.chat import Channel, Message
from core.delivery.callbacks import CallbackAction
from core.people.preferences import prefer
from core.people.unlinking import unlink
from core.records import Account
from core.words.intents import WriteOn


async def ask_which(ctx: UpdateContext, argument: str) -> Message:
    """Ask which account leaves."""
    return screen.which_leaves(await _accounts(ctx), ctx.account)


async def _accounts(ctx: UpdateContext) -> Sequence[Account]:
    """Those that can be somebody else's: where nobody can write to oO, nobody can be."""
    async with ctx.deps.store.read() as unit:
        accounts = await unit.people.accounts(ctx.person.person_id)
    return [one for one in accounts if one.channel.is_chat]


async def ask_with_what(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """Ask with what the chosen account leaves."""
    accounts = await _accounts(ctx)
    leaving = next((one for one in accounts if one.account_id == action.arg), None)
    if leaving is None or len(accounts) < 2:
        return CallbackResult(edit=say(texts_link.UNLINK_GONE))
    return CallbackResult(edit=screen.where_data_stays(leaving))


async def leave_empty(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """The account leaves with nothing."""
    return await _leave(ctx, action.arg, copies=False)


async def leave_with_copy(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """The account leaves with a copy of tasks and settings."""
    return await _leave(ctx, action.arg, copies=True)


async def _leave(ctx: UpdateContext, account_id: str, *, copies: bool) -> CallbackResult:
    """Let the account leave, and tell all the others, and the one that left."""
    accounts = await _accounts(ctx)
    leaving = next((one for one in accounts if one.account_id == account_id), None)
    if leaving is None or await unlink(ctx.person, account_id, ctx.deps, copies=copies) is None:
        return CallbackResult(edit=say(texts_link.UNLINK_GONE))

    def said() -> Message:
        return screen.unlinked(leaving.channel, copies=copies)

    elsewhere = [one for one in accounts if one.account_id != ctx.account.account_id]
    await tell(ctx.person, elsewhere, said, ctx.deps)
    return CallbackResult(edit=said())


async def keep_linked(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """Nothing changes."""
    return CallbackResult(edit=say(texts_link.UNLINK_KEPT))


async def write_on(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """Choose the channel on which oO writes; none: where the person answers."""
    channel = Channel(action.arg) if action.arg else None
    await ctx.change(prefer(channel=channel), what="channel")
    return CallbackResult(edit=await preferences(ctx))


async def _ways_out(ctx: UpdateContext) -> set[Channel]:
    """The channels on which oO can write to the person."""
    async with ctx.deps.store.read() as unit:
        accounts = await unit.people.accounts(ctx.person.person_id)
    return {one.channel for one in accounts if one.channel.is_chat or one.reachable}


async def write_on_by_words(ctx: UpdateContext, intent: WriteOn) -> Message:
    """Choose the channel that was named; the one here, if none was."""
    channel = intent.channel or ctx.sender.channel
    channels = await _ways_out(ctx)
    if channel not in channels:
        return screen.not_on(channel)
    if len(channels) == 1:
        return say(texts_link.WRITES_NOWHERE_ELSE)
    await ctx.change(prefer(channel=channel), what="channel")
    return screen.writes_from_now(channel)


LINK_BUTTONS: dict[str, CallbackHandler] = {
    "unlink": ask_with_what,
    "unlink_empty": leave_empty,
    "unlink_copy": leave_with_copy,
    "unlink_keep": keep_linked,
    "write_on": write_on,
}
