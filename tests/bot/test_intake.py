"""The durable way in: what is accepted is answered once, in order, and nobody waits for anybody else."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest

from bot.intake import MAX_ATTEMPTS, RETRY_SECONDS, Intake
from bot.lanes import LANE_LIMIT
from core.chat import Channel, Said, Sender, Tapped, Update
from core.errors import StoreBusy, StoreConflict, StoreUnavailable, StoreUnreachable
from core.store import Received
from tests.fakes.store import FakeStore, FakeUnit
from tests.waiting import WAIT_LIMIT

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)


class Answering:
    """Notes what it was given; who is in ``waits`` waits until let go."""

    def __init__(self) -> None:
        self.answered: list[str] = []
        self.told: list[str] = []
        self.delays: list[tuple[str, str]] = []
        self.isolated_ones: list[str] = []
        self.waits: defaultdict[str, asyncio.Event] = defaultdict(asyncio.Event)
        self.held: set[str] = set()
        self.notice_failures = 0

    async def handle(self, update: Update) -> None:
        if update.sender.external_id in self.held and isinstance(update, Said):
            await self.waits[update.sender.external_id].wait()
        self.answered.append(update.update_id)

    async def handle_passed(self, update: Update) -> None:
        await self.handle(update)

    async def overflow(self, update: Update) -> None:
        if self.notice_failures:
            self.notice_failures -= 1
            raise RuntimeError("SECRET")
        self.told.append(update.update_id)

    async def delayed(self, update: Update, trouble: StoreUnavailable) -> None:
        self.delays.append((update.update_id, trouble.reason))

    async def isolated(self, update: Update) -> None:
        self.isolated_ones.append(update.update_id)


class Failing(FakeStore):
    """A store that fails at some writes, with a message that must not be logged."""

    spared, failures = 0, 0

    @asynccontextmanager
    async def begin(self, *people: str) -> AsyncIterator[FakeUnit]:
        if self.spared:
            self.spared -= 1
        elif self.failures:
            self.failures -= 1
            raise OSError("SECRET: database is locked")
        async with super().begin() as unit:
            yield unit


class Stumbling(Answering):
    """Fails at its first tries."""

    def __init__(self, failures: int) -> None:
        super().__init__()
        self.failures = failures
        self.tried: list[str] = []

    async def handle(self, update: Update) -> None:
        self.tried.append(update.update_id)
        if self.failures:
            self.failures -= 1
            raise OSError("SECRET: database is locked")
        await super().handle(update)


def sender(name: str, channel: Channel = Channel.TELEGRAM) -> Sender:
    return Sender(channel=channel, external_id=name, address=name)


def said(number: int, name: str = "ann", channel: Channel = Channel.TELEGRAM) -> Said:
    return Said(update_id=f"{name}{number}", sender=sender(name, channel), received_at=NOW, text="hi")


def tapped(number: int, name: str = "ann") -> Tapped:
    return Tapped(update_id=f"{name}{number}", sender=sender(name), received_at=NOW, token="t.0")


async def started(store: FakeStore, answering: Answering, *, retry_seconds: float = RETRY_SECONDS) -> Intake:
    intake = Intake(store, retry_seconds=retry_seconds)
    await intake.start(answering)
    return intake


async def expect_that(reached: Callable[[], bool]) -> None:
    """Wait for a state that nobody announces."""
    async with asyncio.timeout(WAIT_LIMIT):
        while not reached():  # noqa: ASYNC110 - nothing there tells when
            await asyncio.sleep(0)


async def test_updates_are_answered_in_order_and_repeats_dropped() -> None:
    answering = Answering()
    intake = await started(FakeStore(), answering)

    for number in (1, 2, 2, 3, 1):
        await intake.accept(said(number))
    await intake.wait_until_answered()

    assert answering.answered == ["ann1", "ann2", "ann3"]


async def test_a_slow_answer_delays_neither_taps_nor_others() -> None:
    answering = Answering()
    answering.held = {"ann"}
    intake = await started(FakeStore(), answering)

    for update in (said(1), said(2), tapped(3), said(1, "bob")):
        await intake.accept(update)
    await expect_that(lambda: len(answering.answered) == 2)

    assert sorted(answering.answered) == ["ann3", "bob1"]
    answering.waits["ann"].set()
    await intake.wait_until_answered()
    assert answering.answered[2:] == ["ann1", "ann2"]


async def test_what_was_accepted_before_the_start_is_answered_first() -> None:
    store, answering = FakeStore(), Answering()
    intake = Intake(store)
    for number in (1, 2):
        await intake.accept(said(number))
    assert answering.answered == []

    await intake.start(answering)
    await intake.accept(said(3))
    await intake.wait_until_answered()

    assert answering.answered == ["ann1", "ann2", "ann3"]


async def test_an_update_that_comes_while_it_starts_is_answered_once() -> None:
    for _ in range(20):
        store, answering = FakeStore(), Answering()
        intake = Intake(store)
        starting: list[Awaitable[None]] = [
            intake.accept(said(1)),
            intake.start(answering),
            intake.accept(said(2)),
        ]
        await asyncio.gather(*starting)
        await intake.wait_until_answered()

        assert sorted(answering.answered) == ["ann1", "ann2"]


async def test_other_processes_updates_are_left_to_them() -> None:
    store, answering = FakeStore(), Answering()
    intake = Intake(store)
    await intake.accept(said(1, channel=Channel.TERMINAL))
    await intake.accept(said(2))

    await intake.start(answering, channels={Channel.TERMINAL})
    await intake.wait_until_answered()

    assert answering.answered == ["ann1"]
    async with store.read() as unit:
        assert [one.update.update_id for one in await unit.inbox.waiting()] == ["ann2"]


async def test_what_a_stop_cuts_off_is_answered_by_the_next_start() -> None:
    store, answering = FakeStore(), Answering()
    answering.held = {"ann"}
    intake = await started(store, answering)
    for number in (1, 2, 3):
        await intake.accept(said(number))
    await asyncio.sleep(0)

    await intake.stop(0)
    await intake.accept(said(4))
    assert answering.answered == []

    answering.held.clear()
    again = await started(store, answering)
    await again.wait_until_answered()
    assert answering.answered == ["ann1", "ann2", "ann3", "ann4"]


async def test_a_flood_keeps_a_hundred_and_tells_once() -> None:
    store, answering = FakeStore(), Answering()
    answering.held = {"ann"}
    intake = await started(store, answering)

    for number in range(LANE_LIMIT + 50):
        await intake.accept(said(number))
    answering.waits["ann"].set()
    await intake.wait_until_answered()

    assert len(answering.answered) == 1 + LANE_LIMIT, "one was in hand"
    assert answering.told == [f"ann{1 + LANE_LIMIT}"]
    async with store.read() as unit:
        assert await unit.inbox.waiting() == ()


async def test_who_flooded_is_told_by_the_next_start_if_a_kill_came_first() -> None:
    store, answering = FakeStore(), Answering()
    answering.held = {"ann"}
    intake = await started(store, answering)
    for number in range(LANE_LIMIT + 50):
        await intake.accept(said(number))
    await intake.stop(0)
    assert answering.told == []

    answering.held.clear()
    again = await started(store, answering)
    await again.wait_until_answered()
    assert len(answering.answered) == 1 + LANE_LIMIT
    assert answering.told == [f"ann{1 + LANE_LIMIT}"]

    await (await started(store, answering)).wait_until_answered()
    assert len(answering.told) == 1


async def test_a_notice_of_a_flood_that_fails_is_given_again() -> None:
    store, answering = FakeStore(), Answering()
    answering.held, answering.notice_failures = {"ann"}, 2
    intake = await started(store, answering, retry_seconds=0)
    for number in range(LANE_LIMIT + 2):
        await intake.accept(said(number))

    answering.waits["ann"].set()
    await intake.wait_until_answered()
    assert answering.told == [f"ann{1 + LANE_LIMIT}"]


async def test_after_a_flood_and_its_notice_everything_is_answered_again() -> None:
    store, answering = FakeStore(), Answering()
    answering.held = {"ann"}
    intake = await started(store, answering)
    for number in range(LANE_LIMIT + 2):
        await intake.accept(said(number))
    answering.held.clear()
    answering.waits["ann"].set()
    await intake.wait_until_answered()

    await intake.accept(said(999))
    await intake.wait_until_answered()
    assert answering.answered[-1] == "ann999"
    assert len(answering.told) == 1


async def test_a_store_that_fails_stops_no_lane_and_repeats_no_answer(
    caplog: pytest.LogCaptureFixture,
) -> None:
    store, answering = Failing(), Answering()
    answering.held = {"ann"}
    intake = await started(store, answering, retry_seconds=0)
    for number in (1, 2):
        await intake.accept(said(number))

    store.failures = 3
    answering.waits["ann"].set()
    await intake.wait_until_answered()

    assert answering.answered == ["ann1", "ann2"]
    async with store.read() as unit:
        assert await unit.inbox.waiting() == ()
    assert "OSError at test_intake.py:" in caplog.text
    assert "SECRET" not in caplog.text


async def test_an_answer_that_fails_is_tried_again_before_the_next(caplog: pytest.LogCaptureFixture) -> None:
    store, answering = FakeStore(), Stumbling(1)
    intake = await started(store, answering, retry_seconds=0)

    for number in (1, 2):
        await intake.accept(said(number))
    await intake.wait_until_answered()

    assert answering.tried == ["ann1", "ann1", "ann2"]
    assert "SECRET" not in caplog.text


async def test_an_answer_that_fails_again_and_again_is_left_to_the_next_start() -> None:
    store, answering = FakeStore(), Stumbling(MAX_ATTEMPTS)
    intake = await started(store, answering, retry_seconds=0)

    for number in (1, 2):
        await intake.accept(said(number))
    await intake.wait_until_answered()
    assert answering.answered == ["ann2"]

    again = await started(store, answering, retry_seconds=0)
    await again.wait_until_answered()
    assert answering.answered == ["ann2", "ann1"]


async def test_a_stop_while_the_store_fails_leaves_the_rest_in_the_inbox() -> None:
    store, answering = Failing(), Answering()
    answering.held = {"ann"}
    intake = await started(store, answering)
    for number in (1, 2):
        await intake.accept(said(number))

    store.failures = 1
    answering.waits["ann"].set()
    await expect_that(lambda: not store.failures)
    await intake.stop(0)
    assert answering.answered == ["ann1"]

    again = await started(store, answering)
    await again.wait_until_answered()
    assert answering.answered == ["ann1", "ann1", "ann2"]


async def test_a_flood_while_the_store_fails_is_still_accepted() -> None:
    store, answering = Failing(), Answering()
    answering.held = {"ann"}
    intake = await started(store, answering, retry_seconds=0)
    for number in range(1 + LANE_LIMIT):  # one is in hand
        await intake.accept(said(number))

    store.spared, store.failures = 1, 1  # it is stored, and can't be marked as left out
    await intake.accept(said(1 + LANE_LIMIT))
    assert store.failures == 0
    answering.waits["ann"].set()
    await intake.wait_until_answered()

    assert len(answering.answered) == 1 + LANE_LIMIT
    assert answering.told == [f"ann{1 + LANE_LIMIT}"]


class Stuck(Answering):
    """The store fails ``failures`` times while an update is handled, more often than anything is tried."""

    def __init__(self, failures: int) -> None:
        super().__init__()
        self.failures = failures

    async def handle(self, update: Update) -> None:
        if self.failures:
            self.failures -= 1
            raise StoreBusy("oo.db")
        await super().handle(update)


async def test_an_answer_waits_for_the_store_however_long_and_that_is_said_once(
    caplog: pytest.LogCaptureFixture,
) -> None:
    store, answering = FakeStore(), Stuck(failures=10 * MAX_ATTEMPTS)
    intake = Intake(store, retry_seconds=0)
    await intake.start(answering)

    await intake.accept(said(1))
    await intake.accept(said(2))
    await intake.wait_until_answered()

    assert answering.answered == ["ann1", "ann2"]
    assert answering.delays == [("ann1", "busy")]
    async with store.read() as unit:
        assert await unit.inbox.waiting() == ()
    assert caplog.messages == [], "the store has said it"


class Unmarkable(Intake):
    """What was answered can't be marked before ``well`` is set."""

    well = False

    async def _mark(self, received: Received) -> None:
        if not self.well:
            raise StoreBusy("oo.db")
        await super()._mark(received)


