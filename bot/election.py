"""Elects one of several processes on one database, by a lease that it renews.

The elected one holds the lease for some seconds and renews it long before its end; the others look again and
again whether it is free. Whoever could not renew it in time stops by itself, by a clock that nobody sets. A
process that was stopped for longer, and wakes up in the middle of its work, is refused by the database: what
it was about to store is stored only if nobody else has held the lease since (ADR 0053).
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import TypeVar

from bot.intake import Intake
from bot.replica import steady_seconds
from core.chat import Update
from core.dependencies import Dependencies
from core.errors import StoreUnavailable
from core.ports import Accept, Clock, Election, Unopposed
from core.records import Lease
from core.store import Store, Unit, lock_of

log = logging.getLogger(__name__)

R = TypeVar("R")


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaseTimes:
    """How long a lease lasts, in seconds, and what follows from that."""

    lasts: float = 6.0
    """After so long without a sign of its holder, others take over."""
    renewed_every: float = 1.5
    looked_at_every: float = 0.25
    """How often the others look whether it is free: at most so long is nobody elected after a stop."""
    given_back_within: float = 2.0
    """A stop waits no longer for a database that does not answer; the lease then ends by itself."""


USUAL_TIMES = LeaseTimes()


class LeaseTerm:
    """A term; implements ``core.ports.Term``."""

    def __init__(self, election: LeaseElection, lease: Lease, asked_at: float) -> None:
        self.lease = lease
        self.lasts_until = asked_at + election.times.lasts
        """By the clock of the event loop; it is held no shorter."""
        self._election = election
        self._over = asyncio.Event()

    @property
    def accept(self) -> Accept:
        """As ``Term.accept``."""
        return self._accept

    @property
    def is_over(self) -> bool:
        """As ``Term.is_over``."""
        return self._over.is_set() or steady_seconds() >= self.lasts_until

    async def ended(self) -> None:
        """As ``Term.ended``."""
        await self._over.wait()

    async def keep(self) -> None:
        """Renew the lease until it is somebody else's, or may be."""
        times = self._election.times
        while not self.is_over:
            await asyncio.sleep(min(times.renewed_every, max(0.0, self.lasts_until - steady_seconds())))
            asked_at = steady_seconds()
            if asked_at >= self.lasts_until:
                break
            with suppress(StoreUnavailable, TimeoutError):  # the store has logged it
                async with asyncio.timeout_at(self.lasts_until):
                    lease = await self._election.renewed(self.lease)
                if lease is None:
                    break
                self.lease, self.lasts_until = lease, asked_at + times.lasts
        self._over.set()

    async def _accept(self, update: Update) -> None:
        await self._election.accept(update, self.lease)


class LeaseElection:
    """The election for one lease; implements ``core.ports.Election``."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        *,
        name: str,
        replica_id: str,
        accept: Callable[[Update, Lease], Awaitable[object]],
        times: LeaseTimes = USUAL_TIMES,
    ) -> None:
        """``accept`` stores an update, unless somebody else holds the lease by then."""
        self.accept = accept
        self.times = times
        self._store = store
        self._clock = clock
        self._name = name
        self._replica_id = replica_id
        self._won: LeaseTerm | None = None

    async def wins_now(self) -> bool:
        """As ``Election.wins_now``. False while the database can't be used."""
        with suppress(StoreUnavailable):
            self._won = await self._try_to_win()
        return self._won is not None

    @asynccontextmanager
    async def term(self) -> AsyncIterator[LeaseTerm]:
        """As ``Election.term``."""
        term = await self._win()
        keeping = asyncio.create_task(term.keep())
        log.info("elected: %s", self._name)
        try:
            yield term
        finally:
            log.info("no longer elected: %s", self._name)
            keeping.cancel()
            await asyncio.wait({keeping})
            await self._give_back(term.lease)

    async def renewed(self, lease: Lease) -> Lease | None:
        """The lease for longer; None if it is somebody else's."""
        now, seconds = self._clock.now(), self.times.lasts
        return await self._in_store(lambda unit: unit.leases.renew(lease, now, seconds))

    async def _win(self) -> LeaseTerm:
        """Wait until it is free."""
        won, self._won = self._won, None
        while won is None or won.is_over:
            with suppress(StoreUnavailable):
                won = await self._try_to_win()
            if won is None:
                await asyncio.sleep(self.times.looked_at_every)
        return won

    async def _try_to_win(self) -> LeaseTerm | None:
        asked_at, now = steady_seconds(), self._clock.now()
        async with self._store.read() as unit:  # nothing is written as long as somebody else holds it
            holders = [
                one.holder for one in await unit.leases.held(self._name, now) if one.name == self._name
            ]
        if holders and self._replica_id not in holders:
            return None
        name, holder, seconds = self._name, self._replica_id, self.times.lasts
        lease = await self._in_store(lambda unit: unit.leases.take(name, holder, now=now, seconds=seconds))
        return LeaseTerm(self, lease, asked_at) if lease else None

    async def _give_back(self, lease: Lease) -> None:
        with suppress(StoreUnavailable, TimeoutError):
            async with asyncio.timeout(self.times.given_back_within):
                await self._in_store(lambda unit: unit.leases.give_back(lease))

    async def _in_store(self, work: Callable[[Unit], Awaitable[R]]) -> R:
        async with self._store.begin(lock_of(self._name)) as unit:
            return await work(unit)


def election_of(deps: Dependencies, intake: Intake, name: str, *, is_shared: bool) -> Election:
    """Who of all processes on the database is elected for ``name``; without others it is this one."""
    if not is_shared:
        return Unopposed(intake.accept)
    return LeaseElection(
        deps.store,
        deps.clock,
        name=name,
        replica_id=deps.replica_id,
        accept=lambda update, lease: intake.take(update, under=lease),
    )
