"""Cards and words about tasks that live in Todoist: the same answers, there as here, and while it is down."""

from __future__ import annotations

from datetime import date

import pytest

from bot.screens import texts_tasks
from tests.scenarios.talking import expect_edit_on_tap, expect_reply
from tests.scenarios.world import Scene
from tests.servers.local import status
from tests.servers.telegram import Message, Person
from tests.servers.todoist import TodoistServer


@pytest.fixture
def oo(connected: Scene) -> Scene:
    return connected


@pytest.fixture
async def card(oo: Scene, ann: Person, todoist: TodoistServer) -> Message:
    """The card of a task of Todoist's."""
    todoist.add("Pay rent", due=date(2026, 11, 23), priority=4)
    return await expect_edit_on_tap(ann, await expect_reply(ann, "/tasks"), "1 ›")


async def pass_time(oo: Scene, *, minutes: int) -> None:
    for _ in range(minutes):
        oo.clock.move(minutes=1)
        await oo.tick("relay", "sync")


async def test_the_card_says_where_a_task_lives(card: Message) -> None:
    assert card.text.splitlines() == ["Pay rent", "Due: tomorrow", "Priority: p1", "It lives in Todoist."]


async def test_moved_and_renamed_here_is_so_there_and_back_again(
    oo: Scene, ann: Person, card: Message, todoist: TodoistServer
) -> None:
    [there] = todoist.tasks.values()
    await expect_edit_on_tap(ann, card, "Move")
    await expect_edit_on_tap(ann, card, "Weekend")
    assert card.text == "Moved: Pay rent, Saturday."
    assert (await expect_reply(ann, "rename rent to Pay the landlord")).text == (
        "Renamed: Pay rent is now Pay the landlord."
    )
    await pass_time(oo, minutes=2)
    assert there.due is not None
    assert (there.content, there.due.date) == ("Pay the landlord", "2026-11-28")

    await expect_reply(ann, "undo")
    await expect_edit_on_tap(ann, card, "Undo")
    await pass_time(oo, minutes=2)

    assert (there.content, there.due.date) == ("Pay rent", "2026-11-23")
    assert card.text == "Undone: Pay rent, tomorrow."


async def test_a_removal_is_taken_back_before_and_after_todoist_heard_of_it(
    oo: Scene, ann: Person, card: Message, todoist: TodoistServer
) -> None:
    await expect_edit_on_tap(ann, card, "Remove")
    await expect_edit_on_tap(ann, card, "Undo")
    assert card.text == texts_tasks.RESTORED.replace("**", "").format(title="Pay rent")
    removed = await expect_reply(ann, "/remove rent")
    await pass_time(oo, minutes=20)

    await expect_edit_on_tap(ann, removed, "Undo")

    assert removed.text == texts_tasks.RESTORED_AGAIN.replace("**", "").format(title="Pay rent")
    await pass_time(oo, minutes=2)
    assert [task.title for task in await oo.open_tasks(await oo.person("7"))] == ["Pay rent"]


async def test_while_todoist_is_down_a_card_answers_as_ever(
    oo: Scene, ann: Person, card: Message, todoist: TodoistServer
) -> None:
    todoist.faults.always(status(503))

    await expect_edit_on_tap(ann, card, "Move")
    await expect_edit_on_tap(ann, card, "Tomorrow")
    assert card.text == "Pay rent is like that already."
    assert (await expect_reply(ann, "/move rent friday")).text == "Moved: Pay rent, Friday."
    assert (await expect_reply(ann, "undo")).text == "Undone: Pay rent, tomorrow."
    assert (await expect_reply(ann, "/remove rent")).text == "Removed: Pay rent."
