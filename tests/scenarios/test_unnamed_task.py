"""A wish that does not name the task: oO asks what it is, and the next message names it."""

from __future__ import annotations

import pytest

from tests.scenarios.talking import expect_reply
from tests.scenarios.test_task_changes import tasks_of
from tests.scenarios.world import Scene
from tests.servers.telegram import Person

ASK = "What shall I add? For example: Pay rent tomorrow 9am"


@pytest.fixture(autouse=True)
async def _english(ann: Person) -> None:
    await expect_reply(ann, "/language english")


async def say(ann: Person, *lines: str) -> str:
    """Type the lines; the answer to the last one."""
    for line in lines:
        said = await expect_reply(ann, line)
    return said.text


async def test_the_next_message_names_the_task_and_keeps_the_time(ann: Person) -> None:
    assert await say(ann, "add something tomorrow") == ASK
    assert await say(ann, "laundry") == "Added: laundry, tomorrow."
    assert "laundry" not in await say(ann, "hmm")  # nothing is asked any more


async def test_a_reminder_rings_at_the_time_of_the_wish(oo: Scene, ann: Person) -> None:
    assert await say(ann, "set a reminder for 17:00") == "What shall I remind you of?"
    assert await say(ann, "call mum") == "I'll remind you at 17:00: call mum."
    oo.clock.set("2026-11-22T16:00:00")
    await oo.tick("remind", "deliver")
    assert (await ann.expect_message()).text.startswith("call mum\n")


async def test_a_reminder_without_a_time_asks_for_that_as_well(ann: Person) -> None:
    assert "no time" in await say(ann, "set a reminder", "call mum")
    assert await say(ann, "at 17:00") == "I'll remind you at 17:00: call mum."


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("never mind", "All right."),
        ("hello", "Hello."),
        ("what do I have today?", "today"),
        ("what?", "I didn't quite get that."),
        ("/tasks", "Nothing on your list."),
    ],
)
async def test_what_is_no_task_is_answered_by_itself(oo: Scene, ann: Person, answer: str, said: str) -> None:
    before = await tasks_of(oo)
    assert said in await say(ann, "add a task", answer)
    assert await tasks_of(oo) == before


async def test_a_time_alone_is_no_task_and_the_question_stays(ann: Person) -> None:
    assert "What shall I add?" in await say(ann, "add a task", "tomorrow")
    assert await say(ann, "laundry") == "Added: laundry."


async def test_remind_me_of_it_is_about_the_task_that_was_talked_about_last(ann: Person) -> None:
    await say(ann, "add fix the bike", "add water the plants")
    assert await say(ann, "remind me of it at 17:00") == "I'll remind you at 17:00: water the plants."
    assert await say(ann, "remind me at 18:00") == "I'll remind you at 18:00: water the plants."


@pytest.mark.parametrize("said", ["remind me tomorrow", "remind me of that at 17:00"])
async def test_without_a_task_to_remind_of_oo_asks_for_one(ann: Person, said: str) -> None:
    assert await say(ann, said) == "What shall I remind you of?"


MOVES = {
    "add that for friday": "Friday",
    "put it on friday": "Friday",
    "schedule that for friday 10am": "Friday 10:00",
    "trag das für freitag ein": "Friday",
    "setz es auf freitag": "Friday",
    "mets ça vendredi": "Friday",
    "añádelo para el viernes": "Friday",
    "pon eso para el viernes": "Friday",
}


@pytest.mark.parametrize(("said", "when"), MOVES.items())
async def test_it_at_another_time_is_the_task_that_was_talked_about_last(
    ann: Person, said: str, when: str
) -> None:
    assert when in await say(ann, "add fix the bike", said, "/language english", "/tasks")


async def test_it_without_a_task_before_is_asked_for(ann: Person) -> None:
    assert "Which task do you mean?" in await say(ann, "add that for friday")
