"""A task is split into steps: offered when it is put off, asked for in words; tips are about the next."""

from __future__ import annotations

import pytest

from core.records import TaskPatch
from core.tasks.changes import change_task
from tests.core.outsiders import BERLIN
from tests.scenarios.talking import (
    expect_edit_on_tap,
    expect_message_on_tap,
    expect_reply,
)
from tests.scenarios.world import Scene
from tests.servers.telegram import Message, Person

ASKED = (
    'What is the first step of "Tax declaration"? Send me one step, or several, each on a line of its own.'
    ' "no" leaves it whole.'
)
SPLIT = (
    "Tax declaration is split into steps:\n1. Collect receipts\n2. Fill in the form\n"
    "I'll suggest them one at a time, in this order."
)


async def titles(oo: Scene) -> list[str]:
    return [task.title for task in await oo.open_tasks(await oo.person("7"))]


async def estimate(oo: Scene, minutes: int) -> None:
    person = await oo.person("7")
    [task] = await oo.open_tasks(person)
    await change_task(task.task_id, person, oo.app.deps, TaskPatch(minutes=minutes), zone=BERLIN)


async def done(ann: Person, tip: Message) -> None:
    await expect_edit_on_tap(ann, tip, "Done")


async def test_a_task_is_split_in_words_and_lived_through_step_by_step(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "/add Tax declaration p1")
    await expect_reply(ann, "/add Call Bob")

    assert (await expect_reply(ann, "break down the tax declaration")).text == ASKED
    assert (await expect_reply(ann, "Collect receipts\nFill in the form")).text == SPLIT

    tip = await expect_reply(ann, "/tip")
    assert tip.text == 'Collect receipts: you marked it urgent.\nA step of "Tax declaration".'
    dropped = {
        one.candidate.content: one.candidate.dropped for one in await oo.candidates(await oo.person("7"))
    }
    assert dropped["Tax declaration"] == dropped["Fill in the form"] == "not_next"
    assert dropped["Call Bob"] is None
    await done(ann, tip)
    tip = await expect_reply(ann, "/tip")
    assert tip.text.startswith("Fill in the form")
    await done(ann, tip)
    tip = await expect_reply(ann, "/tip")
    assert tip.text.startswith("Tax declaration")


async def test_one_undo_makes_the_task_whole_again(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "/add Tax declaration")
    await expect_reply(ann, "split the tax declaration into steps")
    added = await expect_reply(ann, "Collect receipts\nFill in the form")
    assert sorted(await titles(oo)) == ["Collect receipts", "Fill in the form", "Tax declaration"]

    await expect_edit_on_tap(ann, added, "Undo")

    assert added.text == "Tax declaration is whole again."
    assert await titles(oo) == ["Tax declaration"]
    assert (await expect_reply(ann, "/tip")).text.startswith("Tax declaration")


async def test_an_undo_leaves_what_was_done(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "/add Tax declaration")
    await expect_reply(ann, "break down the tax declaration")
    added = await expect_reply(ann, "Collect receipts\nFill in the form")
    await done(ann, await expect_reply(ann, "/tip"))

    await expect_edit_on_tap(ann, added, "Undo")

    assert added.text == "Tax declaration is whole again; what you had done stays done."
    assert await titles(oo) == ["Tax declaration"]
    assert added.labels == []


@pytest.mark.parametrize("text", ["no", "never mind", "nein danke"])
async def test_a_refusal_leaves_it_whole(oo: Scene, ann: Person, text: str) -> None:
    await expect_reply(ann, "/add Tax declaration")
    await expect_reply(ann, "break down the tax declaration")
    assert (await expect_reply(ann, text)).text == "Fine, I leave it whole."
    assert await titles(oo) == ["Tax declaration"]
    assert (await expect_reply(ann, "buy milk")).text == "Added: buy milk."


async def test_another_wish_is_no_step(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "/add Tax declaration")
    await expect_reply(ann, "break down the tax declaration")
    assert (await expect_reply(ann, "what should I do now?")).text.startswith("Tax declaration")
    assert await titles(oo) == ["Tax declaration"]


async def test_too_many_steps_are_refused_and_the_question_stays(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "/add Tax declaration")
    await expect_reply(ann, "break down the tax declaration")
    assert (await expect_reply(ann, "---")).text.startswith("I found no step in that.")
    answer = await expect_reply(ann, "\n".join(f"Step {number}" for number in range(30)))
    assert answer.text == "That is more than 12 steps. Please send me the first few."
    assert (await expect_reply(ann, "Collect receipts\nFill in the form")).text == SPLIT


async def test_an_unclear_task_is_asked_for(oo: Scene, ann: Person) -> None:
    assert (await expect_reply(ann, "break down the thesis")).text == "There is no open task to break down."
    await expect_reply(ann, "/add Tax declaration")
    await expect_reply(ann, "/add Call Bob")
    which = await expect_reply(ann, "break down the thesis")
    assert which.text.startswith("Which task shall I break down?")
    assert which.labels == ["Tax declaration", "Call Bob"]

    assert (await expect_message_on_tap(ann, which, "Tax declaration")).text == ASKED


async def test_break_it_down_means_the_latest_tip(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "/add Tax declaration")
    await expect_reply(ann, "/tip")
    assert (await expect_reply(ann, "break it down")).text == ASKED


async def test_a_task_with_open_steps_is_not_split_again(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "/add Tax declaration")
    for _ in range(2):
        answer = await expect_reply(ann, "break down the tax declaration")
        if answer.text == ASKED:
            await expect_reply(ann, "Collect receipts\nFill in the form")
    assert answer.text == "Tax declaration has open steps. Next: Collect receipts."


async def test_a_task_that_was_done_meanwhile_is_not_split(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "/add Tax declaration")
    tip = await expect_reply(ann, "/tip")
    await expect_reply(ann, "break it down")
    await done(ann, tip)
    assert (await expect_reply(ann, "Collect receipts")).text == "That task is done already."
    assert await titles(oo) == []


async def test_the_button_comes_with_the_third_snooze(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "/add Tax declaration")
    await expect_reply(ann, "/times off")
    tip = await expect_reply(ann, "/tip")
    for number in (1, 2, 3):
        assert "Break it down" not in tip.labels
        await expect_edit_on_tap(ann, tip, "Snooze")
        await expect_edit_on_tap(ann, tip, "1 hour")
        assert ("Break it down" in tip.labels) is (number == 3)
        oo.clock.move(hours=1)
        snoozed = tip
        await oo.tick("push")
        tip = await ann.expect_message()
    assert "Break it down" in tip.labels

    assert (await expect_message_on_tap(ann, snoozed, "Break it down")).text == ASKED


@pytest.mark.parametrize(("minutes", "offered"), [(89, False), (90, True), (600, True)])
async def test_a_large_task_is_offered_to_be_split(
    oo: Scene, ann: Person, minutes: int, offered: bool
) -> None:
    await expect_reply(ann, "/add Tax declaration")
    await estimate(oo, minutes)
    tip = await expect_reply(ann, "/tip")
    assert ("Break it down" in tip.labels) is offered
    if offered:
        assert (await expect_message_on_tap(ann, tip, "Break it down")).text == ASKED


async def test_done_with_the_task_is_done_with_its_steps_and_undo_opens_them(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "/add Tax declaration")
    await expect_reply(ann, "break down the tax declaration")
    await expect_reply(ann, "Collect receipts\nFill in the form")
    finished = await expect_reply(ann, "I finished the tax declaration")
    assert await titles(oo) == []
    await expect_edit_on_tap(ann, finished, "Undo")
    assert len(await titles(oo)) == 3
