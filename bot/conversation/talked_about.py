"""What oO and the person talked about last, as the latest messages of the chat tell.

Tests: tests/scenarios/test_task_requests.py, tests/scenarios/test_corrections.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.conversation.task_lists import tasks_when_said
from bot.conversation.update_context import UpdateContext
from core.errors import NotFound
from core.records import Task
from core.store import Mentioned

MAX_MESSAGES = 50
"""How many of the latest messages are searched."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a message is about; without any of these, it is about several tasks."""

    task_id: str | None = None
    """Of the single task that it names; of a tip, only ``last_single_task`` tells it."""

    is_tip: bool = False
    setting: str | None = None
    """The name of the setting that it confirms."""


async def recent_messages(ctx: UpdateContext, age: timedelta) -> Sequence[Mentioned]:
    """The messages of the chat that are not older, the latest first."""
    async with ctx.deps.store.read() as unit:
        return await unit.messages.recent(ctx.account.account_id, ctx.now - age, MAX_MESSAGES)


async def last_subject(ctx: UpdateContext, age: timedelta, *, directly: bool = False) -> Subject | None:
    """What the latest message is about that is about anything and not older.

    ``directly``: only of the message right before this one.
    """
    this = getattr(ctx.update, "message_id", None)
    for message in await recent_messages(ctx, age):
        if message.message_id == this:  # which is handled again
            continue
        if (subject := await _subject(ctx, message)) or directly:
            return subject
    return None


async def last_single_task(ctx: UpdateContext) -> Subject | None:
    """The task, or the tip about one, that was talked about last, over lists and settings; None if that is
    longer ago than an answer may take.
    """
    for message in await recent_messages(ctx, ctx.deps.rules.answer_wait):
        if task_id := await _task_of(ctx, message):
            return Subject(task_id=task_id, is_tip=message.decision_id is not None)
    return None


async def last_task(ctx: UpdateContext) -> str | None:
    """The id of the task that the latest message about a single task was about, if it is recent."""
    found = await last_single_task(ctx)
    return found.task_id if found else None


async def last_two(ctx: UpdateContext) -> tuple[Task, ...]:
    """The two open tasks that the latest messages were about; none if they were about more, or fewer."""
    messages = await recent_messages(ctx, ctx.deps.rules.answer_wait)
    found = _last_two([message.task_ids for message in messages if message.task_ids])
    tasks = {task.task_id: task for task in await tasks_when_said(ctx)}
    return tuple(tasks[one] for one in found) if all(one in tasks for one in found) else ()


def _last_two(named: Sequence[tuple[str, ...]]) -> list[str]:
    """The two tasks that the latest messages name together, or one after the other; ``named``: latest first.

    None if the latest names more, or one task and a list came before it.
    """
    if named and len(named[0]) > 1:
        return list(named[0]) if len(named[0]) == 2 else []
    found: list[str] = []
    for ids in named:
        if len(ids) > 1:
            return []
        found += [one for one in ids if one not in found]
        if len(found) == 2:
            return found[::-1]
    return []


async def _subject(ctx: UpdateContext, message: Mentioned) -> Subject | None:
    if message.decision_id:
        return Subject(is_tip=True)
    if message.task_ids:
        return Subject(task_id=message.task_ids[0] if len(message.task_ids) == 1 else None)
    setting = await _setting_of(ctx, message)
    return Subject(setting=setting) if setting else None


async def _task_of(ctx: UpdateContext, message: Mentioned) -> str | None:
    """The single task that a message names, or that its tip is about."""
    if message.decision_id:
        return await task_of_tip(ctx, message.decision_id)
    return message.task_ids[0] if len(message.task_ids) == 1 else None


async def task_of_tip(ctx: UpdateContext, decision_id: str) -> str | None:
    """The task that a tip is about; None if there is none, or it is no tip of this person."""
    async with ctx.deps.store.read() as unit:
        try:
            stored = await unit.decisions.stored_tip(decision_id)
        except NotFound:
            return None
    is_own = stored.decision.person_id == ctx.person.person_id
    return stored.task.task_id if stored.task and is_own else None


async def _setting_of(ctx: UpdateContext, message: Mentioned) -> str | None:
    """The setting that a message confirms: its button Undo names it."""
    if not message.handle:
        return None
    async with ctx.deps.store.read() as unit:
        handle = await unit.handles.get(message.handle)
    actions = handle.actions if handle and handle.person_id == ctx.person.person_id else ()
    undo = next((text.split() for text in actions if text.startswith("restore ")), ())
    return undo[1] if len(undo) > 1 else None