async def test_who_was_answered_does_not_wait_for_the_mark() -> None:
    store, answering = FakeStore(), Answering()
    intake = Unmarkable(store, retry_seconds=0)
    await intake.start(answering)
    await intake.accept(said(1))
    async with asyncio.timeout(WAIT_LIMIT):
        await intake.wait_until_answered(sender("ann"))
    assert answering.answered == ["ann1"]

    intake.well = True
    await intake.wait_until_answered()
    async with store.read() as unit:
        assert await unit.inbox.waiting() == ()


class Conflicting(Answering):
    """Another transaction is in its way at first."""

    def __init__(self, conflicts: int) -> None:
        super().__init__()
        self.conflicts = conflicts

    async def handle(self, update: Update) -> None:
        if self.conflicts:
            self.conflicts -= 1
            raise StoreConflict("the database")
        await super().handle(update)


async def test_an_update_that_met_another_transaction_is_handled_again_at_once_and_nobody_is_told() -> None:
    oo = Conflicting(3)
    intake = Intake(FakeStore(), retry_seconds=WAIT_LIMIT * 2)
    await intake.start(oo)
    await intake.accept(said(1))
    async with asyncio.timeout(WAIT_LIMIT):
        await intake.wait_until_answered()
    assert (oo.answered, oo.delays) == (["ann1"], [])


