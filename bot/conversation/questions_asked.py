"""Answers questions about a span of days, the date of a task, reminders, and what oO does in another way.

Tests: tests/scenarios/test_questions_in_words.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from bot.conversation.reminders import held_reminders, remind
from bot.conversation.task_changes import add_tasks
from bot.conversation.task_words import tasks
from bot.conversation.update_context import UpdateContext
from bot.screens import texts, texts_agenda, texts_service
from bot.screens.calendars import events_line
from bot.screens.dates import at_moment, day
from bot.screens.markup import join, say
from core.chat import Button, Message
from core.records import CalendarEvent
from core.scheduling.quiet_hours import DAY, midnight
from core.tasks.filters import parse_filter
from core.tasks.history import read_history
from core.text import capitalized
from core.words.intents import AskDays, AskDone, AskService, AskWhen, SwapTasks
from core.words.matching import contains, done_tasks, holds_all
from core.words.understand import wished

AHEAD = timedelta(days=90)
"""How far an event that is asked for may be away."""

MAX_EVENT_DAYS = 8

DAYS_BACK = 30
"""How long ago what is asked for may have been done."""


async def answer_days(ctx: UpdateContext, asked: AskDays) -> Message:
    """The tasks and the events of the days."""
    shown = await tasks(ctx, asked.filter)
    days = parse_filter(asked.filter, now=ctx.said_at, zone=ctx.zone).days
    if days is None:
        return shown
    found = await _events(ctx, midnight(days.first, ctx.zone), midnight(days.last + DAY, ctx.zone))
    return join(shown, *_by_day(ctx, found))


async def answer_when(ctx: UpdateContext, asked: AskWhen) -> Message:
    """The tasks with the words, and the events whose titles have them."""
    found = [
        one
        for one in await _events(ctx, ctx.now, ctx.now + AHEAD)
        if one.title and contains(asked.title, one.title)
    ]
    shown = await tasks(ctx, asked.title)
    return join(*([shown] if shown.tasks or not found else []), *_by_day(ctx, found))


async def answer_done(ctx: UpdateContext, asked: AskDone) -> Message:
    """Whether what is asked about was done, and when; and the open task that it is, if there is one."""
    async with ctx.deps.store.read() as unit:
        history = await read_history(unit, ctx.person.person_id, ctx.now - DAYS_BACK * DAY)
        done = await unit.tasks.some([one.task_id for one in history.done])
        waiting = await unit.tasks.open(ctx.person.person_id)
    was_done = [place for place, task in enumerate(done) if _is_asked(asked, task.title)]
    is_open = [task for task in waiting if _is_asked(asked, task.title)]
    parts = []
    if was_done:
        last, at = done[was_done[-1]], history.done[was_done[-1]].at
        parts.append(say(texts_agenda.ASKED_DONE, at=at_moment(at, ctx.now, ctx.zone), title=last.title))
    elif is_open:
        parts.append(say(texts_agenda.ASKED_OPEN))
    if is_open:
        parts.append(await tasks(ctx, is_open[0].title))
    return join(*parts) if parts else say(texts_agenda.ASKED_UNKNOWN, days=DAYS_BACK)


def _is_asked(asked: AskDone, title: str) -> bool:
    """Whether the title has all of the words, and fits the deed."""
    if asked.deed:
        return bool(done_tasks(asked.title, asked.deed, [title]))
    return holds_all(asked.title, [title])


async def why_not_reminded(ctx: UpdateContext) -> Message:
    """The reminders that wait though their time has come, and when oO reminds at all."""
    overview = await remind(ctx, "")
    return join(*await held_reminders(ctx), *([overview] if overview else []))


async def answer_service(ctx: UpdateContext, asked: AskService) -> Message | None:
    """What oO does instead; the words are offered as a task if they may be one."""
    if asked.what == "sort":
        return join(say(texts_service.SERVICE["sort"]), await tasks(ctx, ""))
    if asked.what == "invite" and not ctx.person.owner:  # who may not invite means a to-do
        return await add_tasks(ctx, wished(asked.typed, now=ctx.said_at, zone=ctx.zone))
    add_it = Button(label=texts.ADD_IT, verb="confirm", arg=f"add_task {asked.typed}")
    return say(texts_service.SERVICE[asked.what], (add_it,))


async def answer_swap(ctx: UpdateContext, asked: SwapTasks) -> Message:
    """Say that the list has no order to change; ``settled`` found that the words name tasks."""
    return say(texts_service.SWAP, task=asked.first)


async def _events(ctx: UpdateContext, start: datetime, end: datetime) -> list[CalendarEvent]:
    async with ctx.deps.store.read() as unit:
        found = await unit.calendar.between(ctx.person.person_id, start, end)
    return [one for one in found if one.ends_at > ctx.now or one.starts_at >= ctx.now]


def _by_day(ctx: UpdateContext, events: Sequence[CalendarEvent]) -> list[Message]:
    """The events below the day on which each begins."""
    today = ctx.now.astimezone(ctx.zone).date()
    days: dict[date, list[CalendarEvent]] = {}
    for one in events:
        days.setdefault(max(one.starts_at.astimezone(ctx.zone).date(), today), []).append(one)
    return [
        part
        for on in sorted(days)[:MAX_EVENT_DAYS]
        for part in (
            say(texts_agenda.AGENDA_DAY, day=capitalized(day(on, today))),
            *events_line(days[on], ctx.zone),
        )
    ]
