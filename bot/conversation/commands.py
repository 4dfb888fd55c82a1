"""Slash commands: one function each, from an argument to what is answered.

``COMMANDS`` is the one table of names, descriptions (shown by the platforms) and functions.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.conversation.data import delete, export, privacy
from bot.conversation.helping import show_helped
from bot.conversation.linking import show_code
from bot.conversation.muting import mute_topic
from bot.conversation.onboarding import ask_zone, start, zone_answered
from bot.conversation.sources import connect
from bot.conversation.visit import Visit
from bot.screens import settings as settings_screen
from bot.screens import tasks as tasks_screen
from bot.screens import texts
from bot.screens import tips as tips_screen
from bot.screens.dates import clock
from bot.screens.learned import learned as learned_words
from bot.screens.markup import say
from bot.screens.refused import refused
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
Run = Callable[[Visit, str], Awaitable[Answer]]


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandEntry:
    """A command as people see it. ``needs`` says how far a person must have come: nothing, consent, zone."""

    name: str
    description: str
    run: Run
    needs: str = "zone"


# --- Tips and tasks ----------------------------------------------------------------------------------------


async def tip(visit: Visit, argument: str) -> Answer:
    """One tip now; the argument may say how much time and energy there is."""
    asked = understand(f"What should I do now? {argument}", now=visit.now, zone=visit.zone)
    return await send_tip(visit, asked.request if isinstance(asked, AskTip) else Request())


async def send_tip(visit: Visit, request: Request) -> Answer:
    """Decide and send a tip; a sentence instead when there is none."""
    if visit.person.preferences.use_llm and visit.house.llm:
        await visit.thinking()
    delivery = await tip_now(
        visit.person,
        visit.account,
        visit.world,
        _composing(visit),
        zone=visit.zone,
        request=request,
        origin=visit.origin,
    )
    if delivery is None:
        return await _no_tip(visit)
    visit.tip_sent = delivery.decision_id
    return say(texts.NO_TIP) if delivery.state is DeliveryState.ABANDONED else None


async def _no_tip(visit: Visit) -> Message:
    """There is nothing to suggest: because nothing is open, or because of what rules the open tasks out."""
    async with visit.world.store.read() as unit:
        latest = await unit.decisions.latest(visit.person.person_id, 1)
    against = ruled_out(latest[0].context) if latest else ""
    return say(texts.NO_TIP_RULED_OUT, ruled_out=against) if against else say(texts.NO_TIP)


def _composing(visit: Visit) -> Compose:
    """How the tip is shown: in the thread in which it was asked for."""

    def compose(decision: Decision, person: Person) -> Message:
        return replace(tips_screen.arriving(decision, person), thread=visit.update.thread)

    return compose


async def add(visit: Visit, argument: str) -> Answer:
    """Add a task; "remind me to" before it is understood."""
    return await add_wished(visit, wished(argument, now=visit.now, zone=visit.zone))


async def add_wished(visit: Visit, wish: AddTask) -> Answer:
    """Add what was wished for: one task for each time that it lists, each with a message of its own.

    All are stored before the first is confirmed: what is handled again, because the store failed, is then
    still unsaid.
    """
    if not wish.text.strip():
        return say(texts.ADD_HOW)
    first, *others = (wish.text,) if wish.when else each_time(wish.text, now=visit.now, zone=visit.zone)
    answers = [await _add(visit, first, wish.when, visit.origin)]
    try:
        for place, text in enumerate(others, start=1):
            answers.append(await _add(visit, text, "", f"{visit.origin}.{place}"))
    except BadInput as fault:
        answers.append(refused(fault))
    for answer in answers[:-1]:
        await visit.reply(answer)
    return answers[-1]


async def _add(visit: Visit, text: str, when: str, origin: str) -> Message:
    task = await add_task(visit.person, visit.world, text=text, when=when, zone=visit.zone, origin=origin)
    return tasks_screen.added(task, visit.now, visit.zone)


async def tasks(visit: Visit, argument: str) -> Answer:
    """The first page of the list."""
    found = await list_tasks(visit.person, visit.world, zone=visit.zone)
    return tasks_screen.listed(found, visit.now, visit.zone)


# --- When oO may write -------------------------------------------------------------------------------------


async def times(visit: Visit, argument: str) -> Answer:
    """At which times oO may write."""
    if not argument.strip():
        shown = texts.TIMES_SHOW if visit.person.preferences.times else texts.TIMES_OFF
        return say(shown, times=_times(visit))
    wanted = parse_times(argument)
    await visit.change(prefer(times=wanted), what="times")
    return say(texts.TIMES_SET if wanted else texts.TIMES_OFF, times=_times(visit))


def _times(visit: Visit) -> str:
    return settings_screen.at_times_words(visit.person.preferences)


async def quiet(visit: Visit, argument: str) -> Answer:
    """When oO stays silent."""
    if not argument.strip():
        return say(texts.QUIET_SHOW, quiet=settings_screen.quiet_words(visit.person.preferences))
    await visit.change(prefer(quiet=parse_quiet(argument)), what="quiet")
    if not visit.person.preferences.quiet:
        rest = texts.QUIET_OFF_TIMES if visit.person.preferences.times else texts.TIMES_OFF
        return say(f"{texts.QUIET_OFF} {rest}", times=_times(visit))
    return say(texts.QUIET_SET, quiet=settings_screen.quiet_words(visit.person.preferences))


async def cap(visit: Visit, argument: str) -> Answer:
    """How often a day oO may write."""
    if not argument.strip():
        less = settings_screen.less_words(visit.person)
        return say(texts.CAP_SHOW, cap=visit.person.most_a_day, less=less)
    wanted = parse_cap(argument)
    await visit.change(set_cap(wanted), what="cap")
    return say(texts.CAP_SET if wanted else texts.CAP_ZERO, cap=wanted)


async def pause_until(visit: Visit, argument: str) -> Answer:
    """Silence until a date, or until /resume."""
    if not argument.strip():
        return await pause_to(visit, FOREVER)
    return await pause_to(visit, silent_until(argument, now=visit.now, zone=visit.zone))


async def pause_to(visit: Visit, until: datetime) -> Answer:
    """Silence until that instant; ``FOREVER`` until /resume."""
    await visit.change(pause(until), what="pause")
    return settings_screen.paused(until, visit.now, visit.zone)


async def resume_now(visit: Visit, argument: str) -> Answer:
    """End a pause."""
    was_paused = visit.person.paused_until is not None and visit.person.paused_until > visit.now
    await visit.change(resume, what="resume")
    sentence = texts.RESUMED if was_paused else texts.RESUMED_NOT_PAUSED
    return say(sentence, next=settings_screen.next_words(visit.person, visit.now, guard=visit.guard))


async def timezone(visit: Visit, argument: str) -> Answer:
    """Show or set the time zone."""
    if not argument.strip():
        return await _zone_shown(visit)
    return await zone_answered(visit, argument)


async def _zone_shown(visit: Visit) -> Answer:
    if visit.person.zone is None:
        return await ask_zone(visit)
    return say(texts.ZONE_SHOW, zone=visit.person.zone, now=clock(visit.now.astimezone(visit.zone)))


async def prefs(visit: Visit, argument: str) -> Answer:
    """All settings, with buttons."""
    return settings_screen.preferences(visit.person, visit.now, guard=visit.guard, llm=visit.house.llm)


# --- Understanding -----------------------------------------------------------------------------------------


async def why_tip(visit: Visit, argument: str) -> Answer:
    """Why the latest tip was chosen."""
    found = await why(visit.person, visit.world)
    return why_words(found, visit.person, visit.now) if found else say(texts.WHY_NONE)


async def why_silent(visit: Visit, argument: str) -> Answer:
    """Why nothing was sent."""
    silences = await why_not(visit.person, visit.world)
    today = visit.now.astimezone(visit.zone)
    hushed = [
        slot
        for slot in _planned(visit, start=today.date() - timedelta(days=1), days=2)
        if Moved.QUIET in slot.moved
        and slot.key <= f"{today:%Y-%m-%dT%H:%M}"
        and slot.at > visit.person.created_at
    ]
    if not hushed and not silences and today.weekday() in quiet_days(visit.person.preferences.quiet):
        next_slot = settings_screen.next_words(visit.person, visit.now, guard=visit.guard)
        return say(texts.WHYNOT_QUIET_DAY, next=next_slot)
    return why_not_words(silences, hushed, visit.person, visit.now, guard=visit.guard)


async def plan(visit: Visit, argument: str) -> Answer:
    """The slots of seven days: from today on, or from tomorrow when today is over."""
    today = visit.now.astimezone(visit.zone).date()
    planned = _planned(visit, start=today, days=settings_screen.PLAN_DAYS + 1)
    ahead = [slot for slot in planned if slot.at > visit.now]
    first = today if any(slot.local.date() == today for slot in ahead) else today + timedelta(days=1)
    end = first + timedelta(days=settings_screen.PLAN_DAYS)
    shown = [slot for slot in ahead if slot.local.date() < end]
    return settings_screen.plan(visit.person, shown, visit.now)


def _planned(visit: Visit, *, start: date, days: int) -> list[Slot]:
    wants, paused_until = visit.person.preferences, visit.person.paused_until
    return plan_slots(wants, visit.zone, start=start, days=days, paused_until=paused_until, guard=visit.guard)


async def learned(visit: Visit, argument: str) -> Answer:
    """What oO believes, and what it rests on."""
    return learned_words(await beliefs(visit.person, visit.world), visit.person)


async def help_me(visit: Visit, argument: str) -> Answer:
    """What can be asked for."""
    return say(texts.HELP)


# --- Who and where from -------------------------------------------------------------------------------------


async def invite(visit: Visit, argument: str) -> Answer:
    """A code for somebody else; the owner only."""
    if not visit.person.owner:
        return say(texts.INVITE_NOT_OWNER)
    return say(texts.INVITE, code=await invite_someone(visit.person, visit.world))


async def connected(visit: Visit, argument: str) -> Answer:
    """How Todoist stands."""
    return await connect(visit)


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
