"""Slash commands, and the table of all of them.

``COMMANDS`` holds names, descriptions (which the platforms show) and handlers.
Tests: tests/scenarios/test_tasks.py, tests/scenarios/test_understanding.py.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.conversation.agenda import stats, today
from bot.conversation.connect import connect, disconnect
from bot.conversation.daily_messages import brief, review
from bot.conversation.holdout import show_helped
from bot.conversation.language import language
from bot.conversation.linking import show_code
from bot.conversation.muting import mute_topic
from bot.conversation.my_page import my_page
from bot.conversation.onboarding import Step, start
from bot.conversation.personal_data import delete, privacy
from bot.conversation.reminders import held_reminders, planned_reminders, remind
from bot.conversation.settings_commands import (
    cap,
    next_words,
    pause_until,
    plan,
    planned_slots,
    prefs,
    quiet,
    resume_now,
    times,
    timezone,
)
from bot.conversation.task_changes import add_tasks
from bot.conversation.task_files import export, import_file
from bot.conversation.task_words import edit_named, move_named, remove_named, tasks
from bot.conversation.tokens import token
from bot.conversation.unlinking import ask_which
from bot.conversation.update_context import UpdateContext
from bot.languages.active import active
from bot.languages.catalogue import catalogue_of
from bot.languages.language import SOURCE, spoken
from bot.screens import texts, texts_privacy, texts_why
from bot.screens import tips as tips_screen
from bot.screens.learned import learned as learned_words
from bot.screens.markup import join, say
from bot.screens.ruled_out import no_tip
from bot.screens.settings import paused as paused_words
from bot.screens.settings import planned_line
from bot.screens.why import paused_slot
from bot.screens.why import why as why_words
from bot.screens.why import why_not as why_not_words
from core.calendars.known_meetings import known_meetings
from core.chat import Message
from core.deciding.explain import why, why_not
from core.delivery.on_request import tip_now
from core.delivery.send import TipRenderer
from core.learning.beliefs import beliefs
from core.people.access import invite as invite_someone
from core.records import Decision, DeliveryState, Moved, Person, Purpose, Request
from core.scheduling.pauses import paused_until
from core.scheduling.quiet_hours import quiet_days
from core.words.commands import Command
from core.words.requests import tip_argument
from core.words.understand import wished

Response = Message | None
"""The answer to an update; None if it was sent already, or none is due."""

CommandHandler = Callable[[UpdateContext, str], Awaitable[Response]]
"""Carries out a command with its argument, which may be empty. Raises ``BadInput``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandEntry:
    """A command."""

    name: str
    description: str
    run: CommandHandler

    needs: Step = "zone"
    """How far the person must have come."""

    takes_lines: bool = False
    """Whether the argument keeps its line breaks, as each line is something of its own."""

    def argument_of(self, command: Command) -> str:
        """The argument as ``run`` takes it."""
        return command.typed if self.takes_lines else command.argument

    @property
    def described(self) -> str:
        """The description in the active language."""
        return self._described_in(active().code)

    @property
    def descriptions(self) -> Mapping[str, str]:
        """The description in every language but English, by its code."""
        return {code: self._described_in(code) for code in spoken() if code != SOURCE}

    def _described_in(self, code: str) -> str:
        return catalogue_of(code).sentence(f"COMMANDS.{self.name}", self.description)


# --- Tips and tasks ----------------------------------------------------------------------------------------


async def tip(ctx: UpdateContext, argument: str) -> Response:
    """Send a tip; the argument may say how much time and energy there is."""
    return await send_tip(ctx, tip_argument(argument, now=ctx.said_at, zone=ctx.zone))


async def send_tip(ctx: UpdateContext, request: Request) -> Response:
    """Decide and send a tip; a sentence instead if there is none."""
    if ctx.person.allows(Purpose.LANGUAGE_MODEL) and ctx.deployment.llm:
        await ctx.thinking()
    delivery = await tip_now(
        ctx.person,
        ctx.account,
        ctx.deps,
        _compose_in_thread(ctx),
        zone=ctx.zone,
        request=request,
        origin=ctx.origin,
    )
    if delivery is None:
        return await _no_tip(ctx)
    ctx.tip_sent = delivery.decision_id
    return say(texts.NO_TIP) if delivery.state is DeliveryState.ABANDONED else None


