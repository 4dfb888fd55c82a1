"""Tasks changed and removed in words, in Telegram: which one is meant, what is said, and what undo does."""

from __future__ import annotations

import pytest

from bot.screens import texts, texts_tasks
from core.records import Task
from tests.scenarios.talking import (
    expect_edit_on_tap,
    expect_message_on_tap,
    expect_reply,
    expect_toast_on_tap,
    invited,
)
from tests.scenarios.world import Scene
from tests.servers.telegram import Message, Person, TelegramServer


async def add(ann: Person, *tasks: str) -> None:
    for task in tasks:
        await expect_reply(ann, f"/add {task}")


async def tasks_of(oo: Scene) -> list[Task]:
    return await oo.open_tasks(await oo.person("7"))


async def expect_reply_to(ann: Person, to: Message, text: str) -> Message:
    await ann.send(text, reply_to=to)
    return await ann.expect_message()


CHANGES = {
    "move dentist to friday": "Moved: Dentist, Friday 10:00.",
    "reschedule the dentist to tomorrow": "Moved: Dentist, tomorrow 10:00.",
    "postpone the dentist by a week": "Moved: Dentist, Tue 1 Dec 10:00.",
    "verschiebe den Dentist auf Freitag": "Moved: Dentist, Friday 10:00.",
    "déplace dentist à vendredi": "Moved: Dentist, Friday 10:00.",
    "rename dentist to orthodontist": "Renamed: Dentist is now orthodontist.",
    "make the dentist p1": "Changed: Dentist, p1.",
    "make dentist urgent": "Changed: Dentist, p1.",
    "delete the dentist task": "Removed: Dentist.",
    "remove dentist": "Removed: Dentist.",
    "lösche die Aufgabe Dentist": "Removed: Dentist.",
    "supprime la tâche dentist": "Removed: Dentist.",
    "/move dentist to friday": "Moved: Dentist, Friday 10:00.",
    "/move dentist friday 9am": "Moved: Dentist, Friday 9:00.",
    "/move dentist no date": "Dentist has no date any more.",
    "/move dentist a week": "Moved: Dentist, Tue 1 Dec 10:00.",
    "/edit dentist p1 #health 30 min": "Changed: Dentist, p1, 30 minutes, #health.",
    "/edit dentist +House": "Changed: Dentist, +House.",
    "/edit dentist tomorrow p2": "Changed: Dentist, tomorrow 10:00, p2.",
    "/edit dentist rename Orthodontist": "Renamed: Dentist is now Orthodontist.",
    "/remove dentist": "Removed: Dentist.",
    "/remove the dentist": "Removed: Dentist.",
}


async def test_a_change_is_confirmed_in_one_line_and_undone_exactly(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "/language english")
    await add(ann, "Dentist tuesday 10am", "Pay rent tomorrow", "Call Bob")
    before = await tasks_of(oo)

    for text, answer in CHANGES.items():
        said = await expect_reply(ann, text)
        assert said.text == answer, text
        assert said.labels == ["Undo"]
        assert await tasks_of(oo) != before
        await expect_edit_on_tap(ann, said, "Undo")
        assert said.labels == []
        assert await tasks_of(oo) == before


async def test_undo_says_what_is_back(oo: Scene, ann: Person) -> None:
    await add(ann, "Dentist tuesday 10am")
    expected = {
        "/move dentist friday": "Undone: Dentist, Tuesday 10:00.",
        "/edit dentist p1 30 min": "Undone: Dentist, p4, no estimate.",
        "rename dentist to orthodontist": "Undone: Dentist.",
        "/remove dentist": "Dentist is on your list again.",
    }
    for text, answer in expected.items():
        await expect_reply(ann, text)
        assert (await expect_reply(ann, "undo")).text == answer


async def test_undo_twice_undoes_once(oo: Scene, ann: Person, telegram: TelegramServer) -> None:
    await add(ann, "Dentist tuesday 10am")
    moved = await expect_reply(ann, "/move dentist friday")
    token = moved.button("Undo").data or ""

    await expect_edit_on_tap(ann, moved, "Undo")
    await ann.forge(moved, token)
    await ann.expect_edit(moved)

    assert moved.text == texts_tasks.ALREADY_UNDONE
    removed = await expect_reply(ann, "/remove dentist")
    token = removed.button("Undo").data or ""
    await expect_edit_on_tap(ann, removed, "Undo")
    await ann.forge(removed, token)
    await ann.expect_edit(removed)
    assert removed.text == "Dentist is on your list already."
    assert [task.title for task in await tasks_of(oo)] == ["Dentist"]


