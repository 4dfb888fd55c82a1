"""Tasks in Telegram: adding, listing, completing, and taking it back."""

from __future__ import annotations

import pytest

from bot.screens import texts
from core.records import TaskState
from tests.scenarios.talking import (
    expect_all_answered,
    expect_edit_on_tap,
    expect_message_on_tap,
    expect_reply,
    expect_toast_on_tap,
)
from tests.scenarios.world import Scene
from tests.servers.telegram import Message, Person, TelegramServer

MORE = ("And 1 more: a word more of the title tells them apart.",)


async def expect_list(ann: Person) -> list[str]:
    """The lines of /tasks, the headline first."""
    return (await expect_reply(ann, "/tasks")).text.splitlines()


async def test_a_task_is_added_with_date_and_priority(oo: Scene, ann: Person) -> None:
    added = await expect_reply(ann, "/add Pay rent tomorrow 9am p1")

    assert added.text == "Added: Pay rent, tomorrow 9:00, p1."
    assert added.labels == ["Undo"]
    assert await expect_list(ann) == ["1 task", "1. Pay rent, tomorrow 9:00, p1"]


async def test_free_text_that_means_a_task_adds_one(oo: Scene, ann: Person) -> None:
    for text in ("Remind me to call Mum", "I need to buy milk", "Dentist tuesday 10am"):
        assert (await expect_reply(ann, text)).text.startswith("Added: ")

    assert (await expect_list(ann))[0] == "3 tasks"


async def test_a_wish_is_stored_as_what_is_to_be_done(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "/language english")
    wishes = {
        "remind me to see the dentist tomorrow at 9am": "I'll remind you tomorrow at 9:00: see the dentist.",
        "/add remind me to talk to Sam on friday": "I'll remind you on Friday at 9:00: talk to Sam.",
        "remind me tomorrow about the gig on friday": "I'll remind you tomorrow at 9:00: the gig on friday.",
        "erinnere mich morgen daran, Milch zu kaufen": "I'll remind you tomorrow at 9:00: Milch kaufen.",
        "rappelle-moi demain à 8h d'appeler Paul": "I'll remind you tomorrow at 8:00: appeler Paul.",
        "don't forget to fill out walkies.": "Added: fill out walkies.",
        "/add 🧺": "Added: 🧺.",
        "/add Read p4 of the paper": "Added: Read p4 of the paper.",
    }
    for text, answer in wishes.items():
        assert (await expect_reply(ann, text)).text == answer

    assert (await expect_list(ann))[0] == f"{len(wishes)} tasks"


async def test_two_times_are_two_tasks_in_one_message_with_one_undo(oo: Scene, ann: Person) -> None:
    added = await expect_reply(ann, "remind me every day at 9:30 and 21 to take pills")

    assert added.text.splitlines() == [
        "I'll remind you of 2 tasks:",
        "1. take pills, today 9:30, every day",
        "2. take pills, today 21:00, every day",
    ]
    assert added.labels == ["1 ›", "2 ›", "Undo all"]
    await expect_edit_on_tap(ann, added, "Undo all")
    assert added.text == "Removed again: 2 tasks."
    assert (await expect_list(ann))[0].startswith("Nothing on your list")


async def test_the_advice_to_what_is_not_understood_works(oo: Scene, ann: Person) -> None:
    unclear = await expect_reply(ann, "my idea p4 of it")
    advice = unclear.text.splitlines()[0].partition("send: ")[2]

    assert advice == "/add my idea p4 of it"
    assert (await expect_reply(ann, advice)).text == "Added: my idea p4 of it."
    added = await expect_edit_on_tap(ann, unclear, "Add it")
    assert added.text == "Added: my idea p4 of it."
    assert added.labels == ["Undo"]
    assert "/add" not in (await expect_reply(ann, "urgent!")).text  # it would have no title
    assert (await expect_reply(ann, "remind me")).text == "What shall I remind you of?"


