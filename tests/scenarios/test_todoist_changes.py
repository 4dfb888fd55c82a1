"""Changes of Todoist's tasks in oO: made there, held back, taken back, refused; and what a tip says then."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from core.records import Due, Task, TaskPatch
from core.tasks.changes import Restoration, change_task, remove_task, restore
from tests.core.outsiders import BERLIN
from tests.scenarios.talking import expect_edit_on_tap, expect_reply
from tests.scenarios.todoist_talk import expect_rent_tip
from tests.scenarios.world import Scene
from tests.servers.local import status
from tests.servers.telegram import Person
from tests.servers.todoist import TodoistServer
from tests.servers.todoist_sync import SyncingTodoist

FRIDAY = Due(on=date(2026, 11, 27))


@pytest.fixture
def oo(connected: Scene) -> Scene:
    return connected


async def only(oo: Scene) -> Task:
    [task] = await oo.open_tasks(await oo.person("7"))
    return task


async def change(oo: Scene, **fields: Any) -> None:
    task, person = await only(oo), await oo.person("7")
    await change_task(task.task_id, person, oo.app.deps, TaskPatch(**fields), zone=BERLIN)


async def remove(oo: Scene) -> Task:
    return await remove_task((await only(oo)).task_id, await oo.person("7"), oo.app.deps)


async def pass_time(oo: Scene, *, minutes: int) -> None:
    for _ in range(minutes):
        oo.clock.move(minutes=1)
        await oo.tick("relay", "sync")


async def test_a_change_here_is_made_there(oo: Scene, ann: Person, todoist: TodoistServer) -> None:
    await expect_rent_tip(oo, ann, todoist)
    [there] = todoist.tasks.values()
    await change(oo, title="Pay the landlord", due=FRIDAY, priority=2, labels=("home",), minutes=20)
    await pass_time(oo, minutes=2)

    assert there.due is not None
    assert there.duration is not None
    assert (there.content, there.due.date, there.priority) == ("Pay the landlord", "2026-11-27", 3)
    assert (there.labels, there.duration.amount) == (["home"], 20)
    assert "Pay the landlord, Friday" in (await expect_reply(ann, "/tasks")).text


async def test_a_tip_says_what_is_true_by_now(oo: Scene, ann: Person, todoist: TodoistServer) -> None:
    tip = await expect_rent_tip(oo, ann, todoist)
    await change(oo, title="Pay the landlord", due=FRIDAY)

    await expect_edit_on_tap(ann, tip, "Snooze")
    await expect_edit_on_tap(ann, tip, "Back")

    assert tip.text == "Pay the landlord: you marked it urgent."


async def test_a_removed_task_is_deleted_there_after_the_time_for_an_undo(
    oo: Scene, ann: Person, todoist: TodoistServer
) -> None:
    tip = await expect_rent_tip(oo, ann, todoist)
    [there] = todoist.tasks.values()
    await remove(oo)
    await pass_time(oo, minutes=9)
    assert not there.is_deleted
    assert (await expect_reply(ann, "/tasks")).text.startswith("Nothing on your list")
    await pass_time(oo, minutes=2)
    assert there.is_deleted

    await expect_edit_on_tap(ann, tip, "Done")
    assert tip.text == "Pay rent It is no longer on your list."
    assert await oo.reward(await oo.latest("7")) is None


async def test_an_undo_in_time_leaves_todoist_alone(oo: Scene, ann: Person, todoist: SyncingTodoist) -> None:
    await expect_rent_tip(oo, ann, todoist)
    [there] = todoist.tasks.values()
    removed = await remove(oo)
    await pass_time(oo, minutes=5)
    undone = await restore(removed.task_id, await oo.person("7"), oo.app.deps)
    await pass_time(oo, minutes=20)

    assert undone.outcome is Restoration.KEPT
    assert not there.is_deleted
    assert todoist.writes() == []
    assert "Pay rent" in (await expect_reply(ann, "/tasks")).text


async def test_a_late_undo_adds_the_task_again(oo: Scene, ann: Person, todoist: TodoistServer) -> None:
    await expect_rent_tip(oo, ann, todoist)
    [there] = todoist.tasks.values()
    there.labels, there.description = ["home"], "IBAN in the drawer"
    await pass_time(oo, minutes=2)
    removed = await remove(oo)
    await pass_time(oo, minutes=11)
    undone = await restore(removed.task_id, await oo.person("7"), oo.app.deps)
    await pass_time(oo, minutes=3)

    assert undone.outcome is Restoration.ADDED_AGAIN
    [gone, again] = todoist.tasks.values()
    assert (gone.is_deleted, again.is_deleted) == (True, False)
    assert (again.content, again.labels, again.description) == ("Pay rent", ["home"], "IBAN in the drawer")
    assert (again.due and again.due.date, again.priority) == ("2026-11-22", 4)
    assert (await expect_reply(ann, "/tasks")).text.splitlines()[:1] == ["1 task"]


async def test_a_snooze_of_a_removed_task_does_not_come(
    oo: Scene, ann: Person, todoist: TodoistServer
) -> None:
    tip = await expect_rent_tip(oo, ann, todoist)
    await expect_edit_on_tap(ann, tip, "Snooze")
    await expect_edit_on_tap(ann, tip, "1 hour")
    await remove(oo)
    before = len(ann.chat.messages)
    oo.clock.move(hours=1, minutes=1)
    await oo.tick("push", "deliver")

    assert len(ann.chat.messages) == before


async def test_done_and_undone_keeps_the_date_to_which_a_task_was_moved(
    oo: Scene, ann: Person, todoist: TodoistServer
) -> None:
    tip = await expect_rent_tip(oo, ann, todoist)
    await change(oo, due=FRIDAY)
    await expect_edit_on_tap(ann, tip, "Done")
    await expect_edit_on_tap(ann, tip, "Undo")
    await pass_time(oo, minutes=2)

    [there] = todoist.tasks.values()
    assert (await only(oo)).due == FRIDAY
    assert there.due is not None
    assert (there.due.date, there.checked) == ("2026-11-27", False)


@pytest.mark.parametrize("in_words", [True, False])
async def test_a_repeating_task_that_is_done_here_gets_its_date_back_after_todoist_has_moved_it_on(
    oo: Scene, ann: Person, todoist: TodoistServer, in_words: bool
) -> None:
    there = todoist.add("Water the plants", recurring="every day", due=date(2026, 11, 22), priority=4)
    tip = await expect_reply(ann, "/tip")
    done = await expect_reply(ann, "done with water the plants") if in_words else tip
    if not in_words:
        await expect_edit_on_tap(ann, tip, "Done")
    await pass_time(oo, minutes=15)
    assert there.due is not None
    assert there.due.date == "2026-11-23"

    await expect_edit_on_tap(ann, done, "Undo")
    await pass_time(oo, minutes=3)

    assert there.due.date == "2026-11-22"
    assert (await only(oo)).due == Due(on=date(2026, 11, 22))


@pytest.mark.parametrize("in_words", [True, False])
async def test_an_undo_of_done_keeps_the_date_to_which_a_repeating_task_was_moved_since(
    oo: Scene, ann: Person, todoist: TodoistServer, in_words: bool
) -> None:
    there = todoist.add("Water the plants", recurring="every day", due=date(2026, 11, 22), priority=4)
    tip = await expect_reply(ann, "/tip")
    done = await expect_reply(ann, "done with water the plants") if in_words else tip
    if not in_words:
        await expect_edit_on_tap(ann, tip, "Done")
    await pass_time(oo, minutes=15)
    await expect_reply(ann, "move the plants to friday")
    await pass_time(oo, minutes=3)

    await expect_edit_on_tap(ann, done, "Undo")
    await pass_time(oo, minutes=15)

    assert there.due is not None
    assert there.due.date == "2026-11-27"
    assert (await only(oo)).due == FRIDAY


async def test_a_tip_about_a_repeating_task_that_was_moved_says_so(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "/add Water the plants every day")
    tip = await expect_reply(ann, "/tip")
    await change(oo, due=FRIDAY)
    await expect_edit_on_tap(ann, tip, "Done")

    assert tip.text == "Water the plants It is due Friday now."
    assert (await only(oo)).due == FRIDAY


async def test_a_task_of_todoist_is_split_into_steps_of_oos_own(
    oo: Scene, ann: Person, todoist: TodoistServer
) -> None:
    house = todoist.add("Move house", priority=4)
    todoist.add("Pack the books", parent_id=house.id)
    await expect_reply(ann, "/tasks")
    await expect_reply(ann, "break down move house")  # it has an open sub-task in Todoist
    assert len(todoist.tasks) == 2
    todoist.complete_elsewhere(list(todoist.tasks)[1])
    await pass_time(oo, minutes=2)
    await expect_reply(ann, "break down move house")
    await expect_reply(ann, "Call the movers; Paint the walls")

    assert (await expect_reply(ann, "/tip")).text.startswith("Call the movers")
    assert len(todoist.tasks) == 2
    todoist.complete_elsewhere(house.id)
    await pass_time(oo, minutes=2)
    assert (await expect_reply(ann, "/tasks")).text.startswith("Nothing on your list")


REFUSED = [
    (
        r"tasks/\w+$",
        'Todoist did not accept the change of "Rent", so it will be as before. Please change it there.',
    )
]


@pytest.mark.parametrize(("path", "sentence"), REFUSED)
async def test_a_change_that_todoist_will_never_take_is_told_once(
    oo: Scene, ann: Person, todoist: TodoistServer, path: str, sentence: str
) -> None:
    await expect_rent_tip(oo, ann, todoist)
    await change(oo, title="Rent", project="Nowhere")
    await oo.tick("relay")
    told = await ann.expect_message()
    await pass_time(oo, minutes=3)

    assert told.text == sentence
    assert "1. Pay rent" in (await expect_reply(ann, "/tasks")).text


async def test_a_deletion_that_todoist_will_never_take_is_told_once(
    oo: Scene, ann: Person, todoist: TodoistServer
) -> None:
    await expect_rent_tip(oo, ann, todoist)
    [there] = todoist.tasks.values()
    await remove(oo)
    todoist.faults.plan(status(400), on=f"tasks/{there.id}$")
    oo.clock.move(minutes=11)
    await oo.tick("relay")
    told = await ann.expect_message()
    await pass_time(oo, minutes=3)

    assert told.text == (
        'Todoist did not let me delete "Pay rent", so it will be back on your list. Please delete it there.'
    )
    assert "1. Pay rent" in (await expect_reply(ann, "/tasks")).text


async def test_a_recurring_task_that_is_moved_here_keeps_its_recurrence(
    oo: Scene, ann: Person, todoist: TodoistServer
) -> None:
    there = todoist.add("Water the plants", recurring="every monday", priority=4)
    await expect_reply(ann, "/tasks")
    await change(oo, due=FRIDAY)
    tip = await expect_reply(ann, "/tip")
    assert tip.text.startswith("Water the plants")
    await pass_time(oo, minutes=2)

    assert there.due is not None
    assert (there.due.date, there.due.string, there.checked) == ("2026-11-27", "every monday", False)
    assert (await only(oo)).due == FRIDAY
    assert await oo.reward(await oo.latest("7")) is None
