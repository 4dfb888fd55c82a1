"""Requests about the whole list, in Telegram: asked back with the number, done and undone by a tap."""

from __future__ import annotations

import pytest

from bot.screens import texts
from tests.scenarios.talking import expect_edit_on_tap, expect_message_on_tap, expect_reply
from tests.scenarios.world import Scene
from tests.servers.telegram import Person

TASKS = ("Pay rent today", "Dentist saturday 10am", "Call Bob")


async def add(ann: Person, *tasks: str) -> None:
    await expect_reply(ann, "/language english")
    for task in tasks:
        await expect_reply(ann, f"/add {task}")


async def titles(oo: Scene) -> list[str]:
    return sorted(task.title for task in await oo.open_tasks(await oo.person("7")))


async def dues(oo: Scene) -> list[str]:
    tasks = await oo.open_tasks(await oo.person("7"))
    return sorted(f"{task.title} {task.due.on if task.due else None}" for task in tasks)


@pytest.mark.parametrize(
    "words", ["clear my list", "delete all tasks", "alle aufgaben löschen", "vide ma liste", "vacía mi lista"]
)
async def test_all_tasks_are_removed_after_a_question_and_come_back(
    oo: Scene, ann: Person, words: str
) -> None:
    await add(ann, *TASKS)
    before = await titles(oo)
    asked = await expect_reply(ann, words)
    assert asked.text.startswith("Remove 3 tasks?")
    assert await titles(oo) == before

    removed = await expect_edit_on_tap(ann, asked, "Remove 3 tasks")
    assert not await titles(oo)
    await expect_edit_on_tap(ann, removed, "Undo all")
    assert await titles(oo) == before


async def test_a_question_that_is_refused_changes_nothing(oo: Scene, ann: Person) -> None:
    await add(ann, *TASKS)
    await expect_edit_on_tap(ann, await expect_reply(ann, "delete all tasks"), "No")
    assert len(await titles(oo)) == 3


@pytest.mark.parametrize("words", ["remove everything", "lösch alles", "efface tout", "borra todo"])
async def test_everything_may_be_the_tasks_or_the_account(oo: Scene, ann: Person, words: str) -> None:
    await add(ann, *TASKS)
    asked = await expect_reply(ann, words)
    assert asked.labels == ["Remove 3 tasks", "Everything about me", "Neither"]
    sure = await expect_message_on_tap(ann, asked, "Everything about me")
    assert sure.labels == ["Delete everything", "Keep it"]
    assert len(await titles(oo)) == 3


async def test_without_tasks_everything_is_the_account(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "/language english")
    assert "Delete everything" in (await expect_reply(ann, "delete everything")).labels


async def test_only_those_of_a_day_are_done_or_moved(oo: Scene, ann: Person) -> None:
    await add(ann, *TASKS)
    before = await dues(oo)
    asked = await expect_reply(ann, "mark everything for saturday as done")
    assert asked.text.startswith("Mark 1 task as done?")
    done = await expect_edit_on_tap(ann, asked, "1 task: done")
    assert await titles(oo) == ["Call Bob", "Pay rent"]
    await expect_edit_on_tap(ann, done, "Undo")

    asked = await expect_reply(ann, "push everything from today to tomorrow")
    moved = await expect_edit_on_tap(ann, asked, "Move 1 task")
    assert moved.text == "Moved: Pay rent, tomorrow."
    await expect_edit_on_tap(ann, moved, "Undo")
    assert await dues(oo) == before


async def test_whether_tasks_of_other_days_are_moved_too_is_asked(oo: Scene, ann: Person) -> None:
    await add(ann, *TASKS)
    asked = await expect_reply(ann, "verschieb alles auf morgen")
    assert asked.labels == ["Only what is due: 1 task", "Move 3 tasks", "No"]
    await expect_edit_on_tap(ann, asked, "Only what is due: 1 task")
    assert len({one.split()[-1] for one in await dues(oo)}) == 3


async def test_many_are_said_in_one_line(oo: Scene, ann: Person) -> None:
    await add(ann, "\n".join(f"Task number {number}" for number in range(15)))
    asked = await expect_reply(ann, "clear my list")
    assert "And 5 more." in asked.text
    removed = await expect_edit_on_tap(ann, asked, "Remove 15 tasks")
    assert removed.text == "Removed: 15 tasks."
    await expect_edit_on_tap(ann, removed, "Undo all")
    assert removed.text == "Undone: 15 tasks."
    assert len(await titles(oo)) == 15


async def test_many_are_taken_back_in_one_line_but_for_those_that_are_not(oo: Scene, ann: Person) -> None:
    for first in (0, 40, 80):
        await expect_reply(
            ann, "/add " + "\n".join(f"Task number {number} friday" for number in range(first, first + 40))
        )
    before = await dues(oo)
    asked = await expect_reply(ann, "move everything to sunday")
    moved = await expect_edit_on_tap(ann, asked, "Move 120 tasks")
    assert moved.text == "Moved: 120 tasks."
    await expect_reply(ann, "move task number 7 to monday")
    await expect_edit_on_tap(ann, moved, "Undo all")
    assert moved.text.startswith("Undone: 119 tasks.\n")
    assert "Task number 7" in moved.text
    assert len(moved.text.splitlines()) == 2
    assert len({*before} & {*await dues(oo)}) == 119


