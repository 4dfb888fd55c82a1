"""The durable way in: an update is committed to the inbox, then confirmed to its platform, then handled.

Each person has two lanes, one for texts and one for taps. A slow answer delays neither other people nor this
person's own buttons. Within a lane, updates are handled in order.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Container
from dataclasses import dataclass, field

from core.chat import Channel, Sender, Tapped, Update
from core.errors import StoreConflict, StoreUnavailable, traceback_summary
from core.ports import NoTracer, Tracer
from core.store import Received, Store, Unit

log = logging.getLogger(__name__)

LANE_LIMIT = 100
"""Updates that may wait in a lane. Further ones are left out, and the person is told."""

RETRY_SECONDS = 5.0
"""Pause before a failed attempt is repeated."""

MAX_ATTEMPTS = 3
"""Attempts to handle an update whose handling raises; then it waits in the inbox for the next start."""

MAX_CONFLICTS = 10
"""Attempts at once to handle an update that other transactions were in the way of; then with a pause."""

Handler = Callable[[Update], Awaitable[None]]
NotifyDelayed = Callable[[Update, StoreUnavailable], Awaitable[None]]
UpdateKey = tuple[Channel, str]
"""The channel of an update, and its id there."""


@dataclass(frozen=True, slots=True)
class LaneKey:
    """Names a lane."""

    channel: str
    external_id: str

    taps: bool
    """Whether it is the person's lane for taps."""


@dataclass(slots=True)
class Lane:
    """The updates of a lane that wait, and the task that handles them."""

    waiting: deque[Received] = field(default_factory=deque)

    worker: asyncio.Task[None] | None = None
    """None while nothing is handled."""

    left_out: Update | None = None
    """The latest update that had no room; the person is told of it later."""

    answered: asyncio.Event = field(default_factory=asyncio.Event)
    """Set while every update is answered, but the last one could not be marked as handled yet."""

    async def wait_until_answered(self) -> None:
        """Return when every update of the lane is answered."""
        if self.worker:
            answered = asyncio.create_task(self.answered.wait())
            try:
                await asyncio.wait({self.worker, answered}, return_when=asyncio.FIRST_COMPLETED)
            finally:
                answered.cancel()


