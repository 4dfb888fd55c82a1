"""The outbox: tells outside task sources which of their tasks were completed, changed or removed in oO.

Every other event is only marked as dispatched. Several processes may run this job at once: each event is
claimed for a lease before its source is called. A request that a source refuses for good is dropped, and the
person is told. So is one that fails for a day while its source answers; until then it waits by itself, longer
each time. If the source does not answer either, it rests, and what waits for it is kept. A removal, which
sources cannot undo, is held back for ``Rules.undo_removal``.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import Enum, auto

from core.chat import Message
from core.concurrency import gather_bounded
from core.deciding.decision_points import best_account
from core.dependencies import Dependencies
from core.errors import NotFound, SourceBusy, SourceDisconnected, SourceRefused, SourceUnavailable
from core.events import record_task_event
from core.integrations.states import after_one_fault, may_ask, record_response, store_state
from core.ports import TaskProvider
from core.records import Consent, Event, Integration, Person, Task, TaskSource, TaskState
from core.store import NOBODY, Unit
from core.tasks.changes import REMOVED, RESTORED
from core.tasks.outbox import CHANGE_REFUSED, OUTBOX_EVENTS
from core.tasks.sync import sync_now
from jobs.notices import may_disturb, say
from jobs.retries import failures_of, forget_failures, is_hopeless, wait_after, wait_in_doubt
from jobs.source_requests import ask, store_answer

log = logging.getLogger(__name__)

BATCH_SIZE = 500
"""Events that are read in one query."""

MAX_PEOPLE_AT_ONCE = 8
"""For how many people sources are told at the same time."""

LEASE = timedelta(minutes=3)
"""How long a claim on an event lasts: longer than a request to any source may take."""

MAX_NOTICE_DELAY = timedelta(days=1)
"""Until then the notice waits for a person who may not be disturbed; then the source is asked again."""

READING_SECONDS = 20.0
"""How long a source may take to show, after a change failed, that it answers."""

MAX_FAILURES = 3
"""Changes of one source that may fail in one run: should it have gone down meanwhile, not all of them try."""

RefusalNotice = Callable[[str, Task, Person], Message]
"""The message that a source refuses a change: (kind of the event, task, person), in the language that the
person prefers.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxMessage:
    """A change of a task that its source has to be told."""

    event: Event
    task: Task
    """As it is now."""
    provider: TaskProvider | None
    """None: this process is not configured for the source; another one is."""
    status: Integration


@dataclass(frozen=True, slots=True)
class Blocked:
    """What this run may not send, so that events of one task stay in order and a resting source rests."""

    tasks: set[object] = field(default_factory=set)
    """Ids of tasks with an earlier event that waits."""
    sources: set[object] = field(default_factory=set)
    """Pairs of person and source that can't be asked now."""
    failures: Counter[object] = field(default_factory=Counter)
    """By pair of person and source: changes that failed in this run."""

    def blocks(self, event: Event) -> bool:
        """Whether ``event`` has to wait."""
        return event.data["task_id"] in self.tasks or _source(event) in self.sources


async def relay(deps: Dependencies, notice: RefusalNotice, *, batch_size: int = BATCH_SIZE) -> int:
    """Send all waiting events, those of a person in order; returns how many were dispatched.

    An event that has to wait, in whichever process, delays later events of the same task, and no others.
    Several people are served at once: one slow source holds up the others' at most for the rest of the run.
    """
    blocked, dispatched, after = Blocked(), 0, None
    while True:
        async with deps.store.read() as unit:
            events = await unit.events.undispatched(batch_size, after=after)
        dispatched += await _relay_batch(events, blocked, deps, notice)
        if len(events) < batch_size:
            return dispatched
        after = events[-1].event_id


async def _relay_batch(
    events: Sequence[Event], blocked: Blocked, deps: Dependencies, notice: RefusalNotice
) -> int:
    for_sources = [event for event in events if _concerns_source(event)]
    internal = [event for event in events if not _concerns_source(event)]
    await _mark_dispatched(internal, deps)
    dispatched = len(internal)

    async def relay_of_person(of_person: list[Event]) -> None:
        nonlocal dispatched
        for event in of_person:
            if not blocked.blocks(event) and await _relay_one(event, blocked, deps, notice):
                dispatched += 1
            else:
                blocked.tasks.add(event.data["task_id"])

    await gather_bounded(_by_person(for_sources), relay_of_person, limit=MAX_PEOPLE_AT_ONCE)
    return dispatched


def _by_person(events: Sequence[Event]) -> Collection[list[Event]]:
    """The events of each person, in order."""
    found: dict[str | None, list[Event]] = {}
    for event in events:
        found.setdefault(event.person_id, []).append(event)
    return found.values()


async def _mark_dispatched(events: Collection[Event], deps: Dependencies) -> None:
    if not events:
        return
    people = {event.person_id or NOBODY for event in events}
    async with deps.store.begin(*people) as unit:
        for event in events:
            await unit.events.dispatched(event.event_id, deps.clock.now())
            if _concerns_source(event):
                await forget_failures(unit, event)


