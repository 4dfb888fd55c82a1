"""Commands that show or change when oO may write: times, quiet hours, cap, pause, zone, plan.

Without an argument they show the setting.
Tests: tests/scenarios/test_silence.py, tests/scenarios/test_conversation.py.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from bot.conversation.onboarding import ask_zone, zone_answered
from bot.conversation.purposes import question_about_notifications
from bot.conversation.settings_undo import UndoRow, change_with_undo
from bot.conversation.update_context import UpdateContext
from bot.screens import settings as settings_screen
from bot.screens import texts_settings, texts_welcome
from bot.screens.connections import with_connections
from bot.screens.dates import clock
from bot.screens.link import where
from bot.screens.markup import join, say
from core.calendars.known_meetings import known_meetings
from core.chat import Message
from core.people.preferences import end_pause, pause_instead, plan_pause, prefer, set_cap
from core.records import Pause, QuietWindow, Slot
from core.scheduling.meetings import still_ahead
from core.scheduling.pauses import coming_pause, paused_until, planned_pause, resumes, without_plan
from core.scheduling.quiet_hours import FOREVER
from core.scheduling.slots import plan as plan_slots
from core.words.intents import PauseLater
from core.words.later_pauses import read_pause
from core.words.schedules import is_nightly
from core.words.settings import joined_quiet, parse_cap, parse_quiet, parse_times


async def times(ctx: UpdateContext, argument: str) -> Message:
    """The times at which oO may write."""
    if not argument.strip():
        sentence = texts_settings.TIMES_SHOW if ctx.person.preferences.times else texts_settings.TIMES_OFF
        return say(sentence, times=_times(ctx))
    wanted = parse_times(argument)
    undo = await change_with_undo(ctx, prefer(times=wanted), what="times")
    return say(texts_settings.TIMES_SET if wanted else texts_settings.TIMES_OFF, undo, times=_times(ctx))


def _times(ctx: UpdateContext) -> str:
    return settings_screen.at_times_words(ctx.person.preferences)


async def quiet(ctx: UpdateContext, argument: str) -> Message:
    """Quiet hours."""
    if not argument.strip():
        shown = say(texts_settings.QUIET_SHOW, quiet=settings_screen.quiet_words(ctx.person.preferences))
        question = await question_about_notifications(ctx)
        return join(shown, question) if question else shown
    return await _set_quiet(ctx, parse_quiet(argument))


async def quiet_by_words(ctx: UpdateContext, typed: str) -> Message:
    """Quiet hours as words ask for them: those of every night replace other nights, and are beside what is
    quiet by day.
    """
    wanted = parse_quiet(typed) if typed.strip() else ()
    if not wanted or not all(map(is_nightly, wanted)):
        return await quiet(ctx, typed)
    by_day = tuple(one for one in ctx.person.preferences.quiet if not is_nightly(one))
    return await _set_quiet(ctx, joined_quiet(wanted, by_day))


async def add_quiet(ctx: UpdateContext, typed: str, *, once: str = "") -> Message:
    """Quiet hours beside those that there are. Raises ``BadInput``, such as ``quiet_always``.

    ``once``: the days as said, if they may mean a pause as well; the answer says how to get that.
    """
    said = await _set_quiet(ctx, joined_quiet(ctx.person.preferences.quiet, parse_quiet(typed)))
    return join(said, say(texts_settings.QUIET_EACH_WEEK, days=once)) if once else said


async def _set_quiet(ctx: UpdateContext, wanted: tuple[QuietWindow, ...]) -> Message:
    undo = await change_with_undo(ctx, prefer(quiet=wanted), what="quiet")
    if not ctx.person.preferences.quiet:
        still = texts_settings.QUIET_OFF_TIMES if ctx.person.preferences.times else texts_settings.TIMES_OFF
        return say(f"{texts_settings.QUIET_OFF} {still}", undo, times=_times(ctx))
    return say(texts_settings.QUIET_SET, undo, quiet=settings_screen.quiet_words(ctx.person.preferences))


async def cap(ctx: UpdateContext, argument: str) -> Message:
    """The daily limit of pushes."""
    if not argument.strip():
        less = settings_screen.less_words(ctx.person)
        return say(texts_settings.CAP_SHOW, cap=ctx.person.most_a_day, less=less)
    wanted = parse_cap(argument)
    undo = await change_with_undo(ctx, set_cap(wanted), what="cap")
    return say(texts_settings.CAP_SET if wanted else texts_settings.CAP_ZERO, undo, cap=wanted)


async def pause_until(ctx: UpdateContext, argument: str) -> Message:
    """Pause until a date, or until /resume."""
    if not argument.strip():
        return await pause_to(ctx, FOREVER)
    wanted = read_pause(argument, now=ctx.said_at, zone=ctx.zone, day_is_end=True)
    if isinstance(wanted, PauseLater):
        return await pause_later(ctx, wanted)
    return await pause_to(ctx, wanted.until or FOREVER)


async def pause_later(ctx: UpdateContext, wanted: PauseLater) -> Message:
    """Plan a pause, in place of the one that was planned before, and say so."""
    planned = Pause(wanted.until or FOREVER, wanted.start)
    before = coming_pause(ctx.person, ctx.now)
    undo = await change_with_undo(ctx, plan_pause(planned, ctx.now), what="pause")
    replaced = settings_screen.replaced_line(before, planned, ctx.person, ctx.now)
    if planned_pause(ctx.person, ctx.now) is None:  # the one in force lasts until then
        return join(_silent_now(ctx, undo), *replaced)
    buttons = [undo]
    if wanted.is_weekend or wanted.weekly:
        weekly = settings_screen.weekly_button(ctx.person, wanted.weekly, is_weekend=wanted.is_weekend)
        buttons.append(weekly)
    return join(settings_screen.pause_planned(planned, ctx.person, ctx.now, buttons), *replaced)


async def pause_to(ctx: UpdateContext, until: datetime) -> Message:
    """Pause until an instant; ``FOREVER``: until /resume."""
    undo = await change_with_undo(ctx, pause_instead(until, ctx.now), what="pause")
    return _silent_now(ctx, undo)


def _silent_now(ctx: UpdateContext, undo: UndoRow) -> Message:
    return settings_screen.paused(resumes(ctx.now, ctx.person.pauses), ctx.now, ctx.zone, [undo])


async def resume_now(ctx: UpdateContext, argument: str) -> Message:
    """End the pause that is in force, else drop the planned one."""
    was_ended = await ctx.has_changed("resume")
    is_paused = paused_until(ctx.person, ctx.now) is not None
    is_planned = coming_pause(ctx.person, ctx.now) is not None
    if not was_ended and ((is_planned and not is_paused) or await ctx.has_changed("drop_pause")):
        return await drop_planned_pause(ctx)
    undo = await change_with_undo(ctx, end_pause(ctx.now), what="resume", is_step=True)
    sentence = texts_settings.RESUMED if is_paused or was_ended else texts_settings.RESUMED_NOT_PAUSED
    said = say(sentence, undo, next=await next_words(ctx))
    return join(said, *settings_screen.planned_line(ctx.person, ctx.now))


async def call_off_pause(ctx: UpdateContext) -> Message:
    """Drop the planned pause, else end the one that is in force."""
    is_planned = coming_pause(ctx.person, ctx.now) is not None
    was_ended = await ctx.has_changed("resume")
    return await (drop_planned_pause(ctx) if is_planned and not was_ended else resume_now(ctx, ""))


async def drop_planned_pause(ctx: UpdateContext) -> Message:
    """Drop the planned pause; one that is in force stays."""
    undo = await change_with_undo(ctx, without_plan, what="drop_pause")
    return say(texts_settings.PAUSE_DROPPED, undo, next=await next_words(ctx))


async def next_words(ctx: UpdateContext) -> str:
    """When oO may write next, as far as the person's calendars are known."""
    known = await known_meetings(ctx.person.person_id, ctx.deps)
    return settings_screen.next_words(ctx.person, ctx.now, guard=ctx.guard, meetings=known)


