"""The numbered list of tasks that oO showed, and which task each of its numbers means.

Tests: tests/scenarios/test_numbered_tasks.py.
"""

from __future__ import annotations

import re
from datetime import timedelta

from bot.conversation.talked_about import recent_messages
from bot.conversation.update_context import UpdateContext
from core.store import ButtonTokens, Mentioned

MAX_AGE = timedelta(hours=12)
"""A list that was shown earlier is not meant any more."""

_NUMBER = re.compile(r"\d+")


async def shown_list(ctx: UpdateContext) -> dict[int, str]:
    """The ids of the tasks in the list that was shown last, by their numbers; empty if none is recent."""
    for message in await recent_messages(ctx, MAX_AGE):
        if numbers := await numbers_of(ctx, message):
            return numbers
    return {}


async def numbers_of(ctx: UpdateContext, message: Mentioned) -> dict[int, str]:
    """The ids of the tasks that a message lists, by their numbers; empty if it is no numbered list.

    Not every line has a button, but each button about a task has the number of its line: a further page
    does not begin with 1.
    """
    if not message.task_ids or not message.handle:
        return {}
    async with ctx.deps.store.read() as unit:
        handle = await unit.handles.get(message.handle)
    before = _numbers_before(handle, message.task_ids) if handle else None
    if before is None:
        return {}
    return {before + place: task_id for place, task_id in enumerate(message.task_ids, start=1)}


def _numbers_before(handle: ButtonTokens, task_ids: tuple[str, ...]) -> int | None:
    """How many numbers precede that of the first task; None if no button has a number and a task."""
    for label, action in zip(handle.labels, handle.actions, strict=False):
        number = _NUMBER.search(label)
        about = next((place for place, task_id in enumerate(task_ids) if task_id in action.split()), None)
        if number and about is not None:
            return int(number[0]) - about - 1
    return None
