"""When outside sources are read again, and the state of each connection afterwards.

A source that fails, hangs or refuses requests never fails a decision: oO works with its older copies.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from datetime import datetime, timedelta

from core.dependencies import Dependencies
from core.errors import SourceUnavailable
from core.integrations.in_time import in_time
from core.integrations.states import may_ask, record_response, store_state, working
from core.ports import TaskProvider
from core.records import Consent, Integration, Person, Task, TaskSource, TaskState
from core.store import Unit
from core.tasks.mirror import close_done_elsewhere, mirror
from core.tasks.outbox import pending_in_outbox, refused_since

log = logging.getLogger(__name__)


async def refresh(person: Person, deps: Dependencies, *, within: timedelta | None = None) -> None:
    """Read outside tasks again where the copies are old. A failing source is stored and logged, never raised.

    Each source may take ``within``; by default the short deadline of a decision.
    """
    if person.consent is Consent.AGREED:
        within = within or deps.rules.sync_deadline
        sources = deps.providers.items()
        await asyncio.gather(*(_refresh_one(person, deps, *one, within=within) for one in sources))


async def sync_now(person: Person, source: TaskSource, deps: Dependencies, *, within: timedelta) -> bool:
    """Read one source again, however old the copies are. A failing source is stored and logged.

    Returns whether it was asked and has answered.
    """
    provider = deps.providers.get(source)
    async with deps.store.read() as unit:
        status = await unit.integrations.get(person.person_id, source)
    if provider and status and person.consent is Consent.AGREED and may_ask(status, deps.clock.now()):
        return await sync(person, deps, source, provider, status, within=within)
    return False


async def _refresh_one(
    person: Person, deps: Dependencies, source: TaskSource, provider: TaskProvider, *, within: timedelta
) -> None:
    async with deps.store.read() as unit:
        status = await unit.integrations.get(person.person_id, source)
    if status and _is_old(status, deps) and may_ask(status, deps.clock.now()):
        await sync(person, deps, source, provider, status, within=within)


def _is_old(status: Integration, deps: Dependencies) -> bool:
    return status.synced_at is None or deps.clock.now() - status.synced_at >= deps.rules.sync_after


async def sync(
    person: Person,
    deps: Dependencies,
    source: TaskSource,
    provider: TaskProvider,
    status: Integration,
    *,
    within: timedelta,
) -> bool:
    """Copy the source's open tasks, or what has changed since the last time, and store the state of the
    connection. As long as not all of it is copied, the same changes are asked for again.

    The list is dropped if another one was copied while it was read, or the person has left. Returns whether
    the source has answered.
    """
    asked_at = deps.clock.now()
    try:
        found = await in_time(provider.open_tasks(person.person_id, cursor=status.cursor), within)
    except SourceUnavailable as fault:
        log.warning("task source %s: %s", source.value, fault)
        async with deps.store.begin(person.person_id) as unit:
            await record_response(unit, status, deps.clock.now(), fault=fault)
        return False
    async with deps.store.begin(person.person_id) as unit:
        current = await unit.integrations.get(person.person_id, source)
        if current is None or _is_another(current, status):
            return True
        refused = await refused_since(unit, person.person_id, status.synced_at or asked_at)
        is_copied = await mirror(unit, person, source, found, deps, asked_at=asked_at, refused=refused)
        now, cursor = deps.clock.now(), found.cursor if is_copied else current.cursor
        after = replace(working(current, now), synced_at=now, cursor=cursor)
        await store_state(unit, current, after, now)
    return True


def _is_another(current: Integration, asked: Integration) -> bool:
    """Whether another list was copied, or another account connected, since the source was asked."""
    versions = [(one.synced_at, one.cursor, one.connected_at) for one in (current, asked)]
    return versions[0] != versions[1]


async def is_closed_elsewhere(task: Task, deps: Dependencies) -> bool:
    """Ask the source of an open task whether it was closed there since; if so, close our copy too.

    If the source does not answer, or does not know of a change made here, our copy is believed.
    """
    provider, asked_at = deps.providers.get(task.source), deps.clock.now()
    if provider is None:
        return False
    async with deps.store.read() as unit:
        status = await unit.integrations.get(task.person_id, task.source)
        if status is None or not may_ask(status, asked_at) or await _differs(unit, task, status, asked_at):
            return False
    try:
        if await in_time(provider.is_open(task), deps.rules.sync_deadline):
            return False
    except SourceUnavailable as fault:
        log.warning("task source %s: %s", task.source.value, fault)
        return False
    async with deps.store.begin(task.person_id) as unit:
        current = await unit.tasks.get(task.task_id)  # a tap may have changed it while the source was asked
        if await _differs(unit, task, status, asked_at):
            return current.state is not TaskState.OPEN
        if current.state is TaskState.OPEN and current.due == task.due:
            await close_done_elsewhere(unit, current, deps)
    return True


async def _differs(unit: Unit, task: Task, status: Integration, asked_at: datetime) -> bool:
    """Whether our copy may differ from what the source said after ``asked_at``, because of a change here."""
    refused = await refused_since(unit, task.person_id, status.synced_at or asked_at)
    return task.task_id in refused | await pending_in_outbox(unit, task.person_id, asked_at)
