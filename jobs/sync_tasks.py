"""Copies outside tasks on a schedule, and sends one notice when a connection is lost."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import timedelta
from functools import partial

from core.concurrency import gather_bounded
from core.dependencies import Dependencies
from core.errors import NotFound
from core.records import Integration
from core.store import Unit
from core.tasks.sync import refresh
from jobs.lost_connections import LostNotice, tell_of_lost

log = logging.getLogger(__name__)

MAX_CONCURRENCY = 8

MAX_SECONDS = 60.0
"""How long reading a list may take here, where nobody waits for a tip."""


async def sync_tasks(
    deps: Dependencies, notice: LostNotice, *, max_concurrency: int = MAX_CONCURRENCY
) -> int:
    """Refresh every connection of a person to a source; returns how many there are."""
    async with deps.store.read() as unit:
        by_source = {source: await unit.integrations.all(source) for source in deps.providers}
    for source, provider in deps.providers.items():
        provider.forget_others({status.person_id for status in by_source[source]})
    sources: dict[str, list[str]] = {}
    for status in (status for found in by_source.values() for status in found):
        sources.setdefault(status.person_id, []).append(status.provider)
    await gather_bounded(
        sources,
        lambda person_id: _sync_one(person_id, sources[person_id], deps, notice),
        limit=max_concurrency,
    )
    return sum(map(len, sources.values()))


async def _sync_one(person_id: str, sources: Sequence[str], deps: Dependencies, notice: LostNotice) -> None:
    """Refresh all ``sources`` of a person, and tell of those that are lost."""
    try:
        async with deps.store.read() as unit:
            person = await unit.people.get(person_id)
        await refresh(person, deps, within=timedelta(seconds=MAX_SECONDS))
        for source in sources:
            await tell_of_lost(person_id, partial(_lost, person_id=person_id, source=source), deps, notice)
    except NotFound:
        log.info("somebody with a source has left")


async def _lost(unit: Unit, person_id: str, source: str) -> Integration | None:
    """The connection, if it is lost and the person was not told yet."""
    status = await unit.integrations.get(person_id, source)
    if status is None or not status.status.must_reconnect or status.told_at is not None:
        return None
    # The notice about the calendar with that login says it.
    return status if status.secret_name == source else None
