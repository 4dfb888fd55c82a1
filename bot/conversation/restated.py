"""A task on the list that is named with another time of day gets that time, instead of being added again.

Tests: tests/scenarios/test_corrections.py.
"""

from __future__ import annotations

from bot.conversation.task_lists import tasks_when_said
from bot.conversation.task_words import change_or_say
from bot.conversation.update_context import UpdateContext
from bot.conversation.which_task import changed_before
from core.chat import Message
from core.tasks.added_tasks import added_by
from core.words.intents import AddTask
from core.words.matching import fitting_task
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
    fits = fitting_task(draft.title, [task.title for task in tasks], typed=text)
    if fits is None or tasks[fits].repeats:
        return None
    return await change_or_say(ctx, tasks[fits].task_id, patch)
