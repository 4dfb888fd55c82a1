"""The scheduler: one run at a time, whatever an earlier one met with, and a stop that waits."""

from __future__ import annotations

import asyncio
import logging
import time

import pytest

from adapters.pace import Pace, Rate, in_turn
from bot.cli import loop
from core.claims import ClaimedStore
from core.concurrency import gather_bounded
from core.deciding.decision_points import LEASE
from core.delivery.push import push_due
from core.errors import NotSent
from core.records import DeliveryState
from core.store import Unit
from jobs.scheduler import Job, JobScheduler
from tests.adapters.jumping import jumping
from tests.core.worlds import compose, scene
from tests.fakes.store import FakeStore
from tests.waiting import WAIT_LIMIT

SOON = 0.01  # seconds


async def expect_set(condition: asyncio.Event) -> None:
    async with asyncio.timeout(WAIT_LIMIT):
        await condition.wait()


async def test_jobs_run_again_and_again_until_the_stop() -> None:
    runs, thrice = 0, asyncio.Event()

    async def count() -> None:
        nonlocal runs
        runs += 1
        if runs == 3:
            thrice.set()

    scheduler = JobScheduler([Job(name="count", seconds=SOON, run=count)])
    scheduler.start()
    await expect_set(thrice)
    await scheduler.stop()
    counted = runs
    await asyncio.sleep(5 * SOON)
    assert runs == counted


async def test_a_job_that_fails_runs_again_and_leaves_no_word_in_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    runs, twice = 0, asyncio.Event()

    async def fails() -> None:
        nonlocal runs
        runs += 1
        if runs == 2:
            twice.set()
        raise ValueError("SECRET")

    scheduler = JobScheduler([Job(name="fails", seconds=SOON, run=fails)])
    scheduler.start()
    await expect_set(twice)
    await scheduler.stop()
    assert "job fails failed: ValueError at test_scheduler.py:" in caplog.text
    assert "SECRET" not in caplog.text


async def test_each_fault_of_a_job_for_many_people_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    async def fails() -> None:
        raise ExceptionGroup("2 of 9", [KeyError("SECRET"), ExceptionGroup("more", [OSError("SECRET")])])

    with caplog.at_level(logging.ERROR):
        await JobScheduler([Job(name="push", seconds=60, run=fails)]).run("push")
    assert [record.getMessage().split(" at ")[0] for record in caplog.records] == [
        "job push failed: KeyError",
        "job push failed: OSError",
    ]
    assert "SECRET" not in caplog.text


async def test_runs_of_one_job_never_overlap() -> None:
    under_way, most, runs = 0, 0, 0
    enough = asyncio.Event()

    async def slow() -> None:
        nonlocal under_way, most, runs
        under_way += 1
        most = max(most, under_way)
        await asyncio.sleep(3 * SOON)
        under_way -= 1
        runs += 1
        if runs == 3:
            enough.set()

    scheduler = JobScheduler([Job(name="slow", seconds=SOON, run=slow)])
    scheduler.start()
    await asyncio.gather(scheduler.run("slow"), scheduler.run("slow"))
    await expect_set(enough)
    await scheduler.stop()
    assert most == 1


async def test_a_slow_job_keeps_no_other_waiting() -> None:
    begun, release, other = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def slow() -> None:
        begun.set()
        await release.wait()

    async def quick() -> None:
        if begun.is_set():
            other.set()

    scheduler = JobScheduler(
        [Job(name="slow", seconds=SOON, run=slow), Job(name="quick", seconds=SOON, run=quick)]
    )
    scheduler.start()
    await expect_set(other)
    release.set()
    await scheduler.stop()


async def test_a_stop_lets_what_is_under_way_finish() -> None:
    begun, release = asyncio.Event(), asyncio.Event()
    ended: list[str] = []

    async def sends() -> None:
        begun.set()
        try:
            await release.wait()
            ended.append("finished")
        except asyncio.CancelledError:
            ended.append("cut off")
            raise

    scheduler = JobScheduler([Job(name="sends", seconds=SOON, run=sends)])
    scheduler.start()
    await expect_set(begun)
    await asyncio.sleep(5 * SOON)  # several runs are due and none of them may queue up
    stopping = asyncio.create_task(scheduler.stop())
    await asyncio.sleep(2 * SOON)
    assert not stopping.done()
    release.set()
    await stopping
    assert ended == ["finished"]


@pytest.mark.parametrize("rounds", range(5))
def test_jobs_that_are_due_at_the_stop_are_no_errors(caplog: pytest.LogCaptureFixture, rounds: int) -> None:
    """A busy machine comes to the stop when jobs are just about to begin."""

    async def run() -> None: ...

    async def stop_late() -> None:
        scheduler = JobScheduler([Job(name=str(number), seconds=0.01, run=run) for number in range(5)])
        scheduler.start()
        await asyncio.sleep(0)
        time.sleep(0.05)  # noqa: ASYNC251 - the loop is busy with something else
        for _ in range(rounds):
            await asyncio.sleep(0)
        await scheduler.stop()

    loop.run(stop_late())
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR] == []


