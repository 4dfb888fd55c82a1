"""What a person does about a tip, by a button or in words: react, snooze, take back.

All functions take plain arguments. Those for words redraw the tip's message and return the sentence to say.
Tests: tests/scenarios/test_reactions.py, tests/scenarios/test_unproved_tips.py.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from bot.conversation.kept_answer import Answer
from bot.conversation.question import Question
from bot.conversation.update_context import UpdateContext
from bot.screens import texts
from bot.screens import tips as tips_screen
from bot.screens.dates import at_moment, at_time
from bot.screens.markup import say
from core.chat import Message
from core.delivery.reactions import react, snooze, undo
from core.delivery.tip_status import TapResult, TipStatus, read_status
from core.errors import BadInput, NotFound
from core.records import DismissReason, ReactionKind
from core.scheduling.quiet_hours import quiet_until
from core.scheduling.timezones import zone_of
from core.words.dates.moments import parse_moment

PUT_OFF = "put_off"
"""``Question.what`` after "not now", which no question follows; its subject is the decision of the tip."""

BRING_BACK = "bring_back"
"""``Question.what`` after a tap on *Snooze*, whose buttons ask when; its subject is that decision."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RedrawnTip:
    """A tip's message as it must look now."""

    message: Message

    remark: str | None = None
    """What the message does not show: that the reaction came second, or too late."""


def redrawn(ctx: UpdateContext, outcome: TipStatus) -> RedrawnTip:
    """The tip's message after a reaction or an attempt at one."""
    message = tips_screen.after(outcome, ctx.person, ctx.now)
    has_remark = outcome.result in (TapResult.GONE, TapResult.ALREADY_REACTED)
    return RedrawnTip(message=message, remark=refusal_in_words(ctx, outcome) if has_remark else None)


def refusal_in_words(ctx: UpdateContext, outcome: TipStatus) -> str:
    """Why a reaction was not taken: an earlier one counts, or the task is gone."""
    if outcome.reaction is None:
        return texts.GONE_TOAST
    time = at_time(outcome.reaction.reacted_at, ctx.now, zone_of(ctx.person))
    was_done = outcome.reaction.kind is ReactionKind.DONE
    return (texts.ALREADY_DONE if was_done else texts.ALREADY_DISMISSED).format(time=time)


async def status_of(ctx: UpdateContext, decision_id: str) -> TipStatus:
    """How the tip stands. Raises ``NotFound`` for anything but a tip of this person."""
    async with ctx.deps.store.read() as unit:
        return await read_status(unit, decision_id, ctx.person)


async def take_reaction(
    ctx: UpdateContext,
    decision_id: str,
    kind: ReactionKind,
    reason: DismissReason | None = None,
    *,
    message_id: str | None = None,
) -> TipStatus:
    """Record Done or Dismiss. One like it that was taken after this update arrived is what this very update
    did before it was cut off.
    """
    outcome = await react(decision_id, ctx.person, ctx.deps, kind=kind, reason=reason, message_id=message_id)
    taken = outcome.reaction
    is_like_it = taken is not None and taken.kind is kind and reason in (None, taken.reason)
    if taken and is_like_it and taken.reacted_at > ctx.said_at:
        return replace(outcome, result=TapResult.ACCEPTED)
    return outcome


async def take_back(ctx: UpdateContext, decision_id: str) -> TipStatus:
    """Take the reaction back, unless this very update did before it was cut off."""
    outcome = await undo(decision_id, ctx.person, ctx.deps)
    if outcome.result is TapResult.NOTHING_TO_UNDO and await _changed_since_said(ctx, decision_id):
        return replace(outcome, result=TapResult.ACCEPTED)
    return outcome


async def snooze_until(
    ctx: UpdateContext,
    decision_id: str,
    when: datetime,
    *,
    even_if_quiet: bool = False,
    message_id: str | None = None,
) -> RedrawnTip:
    """Snooze the tip until ``when``. In quiet hours, offer other times instead.

    ``message_id`` is the tip's message, if a tap on it proves that it was shown.
    """
    quiet_ends = quiet_until(when, zone_of(ctx.person), ctx.person.preferences.quiet)
    if quiet_ends and not even_if_quiet:
        outcome = await status_of(ctx, decision_id)
        if outcome.result is TapResult.ACCEPTED:
            return RedrawnTip(
                message=tips_screen.snooze_in_quiet(
                    outcome, ctx.person, ctx.now, until=when, quiet_ends=quiet_ends
                )
            )
        return redrawn(ctx, outcome)
    outcome = await snooze(
        decision_id,
        ctx.person,
        ctx.deps,
        until=when,
        even_if_quiet=even_if_quiet,
        message_id=message_id,
    )
    ctx.redraw_elsewhere(decision_id)
    return redrawn(ctx, outcome)


