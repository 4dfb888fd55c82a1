"""This process as one of several on one database.

It says every other second that it lives, by a lease, and takes over what processes have left behind that said
so no more. A process that could not say so in time has lost its claims and goes on under another name: what
it had in hand is taken over from its old name, by itself or by another. So a name is never used again, and
whoever holds a row under a name holds it for good or has lost it for good.

On a file, which one process has for itself, there is no replica.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection, Coroutine
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Protocol

from core.chat import Channel
from core.errors import StoreUnavailable, traceback_summary
from core.ports import Clock
from core.records import Lease
from core.store import Received, Store, Unit
from core.store.leases import LIVING, lock_of

log = logging.getLogger(__name__)

MIN_PAUSE_SECONDS = 0.2
"""Between two looks, however often it is woken."""

TAKEN_AT_ONCE = 100
"""Updates that one look takes over; it looks again at once if there are more."""

Queue = Callable[[Received, str], Awaitable[None]]
"""Puts an update that was taken over under a name in its lane."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Beat:
    """How often it says what, in seconds."""

    alive_for: float = 8.0
    """After so long without a sign of life, others take over."""
    alive_every: float = 2.0
    """How often it gives one, and looks for what was left behind."""
    leads_for: float = 20.0
    """How long the jobs of everybody are one process's without another sign."""
    leads_every: float = 5.0
    """How often it says so, and others try."""


BEAT = Beat()


class SharedStore(Store, Protocol):
    """A store that several processes share."""

    async def listen(self, heard: Callable[[], None]) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateClaim:
    """An update that this process answers; implements ``core.claims.Claim``."""

    inbox_id: int
    holder: str
    """Under which name of the process."""
    replica: Replica

    @property
    def is_current(self) -> bool:
        """Whether the process has not lost that name."""
        return self.holder == self.replica.holder and self.replica.is_current

    async def holds(self, unit: Unit) -> bool:
        """As ``Claim.holds``."""
        return await unit.inbox.holds(self.inbox_id, self.holder)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadClaim:
    """The jobs of everybody; implements ``core.claims.Claim``."""

    lease: Lease
    replica: Replica

    @property
    def is_current(self) -> bool:
        """As ``Claim.is_current``."""
        return self.replica.leads(self.lease)

    async def holds(self, unit: Unit) -> bool:
        """As ``Claim.holds``."""
        return await unit.leases.holds(self.lease)


