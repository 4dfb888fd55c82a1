"""A task that "and" joins to the one that oO has just talked about: "and Anna at 4" is on the same day.

Tests: tests/scenarios/test_limits.py.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time

from bot.conversation.corrections import task_just_named
from bot.conversation.update_context import UpdateContext
from core.records import Task
from core.scheduling.quiet_hours import instant, wall_clock
from core.words.further_tasks import joins_a_time, with_verb_of
from core.words.intents import AddTask, Intent
from core.words.understand import understand


async def further(ctx: UpdateContext, text: str, intent: Intent | None) -> Intent | None:
    """The intent; a task that is joined by "and", and has only a time, gets the day of the one before it."""
    draft = intent.draft if isinstance(intent, AddTask) else None
    if draft is None or draft.due is None or draft.reminds or draft.repeats or not joins_a_time(text):
        return intent
    before = await task_just_named(ctx)
    if before is None or before.due is None:
        return intent
    on_day = _on_day_of(ctx, before, text) or intent
    found = on_day.draft if isinstance(on_day, AddTask) else None
    return (
        AddTask(drafts=(replace(found, title=with_verb_of(found.title, before.title)),)) if found else intent
    )


def _on_day_of(ctx: UpdateContext, before: Task, text: str) -> Intent | None:
    """What the text means at the beginning of that day; None if it is not to come."""
    if before.due is None or before.due.on <= wall_clock(ctx.said_at, ctx.zone).date():
        return None
    return understand(text, now=instant(datetime.combine(before.due.on, time()), ctx.zone), zone=ctx.zone)