# --- In words ----------------------------------------------------------------------------------------------


async def react_in_words(
    ctx: UpdateContext, decision_id: str, kind: ReactionKind, reason: DismissReason | None = None
) -> TipStatus:
    """Take a reaction and redraw the tip. After "not now", the next message may say when."""
    outcome = await take_reaction(ctx, decision_id, kind, reason)
    await ctx.redraw_tip(decision_id, tips_screen.after(outcome, ctx.person, ctx.now))
    if reason is DismissReason.NOT_NOW and outcome.result is TapResult.ACCEPTED:
        await ctx.set_question(Question(what=PUT_OFF, subject=decision_id))
    return outcome


async def undo_in_words(ctx: UpdateContext, decision_id: str) -> Message:
    """Take the reaction back and redraw the tip."""
    before = (await status_of(ctx, decision_id)).reaction
    outcome = await take_back(ctx, decision_id)
    if outcome.result is TapResult.NOTHING_TO_UNDO:
        said = say(texts.NOTHING_TO_UNDO)
    else:
        was_done = before is not None and (
            before.kind is ReactionKind.DONE or before.reason is DismissReason.DID_IT
        )
        sentence = texts.UNDONE_SAID if was_done else texts.UNDONE_BACK
        said = say(sentence, content=tips_screen.first_line(outcome.tip))
        await ctx.keep(Answer(reply=said))  # redrawn, it does not say any more that it is what to undo
    await ctx.redraw_tip(decision_id, tips_screen.after(outcome, ctx.person, ctx.now))
    return said


async def snooze_in_words(ctx: UpdateContext, decision_id: str, until: datetime) -> Message:
    """Snooze the tip and redraw it; in quiet hours, other times are offered below it."""
    tip = await snooze_until(ctx, decision_id, until)
    await ctx.redraw_tip(decision_id, tip.message)
    if tip.remark:
        return say(tip.remark)
    is_quiet = quiet_until(until, ctx.zone, ctx.person.preferences.quiet)
    sentence = texts.SNOOZED_QUIET if is_quiet else texts.SNOOZED_SAID
    return say(sentence, when=at_moment(until, ctx.now, ctx.zone))


async def ask_snooze_time(ctx: UpdateContext, decision_id: str) -> Message:
    """Ask until when the tip is to be snoozed."""
    await ctx.set_question(Question(what="snooze", subject=decision_id))
    return say(texts.SNOOZE_TYPE)


async def take_put_off(ctx: UpdateContext, question: Question, text: str) -> Message | None:
    """Snooze the tip that was put off just now, or is about to be, until the time that was typed; None if the
    text is none.

    Raises ``BadInput`` for a time that has passed; the question stays pending.
    """
    try:
        until = parse_moment(text, now=ctx.said_at, zone=ctx.zone)
    except BadInput as fault:
        if fault.hint != "not_a_moment":
            raise
        await ctx.set_question(None)
        return None
    bring_back = _bring_back if question.what == PUT_OFF else _snooze_open
    said = await bring_back(ctx, question.subject or "", until)
    await ctx.set_question(None)
    return said


async def _bring_back(ctx: UpdateContext, decision_id: str, until: datetime) -> Message | None:
    """Turn "not now" into a snooze; None if the tip is gone, or was answered in another way since."""
    with suppress(NotFound):
        reaction = (await status_of(ctx, decision_id)).reaction
        if reaction and reaction.kind is ReactionKind.DISMISS and reaction.reason is DismissReason.NOT_NOW:
            await undo(decision_id, ctx.person, ctx.deps)
            return await snooze_in_words(ctx, decision_id, until)
        is_open = reaction is None or reaction.kind is ReactionKind.SNOOZE
        if is_open and await _changed_since_said(ctx, decision_id):  # by this very update, which was cut off
            return await snooze_in_words(ctx, decision_id, until)
    return None


async def _snooze_open(ctx: UpdateContext, decision_id: str, until: datetime) -> Message | None:
    """Snooze a tip that was not answered otherwise since; None if it was, or is gone."""
    with suppress(NotFound):
        reaction = (await status_of(ctx, decision_id)).reaction
        if reaction is None or reaction.kind is ReactionKind.SNOOZE:
            return await snooze_in_words(ctx, decision_id, until)
    return None


async def _changed_since_said(ctx: UpdateContext, decision_id: str) -> bool:
    """Whether a reaction was taken, or taken back, after this update arrived."""
    async with ctx.deps.store.read() as unit:
        changed_at = await unit.reactions.changed_at(decision_id)
    return changed_at is not None and changed_at > ctx.said_at
