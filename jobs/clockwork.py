"""APScheduler runs each job at its interval, one run at a time, whatever an earlier run met with."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC

from apscheduler.executors.asyncio import AsyncIOExecutor
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from core.errors import StoreUnavailable, traceback_summary

log = logging.getLogger(__name__)

GRACE_SECONDS = 20.0
"""A stop waits so long for runs under way: longer than a message waits for its turn (``adapters/pace.py``),
so that one which never left is known as that. The slowest answers, and each tip that is being written, may
take longer; a send that is cut off ends as unknown (``core/delivery/send.py``).
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A function the scheduler calls every ``seconds``."""

    name: str
    seconds: float
    run: Callable[[], Awaitable[object]]


class Clockwork:
    """The scheduler and its jobs."""

    def __init__(self, jobs: Sequence[Job]) -> None:
        self._jobs = {job.name: job for job in jobs}
        self._turns = {job.name: asyncio.Lock() for job in jobs}
        self._under_way: dict[str, asyncio.Task[None]] = {}
        self._scheduler = AsyncIOScheduler(executors={"default": AsyncIOExecutor()}, timezone=UTC)

    def start(self) -> None:
        """Begin; each job runs for the first time after its interval."""
        for job in self._jobs.values():
            # A late run is still wanted, however late: the default would drop it after one second.
            self._scheduler.add_job(
                self._tick,
                IntervalTrigger(seconds=job.seconds, timezone=UTC),
                args=[job.name],
                id=job.name,
                coalesce=True,
                misfire_grace_time=None,
            )
        self._scheduler.start()

    async def _tick(self, name: str) -> None:
        """Begin a run, unless one is under way.

        It is a task of our own: those of the scheduler are cancelled when it stops, in the middle of a send.
        """
        if name not in self._under_way:
            run = self._under_way[name] = asyncio.create_task(self.run(name))
            run.add_done_callback(lambda _: self._under_way.pop(name))

    async def run(self, name: str) -> None:
        """Run one job now. A fault is logged, without personal text, and the next run comes as usual."""
        async with self._turns[name]:
            try:
                await self._jobs[name].run()
            except Exception as fault:
                for one in _single(fault):
                    if isinstance(one, StoreUnavailable):
                        continue  # the store has said so, once for all jobs
                    log.error("job %s failed: %s", name, traceback_summary(one))  # noqa: TRY400 - the message may be personal

    async def stop(self, grace: float = GRACE_SECONDS) -> None:
        """Start no more runs and let those under way finish, for at most ``grace`` seconds.

        What is cut off then is taken up by the next start: a job keeps what it has reached in the store.
        """
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
            await asyncio.sleep(0)  # the scheduler stops when the loop comes round
        if not self._under_way:
            return
        _, late = await asyncio.wait(self._under_way.values(), timeout=grace)
        for run in late:
            log.info("a job was cut off: it did not end in time")
            run.cancel()
        await asyncio.gather(*late, return_exceptions=True)


def _single(fault: Exception) -> Iterator[Exception]:
    """The faults of a job that looked after many people, one by one."""
    if not isinstance(fault, ExceptionGroup):
        yield fault
        return
    for one in fault.exceptions:
        yield from _single(one)
