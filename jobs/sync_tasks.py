"""Outside tasks are mirrored on a schedule too, and a lost connection is told once, at a decent hour."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from core.chat import Message
from core.concurrency import for_each
from core.deciding.decision_points import best_account
from core.errors import NotFound
from core.model import Account, TaskSource
from core.store import SourceStatus, Unit
from core.tasks.sync import refresh
from core.world import World
from jobs.notices import may_disturb, say

log = logging.getLogger(__name__)

AT_ONCE = 8

PATIENCE = timedelta(minutes=1)
"""How long a list may take here, where nobody waits for a tip."""

Notice = Callable[[TaskSource], Message]


async def sync_tasks(world: World, notice: Notice) -> int:
    """Refresh every connected source; returns how many were looked at."""
    async with world.store.read() as unit:
        statuses = [status for source in world.providers for status in await unit.sources.all(source)]
    await for_each(statuses, lambda status: _sync_one(status, world, notice), at_once=AT_ONCE)
    return len(statuses)


async def _sync_one(status: SourceStatus, world: World, notice: Notice) -> None:
    try:
        async with world.store.read() as unit:
            person = await unit.people.get(status.person_id)
        await refresh(person, world, within=PATIENCE)
        async with world.store.begin() as unit:
            account = await _to_be_told(unit, status.person_id, status.source, world)
    except NotFound:
        log.info("somebody with a source has left")
        return
    if account:
        await say(account, notice(TaskSource(status.source)), world)


async def _to_be_told(unit: Unit, person_id: str, source: str, world: World) -> Account | None:
    """Where to say that the connection is lost; None if that was said, or nobody may be disturbed now.
    Whoever gets the account says it.
    """
    status = await unit.sources.get(person_id, source)
    if status is None or status.status != "expired" or status.told_at is not None:
        return None
    if (await may_disturb(unit, person_id, world)).reason is not None:
        return None
    await unit.sources.put(replace(status, told_at=world.clock.now()))
    return best_account(await unit.people.accounts(person_id), world)
