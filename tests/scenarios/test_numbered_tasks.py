"""Requests about a task by its number in the list that was shown last, in Telegram."""

from __future__ import annotations

import pytest

from tests.scenarios.talking import expect_all_answered, expect_edit_on_tap, expect_reply
from tests.scenarios.test_task_changes import add, expect_reply_to, tasks_of
from tests.scenarios.world import Scene
from tests.servers.telegram import Person, TelegramServer

REQUESTS = {
    "delete 3": "Removed: Call Bob.",
    "delete the third one": "Removed: Call Bob.",
    "remove number 3 please": "Removed: Call Bob.",
    "done 2": "Dentist Done at 9:00.",
    "2 is done": "Dentist Done at 9:00.",
    "done with the second one": "Dentist Done at 9:00.",
    "move 2 to friday": "Moved: Dentist, Friday 10:00.",
    "postpone 2 by a week": "Moved: Dentist, Tue 1 Dec 10:00.",
    "make 3 p1": "Changed: Call Bob, p1.",
    "rename 3 to call Ann": "Renamed: Call Bob is now call Ann.",
    "3 takes 30 minutes": "Changed: Call Bob, 30 minutes.",
    "delete the last one": "Removed: Read 2 chapters.",
    "delete 1 and 3": "Removed: Pay rent.\nRemoved: Call Bob.",
    "done 1-3": "Pay rent Done at 9:00.\nDentist Done at 9:00.\nCall Bob Done at 9:00.",
    "move 1 and 2 to friday": "Moved: Pay rent, Friday.\nMoved: Dentist, Friday 10:00.",
    "delete 1\ndone 2": "Removed: Pay rent.\nDentist Done at 9:00.",
    "erledigt 2": "Dentist Done at 9:00.",
    "lösch die 3": "Removed: Call Bob.",
    "verschieb Nummer 2 auf Freitag": "Moved: Dentist, Friday 10:00.",
    "fait 2": "Dentist Done at 9:00.",
    "supprime la troisième": "Removed: Call Bob.",
    "déplace la 2 à vendredi": "Moved: Dentist, Friday 10:00.",
    "hecho 2": "Dentist Done at 9:00.",
    "borra la 3": "Removed: Call Bob.",
    "mueve la 2 al viernes": "Moved: Dentist, Friday 10:00.",
    "/remove 3": "Removed: Call Bob.",
    "/move 2 friday": "Moved: Dentist, Friday 10:00.",
    "/edit 3 p1 30 min": "Changed: Call Bob, p1, 30 minutes.",
}


async def listed(oo: Scene, ann: Person, command: str = "/tasks") -> None:
    await expect_reply(ann, "/language english")
    await add(ann, "Pay rent tomorrow", "Dentist tuesday 10am", "Call Bob", "Read 2 chapters")
    assert "\n2. Dentist" in (await expect_reply(ann, command)).text


async def test_a_number_means_the_task_in_the_list_that_was_shown(oo: Scene, ann: Person) -> None:
    await listed(oo, ann)
    before = await tasks_of(oo)

    for text, answer in REQUESTS.items():
        await expect_reply(ann, "/tasks")
        said = await expect_reply(ann, text)
        assert said.text == answer, text
        await expect_reply(ann, "undo")
        assert await tasks_of(oo) == before, text


async def test_a_number_may_come_from_any_list(oo: Scene, ann: Person) -> None:
    await listed(oo, ann)
    assert "\n1. Pay rent" in (await expect_reply(ann, "what's on this week")).text

    assert (await expect_reply(ann, "move 1 to friday")).text == "Moved: Pay rent, Friday."
    await expect_reply(ann, "/tasks bob")
    assert (await expect_reply(ann, "done 1")).text == "Call Bob Done at 9:00."


async def test_numbers_go_on_on_the_second_page(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "/language english")
    await add(ann, *(f"Task number {letter}" for letter in "ABCDEFGHIJ"))
    page = await expect_reply(ann, "/tasks")
    await expect_edit_on_tap(ann, page, "More ›")
    assert "9. Task number I" in page.text

    assert (await expect_reply(ann, "delete 10")).text == "Removed: Task number J."
    assert (await expect_reply_to(ann, page, "9 p1")).text == "Changed: Task number I, p1."
    assert (await expect_reply_to(ann, page, "done 9")).text == "Task number I Done at 9:00."


async def test_without_a_recent_list_oo_asks(oo: Scene, ann: Person, telegram: TelegramServer) -> None:
    await listed(oo, ann)
    await expect_all_answered(oo, telegram)
    oo.clock.move(hours=13)
    before = await tasks_of(oo)

    for text in ("delete 3", "move 2 to friday", "done 2", "lösch die 3", "fait 2"):
        said = await expect_reply(ann, text)
        assert "1. Pay rent" in said.text, text
        assert len(said.labels) >= 4
        await expect_all_answered(oo, telegram)
        oo.clock.move(hours=13)
    assert await tasks_of(oo) == before


async def test_a_number_that_the_list_does_not_have_changes_nothing(oo: Scene, ann: Person) -> None:
    await listed(oo, ann)
    before = await tasks_of(oo)

    assert (await expect_reply(ann, "delete 9")).text.startswith('No open task fits "9".')
    assert "1. Pay rent" in (await expect_reply(ann, "done 2 and 12")).text
    assert await tasks_of(oo) == before


async def test_a_task_of_the_list_that_is_closed_by_now_is_said_to_be(oo: Scene, ann: Person) -> None:
    await listed(oo, ann)

    assert (await expect_reply(ann, "delete 3")).text == "Removed: Call Bob."
    assert (await expect_reply(ann, "delete 3")).text == "That is no longer open."
    assert (await expect_reply(ann, "delete 4")).text == "Removed: Read 2 chapters."


@pytest.mark.parametrize("text", ["buy 2 apples", "call Eve at 3", "read 3 chapters tomorrow"])
async def test_other_numbers_are_part_of_a_to_do(oo: Scene, ann: Person, text: str) -> None:
    await listed(oo, ann)

    assert (await expect_reply(ann, text)).text.startswith("Added: ")
    assert len(await tasks_of(oo)) == 5
