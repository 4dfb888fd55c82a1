"""Copies of the tasks of outside sources: how they are kept fresh, and the state of each connection.

A source that fails, hangs or refuses requests never fails a decision: oO works with its older copies.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Mapping
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import TypeVar

from core.dependencies import Dependencies
from core.errors import SourceUnavailable
from core.events import record_event
from core.integrations.states import may_ask, record_response, working
from core.learning.update import retract_done_elsewhere, reward_done_elsewhere
from core.ports import TaskProvider
from core.records import (
    UNKNOWN_AGE,
    Consent,
    Due,
    Event,
    Integration,
    Person,
    Task,
    TaskList,
    TaskSource,
    TaskState,
)
from core.store import Unit
from core.tasks.due_codes import due_code
from core.tasks.pieces import close_pieces, open_pieces, reopen_pieces
from core.tasks.reminders import put_task, put_tasks

log = logging.getLogger(__name__)

T = TypeVar("T")

OUTBOX_EVENTS = frozenset(
    {"task.completed", "task.reopened", "task.changed", "task.removed", "task.restored"}
)
"""Kinds of events that ``jobs/relay.py`` sends to the source of the task."""

CHANGE_REFUSED = "task.change_refused"
"""Kind of the event that a source did not accept a change, so that our copy differs until the next sync."""

TASKS_PER_STATEMENT = 1000
"""Fewer than the values that SQLite takes at once."""

CLOSED_TASKS_KNOWN_FOR = timedelta(days=30)
"""A task that was closed longer ago counts as new if the source opens it again."""


async def refresh(person: Person, deps: Dependencies, *, within: timedelta | None = None) -> None:
    """Read outside tasks again where the copies are old. A failing source is stored and logged, never raised.

    Each source may take ``within``; by default the short deadline of a decision.
    """
    if person.consent is Consent.AGREED:
        within = within or deps.rules.sync_deadline
        sources = deps.providers.items()
        await asyncio.gather(*(_refresh_one(person, deps, *one, within=within) for one in sources))


async def sync_now(person: Person, source: TaskSource, deps: Dependencies, *, within: timedelta) -> None:
    """Read one source again, however old the copies are. A failing source is stored and logged."""
    provider = deps.providers.get(source)
    async with deps.store.read() as unit:
        status = await unit.integrations.get(person.person_id, source)
    if provider and status and person.consent is Consent.AGREED and may_ask(status, deps.clock.now()):
        await sync(person, deps, source, provider, status, within=within)


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
) -> None:
    """Copy the source's open tasks, or what has changed since the last time, and store the state of the
    connection. As long as not all of it is copied, the same changes are asked for again.

    The list is dropped if another one was copied while it was read, or the person has left.
    """
    asked_at = deps.clock.now()
    try:
        found = await _in_time(provider.open_tasks(person.person_id, cursor=status.cursor), within)
    except SourceUnavailable as fault:
        log.warning("task source %s: %s", source.value, fault)
        async with deps.store.begin() as unit:
            await record_response(unit, status, deps.clock.now(), fault=fault)
        return
    async with deps.store.begin() as unit:
        current = await unit.integrations.get(person.person_id, source)
        if current is None or _is_another(current, status):
            return
        refused = await _refused_since(unit, person.person_id, status.synced_at or asked_at)
        is_copied = await mirror(unit, person, source, found, deps, asked_at=asked_at, refused=refused)
        now, cursor = deps.clock.now(), found.cursor if is_copied else current.cursor
        await unit.integrations.put(replace(working(current, now), synced_at=now, cursor=cursor))


def _is_another(current: Integration, asked: Integration) -> bool:
    """Whether another list was copied, or another account connected, since the source was asked."""
    versions = [(one.synced_at, one.cursor, one.connected_at) for one in (current, asked)]
    return versions[0] != versions[1]


async def _in_time(answer: Awaitable[T], within: timedelta) -> T:
    """The source's answer. Raises ``SourceUnavailable`` if it takes longer than ``within``."""
    try:
        async with asyncio.timeout(within.total_seconds()):
            return await answer
    except TimeoutError as late:
        raise SourceUnavailable("it took too long to answer") from late


async def mirror(
    unit: Unit,
    person: Person,
    source: TaskSource,
    found: TaskList,
    deps: Dependencies,
    *,
    asked_at: datetime,
    refused: frozenset[object] = frozenset(),
) -> bool:
    """Make the stored copies equal to ``found``. A task that is missing in a whole list was done or removed
    there; one that is not whole closes only what it names. Returns whether all of ``found`` was copied.

    Tasks with a change that the source did not know at ``asked_at`` are left alone: the relay sends it.
    Nothing is learned from those in ``refused``, whose copy the source did not accept.
    """
    if _is_nothing(found):
        return True
    since = deps.clock.now() - CLOSED_TASKS_KNOWN_FOR
    known = {task.task_id: task for task in await unit.tasks.mirrored(person.person_id, source, since)}
    pending = await _pending_in_outbox(unit, person.person_id, asked_at)
    changed: list[tuple[Task | None, Task]] = []
    for one in found.tasks:
        before = known.pop(one.task_id, None)
        task = _with_own_facts(one, before, deps.clock.now())
        if task != before and task.task_id not in pending:
            changed.append((before, task))
    for start in range(0, len(changed), TASKS_PER_STATEMENT):
        await put_tasks(unit, [task for _, task in changed[start : start + TASKS_PER_STATEMENT]], deps)
    for before, task in changed:
        if before and task.task_id not in refused:
            await _compare(unit, before, task, deps)
    closing = {
        key: task for key, task in known.items() if task.state is TaskState.OPEN and key not in pending
    }
    await _close_missing(unit, closing, found, deps)
    return not pending & _named(found)


