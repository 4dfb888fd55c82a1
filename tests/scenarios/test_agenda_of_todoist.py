"""Agenda and figures with tasks that live in Todoist."""

from __future__ import annotations

from datetime import date

import pytest

from bot.screens.agenda import review
from tests.scenarios.intended import expect_screen
from tests.scenarios.talking import expect_edit_on_tap, expect_message_on_tap, expect_reply
from tests.scenarios.world import Scene
from tests.servers.local import status
from tests.servers.telegram import Person
from tests.servers.todoist import TodoistServer

TODAY = date(2026, 11, 22)


@pytest.fixture
def oo(connected: Scene) -> Scene:
    return connected


async def lines(ann: Person, command: str) -> list[str]:
    return (await expect_reply(ann, command)).text.splitlines()


async def test_the_agenda_reads_todoist_anew_and_done_here_is_done_there(
    oo: Scene, ann: Person, todoist: TodoistServer
) -> None:
    rent = todoist.add("Pay rent", due=TODAY, priority=4)
    said = await expect_reply(ann, "/today")
    assert said.text.splitlines() == ["Today: a task", "1. Pay rent, p1"]

    done = await expect_message_on_tap(ann, said, "Done 1")
    await oo.tick("relay")
    assert rent.checked
    assert (await lines(ann, "/stats"))[0] == "Done this week: a task"
    await expect_edit_on_tap(ann, done, "Undo")
    await oo.tick("relay")
    assert not rent.checked
    assert (await lines(ann, "/stats"))[0] == "Done this week: nothing so far"


async def test_done_there_is_in_the_figures_and_in_the_look_back(
    oo: Scene, ann: Person, todoist: TodoistServer
) -> None:
    rent = todoist.add("Pay rent", due=TODAY, priority=4)
    await lines(ann, "/today")
    todoist.complete_elsewhere(rent.id)
    oo.clock.move(minutes=5)

    assert await lines(ann, "/today") == ["Nothing more is due today.", "Done today: Pay rent"]
    assert (await lines(ann, "/stats"))[0] == "Done this week: a task"


async def test_a_repeating_task_of_todoist_cannot_be_dropped(
    oo: Scene, ann: Person, todoist: TodoistServer
) -> None:
    todoist.add("Water plants", due=TODAY, recurring="every day")
    await lines(ann, "/today")
    said = await expect_screen(oo, ann, review)
    assert said is not None
    assert said.labels == ["Done 1", "Tomorrow 1"]


async def test_with_todoist_down_the_copies_are_shown(oo: Scene, ann: Person, todoist: TodoistServer) -> None:
    todoist.add("Pay rent", due=TODAY)
    await lines(ann, "/today")
    todoist.faults.always(status(503))
    oo.clock.move(minutes=5)
    assert await lines(ann, "/today") == ["Today: a task", "1. Pay rent"]
