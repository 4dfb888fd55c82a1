"""The outbox: events that others must hear of are carried there, again and again until it worked.

In one process that is Todoist, told of completed and reopened tasks. Everything else is only marked.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable

from core.errors import NotFound, SourceUnavailable
from core.mirror import TOLD, after_fault, may_ask, working
from core.model import Event, TaskSource
from core.world import World

log = logging.getLogger(__name__)

BATCH = 500


async def relay(world: World) -> int:
    """Carry waiting events in their order; returns how many are done with."""
    async with world.store.read() as unit:
        events = await unit.events.undispatched(BATCH)
    carried = [event for event in events if _is_carried(event)]
    settled = [event for event in events if not _is_carried(event)]
    await _mark(settled, world)
    for event in carried:
        if await _carry(event, world):
            await _mark([event], world)
            settled.append(event)
    return len(settled)


async def _mark(events: Iterable[Event], world: World) -> None:
    async with world.store.begin() as unit:
        for event in events:
            await unit.events.dispatched(event.event_id)


def _is_carried(event: Event) -> bool:
    return event.kind in TOLD and event.data.get("source") != TaskSource.OO.value


async def _carry(event: Event, world: World) -> bool:
    """Tell the source of one task; True when that is over with, for good or because nobody can be told.

    After a fault the source rests, so that what comes later about the same task stays behind it.
    """
    source = TaskSource(str(event.data["source"]))
    provider = world.providers.get(source)
    async with world.store.read() as unit:
        try:
            task = await unit.tasks.get(str(event.data["task_id"]))
        except NotFound:
            return True
        status = await unit.sources.get(task.person_id, source)
    if provider is None or status is None:
        return True
    if not may_ask(status, world.clock.now()):
        return False
    tell = provider.complete if event.kind == "task.completed" else provider.reopen
    try:
        await tell(task)
    except SourceUnavailable as fault:
        log.warning("telling %s of %s: %s", source.value, event.kind, fault)
        stands = after_fault(status, fault, world.clock.now())
    else:
        stands = working(status, world.clock.now())
    if stands != status:
        async with world.store.begin() as unit:
            await unit.sources.put(stands)
    return stands.status == "ok"
