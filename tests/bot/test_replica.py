"""Several processes on one PostgreSQL: each update is answered once, in order, by one that lives."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field

import pytest

from adapters.clock import SystemClock
from adapters.storage.store import Storage, open_store
from bot import intake as intake_module
from bot.intake import MAX_ATTEMPTS, Intake
from bot.lanes import Waiting
from bot.replica import Beat, Replica
from core.chat import Channel, Update
from core.claims import ClaimedStore, was_overtaken
from core.errors import StoreUnavailable, StoreUnreachable
from core.store import Unit
from core.store.leases import LIVING, lock_of
from tests.bot.test_intake import said, tapped
from tests.servers.postgres import empty_database
from tests.waiting import WAIT_LIMIT

QUICK = Beat(alive_for=4.0, alive_every=0.3, leads_for=4.0, leads_every=0.3)
CALM = Beat(alive_for=3600.0, alive_every=3600.0, leads_for=3600.0, leads_every=3600.0)
"""Nothing happens unless somebody wakes it."""


@dataclass(kw_only=True)
class Process:
    """An oO, as far as updates are concerned."""

    storage: Storage
    replica: Replica
    intake: Intake
    answers: list[str]
    """What all processes have answered, in order."""
    own: list[str] = field(default_factory=list)
    """What this one has answered."""
    begun: list[str] = field(default_factory=list)
    faults: int = 0
    """How many attempts raise."""
    may_go_on: asyncio.Event = field(default_factory=asyncio.Event)
    """Whether answers that were begun may end."""

    async def handle(self, update: Update) -> None:
        """Answer in a transaction about the person."""
        self.begun.append(update.update_id)
        if self.faults:
            self.faults -= 1
            raise LookupError("a bug")
        await self.may_go_on.wait()
        async with ClaimedStore(self.storage).begin(update.sender.external_id) as unit:
            await unit.notes.put(None, update.update_id, "answered")
        self.answers.append(update.update_id)
        self.own.append(update.update_id)

    async def handle_passed(self, update: Update) -> None:
        await self.handle(update)

    async def overflow(self, update: Update) -> None:
        raise AssertionError(update.update_id)

    async def delayed(self, update: Update, trouble: StoreUnavailable) -> None:
        raise AssertionError(update.update_id)

    async def isolated(self, update: Update) -> None:
        raise AssertionError(update.update_id)

    async def start(self) -> None:
        await self.intake.start(self, channels=[Channel.TELEGRAM])

    def freeze(self) -> None:
        """As SIGSTOP does: no sign of life. What was begun goes on when it is let."""
        for task in self.replica._tasks:
            task.cancel()

    async def thaw(self) -> None:
        """As SIGCONT does."""
        await self.replica.start(self.intake._take_over, [Channel.TELEGRAM])


class Processes:
    """All of them, on one database."""

    def __init__(self, url: str, ending: AsyncExitStack) -> None:
        self.answers: list[str] = []
        self._url, self._ending = url, ending
        self._all: list[Process] = []

    async def start(self, beat: Beat = QUICK, *, waits: bool = False, faults: int = 0) -> Process:
        storage = await open_store(self._url)
        self._ending.push_async_callback(storage.close)
        name = f"process{len(self._all)}"
        replica = Replica(storage, SystemClock(), name, kind="run", beat=beat)
        intake = Intake(ClaimedStore(storage), retry_seconds=0.01, replica=replica)
        process = Process(
            storage=storage, replica=replica, intake=intake, answers=self.answers, faults=faults
        )
        if not waits:
            process.may_go_on.set()
        self._all.append(process)
        self._ending.push_async_callback(intake.stop, 0.0)
        await process.start()
        return process


@pytest.fixture
async def oo() -> AsyncIterator[Processes]:
    async with AsyncExitStack() as ending:
        yield Processes(empty_database(), ending)


async def expect_that(reached: Callable[[], bool]) -> None:
    """Wait for what no event announces."""
    async with asyncio.timeout(WAIT_LIMIT):
        while not reached():  # noqa: ASYNC110 - nothing tells when
            await asyncio.sleep(0.01)


async def waiting(storage: Storage) -> list[str]:
    """The updates that wait in the inbox."""
    async with storage.read() as unit:
        return [one.update.update_id for one in await unit.inbox.waiting()]


async def test_each_process_answers_what_it_received_and_nobody_else_does(oo: Processes) -> None:
    processes = [await oo.start(CALM) for _ in range(3)]
    for number in range(9):
        await processes[number % 3].intake.accept(said(number, f"person{number}"))
    assert not await processes[1].intake.take(said(0, "person0")), "a repetition, at another process"
    await expect_that(lambda: len(oo.answers) == 9)

    assert sorted(oo.answers) == [f"person{number}{number}" for number in range(9)]
    assert [len(one.own) for one in processes] == [3, 3, 3]


async def test_an_update_waits_for_earlier_ones_at_other_processes_and_is_woken(oo: Processes) -> None:
    first, second, third = await oo.start(CALM, waits=True), await oo.start(CALM), await oo.start(CALM)
    for number, process in enumerate((first, second, third, first, second)):
        await process.intake.accept(said(number))
    await second.intake.accept(tapped(7))
    await third.intake.accept(said(8, "bob"))
    await expect_that(lambda: len(oo.answers) == 2)
    assert sorted(oo.answers) == ["ann7", "bob8"], "taps and other people wait for nobody"

    first.may_go_on.set()
    await expect_that(lambda: len(oo.answers) == 7)
    assert [one for one in oo.answers if one not in ("ann7", "bob8")] == [f"ann{n}" for n in range(5)]


async def test_whoever_missed_the_wake_up_looks_from_time_to_time(
    oo: Processes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake_module, "TURN_SECONDS", 0.05)
    first, second = await oo.start(CALM, waits=True), await oo.start(CALM)
    second.freeze()  # it hears nothing
    await first.intake.accept(said(1))
    await second.intake.accept(said(2))
    first.may_go_on.set()
    await expect_that(lambda: oo.answers == ["ann1", "ann2"])


async def test_what_a_dead_process_left_is_answered_by_another_before_what_came_later(oo: Processes) -> None:
    dead = await oo.start(waits=True)
    others = [await oo.start(), await oo.start()]
    for number in (1, 2):
        await dead.intake.accept(said(number))
    await others[0].intake.accept(said(3))
    dead.freeze()

    await expect_that(lambda: len(oo.answers) == 3)
    assert oo.answers == ["ann1", "ann2", "ann3"]
    assert dead.own == []


async def test_what_is_taken_over_comes_before_what_waits_for_it_however_late_it_is_queued(
    oo: Processes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake_module, "TURN_SECONDS", 0.01)
    dead, other = await oo.start(waits=True), await oo.start()
    is_taken = asyncio.Event()
    resume = other.intake._resume

    async def resume_later(one: Waiting) -> None:
        is_taken.set()
        await asyncio.sleep(0.5)
        await resume(one)

    monkeypatch.setattr(other.intake, "_resume", resume_later)
    await dead.intake.accept(said(1))
    await other.intake.accept(said(2))
    dead.freeze()
    await is_taken.wait()
    await other.intake.accept(said(3))

    await expect_that(lambda: len(oo.answers) == 3)
    assert oo.answers == ["ann1", "ann2", "ann3"]


async def test_a_process_that_wakes_up_with_an_old_claim_changes_nothing(oo: Processes) -> None:
    paused, other = await oo.start(waits=True), await oo.start()
    for number in (1, 2):
        await paused.intake.accept(said(number))
    await expect_that(lambda: paused.begun == ["ann1"])
    paused.freeze()
    await expect_that(lambda: other.own == ["ann1", "ann2"])

    paused.may_go_on.set()
    await paused.thaw()
    await paused.intake.wait_until_answered()
    await paused.intake.accept(said(3))
    await expect_that(lambda: paused.own == ["ann3"])
    assert oo.answers == ["ann1", "ann2", "ann3"], "it lives on under another name"
    assert paused.begun == ["ann1", "ann3"]


async def test_a_lonely_process_that_was_away_takes_its_own_work_up_again(oo: Processes) -> None:
    process = await oo.start(waits=True)
    for number in (1, 2, 3):
        await process.intake.accept(said(number))
    await expect_that(lambda: process.begun == ["ann1"])
    process.freeze()
    await expect_that(lambda: not process.replica.is_current)

    await process.thaw()
    process.may_go_on.set()
    await expect_that(lambda: len(oo.answers) >= 3)
    await process.intake.wait_until_answered()
    assert await waiting(process.storage) == []
    assert oo.answers == ["ann1", "ann2", "ann3"]


async def test_what_a_process_leaves_when_it_ends_is_answered_at_once(oo: Processes) -> None:
    ending, other = await oo.start(CALM, waits=True), await oo.start(CALM)
    for number in (1, 2):
        await ending.intake.accept(said(number))
    await other.intake.accept(said(3))
    await expect_that(lambda: ending.begun == ["ann1"])

    await ending.intake.stop(0.0)
    await expect_that(lambda: other.own == ["ann1", "ann2", "ann3"])
    await ending.intake.accept(said(4))
    assert await waiting(other.storage) == ["ann4"], "it stores what still comes in"
    other.replica._wake()
    await expect_that(lambda: other.own[3:] == ["ann4"])


async def test_what_can_not_be_answered_delays_nobody_and_is_tried_by_the_next_that_starts(
    oo: Processes,
) -> None:
    broken, other = await oo.start(CALM, faults=MAX_ATTEMPTS), await oo.start(CALM)
    await broken.intake.accept(said(1))
    await other.intake.accept(said(2))
    await expect_that(lambda: oo.answers == ["ann2"])
    await other.intake.wait_until_answered()
    assert await waiting(other.storage) == ["ann1"]

    broken.freeze()
    await broken.intake.stop(0.0)
    third = await oo.start(CALM)
    await expect_that(lambda: third.own == ["ann1"])


async def test_one_process_leads_and_another_follows_when_it_is_gone(oo: Processes) -> None:
    first, second = await oo.start(), await oo.start()
    claim = first.replica.lead()
    assert claim is not None
    assert second.replica.lead() is None
    first.freeze()
    await expect_that(lambda: second.replica.lead() is not None)

    assert not claim.is_current
    async with first.storage.begin("anybody") as unit:
        assert not await claim.holds(unit)
    await first.thaw()
    assert first.replica.lead() is None


async def test_a_leader_that_ends_is_followed_at_its_next_look(oo: Processes) -> None:
    first, second = await oo.start(CALM), await oo.start(QUICK)
    await first.intake.stop(0.0)
    await expect_that(lambda: second.replica.lead() is not None)


async def test_pieces_of_an_answer_that_run_at_once_end_when_it_is_taken_over(
    oo: Processes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever gathers them sees the same error."""
    paused = await oo.start(waits=True)
    ended: list[BaseException] = []
    piece = paused.handle

    async def handle(update: Update) -> None:
        try:
            await asyncio.gather(piece(update), piece(update))
        except BaseException as fault:
            ended.append(fault)
            raise

    monkeypatch.setattr(paused, "handle", handle)
    await paused.intake.accept(said(1))
    await expect_that(lambda: len(paused.begun) == 2)
    paused.freeze()
    other = await oo.start()
    await expect_that(lambda: other.own == ["ann1"])
    paused.may_go_on.set()
    await paused.intake.wait_until_answered()
    assert [was_overtaken(one) for one in ended] == [True]
    assert oo.answers == ["ann1"]