async def test_of_several_that_may_be_done_the_right_one_is_tapped(oo: Scene, ann: Person) -> None:
    for task in ("Call Bob", "Call Ann", "Buy milk", "Water the plants"):
        await expect_reply(ann, f"/add {task}")

    which = await expect_reply(ann, "done with the call")

    assert which.text.splitlines() == [
        'I am not sure which task you mean by "call". It may be:',
        "1. Call Bob",
        "2. Call Ann",
    ]
    await expect_message_on_tap(ann, which, "Done 2")
    assert sorted((await expect_list(ann))[1:]) == ["1. Call Bob", "2. Buy milk", "3. Water the plants"]
    for number in range(9):
        await expect_reply(ann, f"/add Call client {number}")
    many = await expect_reply(ann, "done with the client")
    assert many.text.splitlines()[8:] == ["8. Call client 7", *MORE]
    assert len(many.labels) == 8
    assert (await expect_reply(ann, "done with the garden")).text.splitlines()[1] == "12 tasks"


async def test_adding_is_taken_back_with_one_tap(oo: Scene, ann: Person) -> None:
    added = await expect_reply(ann, "/add Pay rent")

    removed = await expect_edit_on_tap(ann, added, "Undo")

    assert removed.text == "Pay rent Removed."
    assert removed.labels == []
    assert (await expect_list(ann))[0].startswith("Nothing on your list")


@pytest.mark.parametrize("text", ["/add tomorrow", "/add p1", "/add ???"])
async def test_adding_nothing_brings_an_example(oo: Scene, ann: Person, text: str) -> None:
    assert (
        await expect_reply(ann, text)
    ).text == "What shall I add? For example: /add Pay rent tomorrow 9am p1"


@pytest.mark.parametrize("text", ["/add", "/add    "])
async def test_after_the_command_alone_the_next_message_is_the_task(
    oo: Scene, ann: Person, text: str
) -> None:
    said = await expect_reply(ann, text)
    assert said.text == "What shall I add? For example: Pay rent tomorrow 9am"
    assert (await expect_reply(ann, "laundry")).text == "Added: laundry."


async def test_the_most_pressing_come_first(oo: Scene, ann: Person) -> None:
    for text in ("Read a book", "Taxes friday", "Pay rent today 8pm", "Call Bob p1", "Post letter today"):
        await expect_reply(ann, f"/add {text}")
    oo.clock.set("2026-11-23T08:00:00")

    lines = await expect_list(ann)

    assert lines == [
        "5 tasks",
        "1. Pay rent, yesterday 20:00",
        "2. Post letter, yesterday",
        "3. Taxes, Friday",
        "4. Call Bob, p1",
        "5. Read a book",
    ]


async def test_done_in_the_list_redraws_it_and_can_be_undone(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "/add Pay rent tomorrow 9am p1")
    await expect_reply(ann, "/add Water the plants")
    tasks = await expect_reply(ann, "/tasks")

    done = await expect_message_on_tap(ann, tasks, "Done 1")
    await ann.expect_edit(tasks)

    assert done.text == "Pay rent Done at 9:00."
    assert tasks.text.splitlines() == ["1 task", "1. Water the plants"]
    reopened = await expect_edit_on_tap(ann, done, "Undo")
    assert reopened.text == "Pay rent is open again."
    assert await expect_list(ann) == ["2 tasks", "1. Pay rent, tomorrow 9:00, p1", "2. Water the plants"]


async def test_done_twice_is_done_once(oo: Scene, ann: Person, telegram: TelegramServer) -> None:
    await expect_reply(ann, "/add Pay rent")
    tasks = await expect_reply(ann, "/tasks")

    first = await ann.tap(tasks, "Done 1")
    await ann.resend(first)
    done = await ann.expect_message()
    again = await ann.expect_answer(await ann.forge(tasks, first.update.body["callback_query"]["data"]))
    await expect_all_answered(oo, telegram)

    assert done.text.startswith("Pay rent Done")
    assert again.text == "That task is done already."
    assert ann.chat.messages[-1] is done


async def test_a_repeating_task_moves_on_and_comes_back(oo: Scene, ann: Person) -> None:
    added = await expect_reply(ann, "/add Water the plants every monday 9am")
    assert added.text == "Added: Water the plants, tomorrow 9:00, every Monday."

    done = await expect_message_on_tap(ann, await expect_reply(ann, "/tasks"), "Done 1")
    assert done.text == "Water the plants Done at 9:00. Next: Mon 30 Nov 9:00."
    await expect_edit_on_tap(ann, done, "Undo")

    assert (await expect_list(ann))[1] == "1. Water the plants, tomorrow 9:00, every Monday"


