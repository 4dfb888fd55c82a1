"""The durable way in: an update is committed to the inbox, then confirmed to its platform, then handled.

Each person has two lanes, one for texts and one for taps. A slow answer delays neither other people nor this
person's own buttons. Within a lane, updates are handled in order.

Where several processes share the database, each answers what it received, and what another one has left
behind. An update waits until the earlier ones of its lane are handled, whoever has them: see ADR 0054.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Container, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace

from bot.isolation import Isolation
from bot.lanes import Lane, LaneKey, Waiting
from bot.replica import Replica, wait_at_most
from bot.update_handler import UpdateHandler
from core.chat import Channel, Sender, Update
from core.claims import Overtaken, claimed
from core.concurrency import run_uninterrupted
from core.errors import LeaseLost, StoreConflict, StoreUnavailable, traceback_summary
from core.ports import NoTracer, Tracer
from core.records import Lease
from core.store import UNCLAIMED, Received, Store, Unit

log = logging.getLogger(__name__)

RETRY_SECONDS = 5.0
"""Pause before a failed attempt is repeated."""

MAX_ATTEMPTS = 3
"""Attempts to handle an update whose handling raises; then it waits in the inbox for the next start."""

MAX_CONFLICTS = 10
"""Attempts at once to handle an update that other transactions were in the way of; then with a pause."""

TURN_SECONDS = 1.0
"""How often an update that waits for another process's looks whether it is its turn, unless it is woken."""

UpdateKey = tuple[Channel, str]
"""The channel of an update, and its id there."""


