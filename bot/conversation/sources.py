"""How outside task sources stand, in words."""

from __future__ import annotations

from bot.conversation.visit import Visit
from bot.screens import texts
from bot.screens.dates import at_time
from bot.screens.markup import say
from bot.screens.tips import zone_of
from core.chat import Message
from core.model import TaskSource
from core.store import SourceStatus


async def connect(visit: Visit) -> Message:
    """Whether Todoist is connected, and what to do if it is not."""
    async with visit.world.store.read() as unit:
        status = await unit.sources.get(visit.person.person_id, TaskSource.TODOIST.value)
    if status is None or not visit.house.todoist:
        return say(texts.CONNECT_NONE)
    sentences = {"ok": texts.CONNECT_OK, "expired": texts.CONNECT_EXPIRED, "failing": texts.CONNECT_FAILING}
    return say(sentences[status.status], synced=_synced(visit, status))


def _synced(visit: Visit, status: SourceStatus) -> str:
    if status.synced_at is None:
        return ""
    return f" (last read {at_time(status.synced_at, visit.now, zone_of(visit.person))})"
