"""A task on the list that is named with another time of day gets that time, instead of being added again.

Tests: tests/scenarios/test_corrections.py.
"""

from __future__ import annotations

from bot.conversation.talked_about import last_task
from bot.conversation.task_lists import tasks_when_said
from bot.conversation.task_words import change_or_say
from bot.conversation.update_context import UpdateContext
from bot.conversation.which_task import changed_before
from core.chat import Message
from core.records import Task
from core.scheduling.quiet_hours import wall_clock
from core.tasks.added_tasks import added_by
from core.words.intents import AddTask
from core.words.matching import fitting_task, is_full
from core.words.plain_tasks import without_verb
from core.words.restated import restated_time


async def restate(ctx: UpdateContext, text: str, wish: AddTask) -> Message | None:
    """Move the one open task that the text surely names to the time in it; None if it means a new task.

    One that repeats is left alone: the time may be that of this once.
    """
    draft = wish.draft
    patch = restated_time(text, draft, now=ctx.said_at, zone=ctx.zone) if draft else None
    if draft is None or patch is None:
        return None
    if before := await changed_before(ctx):
        return await change_or_say(ctx, before, patch)
    async with ctx.deps.store.read() as unit:
        if await added_by(unit, ctx.person, ctx.origin):  # handled again: it was no open task then
            return None
    tasks = await tasks_when_said(ctx)
    task = await _named(ctx, draft.title, tasks, text)
    return await change_or_say(ctx, task.task_id, patch) if task and not task.repeats else None


async def _named(ctx: UpdateContext, title: str, tasks: list[Task], text: str) -> Task | None:
    """The task with all words of its title but the verb: "oma" is "oma anrufen". With fewer, only the one of
    today that was talked about last: "dentist 15:00" may be another one than "mum dentist" on thursday.
    """
    titles = [task.title for task in tasks]
    fits = fitting_task(title, titles, typed=text)
    if fits is None:
        return None
    task = tasks[fits]
    if is_full(title, task.title) or is_full(title, without_verb(task.title)):
        return task
    is_today = task.due is None or task.due.on == wall_clock(ctx.said_at, ctx.zone).date()
    return task if is_today and task.task_id == await last_task(ctx) else None
