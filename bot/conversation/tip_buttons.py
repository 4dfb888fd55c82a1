"""The buttons under a tip: done, dismiss and its reasons, snooze and its times, undo.

Until a reaction is committed, neither a language model nor the network is used. A task source outside oO
hears of a completion later, through the event log.
Tests: tests/scenarios/test_reactions.py, tests/scenarios/test_snoozing.py.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from bot.conversation.callback_result import CallbackHandler, CallbackResult
from bot.conversation.question import Question
from bot.conversation.tip_reactions import (
    BRING_BACK,
    RedrawnTip,
    redrawn,
    snooze_until,
    status_of,
    take_back,
    take_reaction,
)
from bot.conversation.update_context import UpdateContext
from bot.screens import texts
from bot.screens import tips as tips_screen
from bot.screens.markup import say
from core.delivery.callbacks import CallbackAction
from core.delivery.tip_status import TapResult
from core.errors import NotFound
from core.records import DismissReason, ReactionKind
from core.words.dates.moments import parse_moment


def _decision_id(action: CallbackAction) -> str:
    if action.subject is None:
        raise NotFound("this button is not about a tip")
    return action.subject


def _message_id(ctx: UpdateContext) -> str | None:
    """The message that was tapped, if the platform names it."""
    return getattr(ctx.update, "message_id", None)


def _result(tip: RedrawnTip) -> CallbackResult:
    return CallbackResult(edit=tip.message, toast=tip.remark)


async def done(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """The tip was followed: complete its task."""
    return await _react(ctx, action, ReactionKind.DONE)


async def dismiss(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """Dismiss the tip; a second, optional tap gives a reason."""
    return await _react(ctx, action, ReactionKind.DISMISS)


async def reason(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """Give the reason of a dismissal."""
    return await _react(ctx, action, ReactionKind.DISMISS, DismissReason(action.arg))


async def _react(
    ctx: UpdateContext, action: CallbackAction, kind: ReactionKind, why: DismissReason | None = None
) -> CallbackResult:
    decision_id = _decision_id(action)
    outcome = await take_reaction(ctx, decision_id, kind, why, message_id=_message_id(ctx))
    ctx.redraw_elsewhere(decision_id)
    return _result(redrawn(ctx, outcome))


async def undo_reaction(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """Take the reaction back."""
    decision_id = _decision_id(action)
    outcome = await take_back(ctx, decision_id)
    ctx.redraw_elsewhere(decision_id)
    toast = texts.NOTHING_TO_UNDO if outcome.result is TapResult.NOTHING_TO_UNDO else None
    return CallbackResult(edit=tips_screen.after(outcome, ctx.person, ctx.now), toast=toast)


async def show(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """Show the tip again, without the snooze choices."""
    return _result(redrawn(ctx, await status_of(ctx, _decision_id(action))))


async def snooze_menu(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """Offer times for a snooze; another one may be typed."""
    outcome = await status_of(ctx, _decision_id(action))
    if outcome.result is not TapResult.ACCEPTED:
        return _result(redrawn(ctx, outcome))
    await ctx.set_question(Question(what=BRING_BACK, subject=_decision_id(action)))
    return CallbackResult(edit=tips_screen.snooze_choices(outcome, ctx.person, ctx.now))


async def until(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """Snooze until the chosen time; in quiet hours, offer other times."""
    return await _snooze_until(ctx, action, even_if_quiet=False)


async def until_anyway(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """Snooze until the chosen time, which lies in quiet hours."""
    return await _snooze_until(ctx, action, even_if_quiet=True)


async def _snooze_until(ctx: UpdateContext, action: CallbackAction, *, even_if_quiet: bool) -> CallbackResult:
    """Snooze until the time on the button; once that has passed, offer times again."""
    when = datetime.fromisoformat(action.arg).astimezone(UTC)
    if when <= ctx.now:
        return replace(await snooze_menu(ctx, action), toast=texts.TIME_PASSED)
    decision_id, message_id = _decision_id(action), _message_id(ctx)
    return _result(
        await snooze_until(ctx, decision_id, when, even_if_quiet=even_if_quiet, message_id=message_id)
    )


async def type_time(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """Let the person type a time; where there are forms, the tap brings what was typed."""
    decision_id, message_id = _decision_id(action), _message_id(ctx)
    typed = getattr(ctx.update, "typed", None)
    if typed is None:
        question = Question(what="snooze", subject=decision_id, message_id=message_id)
        return CallbackResult(question=question, reply=say(texts.SNOOZE_TYPE))
    when = parse_moment(typed, now=ctx.said_at, zone=ctx.zone)
    return _result(await snooze_until(ctx, decision_id, when, message_id=message_id))


TIP_BUTTONS: dict[str, CallbackHandler] = {
    "done": done,
    "dismiss": dismiss,
    "reason": reason,
    "undo": undo_reaction,
    "show": show,
    "snooze": snooze_menu,
    "until": until,
    "until_anyway": until_anyway,
    "type_time": type_time,
}
