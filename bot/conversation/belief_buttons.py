"""Buttons under what oO believes: right, wrong, forget, and taken back."""

from __future__ import annotations

from bot.conversation.callback_result import CallbackResult, Run
from bot.conversation.update_context import UpdateContext
from bot.screens import learned as learned_screen
from bot.screens import texts
from core.chat import Message
from core.delivery.callbacks import CallbackAction
from core.learning.beliefs import beliefs
from core.learning.corrections import confirm, contradict, disregard, take_back
from core.model import Correction


async def right(ctx: UpdateContext, press: CallbackAction) -> CallbackResult:
    """It is so."""
    said = await confirm(ctx.person, ctx.deps, press.arg)
    return CallbackResult(edit=await _listed(ctx), toast=texts.FINE_THEN if said else texts.BELIEF_GONE)


async def wrong(ctx: UpdateContext, press: CallbackAction) -> CallbackResult:
    """It is not so."""
    return await _corrected(ctx, await contradict(ctx.person, ctx.deps, press.arg))


async def forget(ctx: UpdateContext, press: CallbackAction) -> CallbackResult:
    """Not to be learned from."""
    return await _corrected(ctx, await disregard(ctx.person, ctx.deps, press.arg))


async def _corrected(ctx: UpdateContext, said: Correction | None) -> CallbackResult:
    """The list without it, and a message that says what follows and takes it back."""
    if said is None:
        return CallbackResult(edit=await _listed(ctx), toast=texts.BELIEF_GONE)
    return CallbackResult(edit=await _listed(ctx), reply=learned_screen.corrected(said))


async def undo(ctx: UpdateContext, press: CallbackAction) -> CallbackResult:
    """As if it had not been said; the list is redrawn if the button stood there."""
    correction_id, _, in_list = press.arg.partition(" ")
    said = await take_back(ctx.person, ctx.deps, correction_id)
    toast = None if said else texts.NOTHING_TO_UNDO
    if in_list:
        return CallbackResult(edit=await _listed(ctx), toast=toast)
    return CallbackResult(edit=learned_screen.restored(said) if said else None, toast=toast)


async def _listed(ctx: UpdateContext) -> Message:
    return learned_screen.learned(await beliefs(ctx.person, ctx.deps), ctx.person)


UNDER_BELIEFS: dict[str, Run] = {
    "belief_right": right,
    "belief_wrong": wrong,
    "belief_forget": forget,
    "belief_undo": undo,
}