async def _no_tip(ctx: UpdateContext) -> Message:
    """Why there is no tip: no task is open, or rules exclude the open ones."""
    async with ctx.deps.store.read() as unit:
        latest = await unit.decisions.latest(ctx.person.person_id, 1)
    return no_tip(latest[0].context if latest else None)


def _compose_in_thread(ctx: UpdateContext) -> TipRenderer:
    """Composes the tip's message for the thread in which it was asked for."""

    def compose(decision: Decision, person: Person) -> Message:
        return replace(tips_screen.arriving(decision, person), thread=ctx.update.thread)

    return compose


async def add(ctx: UpdateContext, argument: str) -> Response:
    """Add the tasks that the argument names; "remind me to" before them is left out."""
    return await add_tasks(ctx, wished(argument, now=ctx.said_at, zone=ctx.zone))


# --- Explanations ------------------------------------------------------------------------------------------


async def why_tip(ctx: UpdateContext, argument: str) -> Response:
    """Explain the latest tip."""
    found = await why(ctx.person, ctx.deps)
    return why_words(found, ctx.person, ctx.now) if found else say(texts_why.WHY_NONE)


async def why_silent(ctx: UpdateContext, argument: str) -> Response:
    """Explain why nothing was sent: slots without a tip, and slots of today and yesterday that were quiet."""
    if not ctx.person.allows(Purpose.MESSAGES):
        return say(texts_privacy.MESSAGES_OFF)
    silences = await why_not(ctx.person, ctx.deps)
    today = ctx.now.astimezone(ctx.zone)
    quiet_slots = [
        slot
        for slot in planned_slots(ctx, start=today.date() - timedelta(days=1), days=2)
        if Moved.QUIET in slot.moved
        and slot.key <= f"{today:%Y-%m-%dT%H:%M}"
        and slot.at > ctx.person.created_at
    ]
    held = await held_reminders(ctx)
    paused = _pauses_then(ctx)
    planned = planned_line(ctx.person, ctx.now)
    if (held or paused) and not quiet_slots and not silences:
        return join(*held, *paused, *planned)
    if not quiet_slots and not silences and today.weekday() in quiet_days(ctx.person.preferences.quiet):
        return join(say(texts_why.WHYNOT_QUIET_DAY, next=await next_words(ctx)), *planned)
    known = await known_meetings(ctx.person.person_id, ctx.deps)
    said = why_not_words(silences, quiet_slots, ctx.person, ctx.now, guard=ctx.guard, meetings=known)
    return join(*held, *paused, said, *planned)


def _pauses_then(ctx: UpdateContext) -> list[Message]:
    """Says that a pause is in force; else which slots of today and yesterday a planned one held that is over.

    Of a pause that began at once it is not known when that was.
    """
    if until := paused_until(ctx.person, ctx.now):
        return [paused_words(until, ctx.now, ctx.zone)]
    begun = [pause for pause in ctx.person.pauses if pause.starts]
    yesterday = ctx.now.astimezone(ctx.zone).date() - timedelta(days=1)
    return [
        paused_slot(slot, ctx.now, ctx.zone)
        for slot in reversed(planned_slots(ctx, start=yesterday, days=2))
        if slot.at <= ctx.now and any(pause.holds(slot.at) for pause in begun)
    ]


async def plan_ahead(ctx: UpdateContext, argument: str) -> Response:
    """The slots and the reminders of the next days."""
    slots, reminders = await plan(ctx, argument), await planned_reminders(ctx)
    return join(slots, reminders) if reminders else slots


async def learned(ctx: UpdateContext, argument: str) -> Response:
    """Show what oO believes about the person, with the evidence."""
    return learned_words(await beliefs(ctx.person, ctx.deps), ctx.person)