async def test_what_comes_in_while_it_takes_another_name_is_answered(oo: Processes) -> None:
    """As after the database was away for longer than a claim lasts."""
    process = await oo.start()
    process.freeze()
    await expect_that(lambda: not process.replica.is_current)
    async with process.storage.begin(lock_of(LIVING + process.replica.replica_id)) as unit:
        await unit.notes.get(None, "a statement, with which the transaction begins")
        thawing = asyncio.create_task(process.thaw())
        await asyncio.sleep(0.1)  # it begins to look, and waits
        await process.intake.accept(said(1))
        await process.intake.wait_until_answered()
    await thawing
    await process.intake.accept(said(2))
    await expect_that(lambda: oo.answers == ["ann1", "ann2"])


async def test_what_it_took_over_without_being_told_so_is_answered(
    oo: Processes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The answer to the commit is lost."""
    dead = await oo.start(waits=True)
    await dead.intake.accept(said(1))
    await expect_that(lambda: dead.begun == ["ann1"])
    process = await oo.start()
    lost: list[str] = []
    begin = process.storage.begin
    async with process.storage.read() as unit:
        first = (await unit.inbox.waiting())[0].inbox_id

    @asynccontextmanager
    async def losing(*people: str) -> AsyncIterator[Unit]:
        async with begin(*people) as unit:
            yield unit
            is_taken = await unit.inbox.holds(first, process.replica.holder)
        if is_taken and not lost:
            lost.append(process.replica.holder)
            raise StoreUnreachable("server")

    monkeypatch.setattr(process.storage, "begin", losing)
    dead.freeze()
    await expect_that(lambda: process.own == ["ann1"])
    assert lost