class Intake:
    """Takes updates from every channel. Before ``start``, and after ``stop``, it only stores them."""

    def __init__(
        self,
        store: Store,
        *,
        retry_seconds: float = RETRY_SECONDS,
        tracer: Tracer | None = None,
        replica: Replica | None = None,
    ) -> None:
        """``replica``: this process as one of several; None: it has the database for itself."""
        self.retry_seconds = retry_seconds
        self._tracer = tracer or NoTracer()
        self._store = store
        self._replica = replica
        self._handler: UpdateHandler | None = None
        """None before the start and after the stop."""
        self._isolation = Isolation(self._say_isolated, self._try_isolated)
        self._lanes: dict[LaneKey, Lane] = {}
        self._doubtful: dict[UpdateKey, bool] = {}
        """Updates whose commit failed. They may be stored all the same, if only the answer to it was lost."""

    async def accept(self, update: Update) -> None:
        """Commit ``update``; when this returns, the platform may be told that it arrived.

        An update that was accepted before is ignored.
        """
        await self.take(update)

    async def take(self, update: Update, *, under: Lease | None = None) -> bool:
        """As ``accept``; False if the update was accepted before.

        Raises ``LeaseLost``, and stores nothing, if ``under`` has become another process's lease. If this is
        cancelled, it ends first: what is stored and not queued would wait for the end of the process.
        """
        return await run_uninterrupted(self._take(update, under))

    async def _take(self, update: Update, under: Lease | None) -> bool:
        with self._tracer.continued("accept update", None, **_attributes(update)):
            traceparent, doubtful = self._tracer.traceparent, [*self._doubtful]
            holder, is_behind = self._holder, False
            try:
                async with self._store.begin(_sender(update)) as unit:
                    if under and not await unit.leases.holds(under):
                        raise LeaseLost(under.name)
                    found = await _stored(unit, doubtful) if doubtful else {}
                    inbox_id = await unit.inbox.put(update, traceparent, holder=holder)
                    if holder and inbox_id is not None:
                        is_behind = await unit.inbox.is_behind(inbox_id)
                    is_started = self._handler is not None  # else ``start`` will find the update in the inbox
            except StoreUnavailable:
                if self._handler:
                    self._doubtful[_name(update)] = True
                raise
        settled = await self._settle(doubtful, found, holder)
        is_taken = _name(update) in doubtful and _name(update) not in settled
        if inbox_id is not None and is_started and holder != UNCLAIMED and not is_taken:
            received = Received(inbox_id=inbox_id, update=update, traceparent=traceparent)
            is_behind = is_behind or (self._replica is not None and self._replica.look.locked())
            await self._queue(self._waiting(received, holder, is_behind=is_behind))
        return inbox_id is not None

    async def _settle(
        self, doubtful: Sequence[UpdateKey], found: Mapping[UpdateKey, Received], holder: str | None
    ) -> list[UpdateKey]:
        """Queue what was doubtful and is stored. Of several calls that look at the same time, one takes it;
        returns what this one took.
        """
        settled = [key for key in doubtful if self._doubtful.pop(key, False)]
        for key in settled:
            if key in found:
                await self._queue(self._waiting(found[key], holder, is_behind=True))
        return settled

    @property
    def _holder(self) -> str | None:
        """Who answers what comes in now: nobody yet, unless this process has been started."""
        if self._replica is None:
            return None
        return self._replica.holder if self._handler else UNCLAIMED

    def _waiting(self, received: Received, holder: str | None, *, is_behind: bool) -> Waiting:
        claim = self._replica.claim(received.inbox_id, holder) if self._replica and holder else None
        return Waiting(received=received, claim=claim, is_behind=is_behind)

    async def start(self, handler: UpdateHandler, *, channels: Container[Channel] = tuple(Channel)) -> None:
        """Begin to answer, first the updates that an earlier stop left in the inbox.

        Updates of other channels than ``channels`` are left to another process.
        """
        if self._replica:
            self._handler = handler
            await self._replica.start(self._take_over, [one for one in Channel if one in channels])
            return
        async with self._store.begin() as unit:  # no update is accepted meanwhile
            waiting = await unit.inbox.waiting()
            self._handler = handler
        for received in waiting:
            if received.update.sender.channel in channels:
                await self._resume(Waiting(received=received, was_left=True))

    async def _take_over(self, received: Received, holder: str) -> None:
        """Answer an update that another process has left behind, or this one under an earlier name."""
        one = self._waiting(received, holder, is_behind=True)
        one.was_left = True
        await self._resume(one)

    async def _resume(self, one: Waiting) -> None:
        if one.received.is_isolated:
            which, times = one.received.inbox_id, one.received.begun_again
            log.warning("update %d is isolated: it was begun again %d times, and never ended", which, times)
            self._isolation.add(one)
        else:
            await self._queue(one)

    async def _queue(self, one: Waiting) -> None:
        key = LaneKey.of(one.received.update)
        lane = self._lanes.setdefault(key, Lane())
        if lane.has_room_for(one):
            lane.add(one)
        else:
            await self._leave_out(one, lane)
        if lane.next and lane.worker is None:
            lane.worker = asyncio.create_task(self._work(key, lane))

    async def _leave_out(self, one: Waiting, lane: Lane) -> None:
        """Don't answer it. The first that is left out stays in the inbox until the person was told."""
        is_first = lane.left_out is None
        if is_first:
            lane.left_out = replace(one, received=replace(one.received, is_left_out=True))
        with claimed(one.claim), suppress(Overtaken):  # whoever has it by now leaves it out, or answers
            if not is_first:
                await self._try_mark(one.received)
            elif not one.received.is_left_out:
                await _succeeds(self._mark_left_out(one.received))

    async def _mark_left_out(self, received: Received) -> None:
        async with self._store.begin(_sender(received.update)) as unit:
            await unit.inbox.leave_out(received.inbox_id)

    async def _work(self, key: LaneKey, lane: Lane) -> None:
        handler = self._handler
        try:
            while (one := lane.next) and handler and self._handler:
                if await self._is_turn_of(one) and one is lane.next:
                    lane.remove(one)
                    await self._answer(one, handler, lane)
        finally:
            lane.worker = None
        if not lane.next:
            self._lanes.pop(key, None)

    async def _is_turn_of(self, one: Waiting) -> bool:
        """Whether all earlier updates of the lane are handled; if not, wait for a while."""
        if self._replica is None or not one.is_behind or one.is_lost:
            return True
        woken = self._replica.next_wake
        with suppress(StoreUnavailable):  # logged by the store
            async with self._replica.look, self._store.read() as unit:
                one.is_behind = await unit.inbox.is_behind(one.received.inbox_id)
        if one.is_behind:
            await wait_at_most(TURN_SECONDS, woken)
        return not one.is_behind

    async def _answer(self, one: Waiting, handler: UpdateHandler, lane: Lane) -> None:
        """Handle an update and mark it as handled. If a stop interrupts this, it stays in the inbox; if
        another process takes it over, this one forgets it.
        """
        try:
            with claimed(one.claim):
                async with self._isolation.handling(one):
                    await self._attempt(one, handler, lane)
        except Overtaken:
            log.info("an update was taken over by another process")

    async def _attempt(self, one: Waiting, handler: UpdateHandler, lane: Lane) -> None:
        if one.was_left:
            await _succeeds(self._begin_again(one.received))
        for _ in range(MAX_ATTEMPTS):
            if one.is_lost or await self._is_handled(one.received, handler, lane):
                return
            await asyncio.sleep(self.retry_seconds)
        await _succeeds(self._give_up(one.received))

    async def _give_up(self, received: Received) -> None:
        """Leave an update to the next start; later ones of other processes need not wait for it."""
        async with self._store.begin(_sender(received.update)) as unit:
            await unit.inbox.give_up(received.inbox_id)

    async def _begin_again(self, received: Received) -> None:
        """Count an attempt before it is made: this process may end with it."""
        async with self._store.begin(_sender(received.update)) as unit:
            await unit.inbox.begin_again(received.inbox_id)

    async def _try_isolated(self, one: Waiting) -> None:
        if self._handler:
            await self._answer(one, self._handler, Lane())

    async def _say_isolated(self, one: Waiting) -> None:
        """Tell the person; that is counted too, so that they are told once."""
        try:
            with claimed(one.claim):
                if self._handler and await _succeeds(self._handler.isolated(one.received.update)):
                    await _succeeds(self._begin_again(one.received))
        except Overtaken:
            pass  # whoever has it tells them

    async def _is_handled(self, received: Received, handler: UpdateHandler, lane: Lane) -> bool:
        """Handle an update and mark it; False if that raised."""
        attributes = _attributes(received.update)
        with self._tracer.continued("handle update", received.traceparent, **attributes):
            is_handled = await _succeeds(self._handle_when_stored(received, handler))
            if is_handled:
                await self._mark_until_stored(received, lane)
        return is_handled

    async def _handle_when_stored(self, received: Received, handler: UpdateHandler) -> None:
        """Handle an update, again and again while the store fails. The person is told once that it waits."""
        update, is_notified, conflicts = received.update, False, 0
        handle = handler.handle_passed if received.is_isolated else handler.handle
        if received.is_left_out:
            handle = handler.overflow
        while True:
            try:
                return await handle(update)
            except StoreConflict:
                conflicts += 1
                if conflicts < MAX_CONFLICTS:
                    continue  # what was in the way has gone on: no pause, and nothing to tell
            except StoreUnavailable as trouble:
                if not is_notified:
                    await _succeeds(handler.delayed(update, trouble))
                is_notified = True
            await asyncio.sleep(self.retry_seconds)

    async def _mark_until_stored(self, received: Received, lane: Lane) -> None:
        """Mark an update as handled, again and again: unmarked, it would be handled at the next start."""
        while not await self._try_mark(received):
            if not lane.next:
                lane.answered.set()
            await asyncio.sleep(self.retry_seconds)
        lane.answered.clear()

    async def _try_mark(self, received: Received) -> bool:
        """Mark an update as handled; False if the store failed."""
        return await _succeeds(self._mark(received))

    async def _mark(self, received: Received) -> None:
        async with self._store.begin(_sender(received.update)) as unit:
            await unit.inbox.done(received.inbox_id)

    async def wait_until_answered(self, sender: Sender | None = None) -> None:
        """Return when every update of ``sender`` is answered; without a sender, when all are marked, too."""
        while sender and (
            lanes := [lane for key, lane in self._lanes.items() if key.is_of(sender) and lane.has_unanswered]
        ):
            await lanes[0].wait_until_answered()
        while not sender and (workers := [lane.worker for lane in self._lanes.values() if lane.worker]):
            await asyncio.wait(workers)

    async def stop(self, patience: float) -> None:
        """Finish what is being handled, for at most ``patience`` seconds; the rest stays in the inbox, for
        the next start or at once for another process.
        """
        await self.finish(patience)
        await self.leave()

    async def leave(self) -> None:
        """Leave to other processes what is not handled, and the jobs of everybody."""
        if self._replica:
            await self._replica.stop()

    async def finish(self, patience: float) -> None:
        """Begin with no other update, and finish what is being handled, for at most ``patience`` seconds."""
        self._handler = None
        workers = [lane.worker for lane in self._lanes.values() if lane.worker]
        workers += self._isolation.end()
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