class Intake:
    """Takes updates from every channel. Before ``start``, and after ``stop``, it only stores them."""

    def __init__(
        self, store: Store, *, retry_seconds: float = RETRY_SECONDS, tracer: Tracer | None = None
    ) -> None:
        self.retry_seconds = retry_seconds
        self._tracer = tracer or NoTracer()
        self._store = store
        self._handle: Handler | None = None
        self._overflow: Handler | None = None
        self._notify_delayed: NotifyDelayed | None = None
        self._lanes: dict[LaneKey, Lane] = {}
        self._doubtful: dict[UpdateKey, bool] = {}
        """Updates whose commit failed. They may be stored all the same, if only the answer to it was lost."""

    async def accept(self, update: Update) -> None:
        """Commit ``update``; when this returns, the platform may be told that it arrived.

        An update that was accepted before is ignored.
        """
        await self.take(update)

    async def take(self, update: Update) -> bool:
        """As ``accept``; False if the update was accepted before."""
        with self._tracer.continued("accept update", None, **_attributes(update)):
            traceparent, doubtful = self._tracer.traceparent, [*self._doubtful]
            try:
                async with self._store.begin(_sender(update)) as unit:
                    found = await _stored(unit, doubtful) if doubtful else {}
                    inbox_id = await unit.inbox.put(update, traceparent)
                    is_started = self._handle is not None  # else ``start`` will find the update in the inbox
            except StoreUnavailable:
                if self._handle:
                    self._doubtful[_name(update)] = True
                raise
        # Of several that look at the same time, one takes what was doubtful.
        settled = [key for key in doubtful if self._doubtful.pop(key, False)]
        for key in settled:
            if key in found:
                await self._queue(found[key])
        is_taken = _name(update) in doubtful and _name(update) not in settled
        if inbox_id is not None and is_started and not is_taken:
            await self._queue(Received(inbox_id=inbox_id, update=update, traceparent=traceparent))
        return inbox_id is not None

    async def start(
        self,
        handle: Handler,
        overflow: Handler,
        *,
        delayed: NotifyDelayed | None = None,
        channels: Container[Channel] = tuple(Channel),
    ) -> None:
        """Begin to answer with ``handle``, first the updates that an earlier stop left in the inbox.

        Updates of other channels than ``channels`` are left to another process. ``overflow`` says that
        updates were left out, ``delayed`` that an answer waits for the store.
        """
        async with self._store.begin() as unit:  # no update is accepted meanwhile
            waiting = await unit.inbox.waiting()
            self._handle, self._overflow, self._notify_delayed = handle, overflow, delayed
        for received in waiting:
            if received.update.sender.channel in channels:
                await self._queue(received)

    async def _queue(self, received: Received) -> None:
        key = _key(received.update)
        lane = self._lanes.setdefault(key, Lane())
        if len(lane.waiting) >= LANE_LIMIT:
            lane.left_out = received.update
            await self._try_mark(received)
            return
        lane.waiting.append(received)
        lane.answered.clear()
        if lane.worker is None:
            lane.worker = asyncio.create_task(self._work(key, lane))

    async def _work(self, key: LaneKey, lane: Lane) -> None:
        try:
            while lane.waiting and self._handle:
                await self._answer(lane.waiting.popleft(), self._handle)
                if not lane.waiting:
                    await self._say_left_out(lane)
        finally:
            lane.worker = None
        if not lane.waiting:
            self._lanes.pop(key, None)

    async def _answer(self, received: Received, handle: Handler) -> None:
        """Handle an update and mark it as handled. If a stop interrupts this, it stays in the inbox."""
        for _ in range(MAX_ATTEMPTS):
            if await self._is_handled(received, handle):
                return
            await asyncio.sleep(self.retry_seconds)

    async def _is_handled(self, received: Received, handle: Handler) -> bool:
        """Handle an update and mark it; False if that raised."""
        attributes = _attributes(received.update)
        with self._tracer.continued("handle update", received.traceparent, **attributes):
            is_handled = await _succeeds(self._handle_when_stored(received.update, handle))
            if is_handled:
                await self._mark_until_stored(received)
        return is_handled

    async def _handle_when_stored(self, update: Update, handle: Handler) -> None:
        """Handle an update, again and again while the store fails. The person is told once that it waits."""
        is_notified, conflicts = False, 0
        while True:
            try:
                return await handle(update)
            except StoreConflict:
                conflicts += 1
                if conflicts < MAX_CONFLICTS:
                    continue  # what was in the way has gone on: no pause, and nothing to tell
            except StoreUnavailable as trouble:
                if not is_notified and self._notify_delayed:
                    await _succeeds(self._notify_delayed(update, trouble))
                is_notified = True
            await asyncio.sleep(self.retry_seconds)

    async def _mark_until_stored(self, received: Received) -> None:
        """Mark an update as handled, again and again: unmarked, it would be handled at the next start."""
        lane = self._lanes[_key(received.update)]
        while not await self._try_mark(received):
            if not lane.waiting:
                lane.answered.set()
            await asyncio.sleep(self.retry_seconds)
        lane.answered.clear()

    async def _say_left_out(self, lane: Lane) -> None:
        """Say that updates were left out, once the others are answered."""
        left_out, lane.left_out = lane.left_out, None
        if left_out and self._overflow:
            await _succeeds(self._overflow(left_out))

    async def _try_mark(self, received: Received) -> bool:
        """Mark an update as handled; False if the store failed."""
        return await _succeeds(self._mark(received))

    async def _mark(self, received: Received) -> None:
        async with self._store.begin(_sender(received.update)) as unit:
            await unit.inbox.done(received.inbox_id)

    async def wait_until_answered(self, sender: Sender | None = None) -> None:
        """Return when every update of ``sender`` is answered; without a sender, when all are marked, too."""
        while sender and (lanes := [lane for key, lane in self._lanes.items() if _waits(key, lane, sender)]):
            await lanes[0].wait_until_answered()
        while not sender and (workers := [lane.worker for lane in self._lanes.values() if lane.worker]):
            await asyncio.wait(workers)

    async def stop(self, patience: float) -> None:
        """Finish what is being handled, for at most ``patience`` seconds; the rest stays in the inbox."""
        self._handle = None
        workers = [lane.worker for lane in self._lanes.values() if lane.worker]
        if not workers:
            return
        _, late = await asyncio.wait(workers, timeout=patience)
        for worker in late:
            worker.cancel()
        await asyncio.gather(*late, return_exceptions=True)


async def _succeeds(work: Awaitable[None]) -> bool:
    """Whether ``work`` succeeds. A fault is logged without personal text: the lane goes on."""
    try:
        await work
    except StoreUnavailable:  # logged by the store
        return False
    except Exception as fault:  # any bug: the updates behind this one are handled all the same
        log.error("intake: %s", traceback_summary(fault))  # noqa: TRY400 - the message may be personal
        return False
    return True


def _attributes(update: Update) -> dict[str, str]:
    """What a trace tells of an update."""
    return {"channel": update.sender.channel.value, "update": update.kind}


async def _stored(unit: Unit, keys: Container[UpdateKey]) -> dict[UpdateKey, Received]:
    """Which of these updates are stored and not handled."""
    waiting = await unit.inbox.waiting()
    return {_name(one.update): one for one in waiting if _name(one.update) in keys}


def _name(update: Update) -> UpdateKey:
    return update.sender.channel, update.update_id


def _sender(update: Update) -> str:
    """Whose updates are committed one after the other: an id like that of a person, who is not known yet."""
    return f"{update.sender.channel.value} {update.sender.external_id}"


def _key(update: Update) -> LaneKey:
    sender = update.sender
    return LaneKey(sender.channel.value, sender.external_id, isinstance(update, Tapped))


def _waits(key: LaneKey, lane: Lane, sender: Sender) -> bool:
    """Whether the lane is the sender's, and an answer is outstanding."""
    if (key.channel, key.external_id) != (sender.channel.value, sender.external_id):
        return False
    return lane.worker is not None and not lane.answered.is_set()
