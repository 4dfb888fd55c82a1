"""An update whose handling ends the process: after a few, it is in nobody's way and is tried by itself."""

from __future__ import annotations

import asyncio

import pytest

from bot import isolation
from bot.intake import Intake
from bot.isolation import MAX_PAUSE_SECONDS, pause_before
from core.chat import Update
from core.store import ALONE_AFTER, MAX_BEGUN_AGAIN
from tests.bot.test_intake import Answering, Cut, Failing, Stumbling, expect_that, said, tapped
from tests.fakes.store import FakeStore
from tests.waiting import WAIT_LIMIT

DEADLY = "ann1"


@pytest.fixture(autouse=True)
def short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolation, "FIRST_PAUSE_SECONDS", 0.0)


class Dying(Answering):
    """Never gets done with an update, as a process that ends in the middle of it."""

    def __init__(self, *deadly: str) -> None:
        super().__init__()
        self.deadly = deadly or (DEADLY,)
        self.begun: list[str] = []

    async def handle(self, update: Update) -> None:
        self.begun.append(update.update_id)
        if update.update_id in self.deadly:
            await asyncio.Event().wait()
        await super().handle(update)


class Passing(Answering):
    """Notes what it answers after later ones."""

    def __init__(self) -> None:
        super().__init__()
        self.passed: list[str] = []

    async def handle_passed(self, update: Update) -> None:
        self.passed.append(update.update_id)


async def started(store: FakeStore, one: Dying) -> Intake:
    intake = Intake(store, retry_seconds=0)
    await intake.start(one)
    return intake


async def a_life(store: FakeStore, *deadly: str, also: int | None = None) -> Dying:
    """A process that begins what it finds, and ``also`` another update of Ann's; then it dies."""
    one = Dying(*deadly)
    intake = await started(store, one)
    if also:
        await intake.accept(said(also))
    await expect_that(lambda: DEADLY in one.begun)
    await intake.stop(0)  # writes nothing
    return one


async def counted(store: FakeStore) -> dict[str, int]:
    """How often each update that waits was begun again."""
    async with store.read() as unit:
        return {one.update.update_id: one.begun_again for one in await unit.inbox.waiting()}


async def test_a_deadly_update_ends_five_processes_in_its_lane_and_is_then_in_nobodys_way() -> None:
    store = FakeStore()
    for number in (1, 2):
        await Intake(store).accept(said(number))
    for _ in range(MAX_BEGUN_AGAIN):
        life = await a_life(store)
        assert life.begun == [DEADLY]
        assert life.isolated_ones == []
    assert await counted(store) == {DEADLY: MAX_BEGUN_AGAIN, "ann2": 0}, "what never began is not suspected"

    life = await a_life(store, also=3)
    assert life.answered == ["ann2", "ann3"]
    assert life.isolated_ones == [DEADLY], "the person is told"
    assert await counted(store) == {DEADLY: MAX_BEGUN_AGAIN + 2}
    assert (await a_life(store)).isolated_ones == [], "once"


async def test_an_update_that_was_only_unlucky_is_handled_before_later_ones() -> None:
    store = FakeStore()
    for number in (1, 2):
        await Intake(store).accept(said(number))
    for _ in range(MAX_BEGUN_AGAIN - 1):
        await a_life(store)
    calm = Dying("nothing")
    intake = await started(store, calm)
    await intake.wait_until_answered()
    assert calm.answered == [DEADLY, "ann2"]


async def test_an_isolated_update_is_handled_once_it_ends_no_process_any_more() -> None:
    store = FakeStore()
    await Intake(store).accept(said(1))
    for _ in range(MAX_BEGUN_AGAIN):
        await a_life(store)
    calm = Passing()
    await Intake(store).start(calm)
    await expect_that(lambda: calm.passed == [DEADLY])
    await expect_nothing_waits(store)
    async with store.read() as unit:
        assert await unit.inbox.isolated() == ()
    assert calm.answered == []


async def expect_nothing_waits(store: FakeStore) -> None:
    async with asyncio.timeout(WAIT_LIMIT):
        while await counted(store):  # noqa: ASYNC110 - nobody announces it
            await asyncio.sleep(0)


async def test_of_several_suspects_one_at_a_time_is_handled() -> None:
    store = FakeStore()
    suspects: list[Update] = [said(1), tapped(2), said(1, "bob")]
    for update in suspects:
        await Intake(store).accept(update)
    for _ in range(ALONE_AFTER):
        one = Dying(*(each.update_id for each in suspects))
        intake = await started(store, one)
        await expect_that(lambda one=one: len(one.begun) == len(suspects))  # type: ignore[misc]
        await intake.stop(0)
    one = await a_life(store, also=3)
    assert one.begun == [DEADLY], "if it ends the process, the others are not suspected further"
    assert await counted(store) == {DEADLY: 3, "ann2": 2, "bob1": 2, "ann3": 0}


async def test_an_update_that_fails_without_ending_the_process_is_no_suspect() -> None:
    store = FakeStore()
    await Intake(store).accept(said(1))
    for _ in range(2 * MAX_BEGUN_AGAIN):
        failing = Stumbling(failures=10)
        intake = Intake(store, retry_seconds=0)
        await intake.start(failing)
        await intake.wait_until_answered()
    assert await counted(store) == {DEADLY: 0}


async def test_what_is_tried_when_oo_stops_may_be_finished() -> None:
    store = FakeStore()
    await Intake(store).accept(said(1))
    for _ in range(MAX_BEGUN_AGAIN):
        await a_life(store)
    slow = Answering()
    slow.held = {"ann"}
    intake = Intake(store)
    await intake.start(slow)
    await expect_that(lambda: bool(slow.waits))
    stopping = asyncio.create_task(intake.stop(10.0))
    await asyncio.sleep(0)
    slow.waits["ann"].set()
    await stopping
    assert await counted(store) == {}


async def test_an_attempt_that_can_not_be_counted_is_made_all_the_same() -> None:
    for store in (Failing(), Cut()):
        await Intake(store).accept(said(1))
        calm = Dying("nothing")
        if isinstance(store, Failing):
            store.spared, store.failures = 1, 1
        intake = await started(store, calm)
        if isinstance(store, Cut):
            store.lost = 1
        await intake.wait_until_answered()
        assert calm.answered == [DEADLY]
        assert await counted(store) == {}


def test_each_pause_is_eight_times_as_long_up_to_six_hours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    pauses = [pause_before(MAX_BEGUN_AGAIN + attempts) for attempts in (0, 1, 2, 3, 4, 5, 1000)]
    assert pauses == [5, 40, 320, 2560, 20480, MAX_PAUSE_SECONDS, MAX_PAUSE_SECONDS]
