"""/brief and /review: messages at a fixed time each day.

Tests: tests/scenarios/test_daily_messages.py.
"""

from __future__ import annotations

from datetime import date, datetime, time

from bot.conversation.callback_result import CallbackHandler, CallbackResult
from bot.conversation.settings_undo import change_with_undo
from bot.conversation.update_context import UpdateContext
from bot.screens import reminders as screen
from bot.screens import texts_reminders as words
from bot.screens.dates import clock
from bot.screens.markup import say
from core.chat import Message
from core.delivery.callbacks import CallbackAction
from core.errors import BadInput
from core.people.preferences import prefer
from core.records import ReminderKind
from core.scheduling.quiet_hours import DAY, instant, opening, wall_clock
from core.tasks.reminder_changes import ring_at
from core.words.dates.clock import format_time, parse_time
from core.words.settings import parse_times

MAX_SHOWN = 60
"""Code points of a text that is repeated in an answer."""


async def brief(ctx: UpdateContext, argument: str) -> Message:
    """The daily agenda: show or set its time."""
    return await _daily(ctx, ReminderKind.BRIEF, argument)


async def review(ctx: UpdateContext, argument: str) -> Message:
    """The look back at the day: show or set its time."""
    return await _daily(ctx, ReminderKind.REVIEW, argument)


async def _daily(ctx: UpdateContext, kind: ReminderKind, argument: str) -> Message:
    name, current = kind.value, getattr(ctx.person.preferences, kind.value)
    if not argument.strip():
        return say(
            words.DAILY_SHOW[name] if current else words.DAILY_OFF[name], time=current and clock(current)
        )
    at = _one_time(kind, argument)
    if at is None:
        undo = await change_with_undo(ctx, prefer(**{name: None}), what=name)
        return say(words.DAILY_SET_OFF[name], undo)
    ends = _quiet_end(ctx, at)
    if ends:
        return screen.daily_quiet(kind, format_time(at), clock(ends), f"{ends:%H:%M}")
    return await _set_daily(ctx, kind, at)


def _one_time(kind: ReminderKind, text: str) -> time | None:
    """One time of day for every day; None for *off*. Raises ``BadInput`` for anything else."""
    try:
        times = parse_times(text)
    except BadInput as fault:
        raise _not_one_time(kind, text) from fault
    if not times:
        return None
    if len(times) > 1 or len(times[0].days) < 7 or len(times[0].times) > 1:
        raise _not_one_time(kind, text)
    return times[0].times[0]


def _not_one_time(kind: ReminderKind, text: str) -> BadInput:
    value = text[:MAX_SHOWN]
    if kind is ReminderKind.BRIEF:
        return BadInput("not_a_brief", value=value)
    return BadInput("not_a_review", value=value)


def _quiet_end(ctx: UpdateContext, at: time) -> time | None:
    """The time at which the quiet hours around ``at`` end, on the first of the next seven days that has some;
    None if that time is never quiet.
    """
    today: date = wall_clock(ctx.now, ctx.zone).date()
    for ahead in range(7):
        planned = instant(datetime.combine(today + ahead * DAY, at), ctx.zone)
        opens = opening(planned, ctx.guard, ctx.zone, ctx.person.preferences.quiet)
        if opens > planned:
            return wall_clock(opens, ctx.zone).time()
    return None


async def _set_daily(
    ctx: UpdateContext, kind: ReminderKind, at: time, *, even_if_quiet: bool = False
) -> Message:
    undo = await change_with_undo(ctx, prefer(**{kind.value: at}), what=kind.value)
    if even_if_quiet:
        reminder_id = f"{kind.value}-{ctx.person.person_id}"
        await ring_at(reminder_id, ctx.person, ctx.deps, at=None, even_if_quiet=True)
    return say(words.DAILY_SET[kind.value], undo, time=clock(at))


async def daily_at(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """Answer the question about quiet hours for a daily message."""
    choice, name, at = action.arg.split(" ")
    kind = ReminderKind(name)
    said = await _set_daily(ctx, kind, parse_time(at), even_if_quiet=choice == "anyway")
    return CallbackResult(edit=said)


DAILY_BUTTONS: dict[str, CallbackHandler] = {"daily_at": daily_at}