async def test_an_old_undo_does_not_bring_an_older_date_back(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "/add Water the plants every day 9am")
    first = await expect_message_on_tap(ann, await expect_reply(ann, "/tasks"), "Done 1")
    oo.clock.move(minutes=1)
    await expect_message_on_tap(ann, await expect_reply(ann, "/tasks"), "Done 1")
    twice = (await expect_list(ann))[1]

    assert await expect_toast_on_tap(ann, first, "Undo") == texts.OLD_BUTTON
    assert (await expect_list(ann))[1] == twice


@pytest.mark.parametrize("text", ["done with the rent", "rent is done"])
async def test_a_task_is_completed_in_words(oo: Scene, ann: Person, text: str) -> None:
    await expect_reply(ann, "/add Pay rent")
    await expect_reply(ann, "/add Water the plants")

    assert (await expect_reply(ann, text)).text == "Pay rent Done at 9:00."


async def test_words_that_fit_no_task_show_the_list(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "/add Pay rent")

    answer = await expect_reply(ann, "done with the elephant")

    assert "elephant" in answer.text
    assert "1. Pay rent" in answer.text
    assert answer.labels == ["Done 1", "1 ›"]


async def test_a_task_with_markup_is_shown_as_it_was_typed(oo: Scene, ann: Person) -> None:
    title = "<b>Pay</b> & **call** {name} <!channel> @everyone `x` _y_"

    added = await expect_reply(ann, f"/add {title}")

    assert added.text == f"Added: {title}."
    assert f"1. {title}" in (await expect_reply(ann, "/tasks")).text


# --- Long lists --------------------------------------------------------------------------------------------


async def many(oo: Scene, ann: Person, count: int) -> Message:
    """A list of ``count`` tasks."""
    for number in range(1, count + 1):
        await expect_reply(ann, f"/add Task number {number:02}")
        oo.clock.move(seconds=1)
    return await expect_reply(ann, "/tasks")


def done_and_open(first: int, last: int) -> list[str]:
    """The buttons of the tasks with these numbers."""
    numbers = range(first, last + 1)
    return [f"Done {number}" for number in numbers] + [f"{number} ›" for number in numbers]


async def test_a_long_list_has_pages(oo: Scene, ann: Person) -> None:
    tasks = await many(oo, ann, 18)
    assert tasks.text.splitlines()[0] == "18 tasks"
    assert tasks.text.splitlines()[-1] == "Page 1 of 3."
    assert tasks.labels == [*done_and_open(1, 8), "More ›"]

    await expect_edit_on_tap(ann, tasks, "More ›")
    assert tasks.labels == [*done_and_open(9, 16), "‹ Back", "More ›"]
    await expect_edit_on_tap(ann, tasks, "More ›")

    assert "18. Task number 18" in tasks.text
    assert tasks.labels == [*done_and_open(17, 18), "‹ Back"]


async def test_done_on_a_later_page_stays_on_it(oo: Scene, ann: Person) -> None:
    tasks = await many(oo, ann, 10)
    await expect_edit_on_tap(ann, tasks, "More ›")

    done = await expect_message_on_tap(ann, tasks, "Done 10")
    await ann.expect_edit(tasks)

    assert done.text.startswith("Task number 10 Done")
    assert tasks.text.splitlines() == ["9 tasks", "9. Task number 09", "Page 2 of 2."]


async def test_the_last_one_on_a_page_leads_back(oo: Scene, ann: Person) -> None:
    tasks = await many(oo, ann, 9)
    await expect_edit_on_tap(ann, tasks, "More ›")

    await expect_message_on_tap(ann, tasks, "Done 9")
    await ann.expect_edit(tasks)

    assert tasks.text.splitlines()[0] == "8 tasks"
    assert "Task number 08" in tasks.text
    assert tasks.labels == done_and_open(1, 8)


async def test_a_removed_task_stays_in_the_store_as_gone(oo: Scene, ann: Person) -> None:
    added = await expect_reply(ann, "/add Pay rent")
    task = (await oo.open_tasks(await oo.person("7")))[0]
    await expect_edit_on_tap(ann, added, "Undo")

    async with oo.app.store.read() as unit:
        assert (await unit.tasks.get(task.task_id)).state is TaskState.GONE