async def test_an_undo_that_comes_late_leaves_the_task_alone(oo: Scene, ann: Person) -> None:
    await add(ann, "Dentist tuesday 10am", "Call Bob")
    first = await expect_reply(ann, "/move dentist friday")
    await expect_reply(ann, "/move dentist saturday")
    ranked = await expect_reply(ann, "/edit bob p1")
    await expect_reply(ann, "done with bob")

    await expect_edit_on_tap(ann, first, "Undo")
    await expect_edit_on_tap(ann, ranked, "Undo")

    assert first.text == "Dentist has been changed since, so I left it as it is."
    assert ranked.text == "Call Bob It is no longer open, so I left it as it is."
    assert (await expect_reply(ann, "/tasks")).text.splitlines()[1:] == ["1. Dentist, Saturday 10:00"]


async def test_an_undo_works_after_a_change_of_another_field(oo: Scene, ann: Person) -> None:
    await add(ann, "Dentist tuesday 10am")
    moved = await expect_reply(ann, "/move dentist friday")
    await expect_reply(ann, "/edit dentist p1")

    await expect_edit_on_tap(ann, moved, "Undo")

    assert (await expect_reply(ann, "/tasks")).text.splitlines()[1:] == ["1. Dentist, Tuesday 10:00, p1"]


async def test_a_change_that_changes_nothing_says_so(ann: Person) -> None:
    await add(ann, "Dentist tuesday 10am p1")

    said = await expect_reply(ann, "make the dentist p1")

    assert (said.text, said.labels) == ("Dentist is like that already.", [])


# --- Which task --------------------------------------------------------------------------------------------


async def test_of_several_that_may_be_meant_the_right_one_is_tapped(oo: Scene, ann: Person) -> None:
    await add(ann, "Call Bob", "Call Ann", "Buy milk")

    which = await expect_reply(ann, "/move call to friday")
    assert which.text.splitlines() == [
        'I am not sure which task you mean by "call". Which one shall I move?',
        "1. Call Bob",
        "2. Call Ann",
    ]
    assert which.labels == ["Move 1", "Move 2"]
    await expect_edit_on_tap(ann, which, "Move 2")
    assert (which.text, which.labels) == ("Moved: Call Ann, Friday.", ["Undo"])

    which = await expect_reply(ann, "/edit call p1")
    await expect_edit_on_tap(ann, which, "Edit 1")
    assert which.text.startswith("Changed: Call ")
    which = await expect_reply(ann, "delete the call task")
    assert which.labels == ["Remove 1", "Remove 2"]
    await expect_edit_on_tap(ann, which, "Remove 1")
    assert which.text.startswith("Removed: Call ")
    await expect_edit_on_tap(ann, which, "Undo")
    assert len(await tasks_of(oo)) == 3


async def test_words_that_fit_no_task_show_all_with_the_same_action(oo: Scene, ann: Person) -> None:
    await add(ann, *(f"Errand {number:02}" for number in range(10)))

    which = await expect_reply(ann, "/move zebra to friday")

    assert which.text.splitlines()[0] == 'No open task fits "zebra". Which one shall I move?'
    assert which.labels[-1] == "More ›"
    await expect_edit_on_tap(ann, which, "More ›")
    assert which.labels == ["Move 9", "Move 10", "‹ Back"]
    await expect_edit_on_tap(ann, which, "Move 10")
    assert which.text == "Moved: Errand 09, Friday."


async def test_nothing_on_the_list_is_said_so(ann: Person) -> None:
    for text in ("/move zebra friday", "/edit zebra p1", "/remove zebra", "delete the zebra task"):
        assert (await expect_reply(ann, text)).text == 'No open task fits "zebra", and your list is empty.'
    for text in ("/move", "/edit", "/remove"):
        assert (await expect_reply(ann, text)).text == texts.TASKS_NONE


async def test_words_that_may_be_a_to_do_are_one_unless_a_task_fits(oo: Scene, ann: Person) -> None:
    await add(ann, "Gym membership")
    assert (await expect_reply(ann, "cancel the gym membership")).text == "Removed: Gym membership."

    added = await expect_reply(ann, "cancel the gym membership")

    assert added.text == "Added: cancel the gym membership."
    assert [task.title for task in await tasks_of(oo)] == ["cancel the gym membership"]