async def timezone(ctx: UpdateContext, argument: str) -> Message:
    """The time zone; asked for while it is unknown."""
    if argument.strip():
        return await zone_answered(ctx, argument)
    if ctx.person.zone is None:
        return await ask_zone(ctx)
    return say(texts_welcome.ZONE_SHOW, zone=ctx.person.zone, now=clock(ctx.now.astimezone(ctx.zone)))


async def prefs(ctx: UpdateContext, argument: str) -> Message:
    """All settings, with buttons."""
    return await preferences(ctx)


async def preferences(ctx: UpdateContext) -> Message:
    """All settings and connections, with buttons."""
    meetings = await known_meetings(ctx.person.person_id, ctx.deps)
    shown = settings_screen.preferences(
        ctx.person, ctx.now, guard=ctx.guard, llm=ctx.deployment.llm, meetings=meetings
    )
    async with ctx.deps.store.read() as unit:
        integrations = await unit.integrations.of(ctx.person.person_id)
        accounts = await unit.people.accounts(ctx.person.person_id)
    line = where(ctx.person, accounts)
    return with_connections(join(shown, line) if line else shown, integrations)


async def plan(ctx: UpdateContext, argument: str) -> Message:
    """The slots of seven days: from today on, or from tomorrow if none is left today."""
    today = ctx.now.astimezone(ctx.zone).date()
    slots = planned_slots(ctx, start=today, days=settings_screen.PLAN_DAYS + 1)
    meetings = await known_meetings(ctx.person.person_id, ctx.deps)
    ahead = still_ahead(slots, meetings, ctx.zone, ctx.now)
    first = today if any(slot.local.date() == today for slot in ahead) else today + timedelta(days=1)
    end = first + timedelta(days=settings_screen.PLAN_DAYS)
    return settings_screen.plan(ctx.person, [slot for slot in ahead if slot.local.date() < end], ctx.now)


def planned_slots(ctx: UpdateContext, *, start: date, days: int) -> list[Slot]:
    """The person's slots from ``start`` on, past ones included."""
    preferences, pauses = ctx.person.preferences, ctx.person.pauses
    return plan_slots(preferences, ctx.zone, start=start, days=days, pauses=pauses, guard=ctx.guard)