async def help_me(ctx: UpdateContext, argument: str) -> Response:
    """Show what oO understands."""
    return say(texts.HELP)


# --- Access ------------------------------------------------------------------------------------------------


async def invite(ctx: UpdateContext, argument: str) -> Response:
    """Make an invitation; for the owner only."""
    if not ctx.person.owner:
        return say(texts.INVITE_NOT_OWNER)
    ctx.keeps_answer = False
    return say(texts.INVITE, code=await invite_someone(ctx.person, ctx.deps, asked_at=ctx.said_at))


COMMANDS = {
    entry.name: entry
    for entry in (
        CommandEntry(name="tip", description="A tip now", run=tip),
        CommandEntry(
            name="add", description="Add a task: /add Pay rent tomorrow 9am p1", run=add, takes_lines=True
        ),
        CommandEntry(name="tasks", description="Your tasks: /tasks today, /tasks #work", run=tasks),
        CommandEntry(name="remind", description="Reminders: /remind 15 minutes before", run=remind),
        CommandEntry(name="brief", description="The plan of your day, daily: /brief 8:00", run=brief),
        CommandEntry(name="review", description="A look back, daily: /review 20:00", run=review),
        CommandEntry(name="today", description="What is due today: /today week", run=today),
        CommandEntry(name="edit", description="Change a task: /edit rent p1 30 min", run=edit_named),
        CommandEntry(name="move", description="Give a task a new date: /move rent friday", run=move_named),
        CommandEntry(name="remove", description="Take a task off the list: /remove rent", run=remove_named),
        CommandEntry(name="import", description="Tasks from a file: just send it", run=import_file),
        CommandEntry(name="times", description="When I may write: /times 9:00 13:00", run=times),
        CommandEntry(name="quiet", description="Quiet hours: /quiet 22:00-07:00", run=quiet),
        CommandEntry(name="cap", description="At most so many a day: /cap 3", run=cap),
        CommandEntry(name="pause", description="Silence: /pause until monday", run=pause_until),
        CommandEntry(name="resume", description="End a pause", run=resume_now),
        CommandEntry(name="mute", description="Never about a topic: /mute rent", run=mute_topic),
        CommandEntry(name="why", description="Why I sent the last tip", run=why_tip),
        CommandEntry(name="whynot", description="Why I kept silent", run=why_silent),
        CommandEntry(name="plan", description="When I'll write in the next days", run=plan_ahead),
        CommandEntry(name="stats", description="The figures of your week", run=stats),
        CommandEntry(name="learned", description="What I believe about you; correct it", run=learned),
        CommandEntry(name="helped", description="Whether my tips help you", run=show_helped),
        CommandEntry(name="prefs", description="All settings", run=prefs),
        CommandEntry(name="language", description="The language I speak", run=language, needs="nothing"),
        CommandEntry(name="timezone", description="Where you are", run=timezone, needs="consent"),
        CommandEntry(
            name="connect",
            description="Connect Todoist, a calendar or e-mail",
            run=connect,
            needs="consent",
            takes_lines=True,
        ),
        CommandEntry(
            name="disconnect",
            description="End a connection: /disconnect calendar",
            run=disconnect,
            needs="consent",
        ),
        CommandEntry(name="link", description="Use me on another channel", run=show_code, needs="consent"),
        CommandEntry(name="unlink", description="Separate an account again", run=ask_which, needs="consent"),
        CommandEntry(name="token", description="Programs that act for you", run=token, needs="consent"),
        CommandEntry(name="me", description="Your page in the browser", run=my_page, needs="consent"),
        CommandEntry(name="invite", description="Invite somebody (owner only)", run=invite, needs="consent"),
        CommandEntry(name="privacy", description="What is stored about you", run=privacy, needs="nothing"),
        CommandEntry(name="export", description="Your data as a file", run=export, needs="nothing"),
        CommandEntry(name="delete", description="Delete everything about you", run=delete, needs="nothing"),
        CommandEntry(name="help", description="What I understand", run=help_me, needs="nothing"),
        CommandEntry(name="start", description="Begin", run=start, needs="nothing"),
    )
}
