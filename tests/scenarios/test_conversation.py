"""Free text without a language model: what is certain is understood, the rest is shown the way on."""

from __future__ import annotations

import pytest

from bot.screens import texts, texts_settings, texts_why
from tests.scenarios.talking import expect_reply
from tests.scenarios.world import Scene
from tests.servers.telegram import Message, Person

ELEPHANT = "what do you think about elephants, and why do they never forget anything at all?"

UNDERSTOOD = (
    ("hi", texts.HELLO),
    ("thank you!", texts.THANKS),
    ("not now", texts.NOT_NOW),
    ("Danke", texts.THANKS),
    ("be quiet", texts_settings.PAUSED_LONG),
    ("wake up", "I'm back. Next: today 13:00."),
    ("pause until friday", "Silent until Friday. /resume ends it sooner."),
    ("i'm back", "I'm back. Next: today 13:00."),
    ("be quiet from 10 pm to 8 am", "Quiet hours: 22:00–8:00."),
    ("never about cats", 'I won\'t write about "cats".'),
    ("what's on my list?", texts.TASKS_NONE),
    ("remind me to call Mum tomorrow at 5pm", "I'll remind you tomorrow at 17:00: call Mum."),
    ("done with the call to mum", "call Mum Done at 9:00."),
    ("help", None),
    ("why?", texts_why.WHY_NONE),
    ("when will you write?", None),
)


async def test_what_needs_no_language_model_is_understood_without(oo: Scene, ann: Person) -> None:
    for text, answer in UNDERSTOOD:
        said_back = await expect_reply(ann, text)
        assert answer is None or said_back.text == answer, text
        assert not said_back.text.startswith("I didn't"), text


@pytest.mark.parametrize(
    "text", ["what should I do now?", "I have 20 minutes and low energy", "give me a tip", "was jetzt?"]
)
async def test_asking_for_a_tip_in_words(oo: Scene, ann: Person, text: str) -> None:
    await expect_reply(ann, "/add Pay rent p1")

    assert (await expect_reply(ann, text)).labels == ["Done", "Snooze", "Dismiss"]


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("/list", "1 task"),
        ("/list@oo_bot", "1 task"),
        (" /todo", "1 task"),
        ("/agenda", "Nothing is due today"),
        ("/settings", "Times 9:00"),
        ("/undo", "pay rent Removed."),
        ("/stop", texts_settings.PAUSED_LONG),
        ("/todo call bob", "Added: call bob."),
        ("/done: rent", "pay rent Done at 9:00."),
        ("/what is due tomorrow?", "Nothing is due tomorrow."),
        ("/dance", "I don't know /dance."),
        ("/dance@oo_bot", "I don't know /dance@oo_bot."),
        ("/rent", "I don't know /rent."),
    ],
)
async def test_a_command_that_is_none_is_read_as_words(ann: Person, text: str, answer: str) -> None:
    await expect_reply(ann, "pay rent")
    assert (await expect_reply(ann, text)).text.startswith(answer)


async def test_a_command_that_is_none_answers_no_question(ann: Person) -> None:
    await expect_reply(ann, "add a task")
    assert (await expect_reply(ann, "/todo call bob")).text.startswith("I don't know /todo.")
    assert (await expect_reply(ann, "call bob")).text.startswith("Added: call bob.")


async def test_done_means_the_latest_tip(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "/add Pay rent p1")
    tip = await expect_reply(ann, "/tip")

    assert (await expect_reply(ann, "done")).text == texts.DONE_SAID
    await ann.expect_edit(tip)

    assert tip.text == "Pay rent Done at 9:00."
    assert (await expect_reply(ann, "done")).text == texts.DONE_WHAT


async def test_not_now_puts_the_latest_tip_off(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "/add Pay rent p1")
    tip = await expect_reply(ann, "/tip")

    await expect_reply(ann, "not now")
    await ann.expect_edit(tip)

    assert tip.text == "Pay rent Fine, later then."
    assert tip.labels == ["Undo"]