async def test_a_task_that_is_done_already_is_not_chosen_late(oo: Scene, ann: Person) -> None:
    await add(ann, "Call Bob", "Call Ann")
    move = await expect_reply(ann, "/move call friday")
    remove = await expect_reply(ann, "/remove call")
    for text in ("/remove call bob", "/remove call ann"):
        await expect_reply(ann, text)

    assert await expect_toast_on_tap(ann, move, "Move 1") == texts.GONE_TOAST
    assert await expect_toast_on_tap(ann, remove, "Remove 2") == texts.GONE_TOAST


# --- The task that was talked about ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("move it to friday", "Moved: Dentist, Friday."),
        ("make it tomorrow instead", "Moved: Dentist, tomorrow."),
        ("make it p1", "Changed: Dentist, p1."),
        ("it takes 20 minutes", "Changed: Dentist, 20 minutes."),
        ("delete it", "Removed: Dentist."),
        ("lösch es", "Removed: Dentist."),
    ],
)
async def test_it_is_the_task_that_was_talked_about_last(ann: Person, text: str, answer: str) -> None:
    await add(ann, "Call Bob", "Dentist")

    assert (await expect_reply(ann, text)).text == answer


async def test_it_is_the_task_of_the_tip_that_came_last(oo: Scene, ann: Person) -> None:
    await add(ann, "Pay rent tomorrow p1")
    tip = await expect_reply(ann, "/tip")
    assert tip.text.startswith("Pay rent")

    assert (await expect_reply(ann, "move it to friday")).text == "Moved: Pay rent, Friday."


async def test_it_is_nothing_after_half_a_day_or_without_a_task(oo: Scene, ann: Person) -> None:
    assert "Removed" not in (await expect_reply(ann, "move it to friday")).text
    await add(ann, "Dentist")
    await oo.app.intake.wait_until_answered()
    oo.clock.move(hours=13)

    assert "Moved" not in (await expect_reply(ann, "move it to friday")).text
    assert (await tasks_of(oo))[0].due is None


async def test_it_that_is_gone_is_said_so(ann: Person) -> None:
    await add(ann, "Dentist")
    await expect_reply(ann, "/remove dentist")

    assert (await expect_reply(ann, "move it to friday")).text == texts.GONE_TOAST


REPLIES = {
    "move it to friday": "Moved: Call Bob, Friday.",
    "friday": "Moved: Call Bob, Friday.",
    "tomorrow instead": "Moved: Call Bob, tomorrow.",
    "tomorrow 9am": "Moved: Call Bob, tomorrow 9:00.",
    "morgen": "Moved: Call Bob, tomorrow.",
    "lieber am freitag": "Moved: Call Bob, Friday.",
    "demain": "Moved: Call Bob, tomorrow.",
    "p1": "Changed: Call Bob, p1.",
    "30 min": "Changed: Call Bob, 30 minutes.",
    "#phone": "Changed: Call Bob, #phone.",
    "delete it": "Removed: Call Bob.",
    "delete": "Removed: Call Bob.",
    "remove": "Removed: Call Bob.",
    "löschen": "Removed: Call Bob.",
    "rename it to Ring Bob": "Renamed: Call Bob is now Ring Bob.",
}


@pytest.mark.parametrize("text", REPLIES)
async def test_a_reply_changes_the_task_that_was_replied_to(ann: Person, text: str) -> None:
    added = await expect_reply(ann, "/add Call Bob")
    await add(ann, "Dentist")

    assert (await expect_reply_to(ann, added, text)).text == REPLIES[text]


async def test_a_reply_to_a_confirmation_or_a_card_is_about_its_task(ann: Person) -> None:
    await add(ann, "Call Bob", "Dentist")
    moved = await expect_reply(ann, "/move bob friday")
    await add(ann, "Buy milk")
    card = await expect_reply(ann, "/edit dentist")

    assert (await expect_reply_to(ann, moved, "p1")).text == "Changed: Call Bob, p1."
    assert (await expect_reply_to(ann, card, "tomorrow")).text == "Moved: Dentist, tomorrow."
    assert (await expect_reply_to(ann, moved, "undo")).text == "Undone: Call Bob, no date."


