"""Publishes the event log to a stream, for other programs: in order, at least once, each with its id.

The log in the database is the truth. What was published is a note: a place in the log, and what the stream
held then. If the stream holds less, it has lost something, and everything is published again. Of several
processes, one publishes; the others take over when its lease ends.

Tests: tests/adapters/nats/test_stream.py.
"""

from __future__ import annotations

import json
import logging
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta

from core.dependencies import Dependencies
from core.errors import StoreUnavailable, StreamUnavailable
from core.events import DELETED, EVENT_STREAM_NOTE
from core.learning.public_events import public_events
from core.ports import EventStream, StreamState
from core.records import LoggedEvent, PublicEvent
from core.store import NOBODY, Unit

log = logging.getLogger(__name__)

BATCH_SIZE = 200
"""Events between two notes: so many are published again after a kill."""

LEASE = timedelta(seconds=30)
"""How long a process has the stream for itself without a note."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """What was published, as it is noted."""

    writer: str
    """Names the database."""
    position: int = 0
    """The last event in the log that was published."""
    created: str = ""
    """The stream, its latest message and their number, as they were then."""
    last: int = 0
    messages: int = 0
    repetition: int = 0
    """How often everything was published again. It is part of each message's id then: JetStream remembers
    the ids of messages that it has lost.
    """
    holder: str = ""
    """Which process publishes."""
    until: float = 0.0
    """When its lease ends, in seconds since 1970."""

    def is_leased(self, now: float) -> bool:
        """Whether its lease lasts. One that lasts far longer than any is of before the clock was set back."""
        return now < self.until <= now + 2 * LEASE.total_seconds()

    def lacks(self, state: StreamState) -> bool:
        """Whether the stream has lost something that had been published."""
        added = state.last - self.last
        return state.created != self.created or added < 0 or state.messages - added < self.messages

    def seen(self, state: StreamState) -> Progress:
        """The progress with what the stream holds now."""
        return replace(self, created=state.created, last=state.last, messages=state.messages)


class _TakenOver(Exception):
    """Another process publishes by now."""


class Publishing:
    """The job of one process."""

    def __init__(self, deps: Dependencies, stream: EventStream, *, batch_size: int = BATCH_SIZE) -> None:
        self._deps = deps
        self._stream = stream
        self._batch_size = batch_size
        self._holder = deps.random.new_id()
        self._is_down = False
        self.published = 0
        """How many events since the start."""
        self.failures = 0
        """How many runs failed since the start."""

    async def run(self) -> int:
        """Publish what is new; returns how many events. A failure is logged once, and tried again later."""
        before = self.published
        try:
            await self._run()
        except _TakenOver:
            return self.published - before
        except StreamUnavailable as fault:
            self.failures += 1
            if not self._is_down:
                log.warning("events are not published: %s", fault)
            self._is_down = True
            await self._stream.close()  # the next run connects anew: this connection may be dead for ever
        else:
            self._is_down = False
        return self.published - before

    async def stop(self) -> None:
        """Leave the stream to another process at once, and disconnect."""
        with suppress(StoreUnavailable):  # the store has logged it; another process waits for the lease
            await self._leave()
        await self._stream.close()

    async def _leave(self) -> None:
        async with self._deps.store.begin(NOBODY) as unit:
            progress = await read_progress(unit)
            if progress and progress.holder == self._holder:
                await _write(unit, replace(progress, until=0.0))

    async def _run(self) -> None:
        if await self._is_idle():
            return
        progress = await self._leased()
        state = await self._stream.open(progress.writer)
        if progress.lacks(state):
            if progress.created:
                log.warning("the stream lacks events: all are published again")
            await self._stream.clear()
            again = bool(progress.created)
            progress = replace(progress, position=0, repetition=progress.repetition + again)
            progress = await self._note(progress)
        while events := await self._batch(progress.position):
            for event in events:
                await self._publish(event, str(progress.repetition or ""))
            progress = await self._note(replace(progress, position=events[-1].position))
        await self._trim()
        await self._note(progress)

    async def _is_idle(self) -> bool:
        """Whether there is nothing to publish, to publish again, to trim or to note. It stores nothing: most
        runs find nothing to do.
        """
        async with self._deps.store.read() as unit:
            progress = await read_progress(unit)
            if progress is None or await unit.events.after(progress.position, 1):
                return False
        if progress.seen(await self._stream.open(progress.writer)) != progress:
            return False
        kept, oldest = self._deps.rules.retention.events, await self._stream.oldest()
        return not kept or oldest is None or oldest >= (self._deps.clock.now() - kept).timestamp()

    async def _leased(self) -> Progress:
        """The progress, with the lease for this process. Raises ``_TakenOver`` if another one has it."""
        now = self._deps.clock.now().timestamp()
        async with self._deps.store.begin(NOBODY) as unit:
            progress = await read_progress(unit) or Progress(writer=self._deps.random.new_id())
            if progress.is_leased(now) and progress.holder != self._holder:
                raise _TakenOver
            progress = replace(progress, holder=self._holder, until=now + LEASE.total_seconds())
            await _write(unit, progress)
        return progress

    async def _note(self, progress: Progress) -> Progress:
        """Store the progress with a new lease, unless another process has taken over."""
        seen = progress.seen(await self._stream.state())
        now = self._deps.clock.now().timestamp()
        async with self._deps.store.begin(NOBODY) as unit:
            stored = await read_progress(unit)
            if stored is None or stored.holder != self._holder:
                raise _TakenOver
            seen = replace(seen, until=now + LEASE.total_seconds())
            await _write(unit, seen)
        return seen

    async def _batch(self, position: int) -> tuple[PublicEvent, ...]:
        """The next events. It is read while nobody writes: a transaction that has not ended may have an
        earlier place in the log of a server.
        """
        async with self._deps.store.begin() as unit:
            return await public_events(unit, await unit.events.after(position, self._batch_size))

    async def _publish(self, event: PublicEvent, repetition: str) -> None:
        """Publish one event. Before the event that somebody is gone, their events go."""
        if event.kind == DELETED and event.person_id:
            await self._stream.erase(event.person_id)
        await self._stream.publish(event, repetition=repetition)
        self.published += 1
        if heir := event.data.get("merged_into"):
            await self._repeat(str(heir), event, repetition)

    async def _repeat(self, person_id: str, deletion: PublicEvent, repetition: str) -> None:
        """Publish the earlier events of somebody again who has inherited some of them."""
        repetition = f"{deletion.event_id}:{repetition}"
        position = 0
        while True:
            async with self._deps.store.read() as unit:
                logged = await unit.events.after(position, self._batch_size, person_id=person_id)
                events = await public_events(unit, _before(logged, deletion.position))
            for event in events:
                await self._stream.publish(event, repetition=repetition)
            if len(events) < self._batch_size:
                return
            position = events[-1].position

    async def _trim(self) -> None:
        kept = self._deps.rules.retention.events
        if kept:
            await self._stream.trim((self._deps.clock.now() - kept).timestamp())


def _before(logged: tuple[LoggedEvent, ...], position: int) -> tuple[LoggedEvent, ...]:
    return tuple(one for one in logged if one.position < position)


# --- The note ----------------------------------------------------------------------------------------------


async def read_progress(unit: Unit) -> Progress | None:
    """What was published; None before the first event was."""
    note = await unit.notes.get(None, EVENT_STREAM_NOTE)
    return Progress(**json.loads(note)) if note else None


async def _write(unit: Unit, progress: Progress) -> None:
    await unit.notes.put(None, EVENT_STREAM_NOTE, json.dumps(asdict(progress)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Lag:
    """How far the stream is behind the log."""

    events: int
    """Up to so many events wait."""
    since: datetime | None
    """When the oldest of them happened."""


async def lag(unit: Unit) -> Lag:
    """How far the stream is behind."""
    progress = await read_progress(unit)
    position = progress.position if progress else 0
    waiting = await unit.events.after(position, 1)
    last = await unit.events.last_position()
    since = waiting[0].event.happened_at if waiting else None
    return Lag(events=last - position if waiting else 0, since=since)
