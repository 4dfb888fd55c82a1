"""A reminder of a task that is on the list: "remind me of the rent at 5pm", "… of number two tomorrow at 9".

"Remind me to pay the rent" is a to-do of its own; what is named with an article, or as a place in a list, is
there already, if exactly one open task fits. "Remind me of it tomorrow" is about the task that was talked
about last.

Tests: tests/scenarios/test_remind_listed.py.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.conversation.callback_result import CallbackHandler, CallbackResult
from bot.conversation.talked_about import last_task, recent_messages
from bot.conversation.task_changes import add_tasks
from bot.conversation.task_lists import open_task, open_tasks
from bot.conversation.update_context import UpdateContext
from bot.conversation.which_task import listed_tasks
from bot.screens import reminders as screen
from bot.screens import texts, texts_reminders, texts_tasks
from bot.screens.markup import say
from core.chat import Button, Message
from core.delivery.callbacks import CallbackAction
from core.errors import BadInput, NotFound
from core.records import Reminder, Task, TaskPatch
from core.scheduling.quiet_hours import instant, wall_clock
from core.scheduling.timezones import zone_or_default
from core.tasks.patching import patched
from core.tasks.reminder_changes import (
    cancel_reminder,
    remind_at_another_instant,
    remind_at_instant,
    revive_reminder,
)
from core.tasks.reminder_times import next_occurrence
from core.text import refuse
from core.tips.urgency import due_instant
from core.words.asked_reminders import asked_time, at_instant
from core.words.dates.clock import format_time
from core.words.intents import AddTask, RemindEarlier
from core.words.matching import whole_match
from core.words.named_task import may_name_task
from core.words.numbered import places_in
from core.words.tasks import TaskDraft
from core.words.time_before import time_before, time_of_day

MAX_PLACE_WORDS = 4

FORGET = "forget_instant"
"""The verb of the button that takes a reminder at an instant back."""

DAY_MINUTES = 24 * 60

RECENT = timedelta(hours=1)
"""How long after a promise words may correct it."""


async def add_or_remind(ctx: UpdateContext, wish: AddTask) -> Message:
    """Remind of the open task that the wish names, if it surely names one; else add the tasks of the wish."""
    asked = _asked(wish, ctx)
    task = await _meant(ctx, asked.title) if asked else None
    at = _instant(asked, ctx) if asked and task else None
    return await (remind(ctx, task, at) if task and at else add_tasks(ctx, wish))


async def remind_of(ctx: UpdateContext, task_id: str | None, at: datetime, words: str) -> Message | None:
    """Remind of the open task with that id; None if there is none.

    ``at`` is what the ``words`` mean by themselves.
    """
    task = await open_task(ctx, task_id)
    return await remind(ctx, task, at, words) if task else None


def _before(task: Task, words: str, ctx: UpdateContext) -> datetime | None:
    """The instant that a time of day means before a task of another day; None for other tasks and words."""
    due = task.due
    zone = zone_or_default(due.zone, ctx.zone) if due else ctx.zone
    if due is None or due.on <= wall_clock(ctx.said_at, zone).date():
        return None
    local = time_before(words, due)
    found = instant(local, zone) if local else None
    return found if found and found > ctx.now else None


async def remind(ctx: UpdateContext, task: Task, at: datetime, words: str = "") -> Message:
    """Remind of the task at the instant. A time of day means that before a task of another day."""
    at = _before(task, words, ctx) or at
    try:
        promised = await remind_at_instant(task.task_id, ctx.person, ctx.deps, at)
    except NotFound:
        return say(texts.GONE_TOAST)
    undo = Button(label=texts.UNDO, verb=FORGET, arg=promised.reminder_id)
    return screen.promised(task, promised, ctx.person, ctx.now, undo=undo)


async def correct_instant(ctx: UpdateContext, patch: TaskPatch) -> Message | None:
    """Remind at another time, if the message that was shown last promised an instant; None if it did not, or
    the patch says no time.
    """
    reminder_id = await _promised_last(ctx)
    if reminder_id is None:
        return None
    async with ctx.deps.store.read() as unit:
        before = await unit.reminders.find(reminder_id)
    task = await open_task(ctx, before.task_id) if before else None
    at = _another(task, before, patch, ctx) if task and before else None
    if task is None or at is None:
        return None
    promised = await remind_at_another_instant(reminder_id, ctx.person, ctx.deps, at)
    undo = Button(label=texts.UNDO, verb=FORGET, arg=f"{promised.reminder_id} {reminder_id}")
    return screen.promised(task, promised, ctx.person, ctx.now, undo=undo)


async def _promised_last(ctx: UpdateContext) -> str | None:
    """The id of the reminder at an instant that the latest message with buttons promised."""
    this = getattr(ctx.update, "message_id", None)
    for message in await recent_messages(ctx, RECENT):
        if message.handle and message.message_id != this:
            async with ctx.deps.store.read() as unit:
                shown = await unit.handles.get(message.handle)
            verb, _, argument = shown.actions[-1].partition(" ") if shown else ("", "", "")
            return argument.partition(" ")[0] if verb == FORGET else None
    return None


def _another(task: Task, before: Reminder, patch: TaskPatch, ctx: UpdateContext) -> datetime | None:
    """The instant of the reminder after the patch; None if that is not to come, or the same."""
    if before.at is None:
        return None
    at_that_time = replace(task, due=at_instant(before.at, ctx.zone).due, repeats=None)
    due = patched(at_that_time, patch, now=ctx.said_at, zone=ctx.zone).due
    at = due_instant(due, ctx.zone) if due and due.at and due != at_that_time.due else None
    return at if at and at > ctx.now else None


async def remind_earlier(ctx: UpdateContext, asked: RemindEarlier) -> Message:
    """Remind of the task that was talked about last, at a time before it. Raises ``BadInput("past")``."""
    task = await open_task(ctx, await last_task(ctx))
    if task is None:
        return say(texts_tasks.WHICH_LAST)
    if task.due is None or (task.due.at is None and asked.lead.minutes % DAY_MINUTES):
        return replace(say(texts_reminders.REMIND_NO_TIME, title=task.title), tasks=(task.task_id,))
    local, said_time = asked.lead.before(task.due), time_of_day(asked.at)
    local = datetime.combine(local.date(), said_time) if said_time else local
    at = instant(local, zone_or_default(task.due.zone, ctx.zone))
    if at <= ctx.now:
        raise refuse("past", asked.at or format_time(local.time()))
    return await remind(ctx, task, at)


def _asked(wish: AddTask, ctx: UpdateContext) -> TaskDraft | None:
    """The words and the time of a reminder of one thing; None if more is said than that."""
    draft = wish.draft
    if draft is None or not draft.reminds or draft.lead:
        return None
    if draft.due is None:
        draft = _with_time_after_places(draft, ctx)
    bare = TaskDraft(title=draft.title, due=draft.due, reminds=True)
    return draft if draft == bare and draft.due else None


def _with_time_after_places(draft: TaskDraft, ctx: UpdateContext) -> TaskDraft:
    """ "die zweite um 17 uhr": an ordinal before a time, which may be read as a day of the month."""
    words = draft.title.split()
    for end in range(min(len(words) - 1, MAX_PLACE_WORDS), 0, -1):
        if not places_in(" ".join(words[:end])):
            continue
        try:
            when = asked_time(" ".join(words[end:]), now=ctx.said_at, zone=ctx.zone)
        except BadInput:
            continue
        if when.repeats is None:
            return replace(draft, title=" ".join(words[:end]), due=when.due)
    return draft


async def _meant(ctx: UpdateContext, words: str) -> Task | None:
    """The one open task that the words surely mean."""
    if places := places_in(words):
        listed = await listed_tasks(ctx, places)
        return listed[0] if len(listed) == 1 else None
    if not may_name_task(words):
        return None
    tasks = await open_tasks(ctx)
    found = whole_match(words, [task.title for task in tasks])
    return None if found is None else tasks[found]


def _instant(draft: TaskDraft, ctx: UpdateContext) -> datetime | None:
    """When to remind; None if that has passed."""
    asked = Reminder(reminder_id="", person_id=ctx.person.person_id, due=draft.due, created_at=ctx.now)
    occurrence = next_occurrence(asked, ctx.zone)
    return occurrence.at if occurrence and occurrence.at > ctx.now else None


async def forget(ctx: UpdateContext, action: CallbackAction) -> CallbackResult:
    """Take the reminder back; the task stays as it is. The one that it replaced, if any, is back."""
    reminder_id, _, replaced = action.arg.partition(" ")
    try:
        reminder = await cancel_reminder(reminder_id, ctx.person, ctx.deps)
        if replaced:
            back = await revive_reminder(replaced, ctx.person, ctx.deps)
        async with ctx.deps.store.read() as unit:
            task = await unit.tasks.get(reminder.task_id or "")
    except NotFound:
        return CallbackResult(toast=texts.TASK_ALREADY)
    if replaced:
        return CallbackResult(edit=screen.will_remind(task, back, ctx.person, ctx.now))
    return CallbackResult(edit=say(texts_reminders.REMIND_TAKEN_BACK, title=task.title))


LISTED_REMINDER_BUTTONS: dict[str, CallbackHandler] = {FORGET: forget}