async def test_a_reply_to_a_tip_changes_its_task(ann: Person) -> None:
    await add(ann, "Pay rent tomorrow p1")
    tip = await expect_reply(ann, "/tip")
    await add(ann, "Call Bob")

    assert (await expect_reply_to(ann, tip, "move it to friday")).text == "Moved: Pay rent, Friday."


async def test_a_reply_to_a_list_names_the_task_or_is_asked_about(oo: Scene, ann: Person) -> None:
    await add(ann, "Call Bob", "Dentist")
    listed = await expect_reply(ann, "/tasks")
    second = listed.text.splitlines()[2].removeprefix("2. ")

    assert (await expect_reply_to(ann, listed, "delete 2")).text == f"Removed: {second}."
    await expect_reply(ann, "undo")
    assert (await expect_reply_to(ann, listed, "2 p1")).text == f"Changed: {second}, p1."
    await expect_reply(ann, "undo")
    assert (await expect_reply_to(ann, listed, "move dentist to friday")).text == "Moved: Dentist, Friday."
    which = await expect_reply_to(ann, listed, "move it to friday")
    assert which.text.splitlines()[0] == "Which one shall I move?"
    bob = next(line[0] for line in which.text.splitlines() if line.endswith("Call Bob"))
    await expect_edit_on_tap(ann, which, f"Move {bob}")
    assert which.text == "Moved: Call Bob, Friday."


# --- Several at once ---------------------------------------------------------------------------------------


async def test_several_lines_are_several_tasks_in_one_message(oo: Scene, ann: Person) -> None:
    added = await expect_reply(ann, "buy milk tomorrow\ncall Bob friday p1\nwrite the report by friday #work")

    assert added.text.splitlines() == [
        "Added 3 tasks:",
        "1. buy milk, tomorrow",
        "2. call Bob, Friday, p1",
        "3. write the report, Friday, #work",
    ]
    assert added.labels == ["1 ›", "2 ›", "3 ›", "Undo all"]
    which = await expect_reply_to(ann, added, "move it to monday")
    assert which.labels == ["Move 1", "Move 2", "Move 3"]
    assert (await expect_reply_to(ann, added, "2 tomorrow")).text == "Moved: call Bob, tomorrow."
    assert (await expect_reply_to(ann, added, "undo")).text == "Removed again: 3 tasks."
    assert await tasks_of(oo) == []


async def test_many_lines_stay_one_message(oo: Scene, ann: Person) -> None:
    added = await expect_reply(ann, "\n".join(f"buy thing {number} tomorrow" for number in range(30)))

    assert added.text.splitlines()[0] == "Added 30 tasks:"
    assert added.text.splitlines()[-1] == "And 10 more. /tasks shows all of them."
    assert added.labels == ["Undo all"]
    await expect_edit_on_tap(ann, added, "Undo all")
    assert await tasks_of(oo) == []


async def test_several_tasks_are_undone_in_part_if_one_was_done(oo: Scene, ann: Person) -> None:
    added = await expect_reply(ann, "remind me every day at 9:30 and 21 to take pills")
    card = await expect_edit_on_tap(ann, added, "1 ›")
    assert card.text.splitlines()[0] == "take pills"
    await expect_edit_on_tap(ann, card, "Remove")

    both = await expect_reply(ann, "remind me tomorrow at 9:30 and 21 to call Bob")
    await expect_message_on_tap(ann, await expect_reply(ann, "/tasks call"), "Done 1")
    assert (await expect_reply_to(ann, both, "undo")).text.startswith("Removed again: 1 task.")
    assert (await expect_reply_to(ann, both, "undo")).text == texts.NOTHING_TO_UNDO


# --- Somebody else -----------------------------------------------------------------------------------------


async def test_nobody_touches_the_tasks_of_somebody_else(
    oo: Scene, ann: Person, telegram: TelegramServer
) -> None:
    await add(ann, "Dentist")
    moved = await expect_reply(ann, "/move dentist friday")
    bob = await invited(oo, ann, telegram.user(8, "Bob"))
    own = await expect_reply(bob, "/prefs")

    answer = await bob.expect_answer(await bob.forge(own, moved.button("Undo").data or ""))

    assert answer.text == texts.OLD_BUTTON
    assert (await expect_reply(bob, "/remove dentist")).text == (
        'No open task fits "dentist", and your list is empty.'
    )
    assert [task.title for task in await tasks_of(oo)] == ["Dentist"]