def _concerns_source(event: Event) -> bool:
    return event.kind in OUTBOX_EVENTS and event.data.get("source") != TaskSource.OO.value


def _source(event: Event) -> tuple[str | None, object]:
    return event.person_id, event.data["source"]


async def _relay_one(event: Event, blocked: Blocked, deps: Dependencies, notice: RefusalNotice) -> bool:
    """Send one event; True when it is dispatched, be it because nobody is left to be told."""
    with deps.tracer.continued("relay event", event.traceparent, event=event.kind):
        return await _relay_read(event, blocked, deps, notice)


async def _relay_read(event: Event, blocked: Blocked, deps: Dependencies, notice: RefusalNotice) -> bool:
    now = deps.clock.now()
    async with deps.store.read() as unit:
        # As it is now: since it was read, two people may have become one, and their tasks have other ids.
        current = await unit.events.waiting(event.event_id)
        message = await _outbox_message(unit, current, deps) if current else None
        is_claimed = await unit.events.is_claimed(event.event_id, now)
    if current is None or is_claimed:
        return False
    event = current
    if message is None:
        await _mark_dispatched([event], deps)
        return True
    if _is_void(message):
        return await _drop(event, now, deps)
    if message.provider is None or not may_ask(message.status, now):
        blocked.sources.add(_source(event))
        return False
    if _is_held_back(event, now, deps):
        return False
    message = await _claimed(event, now, deps)
    if message is None or message.provider is None:
        return False
    claimed_until = now + LEASE
    try:
        return await _send_claimed(message, message.provider, claimed_until, deps, notice)
    except SourceUnavailable as fault:
        log.warning("telling %s of %s: %s", message.status.provider, event.kind, fault)
        return await _keep(message, fault, claimed_until, blocked, deps, notice)


def _is_void(message: OutboxMessage) -> bool:
    """Whether a later undo leaves nothing to send: a removed task is open again, or a restored one is not."""
    state = message.task.state
    voided = {REMOVED: state is not TaskState.GONE, RESTORED: state is not TaskState.OPEN}
    return voided.get(message.event.kind, False)


def _whose(event: Event) -> tuple[str, ...]:
    return (event.person_id,) if event.person_id else ()


async def _drop(event: Event, now: datetime, deps: Dependencies) -> bool:
    """Dispatch an event that is void, unless another process is sending it: then it was too late."""
    async with deps.store.begin(*_whose(event)) as unit:
        if not await unit.events.claim(event.event_id, now, now):
            return False
        await unit.events.dispatched(event.event_id, now)
        await forget_failures(unit, event)
        return True


def _is_held_back(event: Event, now: datetime, deps: Dependencies) -> bool:
    """Whether the person may still take a removal back."""
    return event.kind == REMOVED and now - event.happened_at < deps.rules.undo_removal


async def _claimed(event: Event, now: datetime, deps: Dependencies) -> OutboxMessage | None:
    """The message with its task as it was when the event was claimed; None if another process has it.

    An undo either comes before and is seen here, or sees the claim (``core/tasks/changes.py``).
    """
    async with deps.store.begin(*_whose(event)) as unit:
        if await unit.events.waiting(event.event_id) != event:
            return None
        message = await _outbox_message(unit, event, deps)
        if message is None or _is_void(message):
            return None
        return message if await unit.events.claim(event.event_id, now, now + LEASE) else None


async def _outbox_message(unit: Unit, event: Event, deps: Dependencies) -> OutboxMessage | None:
    """None if the task or the person's connection to the source is gone."""
    source = TaskSource(str(event.data["source"]))
    try:
        task = await unit.tasks.get(str(event.data["task_id"]))
    except NotFound:
        return None
    status = await unit.integrations.get(task.person_id, source)
    if status is None:
        return None
    return OutboxMessage(event=event, task=task, provider=deps.providers.get(source), status=status)


async def _send_claimed(
    message: OutboxMessage,
    provider: TaskProvider,
    claimed_until: datetime,
    deps: Dependencies,
    notice: RefusalNotice,
) -> bool:
    """Send a claimed message. Raises ``SourceUnavailable`` if it has to be sent again."""
    event, person_id = message.event, message.task.person_id
    try:
        answer = await ask(event, message.task, provider, deps)
    except SourceRefused as fault:
        log.warning("telling %s of %s is given up: %s", message.status.provider, event.kind, fault)
        return await _give_up(message, claimed_until, deps, notice)
    async with deps.store.begin(person_id) as unit:
        await unit.events.dispatched(event.event_id, deps.clock.now())
        await forget_failures(unit, event)
        await record_response(unit, message.status, deps.clock.now())
        await store_answer(unit, answer, deps)
    return True


