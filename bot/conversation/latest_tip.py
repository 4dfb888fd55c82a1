"""Words about the latest tip, instead of a tap: done, not now, dismiss, snooze, undo.

The tip's message is redrawn, and a short sentence answers.
Tests: tests/scenarios/test_conversation.py.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.conversation.tip_reactions import ask_snooze_time, react_in_words, snooze_in_words, undo_in_words
from bot.conversation.update_context import UpdateContext
from bot.screens import texts
from bot.screens.markup import say
from core.chat import Message
from core.delivery.tip_status import MAX_LISTS
from core.records import DismissReason, PastTip, ReactionKind, TipKind

MAX_AGE = timedelta(days=1)
"""Words are not about an older tip."""


async def done_with_latest(ctx: UpdateContext) -> Message:
    """Complete the latest tip."""
    is_done = await _react_to_latest(ctx, ReactionKind.DONE)
    return say(texts.DONE_SAID if is_done else texts.DONE_WHAT)


async def not_now(ctx: UpdateContext) -> Message:
    """Dismiss the latest tip for now, if it is unanswered."""
    await _react_to_latest(ctx, ReactionKind.DISMISS, DismissReason.NOT_NOW)
    return say(texts.NOT_NOW)


async def dismiss_latest(ctx: UpdateContext) -> Message:
    """Dismiss the latest tip; buttons below it ask for the reason."""
    is_dismissed = await _react_to_latest(ctx, ReactionKind.DISMISS)
    return say(texts.DISMISSED_SAID if is_dismissed else texts.NO_TIP_WAITS)


async def never_again(ctx: UpdateContext) -> Message:
    """Dismiss the latest tip, and mute its topic."""
    is_dismissed = await _react_to_latest(ctx, ReactionKind.DISMISS, DismissReason.NEVER_TOPIC)
    return say(texts.DISMISSED_SAID if is_dismissed else texts.NO_TIP_WAITS)


async def tip_waits(ctx: UpdateContext) -> bool:
    """Whether the latest tip awaits an answer."""
    return await _unanswered(ctx) is not None


async def snooze_latest(ctx: UpdateContext, until: datetime | None) -> Message:
    """Snooze the latest tip; without a time, ask for it."""
    tip = await _unanswered(ctx)
    if tip is None:
        return say(texts.NO_TIP_WAITS)
    if until is None:
        return await ask_snooze_time(ctx, tip.decision_id)
    return await snooze_in_words(ctx, tip.decision_id, until)


async def undo_latest_tip(ctx: UpdateContext) -> Message:
    """Take back the reaction to the latest tip."""
    tip = await _latest(ctx)
    if tip is None or tip.reacted_at is None:
        return say(texts.NOTHING_TO_UNDO)
    return await undo_in_words(ctx, tip.decision_id)


async def was_tip_done(ctx: UpdateContext, decision_id: str | None) -> bool:
    """Whether the latest tip is that one, and was reported as done."""
    tip = await _latest(ctx)
    return tip is not None and tip.decision_id == decision_id and tip.reaction is ReactionKind.DONE


async def _react_to_latest(
    ctx: UpdateContext, kind: ReactionKind, reason: DismissReason | None = None
) -> bool:
    """React to the latest tip; False if none is unanswered."""
    tip = await _unanswered(ctx)
    if tip is None:
        return False
    await react_in_words(ctx, tip.decision_id, kind, reason)
    return True


async def _unanswered(ctx: UpdateContext) -> PastTip | None:
    """The latest tip, if it awaits Done or Dismiss, or did when that was said; a snoozed one does."""
    tip = await _latest(ctx)
    if tip is None or tip.reaction in (None, ReactionKind.SNOOZE):
        return tip
    return tip if tip.reacted_at and tip.reacted_at > ctx.said_at else None


async def _latest(ctx: UpdateContext) -> PastTip | None:
    async with ctx.deps.store.read() as unit:
        tips = await unit.decisions.past_tips(ctx.person.person_id, ctx.now - MAX_AGE, MAX_LISTS + 1)
    return next((tip for tip in tips if tip.kind is not TipKind.LIST), None)