async def test_what_fits_no_task_is_said(oo: Scene, ann: Person) -> None:
    await add(ann, *TASKS)
    assert "No open task" in (await expect_reply(ann, "delete everything for sunday")).text
    assert len(await titles(oo)) == 3


@pytest.mark.parametrize("words", ["delete both", "lösch beide", "supprime les deux", "borra las dos"])
async def test_both_are_the_last_two(oo: Scene, ann: Person, words: str) -> None:
    await add(ann, "Call Bob", "Buy milk", "Dentist")
    assert (await expect_reply(ann, words)).text == "Removed: Buy milk.\nRemoved: Dentist."
    assert await titles(oo) == ["Call Bob"]


async def test_both_of_a_longer_list_are_not_clear(oo: Scene, ann: Person) -> None:
    await add(ann, "Call Bob", "Buy milk", "Dentist")
    await expect_reply(ann, "/tasks")
    await expect_reply(ann, "delete both")
    assert len(await titles(oo)) == 3


async def test_a_place_with_a_time_moves_that_task(oo: Scene, ann: Person) -> None:
    await add(ann, *TASKS)
    assert "\n2. Dentist" in (await expect_reply(ann, "/tasks")).text
    for words in ("the second one should be at 5pm", "die zweite um 17 uhr", "la deuxième à 17h"):
        assert "17:00" in (await expect_reply(ann, words)).text, words
        await expect_reply(ann, "undo")


@pytest.mark.parametrize("words", ["yes", "Ja!", "ja, bitte", "oui", "sí", "👍"])
async def test_a_typed_yes_is_the_tap(oo: Scene, ann: Person, words: str) -> None:
    await add(ann, *TASKS)
    before = await titles(oo)
    asked = await expect_reply(ann, "clear my list")
    removed = await expect_reply(ann, words)
    assert removed.text.startswith("Removed: ")
    assert removed.labels == ["Undo all"]
    assert asked.labels == ["Undo all"]
    assert not await titles(oo)
    await expect_edit_on_tap(ann, removed, "Undo all")
    assert await titles(oo) == before


@pytest.mark.parametrize("words", ["no", "nein", "Nein danke", "non", "laisse tomber", "cancel"])
async def test_a_typed_no_says_that_nothing_was_changed(oo: Scene, ann: Person, words: str) -> None:
    await add(ann, *TASKS)
    asked = await expect_reply(ann, "clear my list")
    assert (await expect_reply(ann, words)).text == texts.NOT_DONE
    assert asked.labels == []
    assert len(await titles(oo)) == 3


async def test_a_yes_after_something_else_is_no_answer(oo: Scene, ann: Person) -> None:
    await add(ann, *TASKS)
    asked = await expect_reply(ann, "clear my list")
    await expect_reply(ann, "thanks")
    await expect_reply(ann, "yes")
    assert len(await titles(oo)) == 3
    await ann.send("yes", reply_to=asked)
    assert (await ann.expect_message()).text.startswith("Removed: ")
    assert not await titles(oo)


async def test_a_yes_moves_all_that_was_asked_for(oo: Scene, ann: Person) -> None:
    await add(ann, *TASKS)
    await expect_reply(ann, "verschieb alles auf morgen")
    await expect_reply(ann, "ja")
    assert len({one.split()[-1] for one in await dues(oo)}) == 1


async def test_everything_is_never_deleted_by_a_word(oo: Scene, ann: Person) -> None:
    await add(ann, *TASKS)
    await expect_reply(ann, "remove everything")
    assert (await expect_reply(ann, "yes")).text == texts.TAP_ONE
    assert len(await titles(oo)) == 3
    await expect_reply(ann, "/delete")
    assert (await expect_reply(ann, "yes")).text == texts.TAP_ONE
    assert len(await titles(oo)) == 3


async def test_yes_adds_what_was_not_understood(oo: Scene, ann: Person) -> None:
    await add(ann, *TASKS)
    asked = await expect_reply(ann, "purple elephants")
    assert asked.labels == ["Add it"], asked.text
    await expect_reply(ann, "yes")
    assert "purple elephants" in await titles(oo)


@pytest.mark.parametrize(
    "words",
    [
        "lösche alle Rechnungen",
        "delete all rechnung",
        "borra todas las rechnung",
        "supprime toutes les rechnung",
    ],
)
async def test_all_tasks_with_a_word_are_asked_about(oo: Scene, ann: Person, words: str) -> None:
    await add(ann, "Rechnung Gas", "Rechnung Strom today", "Call Bob")
    asked = await expect_reply(ann, words)
    assert asked.text.startswith("Remove 2 tasks?")
    await expect_edit_on_tap(ann, asked, "Remove 2 tasks")
    assert await titles(oo) == ["Call Bob"]


async def test_what_no_task_is_about_is_no_request(oo: Scene, ann: Person) -> None:
    await add(ann, "Empty all bins", "Call Bob")
    assert "Remove" not in (await expect_reply(ann, "delete all old photos")).text
    assert (await expect_reply(ann, "empty all bins")).text.startswith("Added")


async def test_the_overdue_ones_are_asked_about_in_german(oo: Scene, ann: Person) -> None:
    await add(ann, *TASKS)
    assert (await expect_reply(ann, "was ist überfällig?")).text == "Nothing is overdue."
    await expect_reply(ann, "/language deutsch")
    assert (await expect_reply(ann, "was ist überfällig?")).text == "Nichts ist überfällig."