class Cut(FakeStore):
    """A store whose answer to some commits is lost: they are done, and it looks as if they were not."""

    lost = 0

    @asynccontextmanager
    async def begin(self, *people: str) -> AsyncIterator[FakeUnit]:
        async with super().begin(*people) as unit:
            yield unit
        if self.lost:
            self.lost -= 1
            raise StoreUnreachable("server")


class Slow(FakeStore):
    """A store whose commits take until ``may_end`` is set."""

    def __init__(self) -> None:
        super().__init__()
        self.commits = 0
        self.may_end = asyncio.Event()

    @asynccontextmanager
    async def begin(self, *people: str) -> AsyncIterator[FakeUnit]:
        async with super().begin(*people) as unit:
            yield unit
        self.commits += 1
        await self.may_end.wait()


async def test_an_update_is_answered_although_whoever_brought_it_was_cancelled_during_the_commit() -> None:
    """As the poller is whose term is over; the process goes on."""
    store, answering = Slow(), Answering()
    intake = Intake(store)
    store.may_end.set()
    await intake.start(answering)
    store.may_end.clear()
    accepting = asyncio.create_task(intake.accept(said(1)))
    await expect_that(lambda: store.commits == 2)
    accepting.cancel()
    store.may_end.set()
    await asyncio.wait({accepting})
    assert accepting.cancelled()
    await intake.wait_until_answered()
    assert answering.answered == ["ann1"]


