"""The outbox: events that others must hear of are carried there, again and again until it worked.

That is Todoist, told of completed and reopened tasks. Everything else is only marked. Several processes may
carry at once: each event is claimed for the length of a lease before anybody is called.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from core.errors import NotFound, SourceUnavailable
from core.events import happened
from core.mirror import TOLD, heard, may_ask
from core.model import Event, Task, TaskSource, TaskState
from core.ports import TaskProvider
from core.store import SourceStatus, Unit
from core.world import World

log = logging.getLogger(__name__)

BATCH = 500

LEASE = timedelta(minutes=3)
"""How long a claimed event is left to who claimed it: longer than telling a source ever takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """What a source must be told: the event, its task as it is now, and how the source stands."""

    event: Event
    task: Task
    provider: TaskProvider
    status: SourceStatus


async def relay(world: World) -> int:
    """Carry waiting events in their order; returns how many are done with.

    What waits, whoever carries it, holds back whatever comes later about the same task.
    """
    async with world.store.read() as unit:
        events = await unit.events.undispatched(BATCH)
    carried = [event for event in events if _is_carried(event)]
    settled = [event for event in events if not _is_carried(event)]
    await _mark(settled, world)
    held: set[object] = set()
    for event in carried:
        task_id = event.data["task_id"]
        if task_id in held or not await _carry(event, world):
            held.add(task_id)
        else:
            settled.append(event)
    return len(settled)


async def _mark(events: Iterable[Event], world: World) -> None:
    async with world.store.begin() as unit:
        for event in events:
            await unit.events.dispatched(event.event_id, world.clock.now())


def _is_carried(event: Event) -> bool:
    return event.kind in TOLD and event.data.get("source") != TaskSource.OO.value


async def _carry(event: Event, world: World) -> bool:
    """Tell the source of one task; True when that is over with, for good or because nobody can be told."""
    async with world.store.read() as unit:
        errand = await _errand(unit, event, world)
    if errand is None:
        await _mark([event], world)
        return True
    now = world.clock.now()
    if not may_ask(errand.status, now):
        return False
    async with world.store.begin() as unit:
        if not await unit.events.claim(event.event_id, now, now + LEASE):
            return False
    return await _tell(errand, now + LEASE, world)


async def _errand(unit: Unit, event: Event, world: World) -> Errand | None:
    """None if there is nobody to tell, or nothing left to tell them about."""
    source = TaskSource(str(event.data["source"]))
    provider = world.providers.get(source)
    try:
        task = await unit.tasks.get(str(event.data["task_id"]))
    except NotFound:
        return None
    status = await unit.sources.get(task.person_id, source)
    if provider is None or status is None:
        return None
    return Errand(event=event, task=task, provider=provider, status=status)


async def _tell(errand: Errand, until: datetime, world: World) -> bool:
    """Tell the source what was claimed ``until`` then. After a fault it rests and the claim is given back."""
    event_id, status = errand.event.event_id, errand.status
    try:
        is_there = await _told(errand)
    except SourceUnavailable as fault:
        log.warning("telling %s of %s: %s", status.source, errand.event.kind, fault)
        async with world.store.begin() as unit:
            await unit.events.release(event_id, until)
            await heard(unit, status, world.clock.now(), fault=fault)
        return False
    async with world.store.begin() as unit:
        await unit.events.dispatched(event_id, world.clock.now())
        await heard(unit, status, world.clock.now())
        if not is_there:
            await _gone(unit, errand, world)
    return True


async def _told(errand: Errand) -> bool:
    """Whether the source still has the task, if that matters. A repeat is the same request, by its id."""
    if errand.event.kind == "task.completed":
        await errand.provider.complete(errand.task, request_id=errand.event.event_id)
        return True
    return await errand.provider.reopen(errand.task, request_id=errand.event.event_id)


async def _gone(unit: Unit, errand: Errand, world: World) -> None:
    """The task was deleted at its source and can't be opened there again: so it is no longer open here."""
    log.info("a task is gone from %s: it can't be opened there again", errand.status.source)
    try:
        task = await unit.tasks.get(errand.task.task_id)
    except NotFound:
        return  # the person left while the source was asked
    if task.state is TaskState.OPEN:
        await unit.tasks.put(replace(task, state=TaskState.GONE))
        data = {"task_id": task.task_id, "source": task.source.value}
        await happened(unit, world, "task.gone_elsewhere", task.person_id, **data)