async def test_a_scheduler_that_never_began_can_be_stopped() -> None:
    await JobScheduler([]).stop()


async def test_a_stop_cuts_off_what_takes_too_long() -> None:
    begun, never = asyncio.Event(), asyncio.Event()
    ended: list[str] = []

    async def writes() -> None:
        begun.set()
        try:
            await never.wait()
        finally:
            ended.append("cut off")

    scheduler = JobScheduler([Job(name="writes", seconds=SOON, run=writes)])
    scheduler.start()
    await expect_set(begun)
    async with asyncio.timeout(WAIT_LIMIT):
        await scheduler.stop(grace=SOON)
    assert ended == ["cut off"]


def test_what_waits_for_its_turn_at_a_stop_is_known_not_to_have_left() -> None:
    ended: list[type[BaseException]] = []

    async def scene() -> None:
        pace, begun = Pace(Rate(interval=1.0, burst=1)), asyncio.Event()

        async def sends() -> None:
            begun.set()
            try:
                async with in_turn(pace):
                    pass
            except (NotSent, asyncio.CancelledError) as fault:
                ended.append(type(fault))
                raise

        async with pace.sending():  # a request that hangs
            scheduler = JobScheduler([Job(name="sends", seconds=SOON, run=sends)])
            scheduler.start()
            await begun.wait()
            await scheduler.stop()

    jumping(scene())
    assert ended == [NotSent]


async def test_a_push_that_a_stop_cuts_off_comes_after_the_next_start() -> None:
    here = scene(FakeStore(), llm=True)
    await here.person()
    await here.task("Pay the rent")
    writing, never = asyncio.Event(), asyncio.Event()

    async def write() -> None:
        writing.set()
        await never.wait()

    async def push() -> None:
        await push_due(here.deps, compose)

    here.model.meanwhile = write
    here.clock.berlin("2027-06-14 09:00")
    scheduler = JobScheduler([Job(name="push", seconds=SOON, run=push)])
    scheduler.start()
    await expect_set(writing)
    await scheduler.stop(grace=0)
    assert here.phone.lines == []
    assert await here.decisions() == ()

    here.model.meanwhile = None
    here.clock.move(seconds=LEASE.total_seconds())
    await here.tick()
    decision = await here.latest()
    assert decision.slot == "2027-06-14T09:00"
    assert (await here.delivery(decision)).state is DeliveryState.SENT
    assert len(here.phone.lines) == 1


# --- Several processes -------------------------------------------------------------------------------------


class FakeClaim:
    """Holds, or not."""

    is_current = True

    def __init__(self) -> None:
        self.is_held = True

    async def holds(self, unit: Unit) -> bool:
        return self.is_held


async def test_a_job_that_is_not_shared_runs_where_its_claim_is() -> None:
    runs: list[str] = []

    def job(name: str, *, is_shared: bool) -> Job:
        async def run() -> None:
            runs.append(name)

        return Job(name=name, seconds=SOON, run=run, is_shared=is_shared)

    jobs = [job("push", is_shared=True), job("prune", is_shared=False)]
    for lead in (FakeClaim, lambda: None, None):
        scheduler = JobScheduler(jobs, lead=lead)
        for one in jobs:
            await scheduler.run(one.name)
    assert runs == ["push", "prune", "push", "push", "prune"], "the leader, another process, the only one"


async def test_a_job_that_was_taken_over_changes_nothing_more_and_is_no_failure(
    caplog: pytest.LogCaptureFixture,
) -> None:
    store, claim = ClaimedStore(FakeStore()), FakeClaim()
    reports: list[bool] = []

    async def report(_: str, failed: bool) -> None:
        reports.append(failed)

    async def note(number: int) -> None:
        async with store.begin() as unit:
            await unit.notes.put(None, f"step {number}", "done")
        claim.is_held = number == 0

    async def steps() -> None:
        for number in range(3):
            await note(number)

    async def pieces() -> None:
        claim.is_held = False
        await gather_bounded(range(3), note)

    jobs = [Job(name="steps", seconds=SOON, run=steps), Job(name="pieces", seconds=SOON, run=pieces)]
    scheduler = JobScheduler(jobs, report=report, lead=lambda: claim)
    with caplog.at_level(logging.INFO):
        for job in jobs:
            await scheduler.run(job.name)
    async with store.read() as unit:
        assert [await unit.notes.get(None, f"step {number}") for number in range(3)] == ["done", "done", None]
    assert [one for one in caplog.messages if "taken over" in one] == [
        "job steps was taken over by another process",
        "job pieces was taken over by another process",
    ]
    assert reports == []


async def test_a_stop_cancels_a_job_that_runs_under_a_claim() -> None:
    """It is not taken for one that was taken over."""
    begun = asyncio.Event()

    async def forever() -> None:
        begun.set()
        await asyncio.Event().wait()

    scheduler = JobScheduler([Job(name="forever", seconds=SOON, run=forever)], lead=FakeClaim)
    run = asyncio.create_task(scheduler.run("forever"))
    await expect_set(begun)
    run.cancel()
    with pytest.raises(asyncio.CancelledError):
        await run
