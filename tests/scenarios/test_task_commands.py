"""/edit, /move and /remove: a title and what changes, a title alone, nothing at all, and odd titles."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.scenarios.oo import place
from tests.scenarios.talking import expect_edit_on_tap, expect_reply
from tests.scenarios.world import Scene
from tests.servers.telegram import Person


async def add(ann: Person, *tasks: str) -> None:
    for task in tasks:
        await expect_reply(ann, f"/add {task}")


async def test_without_an_argument_a_task_is_chosen_from_the_list(oo: Scene, ann: Person) -> None:
    await add(ann, *(f"Errand {number}" for number in range(9)))

    remove = await expect_reply(ann, "/remove")
    assert remove.text.splitlines()[0] == "Which one shall I remove?"
    await expect_edit_on_tap(ann, remove, "More ›")
    assert remove.labels == ["Remove 9", "‹ Back"]
    await expect_edit_on_tap(ann, remove, "Remove 9")
    assert remove.text == "Removed: Errand 8."
    move = await expect_reply(ann, "/move")
    await expect_edit_on_tap(ann, move, "Move 1")
    await expect_edit_on_tap(ann, move, "Tomorrow")
    assert move.text == "Moved: Errand 0, tomorrow."
    edit = await expect_reply(ann, "/edit")
    await expect_edit_on_tap(ann, edit, "Edit 2")
    assert edit.labels == ["Done", "Move", "Edit", "Remove", "Break it down", "‹ List"]


async def test_a_title_alone_asks_for_the_rest(ann: Person) -> None:
    await add(ann, "Dentist tuesday 10am")

    move = await expect_reply(ann, "/move dentist")
    edit = await expect_reply(ann, "/edit dentist")

    assert move.text == "Dentist\nWhen?"
    assert edit.text == "Dentist\nDue: Tuesday 10:00"


TITLES = {
    "Friday report": ("/move friday report to monday", "Moved: Friday report, tomorrow."),
    "Call Ann about tomorrow": ("/edit call ann about tomorrow p1", "Changed: Call Ann about tomorrow, p1."),
    "Pay rent": ("/move pay rent friday 9am", "Moved: Pay rent, Friday 9:00."),
    "Buy 2 pizzas": ("/edit buy 2 pizzas 10 min", "Changed: Buy 2 pizzas, 10 minutes."),
    "Arzt anrufen": ("/move arzt anrufen auf freitag", "Moved: Arzt anrufen, Friday."),
    "Appeler Paul": ("/move appeler paul à vendredi", "Moved: Appeler Paul, Friday."),
    "Read p4 of the paper": ("/edit read p4 of the paper p1", "Changed: Read p4 of the paper, p1."),
    "🦷": ("/remove 🦷", "Removed: 🦷."),
    "Zoë's gift": ("/edit zoes gift #family", "Changed: Zoë's gift, #family."),
}


@pytest.mark.parametrize("title", TITLES)
async def test_titles_that_hold_dates_numbers_and_accents_are_told_from_the_change(
    oo: Scene, ann: Person, title: str
) -> None:
    await expect_reply(ann, "/add Something else")
    [task] = await oo.open_tasks(await oo.person("7"))
    async with oo.app.store.begin() as unit:
        await unit.tasks.put(replace(task, task_id="odd", title=title))
    typed, answer = TITLES[title]

    assert (await expect_reply(ann, typed)).text == answer


async def test_what_is_no_change_shows_the_task_that_fits_best(ann: Person) -> None:
    await add(ann, "Dentist", "Call Bob")

    assert (await expect_reply(ann, "/edit dentist blue")).text.splitlines()[0] in (
        "Dentist",
        'I am not sure which task you mean by "dentist blue". Which one shall I change?',
        'No open task fits "dentist blue". Which one shall I change?',
    )


async def test_the_whole_way_in_a_terminal(tmp_path: Path) -> None:
    here = place(tmp_path / "oo")
    typed = (
        "/start\n1\n/timezone Berlin\n/add Dentist p1\n/add Call Bob\n/tasks\n3\n2\n5\n1\n"
        "/move dentist no date\nundo\n/edit dentist 30 min #health\n/remove dentist\nundo\n/tasks #health\n"
    )

    ended = await here.run("chat", typed=typed)

    assert (ended.code, ended.err) == (0, "")
    for line in (
        "[1] Done 1  [2] Done 2  [3] 1 ›  [4] 2 ›",
        "[1] Done  [2] Move  [3] Edit  [4] Remove  [5] Break it down  [6] ‹ List",
        "Dentist is like that already.",
        "Changed: Dentist, 30 minutes, #health.",
        "Removed: Dentist.",
        "1. Dentist, p1, 30 minutes, #health",
    ):
        assert line in ended.out
    assert ended.out.count("Dentist is on your list again.") == 1
