"""Slash commands: one function each, from an argument to what is answered.

``COMMANDS`` is the one table of names, descriptions (shown by the platforms) and functions.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.conversation.connect import connect
from bot.conversation.holdout import show_helped
from bot.conversation.linking import show_code
from bot.conversation.muting import mute_topic
from bot.conversation.onboarding import ask_zone, start, zone_answered
from bot.conversation.personal_data import delete, export, privacy
from bot.conversation.update_context import UpdateContext
from bot.screens import settings as settings_screen
from bot.screens import tasks as tasks_screen
from bot.screens import texts
from bot.screens import tips as tips_screen
from bot.screens.dates import clock
from bot.screens.hints import refused
from bot.screens.learned import learned as learned_words
from bot.screens.markup import say
from bot.screens.why import ruled_out
from bot.screens.why import why as why_words
from bot.screens.why import why_not as why_not_words
from core.chat import Message
from core.deciding.explain import why, why_not
from core.delivery.on_request import tip_now
from core.delivery.send import Compose
from core.errors import BadInput
from core.learning.beliefs import beliefs
from core.model import Decision, DeliveryState, Moved, Person, Request, Slot
from core.people.access import invite as invite_someone
from core.people.preferences import pause, prefer, resume, set_cap
from core.scheduling.quiet_hours import FOREVER, quiet_days
from core.scheduling.slots import plan as plan_slots
from core.tasks.todo_list import add_task, list_tasks
from core.words.intents import AddTask, AskTip
from core.words.settings import parse_cap, parse_quiet, parse_times
from core.words.several import each_time
from core.words.silence import silent_until
from core.words.understand import understand, wished

Answer = Message | None
Run = Callable[[UpdateContext, str], Awaitable[Answer]]


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandEntry:
    """A command as people see it. ``needs`` says how far a person must have come: nothing, consent, zone."""

    name: str
    description: str
    run: Run
    needs: str = "zone"


# --- Tips and tasks ----------------------------------------------------------------------------------------


async def tip(ctx: UpdateContext, argument: str) -> Answer:
    """One tip now; the argument may say how much time and energy there is."""
    asked = understand(f"What should I do now? {argument}", now=ctx.now, zone=ctx.zone)
    return await send_tip(ctx, asked.request if isinstance(asked, AskTip) else Request())


async def send_tip(ctx: UpdateContext, request: Request) -> Answer:
    """Decide and send a tip; a sentence instead when there is none."""
    if ctx.person.preferences.use_llm and ctx.deployment.llm:
        await ctx.thinking()
    delivery = await tip_now(
        ctx.person,
        ctx.account,
        ctx.deps,
        _composing(ctx),
        zone=ctx.zone,
        request=request,
        origin=ctx.origin,
    )
    if delivery is None:
        return await _no_tip(ctx)
    ctx.tip_sent = delivery.decision_id
    return say(texts.NO_TIP) if delivery.state is DeliveryState.ABANDONED else None


async def _no_tip(ctx: UpdateContext) -> Message:
    """There is nothing to suggest: because nothing is open, or because of what rules the open tasks out."""
    async with ctx.deps.store.read() as unit:
        latest = await unit.decisions.latest(ctx.person.person_id, 1)
    against = ruled_out(latest[0].context) if latest else ""
    return say(texts.NO_TIP_RULED_OUT, ruled_out=against) if against else say(texts.NO_TIP)


def _composing(ctx: UpdateContext) -> Compose:
    """How the tip is shown: in the thread in which it was asked for."""

    def compose(decision: Decision, person: Person) -> Message:
        return replace(tips_screen.arriving(decision, person), thread=ctx.update.thread)

    return compose


async def add(ctx: UpdateContext, argument: str) -> Answer:
    """Add a task; "remind me to" before it is understood."""
    return await add_wished(ctx, wished(argument, now=ctx.now, zone=ctx.zone))


async def add_wished(ctx: UpdateContext, wish: AddTask) -> Answer:
    """Add what was wished for: one task for each time that it lists, each with a message of its own.

    All are stored before the first is confirmed: what is handled again, because the store failed, is then
    still unsaid.
    """
    if not wish.text.strip():
        return say(texts.ADD_HOW)
    first, *others = (wish.text,) if wish.when else each_time(wish.text, now=ctx.now, zone=ctx.zone)
    answers = [await _add(ctx, first, wish.when, ctx.origin)]
    try:
        for place, text in enumerate(others, start=1):
            answers.append(await _add(ctx, text, "", f"{ctx.origin}.{place}"))
    except BadInput as fault:
        answers.append(refused(fault))
    for answer in answers[:-1]:
        await ctx.reply(answer)
    return answers[-1]


async def _add(ctx: UpdateContext, text: str, when: str, origin: str) -> Message:
    task = await add_task(ctx.person, ctx.deps, text=text, when=when, zone=ctx.zone, origin=origin)
    return tasks_screen.added(task, ctx.now, ctx.zone)


async def tasks(ctx: UpdateContext, argument: str) -> Answer:
    """The first page of the list."""
    found = await list_tasks(ctx.person, ctx.deps, zone=ctx.zone)
    return tasks_screen.listed(found, ctx.now, ctx.zone)


# --- When oO may write -------------------------------------------------------------------------------------


async def times(ctx: UpdateContext, argument: str) -> Answer:
    """At which times oO may write."""
    if not argument.strip():
        shown = texts.TIMES_SHOW if ctx.person.preferences.times else texts.TIMES_OFF
        return say(shown, times=_times(ctx))
    wanted = parse_times(argument)
    await ctx.change(prefer(times=wanted), what="times")
    return say(texts.TIMES_SET if wanted else texts.TIMES_OFF, times=_times(ctx))


def _times(ctx: UpdateContext) -> str:
    return settings_screen.at_times_words(ctx.person.preferences)


async def quiet(ctx: UpdateContext, argument: str) -> Answer:
    """When oO stays silent."""
    if not argument.strip():
        return say(texts.QUIET_SHOW, quiet=settings_screen.quiet_words(ctx.person.preferences))
    await ctx.change(prefer(quiet=parse_quiet(argument)), what="quiet")
    if not ctx.person.preferences.quiet:
        rest = texts.QUIET_OFF_TIMES if ctx.person.preferences.times else texts.TIMES_OFF
        return say(f"{texts.QUIET_OFF} {rest}", times=_times(ctx))
    return say(texts.QUIET_SET, quiet=settings_screen.quiet_words(ctx.person.preferences))


async def cap(ctx: UpdateContext, argument: str) -> Answer:
    """How often a day oO may write."""
    if not argument.strip():
        less = settings_screen.less_words(ctx.person)
        return say(texts.CAP_SHOW, cap=ctx.person.most_a_day, less=less)
    wanted = parse_cap(argument)
    await ctx.change(set_cap(wanted), what="cap")
    return say(texts.CAP_SET if wanted else texts.CAP_ZERO, cap=wanted)


async def pause_until(ctx: UpdateContext, argument: str) -> Answer:
    """Silence until a date, or until /resume."""
    if not argument.strip():
        return await pause_to(ctx, FOREVER)
    return await pause_to(ctx, silent_until(argument, now=ctx.now, zone=ctx.zone))


async def pause_to(ctx: UpdateContext, until: datetime) -> Answer:
    """Silence until that instant; ``FOREVER`` until /resume."""
    await ctx.change(pause(until), what="pause")
    return settings_screen.paused(until, ctx.now, ctx.zone)


async def resume_now(ctx: UpdateContext, argument: str) -> Answer:
    """End a pause."""
    was_paused = ctx.person.paused_until is not None and ctx.person.paused_until > ctx.now
    await ctx.change(resume, what="resume")
    sentence = texts.RESUMED if was_paused else texts.RESUMED_NOT_PAUSED
    return say(sentence, next=settings_screen.next_words(ctx.person, ctx.now, guard=ctx.guard))


async def timezone(ctx: UpdateContext, argument: str) -> Answer:
    """Show or set the time zone."""
    if not argument.strip():
        return await _zone_shown(ctx)
    return await zone_answered(ctx, argument)


async def _zone_shown(ctx: UpdateContext) -> Answer:
    if ctx.person.zone is None:
        return await ask_zone(ctx)
    return say(texts.ZONE_SHOW, zone=ctx.person.zone, now=clock(ctx.now.astimezone(ctx.zone)))


async def prefs(ctx: UpdateContext, argument: str) -> Answer:
    """All settings, with buttons."""
    return settings_screen.preferences(ctx.person, ctx.now, guard=ctx.guard, llm=ctx.deployment.llm)


# --- Understanding -----------------------------------------------------------------------------------------


async def why_tip(ctx: UpdateContext, argument: str) -> Answer:
    """Why the latest tip was chosen."""
    found = await why(ctx.person, ctx.deps)
    return why_words(found, ctx.person, ctx.now) if found else say(texts.WHY_NONE)


async def why_silent(ctx: UpdateContext, argument: str) -> Answer:
    """Why nothing was sent."""
    silences = await why_not(ctx.person, ctx.deps)
    today = ctx.now.astimezone(ctx.zone)
    hushed = [
        slot
        for slot in _planned(ctx, start=today.date() - timedelta(days=1), days=2)
        if Moved.QUIET in slot.moved
        and slot.key <= f"{today:%Y-%m-%dT%H:%M}"
        and slot.at > ctx.person.created_at
    ]
    if not hushed and not silences and today.weekday() in quiet_days(ctx.person.preferences.quiet):
        next_slot = settings_screen.next_words(ctx.person, ctx.now, guard=ctx.guard)
        return say(texts.WHYNOT_QUIET_DAY, next=next_slot)
    return why_not_words(silences, hushed, ctx.person, ctx.now, guard=ctx.guard)


async def plan(ctx: UpdateContext, argument: str) -> Answer:
    """The slots of seven days: from today on, or from tomorrow when today is over."""
    today = ctx.now.astimezone(ctx.zone).date()
    planned = _planned(ctx, start=today, days=settings_screen.PLAN_DAYS + 1)
    ahead = [slot for slot in planned if slot.at > ctx.now]
    first = today if any(slot.local.date() == today for slot in ahead) else today + timedelta(days=1)
    end = first + timedelta(days=settings_screen.PLAN_DAYS)
    shown = [slot for slot in ahead if slot.local.date() < end]
    return settings_screen.plan(ctx.person, shown, ctx.now)


def _planned(ctx: UpdateContext, *, start: date, days: int) -> list[Slot]:
    wants, paused_until = ctx.person.preferences, ctx.person.paused_until
    return plan_slots(wants, ctx.zone, start=start, days=days, paused_until=paused_until, guard=ctx.guard)


async def learned(ctx: UpdateContext, argument: str) -> Answer:
    """What oO believes, and what it rests on."""
    return learned_words(await beliefs(ctx.person, ctx.deps), ctx.person)


async def help_me(ctx: UpdateContext, argument: str) -> Answer:
    """What can be asked for."""
    return say(texts.HELP)


# --- Who and where from -------------------------------------------------------------------------------------


async def invite(ctx: UpdateContext, argument: str) -> Answer:
    """A code for somebody else; the owner only."""
    if not ctx.person.owner:
        return say(texts.INVITE_NOT_OWNER)
    return say(texts.INVITE, code=await invite_someone(ctx.person, ctx.deps))


async def connected(ctx: UpdateContext, argument: str) -> Answer:
    """How Todoist stands."""
    return await connect(ctx)


COMMANDS = {
    entry.name: entry
    for entry in (
        CommandEntry(name="tip", description="A tip now", run=tip),
        CommandEntry(name="add", description="Add a task: /add Pay rent tomorrow 9am p1", run=add),
        CommandEntry(name="tasks", description="Your tasks, the most pressing first", run=tasks),
        CommandEntry(name="times", description="When I may write: /times 9:00 13:00", run=times),
        CommandEntry(name="quiet", description="Quiet hours: /quiet 22:00-07:00", run=quiet),
        CommandEntry(name="cap", description="At most so many a day: /cap 3", run=cap),
        CommandEntry(name="pause", description="Silence: /pause until monday", run=pause_until),
        CommandEntry(name="resume", description="End a pause", run=resume_now),
        CommandEntry(name="mute", description="Never about a topic: /mute rent", run=mute_topic),
        CommandEntry(name="why", description="Why I sent the last tip", run=why_tip),
        CommandEntry(name="whynot", description="Why I kept silent", run=why_silent),
        CommandEntry(name="plan", description="When I'll write in the next days", run=plan),
        CommandEntry(name="learned", description="What I believe about you; correct it", run=learned),
        CommandEntry(name="helped", description="Whether my tips help you", run=show_helped),
        CommandEntry(name="prefs", description="All settings", run=prefs),
        CommandEntry(name="timezone", description="Where you are", run=timezone, needs="consent"),
        CommandEntry(name="connect", description="Connect Todoist", run=connected, needs="consent"),
        CommandEntry(name="link", description="Use me on another channel", run=show_code, needs="consent"),
        CommandEntry(name="invite", description="Invite somebody (owner only)", run=invite, needs="consent"),
        CommandEntry(name="privacy", description="What is stored about you", run=privacy, needs="nothing"),
        CommandEntry(name="export", description="Your data as a file", run=export, needs="nothing"),
        CommandEntry(name="delete", description="Delete everything about you", run=delete, needs="nothing"),
        CommandEntry(name="help", description="What I understand", run=help_me, needs="nothing"),
        CommandEntry(name="start", description="Begin", run=start, needs="nothing"),
    )
}
