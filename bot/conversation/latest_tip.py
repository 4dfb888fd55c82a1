"""What somebody says about the latest tip, instead of tapping: done, not now, dismiss, snooze, undo.

The same use cases as behind the buttons; the tip's message is redrawn, and a short sentence answers.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.conversation.tip_buttons import snooze_until
from bot.conversation.update_context import Question, UpdateContext
from bot.screens import texts
from bot.screens import tips as tips_screen
from bot.screens.dates import at_moment
from bot.screens.markup import say
from core.chat import Message
from core.delivery.callbacks import CallbackAction
from core.delivery.reactions import react, undo
from core.delivery.tip_status import Verdict
from core.model import DismissReason, PastTip, ReactionKind, TaskSource
from core.scheduling.quiet_hours import quiet_until

LAST_TIP = timedelta(days=1)
"""How long a tip is the one that "done" and "not now" mean."""


async def done_with_last(ctx: UpdateContext) -> Message:
    """ "Done": the tip that was talked about last."""
    done = await _react_to_last(ctx, ReactionKind.DONE, None)
    return say(texts.DONE_SAID if done else texts.DONE_WHAT)


async def not_now(ctx: UpdateContext) -> Message:
    """ "Not now": the latest tip rests, if it still waits for an answer."""
    await _react_to_last(ctx, ReactionKind.DISMISS, DismissReason.NOT_NOW)
    return say(texts.NOT_NOW)


async def dismiss_last(ctx: UpdateContext) -> Message:
    """ "Dismiss": not this tip; under it one may still say why."""
    dismissed = await _react_to_last(ctx, ReactionKind.DISMISS, None)
    return say(texts.DISMISSED_SAID if dismissed else texts.NO_TIP_WAITS)


async def snooze_last(ctx: UpdateContext, until: datetime | None) -> Message:
    """ "Snooze until 18:30": the latest tip comes back then; without a time, that is asked for."""
    tip = await _waiting(ctx)
    if tip is None:
        return say(texts.NO_TIP_WAITS)
    if until:
        return await put_off(ctx, tip.decision_id, until)
    await ctx.ask(Question(what="snooze", subject=tip.decision_id))
    return say(texts.SNOOZE_TYPE)


async def put_off(ctx: UpdateContext, decision_id: str, until: datetime) -> Message:
    """Bring a tip back at ``until``; in quiet hours, offer other times under it."""
    pressed = CallbackAction(person_id=ctx.person.person_id, verb="until", arg="", subject=decision_id)
    shown = await snooze_until(ctx, pressed, until)
    if shown.edit:
        await ctx.redraw(decision_id, shown.edit)
    if shown.toast:
        return say(shown.toast)
    is_quiet = quiet_until(until, ctx.zone, ctx.person.preferences.quiet)
    sentence = texts.SNOOZED_QUIET if is_quiet else texts.SNOOZED_SAID
    return say(sentence, when=at_moment(until, ctx.now, ctx.zone))


async def undo_last(ctx: UpdateContext) -> Message:
    """ "Undo": what was last done about the latest tip is taken back."""
    tip = await _latest(ctx)
    if tip is None or tip.reacted_at is None:
        return say(texts.NOTHING_TO_UNDO)
    if await _added_since(ctx, tip.reacted_at):
        return say(texts.UNDO_WHAT)
    outcome = await undo(tip.decision_id, ctx.person, ctx.deps)
    await ctx.redraw(tip.decision_id, tips_screen.after(outcome, ctx.person, ctx.now))
    if outcome.verdict is Verdict.NOTHING:
        return say(texts.NOTHING_TO_UNDO)
    return say(texts.UNDONE_SAID, content=tips_screen.first_line(outcome.tip))


async def _added_since(ctx: UpdateContext, moment: datetime) -> bool:
    """Whether they added a task since: then that may be what is to be undone."""
    async with ctx.deps.store.read() as unit:
        tasks = await unit.tasks.open(ctx.person.person_id)
    return any(task.source is TaskSource.OO and task.created_at > moment for task in tasks)


async def _react_to_last(ctx: UpdateContext, kind: ReactionKind, reason: DismissReason | None) -> bool:
    """React as if the button had been tapped; False when no tip of the last day waits for a reaction."""
    tip = await _waiting(ctx)
    if tip is None:
        return False
    outcome = await react(tip.decision_id, ctx.person, ctx.deps, kind=kind, reason=reason)
    await ctx.redraw(tip.decision_id, tips_screen.after(outcome, ctx.person, ctx.now))
    return True


async def _waiting(ctx: UpdateContext) -> PastTip | None:
    """The latest tip, if it waits for Done or Dismiss; one that was put off does."""
    tip = await _latest(ctx)
    return tip if tip and tip.reaction in (None, ReactionKind.SNOOZE) else None


async def _latest(ctx: UpdateContext) -> PastTip | None:
    async with ctx.deps.store.read() as unit:
        tips = await unit.decisions.past_tips(ctx.person.person_id, ctx.now - LAST_TIP, 1)
    return tips[0] if tips else None
