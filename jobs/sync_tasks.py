"""Copies outside tasks on a schedule, and sends one notice when a connection is lost."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from core.chat import Message
from core.concurrency import gather_bounded
from core.deciding.decision_points import best_account
from core.dependencies import Dependencies
from core.errors import NotFound
from core.records import Integration, Person, PersonAccount
from core.store import Unit
from core.tasks.sync import refresh
from jobs.notices import may_disturb, say

log = logging.getLogger(__name__)

MAX_CONCURRENCY = 8

MAX_SECONDS = 60.0
"""How long reading a list may take here, where nobody waits for a tip."""

Notice = Callable[[Integration, Person], Message]
"""The message that this connection is lost, in the language that the person prefers."""


async def sync_tasks(deps: Dependencies, notice: Notice, *, max_concurrency: int = MAX_CONCURRENCY) -> int:
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


async def _sync_one(person_id: str, sources: Sequence[str], deps: Dependencies, notice: Notice) -> None:
    """Refresh all ``sources`` of a person, and tell of those that are lost."""
    try:
        async with deps.store.read() as unit:
            person = await unit.people.get(person_id)
        await refresh(person, deps, within=timedelta(seconds=MAX_SECONDS))
        for source in sources:
            if known := await _whom_to_notify(person_id, source, deps):
                lost, reached = known.integration, known.reached
                await say(reached.account, notice(lost, reached.person.on(reached.account)), deps)
    except NotFound:
        log.info("somebody with a source has left")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Lost:
    """A lost connection of which somebody is to be told."""

    integration: Integration
    reached: PersonAccount


async def _whom_to_notify(person_id: str, source: str, deps: Dependencies) -> _Lost | None:
    """Whom to send the notice that the connection is lost; stores that it was sent. None if nobody is to be
    told, for which nothing is written.
    """
    async with deps.store.read() as unit:
        if await _lost(unit, person_id, source, deps) is None:
            return None
    async with deps.store.begin(person_id) as unit:
        lost = await _lost(unit, person_id, source, deps)
        if lost is None:
            return None
        await unit.integrations.put(replace(lost, told_at=deps.clock.now()))
        person = await unit.people.get(person_id)
        account = best_account(person, await unit.people.accounts(person_id), deps)
    return _Lost(integration=lost, reached=PersonAccount(person=person, account=account)) if account else None


async def _lost(unit: Unit, person_id: str, source: str, deps: Dependencies) -> Integration | None:
    """The connection if a notice about it is due.

    None if it is not lost, the notice was sent before, or the person may not be disturbed now.
    """
    status = await unit.integrations.get(person_id, source)
    if status is None or not status.status.must_reconnect or status.told_at is not None:
        return None
    if status.secret_name != source:  # the notice about the calendar with that login says it
        return None
    return None if (await may_disturb(unit, person_id, deps)).reason is not None else status
