"""The job that looks for incidents which no use case meets."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from core.chat import Channel
from core.dependencies import BudgetRules
from core.errors import StoreFull, StoreUnavailable
from core.incidents import BACKUP_NOTE, BACKUP_OVERDUE_AFTER, IncidentList, incidents, notice
from core.ports import Messengers
from core.records import IncidentKind, Spending
from core.store import MAX_BEGUN_AGAIN, Unit
from jobs.scheduler import Job, JobScheduler
from jobs.watch import MIN_FREE_BYTES, Watching
from tests.contracts.store.records import said
from tests.core.outsiders import Phone
from tests.core.worlds import Scene

MINUTE = timedelta(minutes=1)


class Line(Phone):
    """A messenger with a connection."""

    def __init__(self) -> None:
        super().__init__()
        self.last_error: str | None = None


@dataclass(slots=True, kw_only=True)
class Watch:
    """The job, and what it looks at."""

    here: Scene
    line: Line = field(default_factory=Line)
    free: int | None = 10 * MIN_FREE_BYTES

    def job(self) -> Watching:
        channels = Messengers(by_channel={Channel.TELEGRAM: self.line, Channel.TERMINAL: Phone()})
        return Watching(replace(self.here.deps, messengers=channels), lambda: self.free)

    async def found(self) -> IncidentList:
        async with self.here.deps.store.read() as unit:
            return await incidents(unit, self.here.clock.now())

    async def open(self) -> list[tuple[IncidentKind, str]]:
        return [(one.kind, one.subject) for one in (await self.found()).open]


@pytest.fixture
def watch(here: Scene) -> Watch:
    return Watch(here=here)


async def test_all_is_well(watch: Watch) -> None:
    for _ in range(5):
        await watch.job().look()
    found = await watch.found()
    assert (found.open, found.ended) == ((), ())


async def test_a_channel_that_is_down_for_two_looks_is_one_until_it_is_back(watch: Watch) -> None:
    job = watch.job()
    watch.line.last_error = "NetworkError"
    await job.look()
    assert await watch.open() == []
    await job.look()
    assert await watch.open() == [(IncidentKind.CHANNEL_DOWN, "telegram")]
    watch.line.last_error = None
    await job.look()
    assert await watch.open() == []
    assert len((await watch.found()).ended) == 1


async def test_a_process_whose_channel_is_well_does_not_end_what_another_one_notices(watch: Watch) -> None:
    here, other = watch.job(), watch.job()
    await other.look()
    for _ in range(2):
        watch.line.last_error = "NetworkError"
        await here.look()
        watch.line.last_error = None
        await other.look()
    assert await watch.open() == [(IncidentKind.CHANNEL_DOWN, "telegram")]

    watch.here.clock.time += 10 * MINUTE  # the process that noticed it is gone
    await other.look()
    assert await watch.open() == []


async def test_an_update_that_ends_processes_is_one_until_it_is_handled(watch: Watch) -> None:
    job, store = watch.job(), watch.here.deps.store
    async with store.begin() as unit:
        ids = [await unit.inbox.put(said(str(number)), holder=None) for number in (1, 2)]
        for _ in range(MAX_BEGUN_AGAIN):
            await job._look(unit, watch.here.clock.now())
            await unit.inbox.begin_again(ids[1] or 0)
    await job.look()
    await job.look()
    assert await watch.open() == [(IncidentKind.UPDATE_ISOLATED, str(ids[1]))]
    async with store.begin() as unit:
        await unit.inbox.done(ids[1] or 0)
    await job.look()
    found = await watch.found()
    assert (found.open, [one.subject for one in found.ended]) == ((), [str(ids[1])])


async def test_a_disk_that_is_nearly_full_is_one_and_an_unknown_one_is_not(watch: Watch) -> None:
    job = watch.job()
    for free, expected in ((MIN_FREE_BYTES - 1, 1), (MIN_FREE_BYTES, 0), (0, 1), (None, 0)):
        watch.free = free
        await job.look()
        assert len(await watch.open()) == expected


async def test_a_backup_is_overdue_a_week_after_the_first_person_and_after_each_backup(watch: Watch) -> None:
    job, clock = watch.job(), watch.here.clock
    clock.move(seconds=BACKUP_OVERDUE_AFTER.total_seconds() - 60)
    await job.look()
    assert await watch.open() == []
    clock.move(minutes=1)
    await job.look()
    assert await watch.open() == [(IncidentKind.BACKUP_OVERDUE, "")]
    async with watch.here.deps.store.begin() as unit:
        await unit.notes.put(None, BACKUP_NOTE, clock.now().isoformat())
    await job.look()
    assert await watch.open() == []


async def test_a_budget_that_was_raised_is_spent_no_longer(watch: Watch) -> None:
    clock, store = watch.here.clock, watch.here.deps.store
    async with store.begin() as unit:
        await unit.spending.add(clock.now().date(), "ada", Spending(calls=5))
        await notice(unit, IncidentKind.BUDGET_SPENT, clock.now(), "everybody")
    for calls, expected in ((5, 1), (6, 0)):
        rules = replace(watch.here.deps.rules, budget=BudgetRules(in_all=Spending(calls=calls)))
        watch.here = replace(watch.here, deps=replace(watch.here.deps, rules=rules))
        await watch.job().look()
        assert len(await watch.open()) == expected


async def test_a_database_that_failed_is_recorded_as_over_when_it_works_again(watch: Watch) -> None:
    store = watch.here.deps.store
    failing = True

    class Failing:
        @asynccontextmanager
        async def begin(self, *people: str) -> AsyncIterator[Unit]:
            if failing:
                raise StoreFull("/data/oo.db")
            async with store.begin() as unit:
                yield unit

    deps = replace(watch.here.deps, store=Failing())  # type: ignore[arg-type]
    job = Watching(deps, lambda: None)
    began = watch.here.clock.now()
    for _ in range(3):
        with pytest.raises(StoreUnavailable):
            await job.look()
        watch.here.clock.move(minutes=1)
    failing = False
    await job.look()
    await job.look()
    found = await watch.found()
    (over,) = found.ended
    assert found.open == ()
    assert (over.kind, over.subject, over.count) == (IncidentKind.DATABASE_TROUBLE, "full", 3)
    assert (over.since, over.ended_at) == (began, began + 3 * MINUTE)


async def test_a_job_that_fails_three_times_is_one_until_a_run_succeeds(watch: Watch) -> None:
    fault: Exception | None = ValueError("SECRET")

    async def run() -> None:
        if fault:
            raise fault

    job = watch.job()
    scheduler = JobScheduler([Job(name="relay", seconds=60, run=run)], report=job.report)
    for times in range(1, 5):
        await scheduler.run("relay")
        assert len(await watch.open()) == (times >= 3)
    assert await watch.open() == [(IncidentKind.JOB_FAILING, "relay")]
    fault = None
    await scheduler.run("relay")
    assert await watch.open() == []


async def test_a_first_run_after_a_start_ends_what_an_earlier_process_left_open(watch: Watch) -> None:
    before, after = watch.job(), watch.job()
    for _ in range(3):
        await before.report("push", True)
    assert await watch.open() == [(IncidentKind.JOB_FAILING, "push")]
    await after.report("push", False)
    assert await watch.open() == []


async def test_a_job_that_only_the_store_failed_is_none(watch: Watch) -> None:
    async def run() -> None:
        raise StoreFull("/data/oo.db")

    scheduler = JobScheduler([Job(name="push", seconds=60, run=run)], report=watch.job().report)
    for _ in range(5):
        await scheduler.run("push")
    assert await watch.open() == []
