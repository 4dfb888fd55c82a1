"""The outbox: events that others must hear of are carried there, again and again until it worked.

That is Todoist, told of completed and reopened tasks. Everything else is only marked. Several processes may
carry at once: each event is claimed for the length of a lease before anybody is called. What its source will
never take is given up, and the person is told.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from core.chat import Message
from core.deciding.decision_points import best_account
from core.dependencies import Dependencies
from core.errors import NotFound, SourceRefused, SourceUnavailable
from core.events import record_event
from core.model import Event, Task, TaskSource, TaskState
from core.ports import TaskProvider
from core.store import SourceStatus, Unit
from core.tasks.sync import TOLD, heard, may_ask
from jobs.notices import may_disturb, say

log = logging.getLogger(__name__)

BATCH = 500

LEASE = timedelta(minutes=3)
"""How long a claimed event is left to who claimed it: longer than telling a source ever takes."""

LATER = timedelta(days=1)
"""So much later at most somebody hears of it who may not be disturbed; then the source is asked again."""

GivenUp = Callable[[str, Task], Message]
"""How it is said that a source will not take what happened (the event's kind) to a task."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxMessage:
    """What a source must be told: the event, its task as it is now, and how the source stands.

    ``provider`` None: this process can't reach the source; one that is set up with it will.
    """

    event: Event
    task: Task
    provider: TaskProvider | None
    status: SourceStatus


@dataclass(frozen=True, slots=True)
class Held:
    """What is not told in this run: about tasks of which something earlier waits, and to sources that rest,
    by person.
    """

    tasks: set[object] = field(default_factory=set)
    sources: set[object] = field(default_factory=set)

    def holds(self, event: Event) -> bool:
        """Whether ``event`` has to wait."""
        return event.data["task_id"] in self.tasks or _source(event) in self.sources


async def relay(deps: Dependencies, given_up: GivenUp) -> int:
    """Carry waiting events in their order; returns how many are done with.

    What waits, whoever carries it, holds back whatever comes later about the same task, and nothing else,
    however much of it there is.
    """
    held, settled, after = Held(), 0, None
    while True:
        async with deps.store.read() as unit:
            events = await unit.events.undispatched(BATCH, after=after)
        settled += await _relay(events, held, deps, given_up)
        if len(events) < BATCH:
            return settled
        after = events[-1].event_id


async def _relay(events: Sequence[Event], held: Held, deps: Dependencies, given_up: GivenUp) -> int:
    carried = [event for event in events if _is_carried(event)]
    settled = [event for event in events if not _is_carried(event)]
    await _mark(settled, deps)
    told = 0
    for event in carried:
        if not held.holds(event) and await _carry(event, held, deps, given_up):
            told += 1
        else:
            held.tasks.add(event.data["task_id"])
    return len(settled) + told


async def _mark(events: Iterable[Event], deps: Dependencies) -> None:
    async with deps.store.begin() as unit:
        for event in events:
            await unit.events.dispatched(event.event_id, deps.clock.now())


def _is_carried(event: Event) -> bool:
    return event.kind in TOLD and event.data.get("source") != TaskSource.OO.value


def _source(event: Event) -> tuple[str | None, object]:
    return event.person_id, event.data["source"]


async def _carry(event: Event, held: Held, deps: Dependencies, given_up: GivenUp) -> bool:
    """Tell the source of one task; True when that is over with, for good or because nobody can be told."""
    async with deps.store.read() as unit:
        errand = await _errand(unit, event, deps)
    if errand is None:
        await _mark([event], deps)
        return True
    now = deps.clock.now()
    if errand.provider is None or not may_ask(errand.status, now):
        held.sources.add(_source(event))
        return False
    async with deps.store.begin() as unit:
        if not await unit.events.claim(event.event_id, now, now + LEASE):
            return False
    return await _tell(errand, errand.provider, now + LEASE, deps, given_up)


async def _errand(unit: Unit, event: Event, deps: Dependencies) -> OutboxMessage | None:
    """None if there is nobody to tell, or nothing left to tell them about."""
    source = TaskSource(str(event.data["source"]))
    try:
        task = await unit.tasks.get(str(event.data["task_id"]))
    except NotFound:
        return None
    status = await unit.sources.get(task.person_id, source)
    if status is None:
        return None
    return OutboxMessage(event=event, task=task, provider=deps.providers.get(source), status=status)


async def _tell(
    errand: OutboxMessage, provider: TaskProvider, until: datetime, deps: Dependencies, given_up: GivenUp
) -> bool:
    """Tell the source what was claimed ``until`` then. After a fault it rests and the claim is given back."""
    event_id, status = errand.event.event_id, errand.status
    try:
        is_there = await _told(errand, provider)
    except SourceRefused as fault:
        log.warning("telling %s of %s is given up: %s", status.source, errand.event.kind, fault)
        return await _give_up(errand, until, deps, given_up)
    except SourceUnavailable as fault:
        log.warning("telling %s of %s: %s", status.source, errand.event.kind, fault)
        async with deps.store.begin() as unit:
            await unit.events.release(event_id, until)
            await heard(unit, status, deps.clock.now(), fault=fault)
        return False
    async with deps.store.begin() as unit:
        await unit.events.dispatched(event_id, deps.clock.now())
        await heard(unit, status, deps.clock.now())
        if not is_there:
            await _gone(unit, errand, deps)
    return True


async def _told(errand: OutboxMessage, provider: TaskProvider) -> bool:
    """Whether the source still has the task, if that matters. A repeat is the same request, by its id."""
    if errand.event.kind == "task.completed":
        await provider.complete(errand.task, request_id=errand.event.event_id)
        return True
    return await provider.reopen(errand.task, request_id=errand.event.event_id)


async def _gone(unit: Unit, errand: OutboxMessage, deps: Dependencies) -> None:
    """The task was deleted at its source and can't be opened there again: so it is no longer open here."""
    log.info("a task is gone from %s: it can't be opened there again", errand.status.source)
    try:
        task = await unit.tasks.get(errand.task.task_id)
    except NotFound:
        return  # the person left while the source was asked
    if task.state is TaskState.OPEN:
        await unit.tasks.put(replace(task, state=TaskState.GONE))
        data = {"task_id": task.task_id, "source": task.source.value}
        await record_event(unit, deps, "task.gone_elsewhere", task.person_id, **data)


async def _give_up(errand: OutboxMessage, until: datetime, deps: Dependencies, given_up: GivenUp) -> bool:
    """The source will never take it: that is over with as soon as the person may be told."""
    event_id, now = errand.event.event_id, deps.clock.now()
    try:
        async with deps.store.begin() as unit:
            allowed = await may_disturb(unit, errand.task.person_id, deps)
            if allowed.until:
                await unit.events.release(event_id, until)
                await unit.events.claim(event_id, now, min(allowed.until, now + LATER))
                return False
            await unit.events.dispatched(event_id, now)
            accounts = await unit.people.accounts(errand.task.person_id)
    except NotFound:
        return True  # the person left while the source was asked
    account = best_account(accounts, deps)
    if account and allowed.reason is None:
        await say(account, given_up(errand.event.kind, errand.task), deps)
    return True
