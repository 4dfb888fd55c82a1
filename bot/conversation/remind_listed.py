"""A reminder of a task that is on the list: "remind me of the rent at 5pm", "… of number two tomorrow at 9".

"Remind me to pay the rent" is a to-do of its own; what is named with an article, or as a place in a list, is
there already, if exactly one open task fits. "Remind me of it tomorrow" is about the task that was talked
about last.

Tests: tests/scenarios/test_remind_listed.py.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.conversation.callback_result import CallbackHandler, CallbackResult
from bot.conversation.task_changes import add_tasks
from bot.conversation.task_lists import open_task, open_tasks
from bot.conversation.update_context import UpdateContext
from bot.conversation.which_task import listed_tasks
from bot.screens import reminders as screen
from bot.screens import texts, texts_reminders
from bot.screens.markup import say
from core.chat import Button, Message
from core.delivery.callbacks import CallbackAction
from core.errors import BadInput, NotFound
from core.records import Reminder, Task
from core.scheduling.quiet_hours import instant, wall_clock
from core.scheduling.timezones import zone_or_default
from core.tasks.reminder_changes import cancel_reminder, remind_at_instant
from core.tasks.reminder_times import next_occurrence
from core.words.asked_reminders import asked_time
from core.words.intents import AddTask
from core.words.matching import whole_match
from core.words.named_task import may_name_task
from core.words.numbered import places_in
from core.words.tasks import TaskDraft
from core.words.time_before import time_before

MAX_PLACE_WORDS = 4


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
    undo = Button(label=texts.UNDO, verb="forget_instant", arg=promised.reminder_id)
    return screen.promised(task, promised, ctx.person, ctx.now, undo=undo)


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
    """Take the reminder back; the task stays as it is."""
    try:
        reminder = await cancel_reminder(action.arg, ctx.person, ctx.deps)
        async with ctx.deps.store.read() as unit:
            task = await unit.tasks.get(reminder.task_id or "")
    except NotFound:
        return CallbackResult(toast=texts.TASK_ALREADY)
    return CallbackResult(edit=say(texts_reminders.REMIND_TAKEN_BACK, title=task.title))


LISTED_REMINDER_BUTTONS: dict[str, CallbackHandler] = {"forget_instant": forget}
