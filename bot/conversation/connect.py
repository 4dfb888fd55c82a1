"""``/connect``: what is connected, and whether it can be read.

Tests: tests/scenarios/test_todoist.py, tests/scenarios/test_todoist_trouble.py.
"""

from __future__ import annotations

from bot.conversation.calendars import connect_by_words, is_calendar
from bot.conversation.update_context import UpdateContext
from bot.screens import texts, texts_calendar
from bot.screens.calendars import state as calendar_state
from bot.screens.dates import at_time
from bot.screens.markup import join, say
from bot.screens.tips import zone_of
from core.calendars.connection import connected_calendars
from core.chat import Message
from core.records import Integration, TaskSource, TokenStatus


async def connect(ctx: UpdateContext, argument: str) -> Message:
    """Connect a calendar; without an argument, show what is connected and what to do if it is not."""
    if is_calendar(argument):
        return await connect_by_words(ctx, argument)
    connections = await connected_calendars(ctx.person, ctx.deps)
    states = [calendar_state(one, ctx.now, zone_of(ctx.person)) for one in connections]
    if not states and ctx.deps.vault.is_open:
        states = [say(texts_calendar.CALENDAR_OFFER)]
    return join(await _todoist(ctx), *states)


async def _todoist(ctx: UpdateContext) -> Message:
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
