"""The buttons under what oO believes: right, wrong, forget, undo.

Tests: tests/scenarios/test_understanding.py.
"""

from __future__ import annotations

from bot.conversation.callback_result import CallbackHandler, CallbackResult
from bot.conversation.update_context import UpdateContext
from bot.screens import learned as learned_screen
from bot.screens import texts, texts_why
from core.chat import Message
from core.delivery.callbacks import CallbackAction
from core.learning.beliefs import beliefs
from core.learning.corrections import forget_belief, mark_right, mark_wrong, undo_correction
from core.records import Correction


async def right(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """Confirm a belief."""
    correction = await mark_right(ctx.person, ctx.deps, action.arg)
    toast = texts.FINE_THEN if correction else texts_why.BELIEF_GONE
    return CallbackResult(edit=await _list(ctx), toast=toast)


async def wrong(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """Contradict a belief."""
    return await _corrected(ctx, await mark_wrong(ctx.person, ctx.deps, action.arg))


async def forget(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """Learn nothing from the tips that a belief rests on."""
    return await _corrected(ctx, await forget_belief(ctx.person, ctx.deps, action.arg))


async def _corrected(ctx: UpdateContext, correction: Correction | None) -> CallbackResult:
    """The list without the belief, and a message that says what follows and can undo it."""
    if correction is None:
        return CallbackResult(edit=await _list(ctx), toast=texts_why.BELIEF_GONE)
    return CallbackResult(edit=await _list(ctx), reply=learned_screen.corrected(correction))


async def undo(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """Take a correction back. If the button was in the list, the list is redrawn."""
    correction_id, _, in_list = action.arg.partition(" ")
    correction = await undo_correction(ctx.person, ctx.deps, correction_id)
    toast = None if correction else texts.NOTHING_TO_UNDO
    if in_list:
        return CallbackResult(edit=await _list(ctx), toast=toast)
    return CallbackResult(edit=learned_screen.restored(correction) if correction else None, toast=toast)


async def _list(ctx: UpdateContext) -> Message:
    return learned_screen.learned(await beliefs(ctx.person, ctx.deps), ctx.person)


BELIEF_BUTTONS: dict[str, CallbackHandler] = {
    "belief_right": right,
    "belief_wrong": wrong,
    "belief_forget": forget,
    "belief_undo": undo,
}