async def _keep(
    message: OutboxMessage,
    fault: SourceUnavailable,
    claimed_until: datetime,
    blocked: Blocked,
    deps: Dependencies,
    notice: RefusalNotice,
) -> bool:
    """After a failure the event waits by itself if its source answers, and is given up after a day; else the
    source rests. True if the event needs no more attempts.
    """
    event, person_id = message.event, message.task.person_id
    try:
        cause = await _cause(message, fault, blocked, deps)
        if cause is _Cause.CHANGE and await _is_hopeless(message, deps):
            log.warning("telling %s of %s is given up", message.status.provider, event.kind)
            return await _give_up(message, claimed_until, deps, notice)
        async with deps.store.begin(person_id) as unit:
            await unit.people.get(person_id)
            await unit.events.release(event.event_id, claimed_until)
            await _store_failure(unit, message, fault, cause, deps)
    except NotFound:
        return True  # the person left during the request
    return False


class _Cause(Enum):
    """Why a request failed."""

    CHANGE = auto()
    """The source answers otherwise: it does not take this change."""
    SOURCE = auto()
    """It does not answer at all, or said itself that it can't be asked now."""
    UNKNOWN = auto()
    """It could not be asked for anything else."""


async def _cause(
    message: OutboxMessage, fault: SourceUnavailable, blocked: Blocked, deps: Dependencies
) -> _Cause:
    """Found by reading the tasks of the source, once in a run. Raises ``NotFound`` if the person has left."""
    if _says_all(fault):
        return _Cause.SOURCE
    source = _source(message.event)
    blocked.failures[source] += 1
    if blocked.failures[source] >= MAX_FAILURES:
        blocked.sources.add(source)
    if blocked.failures[source] > 1:
        return _Cause.CHANGE  # the source has answered in this run, or it would rest
    async with deps.store.read() as unit:
        person = await unit.people.get(message.task.person_id)
    if person.consent is not Consent.AGREED:
        return _Cause.UNKNOWN  # nothing of theirs is read
    within = timedelta(seconds=READING_SECONDS)
    answers = await sync_now(person, message.task.source, deps, within=within)
    return _Cause.CHANGE if answers else _Cause.SOURCE


async def _is_hopeless(message: OutboxMessage, deps: Dependencies) -> bool:
    async with deps.store.read() as unit:
        return is_hopeless(1 + await failures_of(unit, message.event))


async def _store_failure(
    unit: Unit, message: OutboxMessage, fault: SourceUnavailable, cause: _Cause, deps: Dependencies
) -> None:
    """Store how long the event or its source rests. What a source did not answer to is stored already, if it
    was asked again.
    """
    event, now = message.event, deps.clock.now()
    if cause is _Cause.UNKNOWN or _says_all(fault):
        await record_response(unit, message.status, now, fault=fault)
    status = await unit.integrations.get(message.task.person_id, message.task.source)
    if cause is _Cause.SOURCE:
        await wait_in_doubt(unit, event, status, now)
        return
    await wait_after(unit, event, 1 + await failures_of(unit, event), now)
    if status and may_ask(status, now):
        await store_state(unit, status, after_one_fault(status, now), now)


def _says_all(fault: SourceUnavailable) -> bool:
    """Whether the fault is one of the whole source."""
    return isinstance(fault, SourceBusy | SourceDisconnected)


async def _give_up(
    message: OutboxMessage, claimed_until: datetime, deps: Dependencies, notice: RefusalNotice
) -> bool:
    """Drop a message that the source refuses for good, or has not taken for too long, once the person may get
    the notice.
    """
    event_id, now = message.event.event_id, deps.clock.now()
    try:
        async with deps.store.begin(message.task.person_id) as unit:
            allowed = await may_disturb(unit, message.task.person_id, deps)
            if allowed.until:
                await unit.events.release(event_id, claimed_until)
                await unit.events.claim(event_id, now, min(allowed.until, now + MAX_NOTICE_DELAY))
                return False
            await unit.events.dispatched(event_id, now)
            await forget_failures(unit, message.event)
            await _record_refusal(unit, message, deps)
            person = await unit.people.get(message.task.person_id)
            accounts = await unit.people.accounts(person.person_id)
    except NotFound:
        return True  # the person left during the request
    account = best_account(person, accounts, deps)
    if account and allowed.reason is None and not _is_backlog(message):
        await say(account, notice(message.event.kind, message.task, person.on(account)), deps)
    return True


def _is_backlog(message: OutboxMessage) -> bool:
    """Whether the change is from before the person connected again. It is sent, but notices would come all at
    once and about what is long past.
    """
    since = message.status.connected_at
    return since is not None and message.event.happened_at < since


async def _record_refusal(unit: Unit, message: OutboxMessage, deps: Dependencies) -> None:
    """Record that our copy differs from the source's until the next sync, which learns nothing from that.

    That sync has to be whole: what the source refused is not among its changes.
    """
    task = message.task
    if message.event.kind == "task.changed":
        await record_task_event(unit, deps, CHANGE_REFUSED, task)
    status = await unit.integrations.get(task.person_id, task.source)
    if status and status.cursor:
        await unit.integrations.put(replace(status, cursor=None))