def _is_nothing(found: TaskList) -> bool:
    """Whether nothing has changed, so that no copy needs to be read."""
    return not (found.whole or found.tasks or found.done or found.gone)


def _named(found: TaskList) -> frozenset[object]:
    return found.done | found.gone | {task.task_id for task in found.tasks}


def _with_own_facts(task: Task, before: Task | None, now: datetime) -> Task:
    """``task`` with what the source does not say: the age of our copy, or ``now``; and when a repeating one
    was done here, without which that could not be taken back.
    """
    done_at = before.done_at if before and task.repeats else None
    unknown_age = before.created_at if before else now
    created_at = unknown_age if task.created_at == UNKNOWN_AGE else task.created_at
    return replace(task, created_at=created_at, done_at=done_at)


async def _close_missing(
    unit: Unit, closing: Mapping[str, Task], found: TaskList, deps: Dependencies
) -> None:
    """Close the copies that a whole list does not have, or that a list of changes names."""
    for task_id, task in closing.items():
        if task_id in found.gone:
            await _lose(unit, task, deps)
        elif task_id in found.done or (found.whole and task_id not in found.unread):
            await _close(unit, task, deps)


async def _lose(unit: Unit, task: Task, deps: Dependencies) -> None:
    """The task was removed at its source, with its pieces: it is neither done nor failed."""
    pieces = [piece for piece in await open_pieces(unit, task) if piece.source is TaskSource.OO]
    await put_tasks(unit, [replace(one, state=TaskState.GONE) for one in (task, *pieces)], deps)
    await _record(unit, deps, "task.gone_elsewhere", task)


async def _compare(unit: Unit, before: Task, task: Task, deps: Dependencies) -> None:
    """Learn from a changed task that is open at its source. A repeating one with a later date was done there;
    any other that was done here is open again. The reward of a tip about it follows.
    """
    if task.repeats and before.state is TaskState.OPEN and _is_later(task.due, before.due):
        await unit.trials.done(task.task_id, deps.clock.now())
        await reward_done_elsewhere(unit, task, deps)
        await _record(unit, deps, "task.done_elsewhere", task)
    elif before.done_at and before.state is not TaskState.OPEN and not task.repeats:
        await unit.trials.undone(task.task_id, before.done_at)
        await reopen_pieces(unit, task, before.done_at, deps)
        await retract_done_elsewhere(unit, before, deps)
        await _record(unit, deps, "task.reopened_elsewhere", task)
    elif before.state is TaskState.OPEN and before.due != task.due:
        dates = {"due_before": due_code(before.due), "due_after": due_code(task.due)}
        await _record(unit, deps, "task.moved_elsewhere", task, **dates)


def _is_later(due: Due | None, before: Due | None) -> bool:
    return due is not None and before is not None and _moment(due) > _moment(before)


async def _record(unit: Unit, deps: Dependencies, kind: str, task: Task, **data: str) -> None:
    ids = {"task_id": task.task_id, "source": task.source.value}
    await record_event(unit, deps, kind, task.person_id, **ids, **data)


def _moment(due: Due) -> datetime:
    return datetime.combine(due.on, due.at or time())


async def _pending_in_outbox(unit: Unit, person_id: str, asked_at: datetime) -> frozenset[object]:
    """Ids of tasks with an event that the relay had not sent yet at ``asked_at``."""
    events = await unit.events.waiting_or_dispatched_since(person_id, OUTBOX_EVENTS, asked_at)
    return frozenset(task_id for event in events for task_id in tasks_of(event))


def tasks_of(event: Event) -> tuple[str, ...]:
    """Ids of the tasks that an event of the outbox is about: a task, and the pieces that went with it."""
    return (str(event.data["task_id"]), *str(event.data.get("pieces") or "").splitlines())


async def _refused_since(unit: Unit, person_id: str, since: datetime) -> frozenset[object]:
    """Ids of tasks with a change that their source has refused since."""
    events = await unit.events.waiting_or_dispatched_since(person_id, frozenset({CHANGE_REFUSED}), since)
    return frozenset(event.data["task_id"] for event in events)


async def _close(unit: Unit, task: Task, deps: Dependencies) -> None:
    now = deps.clock.now()
    await put_task(unit, replace(task, state=TaskState.DONE, done_at=now), deps)
    await unit.trials.done(task.task_id, now)
    await close_pieces(unit, task, now, deps)
    await reward_done_elsewhere(unit, task, deps)
    await _record(unit, deps, "task.done_elsewhere", task)


async def _differs(unit: Unit, task: Task, status: Integration, asked_at: datetime) -> bool:
    """Whether our copy may differ from what the source said after ``asked_at``, because of a change here."""
    refused = await _refused_since(unit, task.person_id, status.synced_at or asked_at)
    return task.task_id in refused | await _pending_in_outbox(unit, task.person_id, asked_at)


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
        if await _in_time(provider.is_open(task), deps.rules.sync_deadline):
            return False
    except SourceUnavailable as fault:
        log.warning("task source %s: %s", task.source.value, fault)
        return False
    async with deps.store.begin() as unit:
        current = await unit.tasks.get(task.task_id)  # a tap may have changed it while the source was asked
        if await _differs(unit, task, status, asked_at):
            return current.state is not TaskState.OPEN
        if current.state is TaskState.OPEN and current.due == task.due:
            await _close(unit, current, deps)
    return True
