"""Runs each job at its interval with APScheduler, one run at a time. A failed run does not end the job."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC
from typing import Any

from apscheduler.executors.asyncio import AsyncIOExecutor
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from core.claims import Claim, claimed, was_overtaken
from core.errors import StoreUnavailable, traceback_summary

log = logging.getLogger(__name__)

STOP_TIMEOUT_SECONDS = 20.0
"""How long a stop waits for running jobs. Longer than a message may wait for its turn (``adapters/pace.py``),
so that an unsent message is known to be unsent. Slow answers and language models may take longer; a send that
is cancelled ends as unknown (``core/delivery/send.py``).
"""

MAX_TICKS = 1000
"""Ticks of a job that may wait for a busy event loop. ``_tick`` itself begins no second run; APScheduler
would skip the second tick and warn.
"""


Report = Callable[[str, bool], Awaitable[None]]
"""Learns of each run of a job whether it failed: (name, failed). Raises nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A function the scheduler calls every ``seconds``."""

    name: str
    seconds: float
    run: Callable[[], Awaitable[object]]
    stop: Callable[[], Awaitable[object]] | None = None
    """Ends what runs of the job have started, when the scheduler stops."""
    is_shared: bool = False
    """Whether every process runs it where several share the database. The others are run by one of them."""


Lead = Callable[[], Claim | None]
"""The claim on the jobs that are not shared; None if another process has it."""


class JobScheduler:
    """The scheduler and its jobs."""

    def __init__(
        self, jobs: Sequence[Job], *, report: Report | None = None, lead: Lead | None = None
    ) -> None:
        """``report`` learns how each run ended, unless only the store failed. ``lead``: the claim on the jobs
        that one process runs; None: this process has the database for itself.
        """
        self._report = report
        self._lead = lead
        self._jobs = {job.name: job for job in jobs}
        self._locks = {job.name: asyncio.Lock() for job in jobs}
        self._running: dict[str, asyncio.Task[None]] = {}
        self._is_ending = False
        self._scheduler = AsyncIOScheduler(executors={"default": AsyncIOExecutor()}, timezone=UTC)

    def start(self) -> None:
        """Start the schedule; each job first runs after its interval."""
        for job in self._jobs.values():
            # A late run is still wanted; by default APScheduler drops it after one second.
            self._scheduler.add_job(
                self._tick,
                IntervalTrigger(seconds=job.seconds, timezone=UTC),
                args=[job.name],
                id=job.name,
                coalesce=True,
                misfire_grace_time=None,
                max_instances=MAX_TICKS,
            )
        self._scheduler.start()

    async def _tick(self, name: str) -> None:
        """Start a run, unless one is running.

        It gets a task of its own: when the scheduler stops, it cancels its tasks, even during a send.
        """
        if name not in self._running and not self._is_ending:
            run = self._running[name] = asyncio.create_task(self.run(name))
            run.add_done_callback(lambda _: self._running.pop(name))

    async def run(self, name: str) -> None:
        """Run one job now, unless it is another process's. A fault is logged without personal text; the
        schedule goes on.
        """
        lead = None if self._jobs[name].is_shared else self._lead
        claim = lead() if lead else None
        if lead and claim is None:
            return
        try:
            with claimed(claim):
                await self._run(name)
        except BaseException as ended:
            if not was_overtaken(ended):
                raise
            log.info("job %s was taken over by another process", name)

    async def _run(self, name: str) -> None:
        async with self._locks[name]:
            try:
                await self._jobs[name].run()
            except Exception as fault:
                faults = [one for one in _single(fault) if not isinstance(one, StoreUnavailable)]
                for one in faults:  # the store has logged its own, once for all jobs
                    log.error("job %s failed: %s", name, traceback_summary(one))  # noqa: TRY400 - the message may be personal
                if faults and self._report:
                    await self._report(name, True)
            else:
                if self._report:
                    await self._report(name, False)

    async def stop(self, grace: float = STOP_TIMEOUT_SECONDS) -> None:
        """Start no more runs and let running ones finish, for at most ``grace`` seconds.

        Runs that are still going are cancelled. The next start continues their work, as jobs keep their
        progress in the store.
        """
        if self._scheduler.running:
            self._is_ending = True
            self._scheduler.pause()
            await asyncio.sleep(0)  # ticks that are due end: APScheduler logs one that it cancels as an error
            self._scheduler.shutdown(wait=False)
            await asyncio.sleep(0)  # the scheduler stops in the loop's next round
        ending: list[asyncio.Future[Any]] = [*self._running.values(), *self._stopping()]
        if not ending:
            return
        _, late = await asyncio.wait(ending, timeout=grace)
        for run in late:
            log.info("a job was cut off: it did not end in time")
            run.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    def _stopping(self) -> Iterator[asyncio.Future[Any]]:
        """What jobs have started and end themselves."""
        for job in self._jobs.values():
            if job.stop:
                yield asyncio.ensure_future(job.stop())


def _single(fault: Exception) -> Iterator[Exception]:
    """The single faults in a job's ``ExceptionGroup``, at any depth."""
    if not isinstance(fault, ExceptionGroup):
        yield fault
        return
    for one in fault.exceptions:
        yield from _single(one)
