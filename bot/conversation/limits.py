"""Bare words about times directly after oO's words about a task: they are about the task, and no setting.

"Not before noon" moves the task, "except sundays" changes when it repeats, "ping me at 2" reminds of it. What
is not sure changes nothing.

Tests: tests/scenarios/test_limits.py.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.conversation.commands import Response
from bot.conversation.corrections import task_just_named
from bot.conversation.remind_listed import remind
from bot.conversation.task_words import change_or_say
from bot.conversation.update_context import UpdateContext
from bot.conversation.utterance import Utterance
from bot.conversation.which_task import changed_before
from bot.screens import texts_tasks
from bot.screens.markup import say
from core.errors import BadInput
from core.records import Task, TaskPatch
from core.words.dates.moments import parse_moment
from core.words.intents import AddTask, SetTimes
from core.words.limits import limited
from core.words.schedules import time_to_write
from core.words.understand import limit_alone


async def limit_last(ctx: UpdateContext, utterance: Utterance) -> Response:
    """Do what the words say to the task that oO has just talked about; None if they say anything else."""
    limit = limit_alone(utterance.text, utterance.intent, now=ctx.said_at, zone=ctx.zone)
    words = "" if limit else _asked_time(utterance)
    at = _instant(ctx, words) if words else None
    if limit is None and at is None:
        return None
    if limit and (before := await changed_before(ctx)):
        return await change_or_say(ctx, before, TaskPatch())
    task = await task_just_named(ctx)
    if task is None:
        return None
    if at:
        return await remind(ctx, task, at, words)
    patch = limited(task, limit, now=ctx.said_at, zone=ctx.zone) if limit else None
    return await change_or_say(ctx, task.task_id, patch) if patch else _ask(task)


def _asked_time(utterance: Utterance) -> str:
    """The words of the one time at which oO is asked to write; empty if they are about every day."""
    match utterance.intent:
        case SetTimes():
            return time_to_write(utterance.text.strip(" .!")) or ""
        case AddTask(only_begun=True, reminds=True):  # "let me know at 2"
            return utterance.intent.when
    return ""


def _instant(ctx: UpdateContext, words: str) -> datetime | None:
    try:
        return parse_moment(words, now=ctx.said_at, zone=ctx.zone)
    except BadInput:
        return None


def _ask(task: Task) -> Response:
    """Say that nothing was changed; what is said next may be about the task."""
    return replace(say(texts_tasks.LIMIT_UNSURE, title=task.title), tasks=(task.task_id,))
