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
from core.records import Integration, TaskSource, TokenStatus


async def connect(ctx: UpdateContext, argument: str) -> Message:
    """Show whether Todoist is connected, and what to do if it is not."""
    async with ctx.deps.store.read() as unit:
        status = await unit.integrations.get(ctx.person.person_id, TaskSource.TODOIST.value)
    if status is None or not ctx.deployment.todoist:
        return say(texts.CONNECT_NONE)
    return say(_sentence(status.status), synced=_synced(ctx, status))


def _sentence(status: TokenStatus) -> str:
    if status.must_reconnect:
        return texts.CONNECT_EXPIRED
    return texts.CONNECT_FAILING if status is TokenStatus.ERROR else texts.CONNECT_OK


def _synced(ctx: UpdateContext, status: Integration) -> str:
    if status.synced_at is None:
        return ""
    time = at_time(status.synced_at, ctx.now, zone_of(ctx.person))
    return texts.CONNECT_SYNCED.format(time=time)
