"""The agenda of a day and of the week, and what its buttons do."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from bot.screens import texts_agenda
from bot.screens.agenda import brief, review
from core.records import Due, Task
from core.words import intents
from tests.scenarios.intended import expect_reply_to, expect_screen
from tests.scenarios.talking import (
    expect_edit_on_tap,
    expect_message_on_tap,
    expect_reply,
    expect_toast_on_tap,
)
from tests.scenarios.world import Scene
from tests.servers.telegram import Person


async def tasks(ann: Person, *typed: str) -> None:
    for one in typed:
        await expect_reply(ann, f"/add {one}")


async def lines(ann: Person, command: str = "/today") -> list[str]:
    return (await expect_reply(ann, command)).text.splitlines()


async def test_a_day_without_tasks(oo: Scene, ann: Person) -> None:
    said = await expect_reply(ann, "/today")
    assert (said.text, said.labels) == ("Nothing is due today.", [])
    await tasks(ann, "Learn to juggle", "Pay rent tomorrow")
    assert await lines(ann) == [
        "Nothing is due today.",
        "Without a date: a task. /tip picks one, /tasks shows all.",
    ]


async def test_one_task_is_done_from_the_agenda_and_taken_back(oo: Scene, ann: Person) -> None:
    await tasks(ann, "Pay rent today p1")
    said = await expect_reply(ann, "/today")
    assert said.text.splitlines() == ["Today: a task", "1. Pay rent, p1"]

    done = await expect_message_on_tap(ann, said, "Done 1")

    assert done.text == "Pay rent Done at 9:00."
    assert said.text.splitlines() == ["Nothing more is due today.", "Done today: Pay rent"]
    assert (await expect_edit_on_tap(ann, done, "Undo")).text == "Pay rent is open again."
    assert await lines(ann) == ["Today: a task", "1. Pay rent, p1"]


async def test_times_come_in_their_order_and_what_is_overdue_first(oo: Scene, ann: Person) -> None:
    oo.clock.set("2026-11-21T07:00:00")  # the day before
    await tasks(ann, "Old bill today", "Older letter today 8:00 p2")
    oo.clock.set("2026-11-22T08:00:00")
    await tasks(
        ann, "Tidy up today", "Call Ann today 18:30", "Water the plants every day at 11am", "File it today p1"
    )
    await tasks(ann, "Run today 8:30", "Not today tomorrow", "Whenever")

    said = await expect_reply(ann, "/today")

    assert said.text.splitlines() == [
        "Today: 7 tasks, 3 overdue",
        "Overdue",
        "1. Older letter, yesterday 8:00, p2",
        "2. Old bill, yesterday",
        "3. Run, today 8:30",
        "Due today",
        "4. 11:00 Water the plants, every day",
        "5. 18:30 Call Ann",
        "6. File it, p1",
        "7. Tidy up",
    ]
    assert said.labels == [f"Done {number}" for number in range(1, 7)]


async def test_an_intent_is_the_command(oo: Scene, ann: Person) -> None:
    await tasks(ann, "Pay rent today", "Report tomorrow")
    for intent, command in (
        (intents.AskToday(), "/today"),
        (intents.AskToday(span="tomorrow"), "/today tomorrow"),
        (intents.AskToday(span="week"), "/today week"),
    ):
        said = await expect_reply_to(oo, ann, intent)
        assert said.text == (await expect_reply(ann, command)).text


async def test_five_hundred_tasks_fit_on_a_phone(oo: Scene, ann: Person) -> None:
    person = await oo.person("7")
    first = Task(task_id="oo-x", person_id=person.person_id, title="x", created_at=oo.clock.now())
    async with oo.app.store.begin() as unit:
        for number in range(500):
            due = Due(on=date(2026, 11, 20 + number % 4))
            await unit.tasks.put(replace(first, task_id=f"oo-{number}", title=f"Task {number}", due=due))

    said = await expect_reply(ann, "/today")

    assert said.text.splitlines()[0] == "Today: 375 tasks, 250 overdue"
    assert "And 246 more overdue: /tasks overdue" in said.text
    assert "And 117 more: /tasks today" in said.text
    assert (len(said.text.splitlines()), len(said.labels)) == (17, 6)
    week = await expect_reply(ann, "/today week")
    assert (week.text.splitlines()[0], len(week.labels)) == ("The next seven days: 500 tasks, 250 overdue", 6)
    assert len(week.text.splitlines()) <= 18
    assert "more: /tasks week" in week.text


@pytest.mark.parametrize("day", ["tomorrow", "Tomorrow?", "morgen", "demain", "monday", "23 nov", "MONTAG"])
async def test_another_day(oo: Scene, ann: Person, day: str) -> None:
    oo.clock.set("2026-11-21T07:00:00")
    await tasks(ann, "Old bill today")
    oo.clock.set("2026-11-22T08:00:00")
    await tasks(ann, "Pay rent tomorrow 9am", "Tidy up tomorrow", "Today's task today")

    said = await expect_reply(ann, f"/today {day}")

    assert said.text.splitlines() == ["Tomorrow: 2 tasks", "1. 9:00 Pay rent", "2. Tidy up"]
    await expect_message_on_tap(ann, said, "Done 2")
    assert said.text.splitlines()[:2] == ["Tomorrow: a task", "1. 9:00 Pay rent"]


async def test_a_day_on_which_nothing_is_due(oo: Scene, ann: Person) -> None:
    assert await lines(ann, "/today tomorrow") == ["Nothing is due tomorrow."]
    assert await lines(ann, "/today friday") == ["Nothing is due on Friday."]


@pytest.mark.parametrize("week", ["week", "WEEK", "this week", "Woche", "semaine"])
async def test_the_week(oo: Scene, ann: Person, week: str) -> None:
    await tasks(
        ann, "Pay rent tomorrow 9am", "Tidy up today", "Report friday", "Call Ann friday 8:00", "Far 24 dec"
    )
    said = await expect_reply(ann, f"/today {week}")
    assert said.text.splitlines() == [
        "The next seven days: 4 tasks",
        "Today",
        "1. Tidy up",
        "Tomorrow",
        "2. 9:00 Pay rent",
        "Friday",
        "3. 8:00 Call Ann",
        "4. Report",
    ]
    await expect_message_on_tap(ann, said, "Done 3")
    assert said.text.splitlines()[-2:] == ["Friday", "3. Report"]


async def test_an_empty_week(oo: Scene, ann: Person) -> None:
    assert await lines(ann, "/today week") == ["Nothing is due in the next seven days."]


@pytest.mark.parametrize(
    "argument", ["<b>purple</b>", "elephant", "x" * 3000, "25:99", "🦄", "yesterday", "-1"]
)
async def test_what_is_no_day_gets_help(oo: Scene, ann: Person, argument: str) -> None:
    said = await expect_reply(ann, f"/today {argument}")
    assert "/today tomorrow" in said.text
    assert len(said.text) < 300


async def test_a_hostile_title_is_shown_as_it_is(oo: Scene, ann: Person) -> None:
    await tasks(ann, "<b>**Pay** _all_</b> {title} today 18:00")
    assert (await lines(ann))[1] == "1. 18:00 <b>**Pay** _all_</b> {title}"


async def test_a_second_tap_on_a_repeating_task_does_not_do_tomorrows(oo: Scene, ann: Person) -> None:
    await tasks(ann, "Water the plants every day at 11am")
    said = await expect_reply(ann, "/today")
    again = await expect_reply(ann, "/today")
    await expect_message_on_tap(ann, said, "Done 1")
    assert await expect_toast_on_tap(ann, again, "Done 1") == "That task is done already."
    assert await lines(ann, "/today tomorrow") == ["Tomorrow: a task", "1. 11:00 Water the plants, every day"]


async def test_a_snoozed_tip_is_announced_until_its_task_is_done(oo: Scene, ann: Person) -> None:
    await tasks(ann, "Pay rent p1")
    tip = await expect_reply(ann, "/tip")
    await expect_edit_on_tap(ann, tip, "Snooze")
    await expect_edit_on_tap(ann, tip, "1 hour")
    assert "Snoozed tips: 10:00 Pay rent" in await lines(ann)
    await expect_reply(ann, "done")
    assert not [line for line in await lines(ann) if "Snoozed" in line]


# --- The daily messages ------------------------------------------------------------------------------------


async def test_the_brief_says_what_is_due_what_moved_and_what_comes(oo: Scene, ann: Person) -> None:
    await tasks(
        ann, "Pay rent today 18:00", "Dentist today", "Report monday 9:00", "Call Ann tuesday", "Far friday"
    )
    first = await expect_screen(oo, ann, brief)
    assert first is not None
    assert first.text.splitlines() == [
        "Today: 2 tasks",
        "1. 18:00 Pay rent",
        "2. Dentist",
        "Tomorrow: 9:00 Report",
        "Tuesday: Call Ann",
    ]
    review_message = await expect_screen(oo, ann, review)
    assert review_message is not None
    await expect_message_on_tap(ann, review_message, "Tomorrow 2")
    oo.clock.set("2026-11-23T07:00:00")

    second = await expect_screen(oo, ann, brief)

    assert second is not None
    assert second.text.splitlines() == [
        "Today: 3 tasks, 1 overdue",
        "Overdue",
        "1. Pay rent, yesterday 18:00",
        "Due today",
        "2. 9:00 Report",
        "3. Dentist",
        "Moved since yesterday: Dentist, now today",
        "Tomorrow: Call Ann",
    ]
    await expect_message_on_tap(ann, second, "Done 1")
    assert second.text.splitlines()[0] == "Today: 2 tasks"


async def test_a_day_with_nothing_to_say_has_no_brief_and_no_review(oo: Scene, ann: Person) -> None:
    await tasks(ann, "Whenever", "Far 24 dec")
    assert await expect_screen(oo, ann, brief) is None
    assert await expect_screen(oo, ann, review) is None


async def test_the_review_says_what_was_done_and_settles_each_open_task(oo: Scene, ann: Person) -> None:
    await tasks(
        ann,
        "Buy milk today",
        "Pay rent today 18:00",
        "Dentist today",
        "Water plants every day",
        "Paint today",
    )
    await expect_message_on_tap(ann, await expect_reply(ann, "/tasks"), "Done 1")
    oo.clock.set("2026-11-22T19:00:00")  # 20:00
    said = await expect_screen(oo, ann, review)
    assert said is not None
    assert said.text.splitlines() == [
        "Done today: a task",
        "Pay rent",
        "Still open:",
        "1. Buy milk, today",
        "2. Dentist, today",
        "3. Water plants, today, every day",
        "4. Paint, today",
    ]
    assert said.labels[:9] == [
        "Done 1", "Tomorrow 1", "Drop 1", "Done 2", "Tomorrow 2", "Drop 2", "Done 3", "Tomorrow 3", "Skip 3",
    ]  # fmt: skip

    assert (await expect_message_on_tap(ann, said, "Done 1")).text == "Buy milk Done at 20:00."
    assert said.text.splitlines()[:4] == [
        "Done today: 2 tasks", "Pay rent · Buy milk", "Still open:", "1. Dentist, today",
    ]  # fmt: skip
    moved = await expect_message_on_tap(ann, said, "Tomorrow 1")
    assert moved.text == "Dentist is due tomorrow now."
    skipped = await expect_message_on_tap(ann, said, "Skip 1")
    assert skipped.text == "Water plants is due tomorrow now."
    dropped = await expect_message_on_tap(ann, said, "Drop 1")
    assert dropped.text == "Paint Removed."
    assert said.text.splitlines() == [
        "Done today: 2 tasks", "Pay rent · Buy milk", "Nothing of that day is open any more.",
    ]  # fmt: skip
    assert said.labels == []

    assert (await expect_edit_on_tap(ann, moved, "Undo")).text == "Dentist is due today, as before."
    assert (await expect_edit_on_tap(ann, skipped, "Undo")).text == "Water plants is due today, as before."
    assert (await expect_edit_on_tap(ann, dropped, "Undo")).text == "Paint is on your list again."
    assert await lines(ann) == [
        "Today: 3 tasks", "1. Dentist", "2. Water plants, every day", "3. Paint",
        "Done today: Pay rent · Buy milk",
    ]  # fmt: skip


async def test_a_review_without_anything_done_says_what_is_open(oo: Scene, ann: Person) -> None:
    await tasks(ann, "Buy milk today")
    said = await expect_screen(oo, ann, review)
    assert said is not None
    assert said.text.splitlines() == ["Still open today: a task", "1. Buy milk, today"]


async def test_a_time_and_its_zone_survive_being_put_off(oo: Scene, ann: Person) -> None:
    person = await oo.person("7")
    due = Due(on=date(2026, 11, 23), at=time(5), zone="Asia/Tokyo")  # 21:00 in Berlin, the day before
    task = Task(task_id="oo-x", person_id=person.person_id, title="Call", created_at=oo.clock.now(), due=due)
    async with oo.app.store.begin() as unit:
        await unit.tasks.put(task)
    said = await expect_screen(oo, ann, review)
    assert said is not None
    moved = await expect_message_on_tap(ann, said, "Tomorrow 1")
    assert moved.text == "Call is due tomorrow at 21:00 now."
    assert (await stored(oo, "oo-x")).due == replace(due, on=date(2026, 11, 24))
    await expect_edit_on_tap(ann, moved, "Undo")
    assert await stored(oo, "oo-x") == task


async def test_a_review_that_is_answered_on_the_next_day(oo: Scene, ann: Person) -> None:
    await tasks(ann, "Buy milk today", "Paint today")
    said = await expect_screen(oo, ann, review)
    assert said is not None
    oo.clock.set("2026-11-23T07:00:00")
    moved = await expect_message_on_tap(ann, said, "Tomorrow 1")
    assert moved.text == "Buy milk is due today now."
    assert said.text.splitlines() == ["Still open from yesterday: a task", "1. Paint, yesterday"]


async def test_taps_on_what_was_changed_since_change_nothing(oo: Scene, ann: Person) -> None:
    await tasks(ann, "Buy milk today", "Water plants every day")
    said = await expect_screen(oo, ann, review)
    again = await expect_screen(oo, ann, review)
    assert said is not None
    assert again is not None
    moved = await expect_message_on_tap(ann, said, "Tomorrow 1")
    assert "changed again since" in await expect_toast_on_tap(ann, again, "Tomorrow 1")
    third = await expect_screen(oo, ann, review)
    assert third is not None
    skipped = await expect_message_on_tap(ann, third, "Skip 1")
    assert "changed again since" in await expect_toast_on_tap(ann, said, "Skip 1")
    for message in (moved, skipped):
        await expect_edit_on_tap(ann, message, "Undo")
    fourth = await expect_screen(oo, ann, review)
    assert fourth is not None
    dropped = await expect_message_on_tap(ann, fourth, "Drop 1")
    await expect_edit_on_tap(ann, dropped, "Undo")


async def stored(oo: Scene, task_id: str) -> Task:
    async with oo.app.store.read() as unit:
        return await unit.tasks.get(task_id)


async def test_a_tap_on_an_old_agenda_shows_that_of_today(oo: Scene, ann: Person) -> None:
    await tasks(ann, "Buy milk today", "Paint tomorrow")
    said = await expect_reply(ann, "/today")
    morning = await expect_screen(oo, ann, brief)
    assert morning is not None
    oo.clock.set("2026-11-23T07:00:00")
    await expect_message_on_tap(ann, said, "Done 1")
    assert said.text.splitlines() == ["Today: a task", "1. Paint", "Done today: Buy milk"]
    assert await expect_toast_on_tap(ann, morning, "Done 1") == "That task is done already."
    await ann.expect_edit(morning)
    assert morning.text.splitlines() == ["Today: a task", "1. Paint"]


@pytest.mark.parametrize("text", ["/today next week", "/today nächste Woche", "/today la semaine prochaine"])
async def test_next_week_is_no_day(oo: Scene, ann: Person, text: str) -> None:
    await expect_reply(ann, "/add Pay rent tuesday")
    asked = text.removeprefix("/today ")
    assert (await expect_reply(ann, text)).text == texts_agenda.TODAY_HOW.format(value=asked)
