"""What people hear, and what goes on, when Todoist fails or will not take something."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.records import TokenStatus
from tests.scenarios.conftest import NINE, reaching, with_todoist
from tests.scenarios.talking import expect_edit_on_tap, expect_reply, welcomed
from tests.scenarios.todoist_talk import expect_rent_tip, source_status
from tests.scenarios.world import Scene, scene
from tests.servers.local import hang, status
from tests.servers.telegram import Person, TelegramServer
from tests.servers.todoist import TodoistServer


@pytest.fixture
def oo(connected: Scene) -> Scene:
    return connected


async def test_a_refused_token_is_told_once_and_never_at_night(
    oo: Scene, ann: Person, todoist: TodoistServer
) -> None:
    await expect_reply(ann, "/add Call Bob p1")
    todoist.faults.always(status(401))
    before = len(ann.chat.messages)
    oo.clock.set("2026-11-22T22:00:00")  # 23:00
    await oo.tick("sync")
    assert len(ann.chat.messages) == before

    oo.clock.set("2026-11-23T07:00:00")  # 8:00
    for _ in range(3):
        await oo.tick("sync")
        oo.clock.move(hours=1)

    assert len(ann.chat.messages) == before + 1
    told = await ann.expect_message()
    assert told.text.startswith("I can't read your Todoist any more")
    assert "401" not in told.text
    assert (await source_status(oo)).status == TokenStatus.EXPIRED
    assert (await expect_reply(ann, "/tip")).text.startswith("Call Bob")
    assert (await expect_reply(ann, "/connect")).text == told.text


async def test_connected_again_everything_goes_on(oo: Scene, ann: Person, todoist: TodoistServer) -> None:
    todoist.faults.always(status(401))
    await oo.tick("sync")
    await ann.expect_message()
    todoist.faults.clear()
    todoist.add("Pay rent", priority=4)

    await oo.app.start()  # a new token comes with a restart
    oo.clock.move(minutes=2)

    assert "Pay rent" in (await expect_reply(ann, "/tasks")).text
    assert (await source_status(oo)).status == TokenStatus.CONNECTED


@pytest.mark.parametrize("code", [410, 500, 503])
async def test_todoists_own_trouble_is_not_the_persons(
    oo: Scene, ann: Person, todoist: TodoistServer, code: int
) -> None:
    await expect_reply(ann, "/add Call Bob p1")
    todoist.faults.always(status(code))
    before = len(ann.chat.messages)

    for _ in range(3):
        oo.clock.move(minutes=10)
        await oo.tick("sync")

    assert len(ann.chat.messages) == before
    assert (await source_status(oo)).status == TokenStatus.ERROR
    answer = (await expect_reply(ann, "/connect")).text
    assert answer.startswith("Todoist doesn't answer properly")
    assert str(code) not in answer
    assert (await expect_reply(ann, "/tip")).text.startswith("Call Bob")
    todoist.faults.clear()
    oo.clock.move(minutes=10)
    await oo.tick("sync")
    assert (await source_status(oo)).status == TokenStatus.CONNECTED


async def test_a_pause_that_todoist_asks_for_is_kept(oo: Scene, ann: Person, todoist: TodoistServer) -> None:
    todoist.faults.plan(status(429, Retry_After="600"))
    await expect_reply(ann, "/tasks")
    asked = len(todoist.calls)

    for _ in range(9):
        oo.clock.move(minutes=1)
        await oo.tick("sync", "relay")
    assert len(todoist.calls) == asked
    oo.clock.move(minutes=2)
    await oo.tick("sync")

    assert len(todoist.calls) == asked + 1


async def test_a_done_that_todoist_could_not_take_is_told_later(
    oo: Scene, ann: Person, todoist: TodoistServer
) -> None:
    tip = await expect_rent_tip(oo, ann, todoist)
    [task] = todoist.tasks.values()
    todoist.faults.plan(status(503), on="/close$")
    await expect_edit_on_tap(ann, tip, "Done")

    await oo.tick("relay", "sync")
    assert not task.checked
    assert (await expect_reply(ann, "/tasks")).text.startswith("Nothing on your list")
    oo.clock.move(minutes=5)
    await oo.tick("relay")

    assert task.checked


async def test_a_hanging_todoist_delays_a_tip_by_its_deadline_at_most(
    oo: Scene, ann: Person, todoist: TodoistServer
) -> None:
    await expect_reply(ann, "/add Call Bob p1")
    todoist.faults.always(hang)

    tip = await expect_reply(ann, "/tip")

    assert tip.text.startswith("Call Bob")


async def test_what_todoist_will_never_take_is_told_once_and_not_asked_again(
    oo: Scene, ann: Person, todoist: TodoistServer
) -> None:
    tip = await expect_rent_tip(oo, ann, todoist)
    todoist.faults.always(status(400), on="/close$")
    await expect_edit_on_tap(ann, tip, "Done")

    await oo.tick("relay")
    told = await ann.expect_message()
    for _ in range(5):
        oo.clock.move(minutes=2)
        await oo.tick("relay", "sync")

    assert told.text == (
        'Todoist did not let me complete "Pay rent", so it will be back on your list.'
        " Please complete it there."
    )
    assert len(todoist.calls_of("/close$")) == 1
    assert (await source_status(oo)).status == TokenStatus.CONNECTED
    assert "1. Pay rent" in (await expect_reply(ann, "/tasks")).text


async def test_a_process_without_the_token_keeps_what_is_to_be_told(
    tmp_path: Path, telegram: TelegramServer, todoist: TodoistServer, cached_certificates: None
) -> None:
    async with scene(tmp_path, NINE, **reaching(telegram), **with_todoist(todoist)) as oo:
        ann = await welcomed(oo, telegram.user(7, "Ann"))
        await expect_edit_on_tap(ann, await expect_rent_tip(oo, ann, todoist), "Done")
    async with scene(tmp_path, NINE, **reaching(telegram)) as without:
        await without.tick("relay")
    async with scene(tmp_path, NINE, **reaching(telegram), **with_todoist(todoist)) as oo:
        await oo.tick("relay")

    [task] = todoist.tasks.values()
    assert task.checked
