"""Outside tasks are mirrored on a schedule too, and a lost connection is told once, at a decent hour."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from core.chat import Message
from core.concurrency import gather_bounded
from core.deciding.decision_points import best_account
from core.dependencies import Dependencies
from core.errors import NotFound
from core.model import Account, TaskSource
from core.store import SourceStatus, Unit
from core.tasks.sync import refresh
from jobs.notices import may_disturb, say

log = logging.getLogger(__name__)

AT_ONCE = 8

PATIENCE = timedelta(minutes=1)
"""How long a list may take here, where nobody waits for a tip."""

Notice = Callable[[TaskSource], Message]


async def sync_tasks(deps: Dependencies, notice: Notice) -> int:
    """Refresh every connected source; returns how many were looked at."""
    async with deps.store.read() as unit:
        statuses = [status for source in deps.providers for status in await unit.sources.all(source)]
    await gather_bounded(statuses, lambda status: _sync_one(status, deps, notice), limit=AT_ONCE)
    return len(statuses)


async def _sync_one(status: SourceStatus, deps: Dependencies, notice: Notice) -> None:
    try:
        async with deps.store.read() as unit:
            person = await unit.people.get(status.person_id)
        await refresh(person, deps, within=PATIENCE)
        async with deps.store.begin() as unit:
            account = await _to_be_told(unit, status.person_id, status.source, deps)
    except NotFound:
        log.info("somebody with a source has left")
        return
    if account:
        await say(account, notice(TaskSource(status.source)), deps)


async def _to_be_told(unit: Unit, person_id: str, source: str, deps: Dependencies) -> Account | None:
    """Where to say that the connection is lost; None if that was said, or nobody may be disturbed now.
    Whoever gets the account says it.
    """
    status = await unit.sources.get(person_id, source)
    if status is None or status.status != "expired" or status.told_at is not None:
        return None
    if (await may_disturb(unit, person_id, deps)).reason is not None:
        return None
    await unit.sources.put(replace(status, told_at=deps.clock.now()))
    return best_account(await unit.people.accounts(person_id), deps)
