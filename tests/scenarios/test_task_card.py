"""The card of a task in Telegram: opened from the list, done, moved, edited, removed, and back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.screens import texts, texts_tasks
from core.chat import Button
from core.chat import Message as Sent
from core.delivery.callbacks import with_button_tokens
from core.records import Task, TaskPatch
from core.tasks.changes import change_task, remove_task
from tests.scenarios.conftest import NINE, reaching
from tests.scenarios.talking import (
    expect_all_answered,
    expect_edit_on_tap,
    expect_message_on_tap,
    expect_reply,
    expect_toast_on_tap,
    welcomed,
)
from tests.scenarios.world import Scene, scene
from tests.servers.telegram import Message, Person, TelegramServer

BERLIN = ZoneInfo("Europe/Berlin")
MAIN = ["Done", "Move", "Edit", "Remove", "Break it down", "‹ List"]


async def add(ann: Person, *tasks: str) -> None:
    for task in tasks:
        await expect_reply(ann, f"/add {task}")


async def task_of(oo: Scene, title: str = "Dentist") -> Task:
    return next(task for task in await oo.open_tasks(await oo.person("7")) if task.title == title)


async def change(oo: Scene, patch: TaskPatch, title: str = "Dentist") -> None:
    person, task = await oo.person("7"), await task_of(oo, title)
    await change_task(task.task_id, person, oo.app.deps, patch, zone=BERLIN)


@pytest.fixture
async def card(oo: Scene, ann: Person) -> Message:
    """The card of one of two tasks, opened from the list."""
    await add(ann, "Pay rent tomorrow", "Dentist tuesday 10am p1")
    tasks = await expect_reply(ann, "/tasks")
    return await expect_edit_on_tap(ann, tasks, "2 ›")


async def test_a_number_opens_the_card_and_the_card_leads_back(ann: Person, card: Message) -> None:
    assert card.text.splitlines() == ["Dentist", "Due: Tuesday 10:00", "Priority: p1"]
    assert card.labels == MAIN

    await expect_edit_on_tap(ann, card, "‹ List")

    assert card.text.splitlines()[0] == "2 tasks"


async def test_the_card_shows_all_that_is_known(oo: Scene, ann: Person, card: Message) -> None:
    patch = TaskPatch(
        minutes=90, labels=("health", "phone"), project="House", notes="Ask for <b>Ann</b> & *x*"
    )
    await change(oo, patch)

    shown = await expect_reply(ann, "/edit dentist")

    assert shown.text.splitlines() == [
        "Dentist",
        "Due: Tuesday 10:00",
        "Priority: p1",
        "Takes: 90 minutes",
        "Labels: #health #phone",
        "Project: House",
        "Notes: Ask for <b>Ann</b> & *x*",
    ]
    lines = (await expect_reply(ann, "/tasks dentist")).text.splitlines()
    assert lines[1] == "1. Dentist, Tuesday 10:00, p1, 90 minutes, #health #phone, +House"


async def test_pieces_of_a_task_are_on_its_card(oo: Scene, ann: Person, card: Message) -> None:
    await add(ann, *(f"Piece {number}" for number in range(10)))
    parent = await task_of(oo)
    async with oo.app.store.begin() as unit:
        for task in await unit.tasks.open(parent.person_id):
            if task.title.startswith("Piece"):
                await unit.tasks.put(replace(task, parent_id=parent.task_id))

    shown = (await expect_reply(ann, "/edit dentist")).text.splitlines()
    piece = (await expect_reply(ann, "/edit piece 3")).text.splitlines()

    assert shown[3] == "Still to do for it:"
    assert shown[-1] == "And 2 more."
    assert piece == ["Piece 3", "Part of: Dentist"]


async def test_done_on_the_card_can_be_undone(oo: Scene, ann: Person, card: Message) -> None:
    await expect_edit_on_tap(ann, card, "Done")
    assert (card.text, card.labels) == ("Dentist Done at 9:00.", ["Undo", "‹ List"])

    await expect_edit_on_tap(ann, card, "Undo")

    assert (await task_of(oo)).title == "Dentist"


async def test_remove_on_the_card_asks_nothing_and_can_be_undone(
    oo: Scene, ann: Person, card: Message
) -> None:
    before = await task_of(oo)
    await expect_edit_on_tap(ann, card, "Remove")
    assert (card.text, card.labels) == ("Removed: Dentist.", ["Undo", "‹ List"])

    await expect_edit_on_tap(ann, card, "Undo")

    assert card.text == "Dentist is on your list again."
    assert await task_of(oo) == before


MOVES = {  # from Tuesday 24 November 10:00, on Sunday the 22nd at 9:00
    "Today": "Moved: Dentist, today 10:00.",
    "Tomorrow": "Moved: Dentist, tomorrow 10:00.",
    "Weekend": "Moved: Dentist, Saturday 10:00.",
    "Next week": "Moved: Dentist, tomorrow 10:00.",
    "No date": "Dentist has no date any more.",
}


@pytest.mark.parametrize("label", MOVES)
async def test_a_task_is_moved_with_two_taps(oo: Scene, ann: Person, card: Message, label: str) -> None:
    before = await task_of(oo)
    await expect_edit_on_tap(ann, card, "Move")
    assert card.labels == [*MOVES, "Type a date", "‹ Back"]

    await expect_edit_on_tap(ann, card, label)

    assert card.text == MOVES[label]
    assert card.labels == ["Undo", "Open", "‹ List"]
    await expect_edit_on_tap(ann, card, "Undo")
    assert await task_of(oo) == before


async def test_a_time_that_has_passed_is_not_kept(oo: Scene, ann: Person, card: Message) -> None:
    oo.clock.move(hours=3)
    await expect_edit_on_tap(ann, card, "Move")

    await expect_edit_on_tap(ann, card, "Today")

    assert card.text == "Moved: Dentist, today."


async def test_tomorrow_on_an_old_menu_is_tomorrow_from_then_on(
    oo: Scene, ann: Person, card: Message
) -> None:
    await expect_edit_on_tap(ann, card, "Move")
    oo.clock.set("2026-11-27T08:00:00")

    await expect_edit_on_tap(ann, card, "Tomorrow")

    assert card.text == "Moved: Dentist, tomorrow 10:00."


async def test_a_date_is_typed(oo: Scene, ann: Person, card: Message) -> None:
    await expect_edit_on_tap(ann, card, "Move")
    question = await expect_message_on_tap(ann, card, "Type a date")
    assert question.text == "When? For example: friday 9am, in 2 weeks, or none"
    assert (await expect_reply(ann, "blue")).text.startswith('I didn\'t get "blue" as a date.')

    await ann.send("friday 9am")
    await ann.expect_edit(card)

    assert card.text == "Moved: Dentist, Friday 9:00."
    assert card.labels == ["Undo", "Open", "‹ List"]


TYPED = {
    ("Title", "Orthodontist tomorrow"): "Renamed: Dentist is now Orthodontist tomorrow.",
    ("Estimate", "30 min"): "Changed: Dentist, 30 minutes.",
    ("Estimate", "1.5 hours"): "Changed: Dentist, 90 minutes.",
    ("Labels", "health, phone"): "Changed: Dentist, #health #phone.",
    ("Project", "House"): "Changed: Dentist, +House.",
    ("Project", "House / Kitchen"): "Changed: Dentist, +House / Kitchen.",
    ("Notes", "Ask for Ann"): "Changed: Dentist, with notes.",
    ("Deadline", "friday"): "Changed: Dentist, deadline Friday.",
}


@pytest.mark.parametrize(("label", "typed"), TYPED)
async def test_a_field_is_typed(oo: Scene, ann: Person, card: Message, label: str, typed: str) -> None:
    before = await task_of(oo)
    await expect_edit_on_tap(ann, card, "Edit")
    assert card.labels == [
        *("p1", "p2", "p3", "p4", "Title", "Estimate", "Labels", "Project", "Notes", "Deadline", "‹ Back")
    ]
    await expect_message_on_tap(ann, card, label)
    await ann.send(typed)
    await ann.expect_edit(card)

    assert card.text == TYPED[label, typed]
    await expect_edit_on_tap(ann, card, "Undo")
    assert await task_of(oo) == before


async def test_a_priority_takes_one_tap(ann: Person, card: Message) -> None:
    await expect_edit_on_tap(ann, card, "Edit")
    await expect_edit_on_tap(ann, card, "p3")
    assert card.text == "Changed: Dentist, p3."

    await expect_edit_on_tap(ann, card, "Open")

    assert card.text.splitlines() == ["Dentist", "Due: Tuesday 10:00", "Priority: p3"]


async def test_something_else_than_an_answer_is_understood_as_itself(ann: Person, card: Message) -> None:
    await expect_edit_on_tap(ann, card, "Edit")
    await expect_message_on_tap(ann, card, "Estimate")

    said = (await expect_reply(ann, "remind me to call Ann friday")).text
    assert said == "I'll remind you on Friday at 9:00: call Ann."
    assert "call Ann" in (await expect_reply(ann, "/tasks")).text


# --- Late, twice, foreign, after a restart -----------------------------------------------------------------

TAPS = ["Done", "Move", "Edit", "Remove"]


@pytest.mark.parametrize("label", TAPS)
async def test_a_card_of_a_task_that_is_gone_leads_back_to_the_list(
    ann: Person, card: Message, label: str
) -> None:
    await expect_reply(ann, "/remove dentist")

    assert await expect_toast_on_tap(ann, card, label) == texts.GONE_TOAST
    await ann.expect_edit(card)

    assert card.text.splitlines() == ["1 task", "1. Pay rent, tomorrow"]


@pytest.mark.parametrize("label", ["Today", "No date"])
async def test_a_menu_of_a_task_that_is_done_changes_nothing(ann: Person, card: Message, label: str) -> None:
    await expect_edit_on_tap(ann, card, "Move")
    await expect_reply(ann, "done with the dentist")

    assert await expect_toast_on_tap(ann, card, label) == texts.GONE_TOAST


async def test_a_typed_answer_that_comes_too_late_is_said_so(oo: Scene, ann: Person, card: Message) -> None:
    await expect_edit_on_tap(ann, card, "Edit")
    await expect_message_on_tap(ann, card, "Title")
    await remove_task((await task_of(oo)).task_id, await oo.person("7"), oo.app.deps)

    await ann.send("Orthodontist")
    await ann.expect_edit(card)

    assert card.text == texts.GONE_TOAST


async def test_removing_twice_removes_once(
    oo: Scene, ann: Person, card: Message, telegram: TelegramServer
) -> None:
    token = card.button("Remove").data or ""
    await expect_edit_on_tap(ann, card, "Remove")

    answer = await ann.expect_answer(await ann.forge(card, token))
    await expect_all_answered(oo, telegram)

    assert answer.text == texts.GONE_TOAST
    assert (await expect_reply(ann, "/tasks")).text.splitlines()[0] == "1 task"


async def test_buttons_work_after_a_restart(
    tmp_path: Path, telegram: TelegramServer, cached_certificates: None
) -> None:
    async with scene(tmp_path, NINE, **reaching(telegram)) as oo:
        ann = await welcomed(oo, telegram.user(7, "Ann"))
        await add(ann, "Dentist tuesday 10am")
        shown = await expect_edit_on_tap(ann, await expect_reply(ann, "/tasks"), "1 ›")
        moved = await expect_reply(ann, "/move dentist friday")
    async with scene(tmp_path, NINE, **reaching(telegram)):
        await expect_edit_on_tap(ann, moved, "Undo")
        await expect_edit_on_tap(ann, shown, "Move")
        await expect_edit_on_tap(ann, shown, "Weekend")

    assert moved.text == "Undone: Dentist, Tuesday 10:00."
    assert shown.text == "Moved: Dentist, Saturday 10:00."


async def test_in_quiet_hours_a_card_answers_as_ever(oo: Scene, ann: Person, card: Message) -> None:
    oo.clock.set("2026-11-22T23:30:00")
    await expect_edit_on_tap(ann, card, "Move")
    await expect_edit_on_tap(ann, card, "Tomorrow")

    assert card.text == "Dentist is like that already."


async def test_a_hostile_title_is_only_shown(ann: Person) -> None:
    title = "<b>Pay</b> & **call** {name} <!channel> @everyone `x` _y_ {} %s"
    await add(ann, title)

    card = await expect_edit_on_tap(ann, await expect_reply(ann, "/tasks"), "1 ›")
    assert card.text == title
    await expect_edit_on_tap(ann, card, "Move")
    assert card.text == f"{title}\nWhen?"
    await expect_edit_on_tap(ann, card, "Tomorrow")
    assert card.text == f"Moved: {title}, tomorrow."
    await expect_edit_on_tap(ann, card, "Undo")
    assert card.text == f"Undone: {title}, no date."
    assert (await expect_reply(ann, "/remove pay call")).text == f"Removed: {title}."


async def test_every_button_sent_before_the_cards_still_works(oo: Scene, ann: Person) -> None:
    """The arguments as earlier releases stored them."""
    await add(ann, "Dentist", "Call Bob")
    person, task = await oo.person("7"), await task_of(oo)
    arguments = {"tasks": "0", "task_done": f"{task.task_id} 0", "remove_task": task.task_id}
    shown = await expect_reply(ann, "/tasks")
    async with oo.app.store.begin() as unit:
        rows = tuple((Button(label=verb, verb=verb, arg=arg),) for verb, arg in arguments.items())
        ready = await with_button_tokens(unit, Sent(lines=(), buttons=rows), person, oo.app.deps)
    page, done, remove = (row[0].token for row in ready.buttons)

    await ann.forge(shown, page)
    await ann.expect_edit(shown)
    await ann.forge(shown, remove)
    await ann.expect_edit(shown)
    assert shown.text == "Dentist Removed."
    assert (await ann.expect_answer(await ann.forge(shown, done))).text == texts.TASK_ALREADY


async def test_a_card_with_everything_as_long_as_can_be_fits(oo: Scene, ann: Person) -> None:
    await add(ann, "x" * 300)
    patch = TaskPatch(
        labels=tuple(f"{n}" + "l" * 200 for n in range(50)), project="p" * 300, notes="n" * 5000
    )
    await change(oo, patch, "x" * 300)

    listed = await expect_reply(ann, "/tasks")
    card = await expect_edit_on_tap(ann, listed, "1 ›")

    assert "Notes: nnn" in card.text
    assert len(card.text) < 2000
    await expect_edit_on_tap(ann, card, "Edit")
    assert texts_tasks.EDIT_BUTTONS["notes"] in card.labels