async def worded(ann: Person, tip: Message, text: str) -> str:
    """Say something about the tip; the answer, once the tip was edited."""
    answer = await expect_reply(ann, text)
    await ann.expect_edit(tip)
    return answer.text


async def test_the_words_on_the_buttons_mean_the_buttons(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "/add Pay rent p1")
    tip = await expect_reply(ann, "/tip")

    assert await worded(ann, tip, "dismiss") == "All right, not this one."
    assert "Not this" in tip.labels
    assert await worded(ann, tip, "undo") == 'The tip "Pay rent" is back.'
    assert tip.labels == ["Done", "Snooze", "Dismiss"]
    assert await worded(ann, tip, "snooze 2 hours") == "All right, it comes back today at 11:00."
    assert tip.text == "Pay rent\nBack today at 11:00."
    assert await worded(ann, tip, "snooze until 23:30") == texts.SNOOZED_QUIET
    assert tip.labels == ["7:00", "Send anyway", "Tomorrow 9:00", "Back"]

    await worded(ann, tip, "done")
    assert await worded(ann, tip, "take it back") == '"Pay rent" is open again.'
    assert [task.title for task in await oo.open_tasks(await oo.person("7"))] == ["Pay rent"]


async def test_snoozed_in_words_without_a_time_is_asked_when(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "/add Pay rent p1")
    tip = await expect_reply(ann, "/tip")

    assert (await expect_reply(ann, "remind me later")).text == texts.SNOOZE_TYPE
    assert await worded(ann, tip, "18:30") == "All right, it comes back today at 18:30."
    assert tip.text == "Pay rent\nBack today at 18:30."


async def test_without_a_tip_there_is_nothing_to_put_off_or_undo(ann: Person) -> None:
    for text in ("snooze", "snooze 2 hours", "dismiss"):
        assert (await expect_reply(ann, text)).text == texts.NO_TIP_WAITS
    assert (await expect_reply(ann, "undo")).text == texts.NOTHING_TO_UNDO


async def test_undo_is_about_the_latest_of_all_that_can_be_undone(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "/add Pay rent p1")
    tip = await expect_reply(ann, "/tip")
    await worded(ann, tip, "done")
    oo.clock.move(hours=3)
    await expect_reply(ann, "/add Buy bread")

    assert (await expect_reply(ann, "undo")).text == "Buy bread Removed."
    assert tip.text == "Pay rent Done at 9:00."
    assert (await expect_reply(ann, "undo")).text == '"Pay rent" is open again.'
    assert tip.labels == ["Done", "Snooze", "Dismiss"]


@pytest.mark.parametrize("text", ["-1", "18:30", "tomorrow"])
async def test_a_number_or_a_moment_is_not_offered_as_a_task(ann: Person, text: str) -> None:
    assert (await expect_reply(ann, text)).text == texts.UNCLEAR_LONG


async def test_what_is_unclear_shows_the_way_on(ann: Person) -> None:
    await expect_reply(ann, "pay rent\nbuy milk\ncall mum")

    assert (await expect_reply(ann, "the elephant in the room")).text.splitlines() == [
        "I didn't quite get that. Is it something to do? Then send: /add the elephant in the room",
        "/help shows what else I understand.",
    ]
    assert (await expect_reply(ann, f"{ELEPHANT} {ELEPHANT}")).text == texts.UNCLEAR_LONG


async def test_the_first_three_tasks_need_no_verb_and_no_date(oo: Scene, ann: Person) -> None:
    for title in ("dentist appointment", "Steuererklärung", "laundry"):
        assert (await expect_reply(ann, title)).text == f"Added: {title}."

    assert (await expect_reply(ann, "a fourth thing")).labels == ["Add it"]


async def test_small_talk_is_no_first_task(oo: Scene, ann: Person) -> None:
    for text in ("hmm", "no idea", "are you a bot"):
        assert not (await expect_reply(ann, text)).text.startswith("Added"), text

    assert (await expect_reply(ann, "/tasks")).text == texts.TASKS_NONE
