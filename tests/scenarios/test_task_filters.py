"""/tasks narrowed by words in Telegram: what is shown, pages, buttons, and when nothing fits."""

from __future__ import annotations

from dataclasses import replace

from tests.scenarios.talking import expect_edit_on_tap, expect_message_on_tap, expect_reply
from tests.scenarios.world import Scene
from tests.servers.telegram import Person


async def shown(ann: Person, text: str) -> list[str]:
    return (await expect_reply(ann, text)).text.splitlines()


async def test_the_list_is_narrowed_by_words_days_and_marks(oo: Scene, ann: Person) -> None:
    for task in ("Pay rent tomorrow p1", "Dentist today 3pm", "Rent a car", "Taxes friday"):
        await expect_reply(ann, f"/add {task}")
    await expect_reply(ann, "/edit taxes #work +House")

    assert await shown(ann, "/tasks rent") == [
        '2 tasks for "rent"',
        "1. Pay rent, tomorrow, p1",
        "2. Rent a car",
    ]
    assert await shown(ann, "/tasks today") == ['1 task for "today"', "1. Dentist, today 15:00"]
    assert await shown(ann, "/tasks tomorrow") == ['1 task for "tomorrow"', "1. Pay rent, tomorrow, p1"]
    assert await shown(ann, "/tasks #work") == ['1 task for "#work"', "1. Taxes, Friday, #work, +House"]
    assert await shown(ann, "/tasks +house") == ['1 task for "+house"', "1. Taxes, Friday, #work, +House"]
    assert await shown(ann, "/tasks p1") == ['1 task for "p1"', "1. Pay rent, tomorrow, p1"]
    assert await shown(ann, "/tasks no date") == ['1 task for "no date"', "1. Rent a car"]
    assert len(await shown(ann, "/tasks week")) == 4
    oo.clock.set("2026-11-24T08:00:00")
    assert [line[3:] for line in (await shown(ann, "/tasks overdue"))[1:]] == [
        "Dentist, Sun 22 Nov 15:00",
        "Pay rent, yesterday, p1",
    ]


async def test_a_filter_that_fits_nothing_shows_the_way_to_all(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "/add Pay rent")

    nothing = await expect_reply(ann, "/tasks zebra")
    assert nothing.text == 'No open task fits "zebra". /tasks shows all of them.'
    await expect_edit_on_tap(ann, nothing, "All tasks")

    assert nothing.text.splitlines() == ["1 task", "1. Pay rent"]


async def test_paging_and_cards_keep_the_filter(oo: Scene, ann: Person) -> None:
    for number in range(12):
        await expect_reply(ann, f"/add Errand {number:02}")
        await expect_reply(ann, f"/add Call client {number:02}")
    tasks = await expect_reply(ann, "/tasks call client")
    assert tasks.text.splitlines()[0] == '12 tasks for "call client"'

    await expect_edit_on_tap(ann, tasks, "More ›")
    assert tasks.text.splitlines()[-1] == "Page 2 of 2."
    await expect_edit_on_tap(ann, tasks, "9 ›")
    await expect_edit_on_tap(ann, tasks, "‹ List")
    assert tasks.text.splitlines()[0] == '12 tasks for "call client"'
    assert tasks.labels[0] == "Done 9"
    await expect_message_on_tap(ann, tasks, "Done 9")
    await ann.expect_edit(tasks)
    assert tasks.text.splitlines()[0] == '11 tasks for "call client"'
    await expect_edit_on_tap(ann, tasks, "9 ›")
    await expect_edit_on_tap(ann, tasks, "Remove")
    await expect_edit_on_tap(ann, tasks, "‹ List")
    assert tasks.text.splitlines()[0] == '10 tasks for "call client"'


async def test_five_hundred_tasks_stay_handy(oo: Scene, ann: Person) -> None:
    person = await oo.person("7")
    await expect_reply(ann, "/add Errand 000")
    [one] = await oo.open_tasks(person)
    async with oo.app.store.begin() as unit:
        for number in range(1, 500):
            title, task_id = f"Errand {number:03}", f"{one.task_id}.{number}"
            await unit.tasks.put(replace(one, task_id=task_id, title=title))

    tasks = await expect_reply(ann, "/tasks")
    assert tasks.text.splitlines()[0] == "500 tasks"
    assert tasks.text.splitlines()[-1] == "Page 1 of 63."
    assert (await shown(ann, "/tasks 499"))[0] == '1 task for "499"'
    assert (await expect_reply(ann, "/move errand 321 friday")).text == "Moved: Errand 321, Friday."
    which = await expect_reply(ann, "/remove errand")
    assert which.text.splitlines()[-1] == "And 492 more: a word more of the title tells them apart."
    assert len(which.labels) == 8


async def test_hostile_filters_are_answered(ann: Person) -> None:
    await expect_reply(ann, "/add Pay rent")
    for text in ("x" * 3000, "{filter} %s", "<b>**x**</b>", "🧑‍🚀" * 300, "#", "+", "@", "p0", "''"):
        answer = await expect_reply(ann, f"/tasks {text}")
        assert "No open task fits" in answer.text, text
        await expect_edit_on_tap(ann, answer, "All tasks")
