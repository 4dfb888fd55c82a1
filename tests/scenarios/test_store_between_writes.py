"""The store fails at any one write that an update leads to: all is done once, and said once."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from adapters.storage.store import Storage, Transaction
from bot.screens import texts
from core.errors import StoreBusy
from tests.scenarios.conftest import NINE, reaching
from tests.scenarios.talking import expect_all_answered, expect_message_on_tap, expect_reply, welcomed
from tests.scenarios.world import Scene, scene
from tests.servers.telegram import Message, Person, TelegramServer

pytestmark = pytest.mark.usefixtures("cached_certificates")

WRITES = range(1, 9)
"""More than any update here leads to."""

DELAYED = "I have your message"
LEASE = "lease "


class Trouble:
    """The store fails at the ``countdown``-th write from now, ``times`` times."""

    def __init__(self) -> None:
        self.countdown = 0
        self.times = 0
        self.each: Callable[[], None] = lambda: None
        """What happens before each write."""

    def strike(self, countdown: int, times: int = 1) -> None:
        self.countdown, self.times = countdown, times

    def hits(self) -> bool:
        self.each()
        self.countdown -= 1
        if self.countdown <= 0 and self.times:
            self.times -= 1
            return True
        return False


@pytest.fixture
def trouble(monkeypatch: pytest.MonkeyPatch) -> Trouble:
    trouble, begin = Trouble(), Storage.begin

    @asynccontextmanager
    async def begin_or_fail(storage: Storage, *people: str) -> AsyncIterator[Transaction]:
        is_beat = any(one.startswith(LEASE) for one in people)  # it comes at any time, and is no update's
        if not is_beat and trouble.hits():
            raise StoreBusy("oo.db")
        async with begin(storage, *people) as unit:
            yield unit

    monkeypatch.setattr(Storage, "begin", begin_or_fail)
    return trouble


def hurried(oo: Scene) -> Scene:
    """oO that pauses for an instant before it tries the store again."""
    oo.app.intake.retry_seconds = oo.app.router.store_retry_seconds = 0.01
    return oo


@pytest.fixture
async def oo(tmp_path: Path, telegram: TelegramServer, trouble: Trouble) -> AsyncIterator[Scene]:
    async with scene(tmp_path, NINE, **reaching(telegram)) as running:
        yield hurried(running)


@pytest.fixture
async def ann(oo: Scene, telegram: TelegramServer) -> Person:
    return await welcomed(oo, telegram.user(7, "Ann"))


class Counted:
    """What ``ann`` is shown from now on, without the word that an answer has to wait."""

    def __init__(self, oo: Scene, telegram: TelegramServer, ann: Person) -> None:
        self._oo, self._telegram, self._ann = oo, telegram, ann
        self._before = len(ann.chat.messages)

    async def texts(self) -> list[str]:
        await expect_all_answered(self._oo, self._telegram)
        fresh = self._ann.chat.messages[self._before :]
        assert len([one for one in fresh if one.text.startswith(DELAYED)]) <= 1
        return [one.text for one in fresh if not one.text.startswith(DELAYED)]


async def counted(oo: Scene, telegram: TelegramServer, ann: Person) -> Counted:
    """From when all before is answered and marked: the writes of the next update begin."""
    await expect_all_answered(oo, telegram)
    return Counted(oo, telegram, ann)


async def days(oo: Scene) -> list[tuple[str, int]]:
    """The open tasks, and on which day of the month each is due."""
    tasks = await oo.open_tasks(await oo.person("7"))
    return sorted((task.title, task.due.on.day if task.due else 0) for task in tasks)


async def list_with(ann: Person, *tasks: str) -> Message:
    for task in tasks:
        await expect_reply(ann, f"/add {task}")
    return await expect_reply(ann, "/tasks")


@pytest.mark.parametrize("write", WRITES)
async def test_a_repeating_task_moves_on_once(
    write: int, oo: Scene, telegram: TelegramServer, ann: Person, trouble: Trouble
) -> None:
    shown = await list_with(ann, "Take pills every day at 10:00")
    fresh = await counted(oo, telegram, ann)
    trouble.strike(write)
    await ann.tap(shown, "Done 1")
    assert len(await fresh.texts()) == 1
    assert "Take pills" in (await fresh.texts())[0]
    assert await days(oo) == [("Take pills", 23)]


@pytest.mark.parametrize("write", WRITES)
async def test_of_two_tasks_of_a_kind_one_is_completed(
    write: int, oo: Scene, telegram: TelegramServer, ann: Person, trouble: Trouble
) -> None:
    await list_with(ann, "Water the plants", "Water the plants on the roof")
    fresh = await counted(oo, telegram, ann)
    trouble.strike(write)
    await ann.send("done with water the plants")
    assert len(await fresh.texts()) == 1
    assert await days(oo) == [("Water the plants on the roof", 0)]


CHANGES = {
    "postpone the dentist by a week": "Moved: Dentist, Fri 4 Dec.",
    "/edit dentist p1 30 min": "Changed: Dentist, p1, 30 minutes.",
    "/remove dentist": "Removed: Dentist.",
}


@pytest.mark.parametrize("text", CHANGES)
@pytest.mark.parametrize("countdown", WRITES)
async def test_a_task_is_changed_and_confirmed_once(
    oo: Scene, ann: Person, telegram: TelegramServer, trouble: Trouble, countdown: int, text: str
) -> None:
    await expect_reply(ann, "/add Dentist friday")
    fresh = await counted(oo, telegram, ann)

    trouble.strike(countdown)
    await ann.send(text)

    assert await fresh.texts() == [CHANGES[text]]
    trouble.strike(0, 0)
    await ann.send("undo")
    assert len(await fresh.texts()) == 2
    assert await days(oo) == [("Dentist", 27)]


@pytest.mark.parametrize("write", WRITES)
async def test_several_tasks_of_one_message_are_added_and_confirmed_once(
    write: int, oo: Scene, telegram: TelegramServer, ann: Person, trouble: Trouble
) -> None:
    fresh = await counted(oo, telegram, ann)
    trouble.strike(write)
    await ann.send("remind me every day at 9 and 21 to take pills")
    told = await fresh.texts()
    assert [one.splitlines()[0] for one in told] == ["I'll remind you of 2 tasks:"]
    assert [title for title, _ in await days(oo)] == ["take pills", "take pills"]


@pytest.mark.parametrize("write", WRITES)
async def test_a_tip_said_to_be_done_is_said_so_once_and_a_second_done_means_nothing_else(
    write: int, oo: Scene, telegram: TelegramServer, ann: Person, trouble: Trouble
) -> None:
    await list_with(ann, "Pay rent p1", "Call Bob p4")
    await expect_reply(ann, "/tip")
    before = [title for title, _ in await days(oo)]
    fresh = await counted(oo, telegram, ann)
    trouble.strike(write)
    await ann.send("done")
    assert await fresh.texts() == [texts.DONE_SAID]
    assert len(await days(oo)) == len(before) - 1


@pytest.mark.parametrize("write", WRITES)
async def test_a_tip_that_was_asked_for_once_comes_once(
    write: int, oo: Scene, telegram: TelegramServer, ann: Person, trouble: Trouble
) -> None:
    await list_with(ann, "Pay rent p1", "Call Bob p1", "Sweep the yard p1")
    fresh = await counted(oo, telegram, ann)
    trouble.strike(write)
    await ann.send("/tip")
    assert len(await fresh.texts()) == 1
    assert len(await oo.decisions(await oo.person("7"))) == 1


async def test_a_tap_is_received_carried_out_and_shown_in_a_transaction_each(
    oo: Scene, telegram: TelegramServer, ann: Person, trouble: Trouble
) -> None:
    await expect_reply(ann, "/add Pay rent")
    tip = await expect_reply(ann, "/tip")
    await expect_all_answered(oo, telegram)
    writes: list[None] = []
    trouble.each = lambda: writes.append(None)
    await ann.tap(tip, "Dismiss")
    await expect_all_answered(oo, telegram)
    assert len(writes) == 4, "received, reacted, redrawn, handled"


async def test_trouble_that_lasts_after_the_deed_is_told_once(
    oo: Scene, telegram: TelegramServer, ann: Person, trouble: Trouble
) -> None:
    fresh = await counted(oo, telegram, ann)
    trouble.strike(3, times=20)  # stored and added, but the button under the answer can't be kept
    assert (await expect_reply(ann, "/add Pay rent")).text.startswith(DELAYED)
    assert await fresh.texts() == ["Added: Pay rent."]


async def test_a_repeating_task_done_before_a_stop_is_not_done_again_after_it(
    tmp_path: Path, telegram: TelegramServer, trouble: Trouble
) -> None:
    async with scene(tmp_path, NINE, **reaching(telegram)) as oo:
        ann = await welcomed(hurried(oo), telegram.user(7, "Ann"))
        shown = await list_with(ann, "Take pills every day at 10:00")
        await expect_all_answered(oo, telegram)
        trouble.each = lambda: oo.clock.move(seconds=1)
        trouble.strike(3, times=1_000_000)  # stored and done, but it can't be shown
        await ann.tap(shown, "Done 1")
        assert (await ann.expect_message()).text.startswith(DELAYED)

    trouble.strike(0, times=0)
    async with scene(tmp_path, "2026-11-22T08:30:00", **reaching(telegram)) as oo:
        await expect_all_answered(oo, telegram)
        assert await days(oo) == [("Take pills", 23)]
        assert (await ann.expect_message()).text == "Take pills Done at 9:00. Next: tomorrow 10:00."
        oo.clock.move(minutes=1)
        await expect_message_on_tap(ann, await expect_reply(ann, "/tasks"), "Done 1")
        assert await days(oo) == [("Take pills", 24)], "a later one is another one"