class Replica:
    """This process. ``kind`` is ``run`` or ``chat``: one process of each kind runs the jobs of everybody."""

    def __init__(
        self, store: SharedStore, clock: Clock, replica_id: str, *, kind: str, beat: Beat = BEAT
    ) -> None:
        self.replica_id = replica_id
        self._store = store
        self._clock = clock
        self._lead_name = f"jobs {kind}"
        self._every = beat
        self._generation = self._latest_generation = 0
        self._life: Lease | None = None
        self._lives_until = 0.0
        self._lead: Lease | None = None
        self._leads_until = 0.0
        self._tasks: set[asyncio.Task[None]] = set()
        self._next_wake = asyncio.Event()
        self.look = asyncio.Lock()
        """Held while it takes updates over, until they are in their lanes. Meanwhile the database says that
        they are its own, and its lanes don't know them yet.
        """

    # --- What it may do ------------------------------------------------------------------------------------

    @property
    def holder(self) -> str:
        """Its name as it is now: the latest one under which others have been told that it lives."""
        return self._named(self._generation)

    def _named(self, generation: int) -> str:
        """Each generation of the process, which begins when it has lost its claims, has a name of its own."""
        return f"{self.replica_id}.{generation}"

    @property
    def is_current(self) -> bool:
        """Whether others still take it for alive."""
        return steady_seconds() < self._lives_until

    def claim(self, inbox_id: int, holder: str) -> UpdateClaim:
        """What it has taken under the name that it had then."""
        return UpdateClaim(inbox_id=inbox_id, holder=holder, replica=self)

    def lead(self) -> LeadClaim | None:
        """The claim on the jobs of everybody; None if another process has it."""
        lease = self._lead
        return LeadClaim(lease=lease, replica=self) if lease and self.leads(lease) else None

    def leads(self, lease: Lease) -> bool:
        """Whether that lease on the jobs of everybody still lasts."""
        same = self._lead is not None and self._lead.fence == lease.fence
        return same and steady_seconds() < self._leads_until

    @property
    def next_wake(self) -> asyncio.Event:
        """Set when another process wakes this one the next time. Whoever takes it before a look misses
        nothing that comes during the look.
        """
        return self._next_wake

    # --- Its life ------------------------------------------------------------------------------------------

    async def start(self, queue: Queue, channels: Collection[Channel]) -> None:
        """Begin to live, and take what nobody answers, also what was given up before."""
        await self._look(queue, channels, given_up=True)
        await self._try_to_lead()
        self._run(self._store.listen(self._wake))
        self._run(self._beat(queue, channels))
        self._run(self._beat_as_leader())

    async def stop(self) -> None:
        """Leave everything to the others, who are told."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        with suppress(StoreUnavailable):  # the store has logged it; the leases end by themselves
            async with self._store.begin(lock_of(LIVING + self.replica_id)) as unit:
                await unit.inbox.release(self.holder)
                for lease in (self._life, self._lead):
                    if lease:
                        await unit.leases.give_back(lease)
        self._lives_until = self._leads_until = 0.0

    def _run(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _wake(self) -> None:
        self._next_wake.set()
        self._next_wake = asyncio.Event()

    async def _beat(self, queue: Queue, channels: Collection[Channel]) -> None:
        while True:
            woken = self.next_wake
            await _succeeds(self._look(queue, channels))
            await asyncio.sleep(MIN_PAUSE_SECONDS)
            await wait_at_most(self._every.alive_every - MIN_PAUSE_SECONDS, woken)

    async def _look(self, queue: Queue, channels: Collection[Channel], *, given_up: bool = False) -> None:
        """Give a sign of life, and take over what was left behind."""
        taken: tuple[Received, ...] | None = None
        while taken is None or len(taken) == TAKEN_AT_ONCE:
            async with self.look:
                taken = await self._take_over(channels, given_up=given_up)
                holder = self.holder
                for received in taken:
                    await queue(received, holder)

    async def _take_over(self, channels: Collection[Channel], *, given_up: bool) -> tuple[Received, ...]:
        asked_at, now = steady_seconds(), self._clock.now()
        generation = self._generation_to_live_in()
        taken: tuple[Received, ...] = ()
        try:
            async with self._store.begin(lock_of(LIVING + self.replica_id)) as unit:
                life = await self._living(unit, self._named(generation))
                living = {one.holder for one in await unit.leases.held(LIVING, now)}
                taken = await unit.inbox.take_over(
                    life.holder, living, channels, now=now, limit=TAKEN_AT_ONCE, given_up=given_up
                )
        except StoreUnavailable:
            if taken:  # they may be its own, if only the answer to the commit was lost: nobody has them then
                self._lives_until = 0.0
            raise
        self._generation, self._life = generation, life
        self._lives_until = asked_at + self._every.alive_for
        if taken:
            log.info("%d updates are taken over", len(taken))
        return taken

    def _generation_to_live_in(self) -> int:
        """The one that it is in, or a fresh one if the name of that is lost. What is stored under a name that
        it gave up, or under one that it never came to have, is taken over.
        """
        if self.is_current:
            return self._generation
        self._latest_generation += 1
        return self._latest_generation

    async def _living(self, unit: Unit, holder: str) -> Lease:
        """Its lease under that name, renewed. It has the name to itself, so nobody else takes it."""
        name = LIVING + holder
        life = await unit.leases.take(name, holder, now=self._clock.now(), seconds=self._every.alive_for)
        if life is None:
            raise LookupError(f"{name} is not its own")
        return life

    async def _beat_as_leader(self) -> None:
        while True:
            await asyncio.sleep(self._every.leads_every)
            await _succeeds(self._try_to_lead())

    async def _try_to_lead(self) -> None:
        """Take the jobs of everybody, or keep them."""
        asked_at = steady_seconds()
        async with self._store.begin(lock_of(self._lead_name)) as unit:
            self._lead = await unit.leases.take(
                self._lead_name, self.replica_id, now=self._clock.now(), seconds=self._every.leads_for
            )
        self._leads_until = asked_at + self._every.leads_for


async def wait_at_most(seconds: float, event: asyncio.Event) -> None:
    """Return when ``event`` is set, or after ``seconds``."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()


def steady_seconds() -> float:
    """Seconds of a clock that nobody sets, and that goes on while the process is stopped."""
    return asyncio.get_running_loop().time()


async def _succeeds(work: Awaitable[None]) -> None:
    """A fault is logged, and the next beat tries again."""
    try:
        await work
    except StoreUnavailable:
        pass  # the store has logged it
    except Exception as fault:
        log.error("replica: %s", traceback_summary(fault))  # noqa: TRY400 - the message may be personal
