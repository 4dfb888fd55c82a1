"""The job that rings reminders: a cheap scan twice a second. Messages are sent beside it, so that a platform
that answers slowly delays nobody else's reminder.

It also knows when oO was away: it writes the time down once a minute, and when it ends.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

from core.deciding.ringing import Outage
from core.delivery.remind import Bell, ring_due, ring_to
from core.delivery.send import PendingSend, send
from core.dependencies import Dependencies
from core.errors import StoreUnavailable, traceback_summary
from core.store import NOBODY

log = logging.getLogger(__name__)

BEAT = timedelta(minutes=1)
"""How often the job writes down that it runs."""

MAX_SENDING = 500
"""Messages on their way; the next ones wait for one of them to end."""


class Reminding:
    """Rings reminders. ``process`` names the kind of process: while one of that kind runs, oO is not away."""

    def __init__(self, deps: Dependencies, bell: Bell, *, process: str) -> None:
        self._deps = deps
        self._note = f"ringing:{process}"
        self._bell = replace(bell, dispatch=self._dispatch)
        self._beat_at: datetime | None = None
        self._sending: set[asyncio.Task[None]] = set()
        self._slots = asyncio.Semaphore(MAX_SENDING)

    async def everybody(self) -> None:
        """Ring everything that is due."""
        await self._beat()
        await ring_due(self._deps, self._bell)

    async def person(self, person_id: str) -> None:
        """Ring what is due for one person."""
        await self._beat()
        await ring_to(person_id, self._deps, self._bell)

    async def stop(self) -> None:
        """Write down that oO ends, and wait for the messages on their way."""
        with suppress(StoreUnavailable):  # the store has logged it
            await self._beat(at_once=True)
        try:
            while self._sending:
                await asyncio.wait(self._sending)
        except asyncio.CancelledError:
            for one in self._sending:
                one.cancel()
            raise

    async def _beat(self, *, at_once: bool = False) -> None:
        """Write down that oO runs: after a start, or a sleep of the machine, that shows the outage."""
        now = self._deps.clock.now()
        if self._beat_at and now - self._beat_at < BEAT and not at_once:
            return
        async with self._deps.store.begin(NOBODY) as unit:
            last = await unit.notes.get(None, self._note)
            await unit.notes.put(None, self._note, now.isoformat())
        self._beat_at = now
        since = datetime.fromisoformat(last) if last else now
        if now - since > 2 * BEAT:
            self._bell = replace(self._bell, outage=Outage(since=since, until=now))

    async def _dispatch(self, pending: PendingSend, deps: Dependencies) -> None:
        """Start to send a committed message."""
        await self._slots.acquire()
        sending = asyncio.create_task(self._send(pending, deps))
        self._sending.add(sending)
        sending.add_done_callback(self._sending.discard)

    async def _send(self, pending: PendingSend, deps: Dependencies) -> None:
        """Send; a fault leaves the delivery in ``sending``, which ends as unknown."""
        try:
            await send(pending, deps)
        except StoreUnavailable:
            pass  # the store has logged it
        except Exception as fault:
            log.error("a reminder was not sent: %s", traceback_summary(fault))  # noqa: TRY400 - the message may be personal
        finally:
            self._slots.release()
