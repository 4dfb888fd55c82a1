"""The figures of the week, as people see them."""

from __future__ import annotations

from core.words import intents
from tests.scenarios.intended import expect_reply_to
from tests.scenarios.talking import expect_edit_on_tap, expect_message_on_tap, expect_reply
from tests.scenarios.world import Scene
from tests.servers.telegram import Person


async def lines(ann: Person) -> list[str]:
    return (await expect_reply(ann, "/stats")).text.splitlines()


async def done(ann: Person, title: str) -> None:
    await expect_reply(ann, f"/add {title}")
    await expect_message_on_tap(ann, await expect_reply(ann, "/tasks"), "Done 1")


async def test_somebody_new_has_nothing_to_count(oo: Scene, ann: Person) -> None:
    said = await expect_reply(ann, "/stats")
    assert said.text.startswith("There is nothing to count yet.")
    assert (await expect_reply_to(oo, ann, intents.AskStats())).text == said.text


async def test_two_weeks_of_figures(oo: Scene, ann: Person) -> None:
    await done(ann, "Buy milk")  # Sunday 22 November, the week before
    await expect_reply(ann, "/add Old bill today")
    oo.clock.set("2026-11-23T08:00:00")
    await done(ann, "Call Ann p1 today 6:00")
    await done(ann, "Call Bob p1 today 6:00")
    oo.clock.set("2026-11-25T08:00:00")
    await done(ann, "Call Cem p1 today 6:00")
    await expect_reply(ann, "/add Report friday")

    assert await lines(ann) == [
        "Done this week: 3 tasks",
        "Mon 2 · Tue 0 · Wed 1",
        "Added 4 · moved 0 · open 2, 1 of them overdue",
        "The whole week before: done 1 · added 2 · moved 0",
    ]


async def test_undo_takes_a_figure_back(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "/add Buy milk")
    confirmed = await expect_message_on_tap(ann, await expect_reply(ann, "/tasks"), "Done 1")
    assert (await lines(ann))[0] == "Done this week: a task"
    await expect_edit_on_tap(ann, confirmed, "Undo")
    assert await lines(ann) == ["Done this week: nothing so far", "Added 1 · moved 0 · open 1"]


async def test_tips_that_were_followed(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "/add Buy milk")
    tip = await expect_reply(ann, "/tip")
    assert "Tips followed: 0 of 1" in await lines(ann)
    await expect_edit_on_tap(ann, tip, "Done")
    assert "Tips followed: 1 of 1" in await lines(ann)
    await expect_edit_on_tap(ann, tip, "Undo")
    assert "Tips followed: 0 of 1" in await lines(ann)


async def test_nothing_praises_and_nothing_blames(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "/add Old bill today")
    oo.clock.set("2026-11-29T20:00:00")
    said = (await expect_reply(ann, "/stats")).text.lower()
    assert not [word for word in ("streak", "!", "only", "great", "behind", "fail", "%") if word in said]


async def test_what_was_done_on_a_day_is_listed(oo: Scene, ann: Person) -> None:
    assert (await expect_reply(ann, "what did i get done today")).text.startswith("No task was ticked off")
    await done(ann, "Buy milk")
    await done(ann, "Call Bob")
    said = await expect_reply_to(oo, ann, intents.AskStats(span="today"))
    assert said.text.splitlines() == ["Done today: 2 tasks", "– Buy milk", "– Call Bob"]
    oo.clock.set("2026-11-23T08:00:00")
    assert (await expect_reply(ann, "/stats yesterday")).text.startswith("Done yesterday: 2 tasks")
    assert (await expect_reply(ann, "/stats gestern")).text.startswith("Done yesterday: 2 tasks")
