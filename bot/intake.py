"""The durable way in: an update is committed to the inbox first, then confirmed, then handled.

Each person has two lanes, one for what they say and one for what they tap: a slow answer delays neither
another person nor this person's own buttons. Within a lane, order is kept.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Container
from dataclasses import dataclass, field

from core.chat import Channel, Sender, Tapped, Update
from core.errors import StoreUnavailable, traceback_summary
from core.store import Received, Store

log = logging.getLogger(__name__)

LANE_LIMIT = 100
"""More waiting updates of one person than this are a flood: the rest is left out, with a notice."""

RETRY_SECONDS = 5.0
"""The pause before something that failed is tried again."""

ATTEMPTS = 3
"""So often an update is handled whose handling fails; then it waits in the inbox for the next start."""

Handler = Callable[[Update], Awaitable[None]]
Delayed = Callable[[Update, StoreUnavailable], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class LaneKey:
    """Whose lane, and which of the two."""

    channel: str
    external_id: str
    taps: bool


@dataclass(slots=True)
class Lane:
    """Updates of one lane that wait, the task that works them off, and the last one that had no room.

    ``answered`` is set while nothing waits and the last answer is out, but can't be marked.
    """

    waiting: deque[Received] = field(default_factory=deque)
    worker: asyncio.Task[None] | None = None
    left_out: Update | None = None
    answered: asyncio.Event = field(default_factory=asyncio.Event)

    async def settled(self) -> None:
        """Return when everything in it is answered."""
        if self.worker:
            answered = asyncio.create_task(self.answered.wait())
            try:
                await asyncio.wait({self.worker, answered}, return_when=asyncio.FIRST_COMPLETED)
            finally:
                answered.cancel()


class Intake:
    """Takes updates from every channel. Until ``start``, and after ``stop``, it only stores them."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._handle: Handler | None = None
        self._overflow: Handler | None = None
        self._delayed: Delayed | None = None
        self._lanes: dict[LaneKey, Lane] = {}

    async def accept(self, update: Update) -> None:
        """Commit ``update``; when this returns, the platform may be told that it arrived. Repeats are
        dropped.
        """
        async with self._store.begin() as unit:
            inbox_id = await unit.inbox.put(update)
            started = self._handle is not None  # if not, ``start`` finds it waiting
        if inbox_id is not None and started:
            await self._queue(Received(inbox_id=inbox_id, update=update))

    async def start(
        self,
        handle: Handler,
        overflow: Handler,
        *,
        delayed: Delayed | None = None,
        channels: Container[Channel] = tuple(Channel),
    ) -> None:
        """Begin to answer with ``handle``, first what an earlier stop left of these channels: the others are
        another process's. ``overflow`` tells of a flood, ``delayed`` of an answer that waits for the store.
        """
        async with self._store.begin() as unit:  # nothing is accepted meanwhile
            waiting = await unit.inbox.waiting()
            self._handle, self._overflow, self._delayed = handle, overflow, delayed
        for received in waiting:
            if received.update.sender.channel in channels:
                await self._queue(received)

    async def _queue(self, received: Received) -> None:
        key = _key(received.update)
        lane = self._lanes.setdefault(key, Lane())
        if len(lane.waiting) >= LANE_LIMIT:
            lane.left_out = received.update
            await self._done(received)
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
                    await self._tell_of_flood(lane)
        finally:
            lane.worker = None
        if not lane.waiting:
            self._lanes.pop(key, None)

    async def _answer(self, received: Received, handle: Handler) -> None:
        """Handle an update and mark it as handled; cut off by a stop, it stays in the inbox."""
        for _ in range(ATTEMPTS):
            if await _survived(self._handled(received.update, handle)):
                await self._mark_at_last(received)
                return
            await asyncio.sleep(RETRY_SECONDS)

    async def _handled(self, update: Update, handle: Handler) -> None:
        """Handle it, however long the store fails: it is said once that the answer has to wait."""
        told = False
        while True:
            try:
                return await handle(update)
            except StoreUnavailable as trouble:
                if not told and self._delayed:
                    await _survived(self._delayed(update, trouble))
                told = True
            await asyncio.sleep(RETRY_SECONDS)

    async def _mark_at_last(self, received: Received) -> None:
        """Mark it however long that takes: else the next start would handle it again."""
        lane = self._lanes[_key(received.update)]
        while not await self._done(received):
            if not lane.waiting:
                lane.answered.set()
            await asyncio.sleep(RETRY_SECONDS)
        lane.answered.clear()

    async def _tell_of_flood(self, lane: Lane) -> None:
        """Say that some were left out, when the rest is answered: the person is asked for the last again."""
        left_out, lane.left_out = lane.left_out, None
        if left_out and self._overflow:
            await _survived(self._overflow(left_out))

    async def _done(self, received: Received) -> bool:
        """Mark an update as handled; False if the store failed."""
        return await _survived(self._mark(received))

    async def _mark(self, received: Received) -> None:
        async with self._store.begin() as unit:
            await unit.inbox.done(received.inbox_id)

    async def settled(self, sender: Sender | None = None) -> None:
        """Return when nothing waits any more: no answer to ``sender``; for everybody, no mark either."""
        while sender and (lanes := [lane for key, lane in self._lanes.items() if _waits(key, lane, sender)]):
            await lanes[0].settled()
        while not sender and (workers := [lane.worker for lane in self._lanes.values() if lane.worker]):
            await asyncio.wait(workers)

    async def stop(self, patience: float) -> None:
        """Finish what is under way, for at most ``patience`` seconds; the rest stays in the inbox."""
        self._handle = None
        workers = [lane.worker for lane in self._lanes.values() if lane.worker]
        if not workers:
            return
        _, late = await asyncio.wait(workers, timeout=patience)
        for worker in late:
            worker.cancel()
        await asyncio.gather(*late, return_exceptions=True)


async def _survived(work: Awaitable[None]) -> bool:
    """Whether ``work`` succeeded. A fault is logged, without personal text: a lane outlives all of them."""
    try:
        await work
    except StoreUnavailable:  # the store has said so
        return False
    except Exception as fault:  # whatever it is: the updates behind it are handled
        log.error("intake: %s", traceback_summary(fault))  # noqa: TRY400 - the message may be personal
        return False
    return True


def _key(update: Update) -> LaneKey:
    sender = update.sender
    return LaneKey(sender.channel.value, sender.external_id, isinstance(update, Tapped))


def _waits(key: LaneKey, lane: Lane, sender: Sender) -> bool:
    """Whether it is the sender's, and an answer is still to come."""
    if (key.channel, key.external_id) != (sender.channel.value, sender.external_id):
        return False
    return lane.worker is not None and not lane.answered.is_set()