async def test_what_was_stored_although_the_answer_was_lost_is_answered_when_it_comes_again() -> None:
    store, answering = Cut(), Answering()
    intake = Intake(store)
    await intake.start(answering)
    store.lost = 1
    with pytest.raises(StoreUnreachable):
        await intake.accept(said(1))
    await intake.accept(said(1))
    await intake.accept(said(1))
    await intake.wait_until_answered()
    assert answering.answered == ["ann1"]


async def test_what_was_stored_although_the_answer_was_lost_is_answered_before_what_comes_next() -> None:
    """A tap in Slack never comes again."""
    store, answering = Cut(), Answering()
    intake = Intake(store)
    await intake.start(answering)
    store.lost = 2
    for number in (1, 2):
        with pytest.raises(StoreUnreachable):
            await intake.accept(said(number))
    await intake.accept(said(3))
    await intake.accept(said(2))
    await intake.wait_until_answered()
    assert answering.answered == ["ann1", "ann2", "ann3"]


async def test_what_was_not_stored_is_answered_once_when_it_comes_again() -> None:
    store, answering = Refusing(), Answering()
    intake = Intake(store)
    await intake.start(answering)
    store.refused = 1
    with pytest.raises(StoreUnreachable):
        await intake.accept(said(1))
    await intake.accept(said(2))
    await intake.accept(said(1))
    await intake.wait_until_answered()
    assert answering.answered == ["ann2", "ann1"]


async def test_what_waits_for_the_start_is_answered_once_although_its_commit_looked_lost() -> None:
    store, answering = Cut(), Answering()
    intake = Intake(store)
    store.lost = 1
    with pytest.raises(StoreUnreachable):
        await intake.accept(said(1))
    await intake.start(answering)
    await intake.accept(said(2))
    await intake.wait_until_answered()
    assert answering.answered == ["ann1", "ann2"]


class Refusing(FakeStore):
    """A store that can't be reached for some writes."""

    refused = 0

    @asynccontextmanager
    async def begin(self, *people: str) -> AsyncIterator[FakeUnit]:
        if self.refused:
            self.refused -= 1
            raise StoreUnreachable("server")
        async with super().begin(*people) as unit:
            yield unit
