"""Buttons under a tip: done, dismissed and why, snoozed and until when, and taken back.

No language model and no network on the way to a committed reaction; what lives elsewhere is told afterwards,
by the event log.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from bot.conversation.callback_result import CallbackResult, Run
from bot.conversation.update_context import Question, UpdateContext
from bot.screens import texts
from bot.screens import tips as tips_screen
from bot.screens.dates import at_time
from bot.screens.markup import say
from core.delivery.callbacks import CallbackAction
from core.delivery.reactions import react, snooze, undo
from core.delivery.tip_status import Outcome, Verdict, look
from core.errors import NotFound
from core.model import DismissReason, ReactionKind
from core.scheduling.quiet_hours import quiet_until
from core.words.dates.moments import parse_moment


def _subject(press: CallbackAction) -> str:
    if press.subject is None:
        raise NotFound("this button is not about a tip")
    return press.subject


def _tapped_id(ctx: UpdateContext) -> str | None:
    return getattr(ctx.update, "message_id", None)


async def done(ctx: UpdateContext, press: CallbackAction) -> CallbackResult:
    """Done: the task is done where it lives, the tip was right."""
    return await _react(ctx, press, ReactionKind.DONE)


async def dismiss(ctx: UpdateContext, press: CallbackAction) -> CallbackResult:
    """Not this one; a second, optional tap says why."""
    return await _react(ctx, press, ReactionKind.DISMISS)


async def reason(ctx: UpdateContext, press: CallbackAction) -> CallbackResult:
    """Why it was dismissed."""
    return await _react(ctx, press, ReactionKind.DISMISS, DismissReason(press.arg))


async def _react(
    ctx: UpdateContext, press: CallbackAction, kind: ReactionKind, why: DismissReason | None = None
) -> CallbackResult:
    outcome = await react(
        _subject(press), ctx.person, ctx.deps, kind=kind, reason=why, message_id=_tapped_id(ctx)
    )
    return _after(ctx, outcome)


def _after(ctx: UpdateContext, outcome: Outcome) -> CallbackResult:
    message = tips_screen.after(outcome, ctx.person, ctx.now)
    return CallbackResult(edit=message, toast=_toast(ctx, outcome))


def _toast(ctx: UpdateContext, outcome: Outcome) -> str | None:
    """A remark only where the redrawn message would not tell: the tap came second, or too late."""
    if outcome.verdict is Verdict.GONE:
        return texts.GONE_TOAST
    if outcome.verdict is not Verdict.ALREADY or outcome.reaction is None:
        return None
    time = at_time(outcome.reaction.reacted_at, ctx.now, tips_screen.zone_of(ctx.person))
    done_before = outcome.reaction.kind is ReactionKind.DONE
    return (texts.ALREADY_DONE if done_before else texts.ALREADY_DISMISSED).format(time=time)


async def undo_reaction(ctx: UpdateContext, press: CallbackAction) -> CallbackResult:
    """Everything is as before the tap."""
    outcome = await undo(_subject(press), ctx.person, ctx.deps)
    if outcome.verdict is Verdict.NOTHING:
        return CallbackResult(
            edit=tips_screen.after(outcome, ctx.person, ctx.now), toast=texts.NOTHING_TO_UNDO
        )
    return CallbackResult(edit=tips_screen.after(outcome, ctx.person, ctx.now))


async def _stands(ctx: UpdateContext, press: CallbackAction) -> Outcome:
    async with ctx.deps.store.read() as unit:
        return await look(unit, _subject(press), ctx.person)


async def show(ctx: UpdateContext, press: CallbackAction) -> CallbackResult:
    """Back to the tip as it stands."""
    return _after(ctx, await _stands(ctx, press))


async def snooze_menu(ctx: UpdateContext, press: CallbackAction) -> CallbackResult:
    """Offer times to bring the tip back."""
    outcome = await _stands(ctx, press)
    if outcome.verdict is not Verdict.TAKEN:
        return _after(ctx, outcome)
    return CallbackResult(edit=tips_screen.snooze_choices(outcome, ctx.person, ctx.now))


async def until(ctx: UpdateContext, press: CallbackAction) -> CallbackResult:
    """Snooze until the chosen time; quiet hours are pointed out, with other offers."""
    return await _until(ctx, press, even_if_quiet=False)


async def until_anyway(ctx: UpdateContext, press: CallbackAction) -> CallbackResult:
    """Snooze into quiet hours, for this once."""
    return await _until(ctx, press, even_if_quiet=True)


async def _until(ctx: UpdateContext, press: CallbackAction, *, even_if_quiet: bool) -> CallbackResult:
    """Snooze until the time on the button; where that has passed, the choices are offered anew."""
    when = datetime.fromisoformat(press.arg).astimezone(UTC)
    if when <= ctx.now:
        return replace(await snooze_menu(ctx, press), toast=texts.TIME_PASSED)
    return await snooze_until(ctx, press, when, even_if_quiet=even_if_quiet)


async def snooze_until(
    ctx: UpdateContext, press: CallbackAction, when: datetime, *, even_if_quiet: bool = False
) -> CallbackResult:
    """Promise to bring the tip back at ``when``."""
    zone = tips_screen.zone_of(ctx.person)
    ends = quiet_until(when, zone, ctx.person.preferences.quiet)
    if ends and not even_if_quiet:
        outcome = await _stands(ctx, press)
        if outcome.verdict is Verdict.TAKEN:
            offer = tips_screen.snooze_in_quiet(outcome, ctx.person, ctx.now, until=when, quiet_ends=ends)
            return CallbackResult(edit=offer)
        return _after(ctx, outcome)
    outcome = await snooze(
        _subject(press),
        ctx.person,
        ctx.deps,
        until=when,
        even_if_quiet=even_if_quiet,
        message_id=_tapped_id(ctx),
    )
    return _after(ctx, outcome)


async def type_time(ctx: UpdateContext, press: CallbackAction) -> CallbackResult:
    """The person types when; on platforms with forms the answer comes with the press itself."""
    typed = getattr(ctx.update, "typed", None)
    if typed is not None:
        return await snooze_until(ctx, press, parse_moment(typed, now=ctx.now, zone=ctx.zone))
    question = Question(what="snooze", subject=_subject(press), message_id=_tapped_id(ctx))
    return CallbackResult(asks=question, reply=say(texts.SNOOZE_TYPE))


UNDER_TIPS: dict[str, Run] = {
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
