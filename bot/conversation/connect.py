"""``/connect``: whether the task source outside oO can be read.

Tests: tests/scenarios/test_todoist.py, tests/scenarios/test_todoist_trouble.py.
"""

from __future__ import annotations

from bot.conversation.update_context import UpdateContext
from bot.screens import texts
from bot.screens.dates import at_time
from bot.screens.markup import say
from bot.screens.tips import zone_of
from core.chat import Message
from core.records import TaskSource
from core.store import SourceStatus


async def connect(ctx: UpdateContext, argument: str) -> Message:
    """Show whether Todoist is connected, and what to do if it is not."""
    async with ctx.deps.store.read() as unit:
        status = await unit.sources.get(ctx.person.person_id, TaskSource.TODOIST.value)
    if status is None or not ctx.deployment.todoist:
        return say(texts.CONNECT_NONE)
    sentences = {"ok": texts.CONNECT_OK, "expired": texts.CONNECT_EXPIRED, "failing": texts.CONNECT_FAILING}
    return say(sentences[status.status], synced=_synced(ctx, status))


def _synced(ctx: UpdateContext, status: SourceStatus) -> str:
    if status.synced_at is None:
        return ""
    time = at_time(status.synced_at, ctx.now, zone_of(ctx.person))
    return texts.CONNECT_SYNCED.format(time=time)
