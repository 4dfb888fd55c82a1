"""A reminder that is asked for without a time: oO says that nothing will ring, and asks when it shall."""

from __future__ import annotations

import pytest

from bot.screens import texts
from core.records import Due
from tests.scenarios.talking import expect_edit_on_tap, expect_reply, expect_toast_on_tap
from tests.scenarios.test_task_changes import tasks_of
from tests.scenarios.world import Scene
from tests.servers.telegram import Message, Person

ASKED = (
    "Added: call mum.\n"
    "You named no time, so nothing will ring yet. When shall I remind you? Tap or type a time."
)
OFFERS = ["1 hour", "This evening", "Tomorrow morning", "Next week", "Undo"]


async def expect_question(ann: Person, text: str = "remind me to call mum") -> Message:
    said = await expect_reply(ann, text)
    assert said.text == ASKED
    assert said.labels == OFFERS
    return said


async def expect_ring(oo: Scene, ann: Person, at: str) -> None:
    oo.clock.set(at)
    await oo.tick("remind", "deliver")
    assert (await ann.expect_message()).text.startswith("call mum\n")


@pytest.fixture(autouse=True)
async def _english(ann: Person) -> None:
    await expect_reply(ann, "/language english")


async def test_a_time_on_a_button_answers_and_the_reminder_rings_then(oo: Scene, ann: Person) -> None:
    said = await expect_question(ann)
    await expect_edit_on_tap(ann, said, "1 hour")
    assert said.text == "I'll remind you at 10:00: call mum."

    assert "remind" not in (await expect_reply(ann, "hmm")).text  # nothing is asked
    await expect_ring(oo, ann, "2026-11-22T09:00:00")


TYPED = {
    "in 20 minutes": "at 9:20",
    "20 minutes": "at 9:20",
    "at 15:00": "at 15:00",
    "18:30": "at 18:30",
    "tomorrow": "tomorrow at 9:00",
    "tomorrow at 8": "tomorrow at 8:00",
    "friday 5pm": "on Friday at 17:00",
    "this evening": "at 18:30",
    "every weekday at 8": "tomorrow at 8:00, then every weekday",
    "in 20 Minuten": "at 9:20",
    "morgen um 8": "tomorrow at 8:00",
    "demain à 8h": "tomorrow at 8:00",
    "dans 2 heures": "at 11:00",
    "mañana a las 8": "tomorrow at 8:00",
}


async def test_a_typed_time_answers(oo: Scene, ann: Person) -> None:
    for typed, when in TYPED.items():
        await expect_question(ann)
        assert (await expect_reply(ann, typed)).text == f"I'll remind you {when}: call mum.", typed
        await expect_reply(ann, "undo")
        assert await tasks_of(oo) == [], typed


async def test_a_typed_time_rings(oo: Scene, ann: Person) -> None:
    await expect_question(ann)
    await expect_reply(ann, "in 20 minutes")
    await expect_ring(oo, ann, "2026-11-22T08:20:00")


@pytest.mark.parametrize(
    "typed",
    [
        "remind me about call mum",
        "/remind call mum",
        "/remind me to call mum",
        "can you remind me to call mum?",
    ],
)
async def test_however_it_is_asked(ann: Person, typed: str) -> None:
    await expect_question(ann, typed)


async def test_a_time_in_quiet_hours_is_asked_about(ann: Person) -> None:
    await expect_question(ann)
    said = await expect_reply(ann, "23:30")
    assert "it's quiet until 7:00" in said.text
    assert "Send anyway" in said.labels


@pytest.mark.parametrize("typed", ["no", "no thanks", "never mind", "nein", "not now"])
async def test_no_leaves_the_task_without_a_reminder(oo: Scene, ann: Person, typed: str) -> None:
    await expect_question(ann)
    assert (await expect_reply(ann, typed)).text == "Fine, call mum is on your list, and nothing will ring."
    assert [(task.title, task.due) for task in await tasks_of(oo)] == [("call mum", None)]


async def test_anything_else_is_answered_as_usual(oo: Scene, ann: Person) -> None:
    await expect_question(ann)
    assert (await expect_reply(ann, "buy milk tomorrow")).text == "Added: buy milk, tomorrow."
    assert {task.title: bool(task.due) for task in await tasks_of(oo)} == {
        "call mum": False,
        "buy milk": True,
    }


async def test_a_time_that_has_passed_is_asked_for_again(oo: Scene, ann: Person) -> None:
    said = await expect_question(ann)
    assert (await expect_reply(ann, "yesterday")).text.startswith('"yesterday" has passed already.')
    assert (await expect_reply(ann, "at 15:00")).text == "I'll remind you at 15:00: call mum."

    said = await expect_question(ann)
    oo.clock.move(hours=2)
    await expect_edit_on_tap(ann, said, "1 hour")
    assert said.text == ASKED
    await expect_edit_on_tap(ann, said, "1 hour")
    assert said.text == "I'll remind you at 12:00: call mum."


async def test_a_task_that_is_gone_gets_no_reminder(oo: Scene, ann: Person) -> None:
    said = await expect_question(ann)
    await expect_reply(ann, "done with call mum")
    assert await expect_toast_on_tap(ann, said, "1 hour") == texts.GONE_TOAST


async def test_undo_takes_the_task_off_again(oo: Scene, ann: Person) -> None:
    said = await expect_question(ann)
    await expect_edit_on_tap(ann, said, "Undo")
    assert await tasks_of(oo) == []


async def test_a_time_that_cannot_be_adds_nothing(oo: Scene, ann: Person) -> None:
    said = await expect_reply(ann, "remind me at 25:00 to call Bob")
    assert said.text.startswith('"at 25:00" is no time at which I could remind you.')
    assert (await expect_reply(ann, "remind me in 0 minutes to drink")).text.startswith(
        '"in 0 minutes" is no time'
    )
    assert (await expect_reply(ann, "remind me yesterday to call Bob")).text.startswith(
        '"yesterday" has passed'
    )
    assert await tasks_of(oo) == []


async def test_a_day_alone_is_a_date_with_a_reminder_in_the_morning(oo: Scene, ann: Person) -> None:
    await expect_question(ann)
    await expect_reply(ann, "tomorrow")
    (task,) = await tasks_of(oo)
    assert isinstance(task.due, Due)
    assert f"{task.due.on} {task.due.at}" == "2026-11-23 09:00:00"
