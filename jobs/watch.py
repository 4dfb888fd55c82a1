"""Looks for incidents that no use case meets: channels without a connection, a disk that is nearly full, a
backup that is overdue, jobs that fail each time, updates that end processes, a database that could not be
used for a while.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from core.dependencies import Dependencies
from core.errors import StoreUnavailable
from core.incidents import end, end_passed, look_for_backups, look_for_isolated, notice, set_open
from core.records import IncidentKind
from core.store import NOBODY, Unit

MIN_FREE_BYTES = 200 * 1024 * 1024
"""Free space below which the disk counts as nearly full: a backup and the write-ahead log need some."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Trouble:
    """A time in which the database could not be used."""

    reason: str
    since: datetime
    last_seen_at: datetime
    times: int = 1


class Watching:
    """The job. ``free_bytes`` measures the disk of the database; None if that can't be known."""

    def __init__(self, deps: Dependencies, free_bytes: Callable[[], int | None]) -> None:
        self._deps = deps
        self._free_bytes = free_bytes
        self._trouble: _Trouble | None = None
        self._fails: dict[str, bool] = {}
        self._is_wrong: dict[tuple[IncidentKind, str], bool] = {}

    async def look(self) -> None:
        """Notice what is wrong now, and end what is over."""
        now = self._deps.clock.now()
        try:
            async with self._deps.store.begin(NOBODY) as unit:
                await self._look(unit, now)
        except StoreUnavailable as trouble:
            self._remember(trouble, now)
            raise
        self._trouble = None

    async def _look(self, unit: Unit, now: datetime) -> None:
        if self._trouble:
            await _record(unit, self._trouble, now)
        for channel, failure in self._deps.messengers.health().items():
            is_down = failure is not None
            await self._set_own(unit, IncidentKind.CHANNEL_DOWN, now, channel.value, is_open=is_down)
        free = self._free_bytes()
        is_full = free is not None and free < MIN_FREE_BYTES
        await self._set_own(unit, IncidentKind.DISK_NEARLY_FULL, now, is_open=is_full)
        await look_for_backups(unit, now)
        await look_for_isolated(unit, now)
        if not (await unit.spending.of(now.date(), None)).reaches(self._deps.rules.budget.in_all):
            await end(unit, IncidentKind.BUDGET_SPENT, now, "everybody")
        await end_passed(unit, now)

    async def _set_own(
        self, unit: Unit, kind: IncidentKind, now: datetime, subject: str = "", *, is_open: bool
    ) -> None:
        """``set_open`` for what belongs to this process: where that is well all the time, another process
        may have noticed that its own is not. The first look after a start ends what was open before it.
        """
        if is_open or self._is_wrong.get((kind, subject)) is not False:
            await set_open(unit, kind, now, subject, is_open=is_open)
        self._is_wrong[kind, subject] = is_open

    def _remember(self, fault: StoreUnavailable, now: datetime) -> None:
        """A database that fails can't hold an incident: it is recorded when it works again."""
        before = self._trouble
        if before:
            self._trouble = replace(before, reason=fault.reason, last_seen_at=now, times=before.times + 1)
        else:
            self._trouble = _Trouble(reason=fault.reason, since=now, last_seen_at=now)

    async def report(self, job: str, failed: bool) -> None:
        """How a run of a job ended. The first run after a start ends what was open before it."""
        if not failed and self._fails.get(job) is False:
            return
        try:
            async with self._deps.store.begin(NOBODY) as unit:
                now = self._deps.clock.now()
                await set_open(unit, IncidentKind.JOB_FAILING, now, job, is_open=failed)
        except StoreUnavailable:
            return  # the store has logged it; the next run reports again
        self._fails[job] = failed


async def _record(unit: Unit, trouble: _Trouble, now: datetime) -> None:
    kind = IncidentKind.DATABASE_TROUBLE
    await notice(unit, kind, trouble.since, trouble.reason, times=trouble.times)
    await end(unit, kind, now, trouble.reason)
