"""/brief and /review: messages at a fixed time each day."""

from __future__ import annotations

import pytest

from tests.scenarios.talking import expect_edit_on_tap, expect_message_on_tap, expect_reply
from tests.scenarios.test_reminders import ring
from tests.scenarios.world import Scene
from tests.servers.telegram import Person


@pytest.mark.parametrize(
    ("command", "name", "other"), [("/brief 8:00", "brief", "/brief"), ("/review 20:00", "review", "/review")]
)
async def test_a_daily_message_is_set_shown_and_ended(
    oo: Scene, ann: Person, command: str, name: str, other: str
) -> None:
    assert f"/{name} " in (await expect_reply(ann, other)).text
    set_answer = await expect_reply(ann, command)
    time = command.split()[1]
    assert f"every day at {time}" in set_answer.text
    assert f"very day at {time}" in (await expect_reply(ann, other)).text
    assert getattr((await oo.person("7")).preferences, name) is not None
    assert "any more" in (await expect_reply(ann, f"{other} off")).text
    assert getattr((await oo.person("7")).preferences, name) is None


async def test_the_brief_comes_every_day_with_what_is_due_and_not_without(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "/brief 8:00")
    before = len(ann.chat.messages)
    await ring(oo, "2026-11-23T07:00:00")
    assert len(ann.chat.messages) == before
    await expect_reply(ann, "/add Pay rent tuesday")
    await ring(oo, "2026-11-24T07:00:00")
    assert "Pay rent" in (await ann.expect_message()).text
    assert "you asked for it every day (/brief)" in (await expect_reply(ann, "/why")).text
    await ring(oo, "2026-11-25T07:00:00")
    assert "Pay rent" in (await ann.expect_message()).text


async def test_the_review_comes_in_the_evening(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "/review 20:00")
    await expect_reply(ann, "/add Pay rent today")
    await ring(oo, "2026-11-22T19:00:00")
    assert "Pay rent" in (await ann.expect_message()).text


@pytest.mark.parametrize(
    ("label", "brief", "rings_at"), [("7:00", "7:00", "T06:00:00"), ("Send anyway", "6:30", "T05:30:00")]
)
async def test_a_time_in_quiet_hours_is_asked_about(
    oo: Scene, ann: Person, label: str, brief: str, rings_at: str
) -> None:
    question = await expect_reply(ann, "/brief 6:30")
    assert question.text == "That would be 6:30, and it's quiet until 7:00. Nothing has changed yet."
    assert question.labels == ["7:00", "Send anyway"]
    assert (await oo.person("7")).preferences.brief is None
    await expect_edit_on_tap(ann, question, label)
    assert f"every day at {brief}" in question.text
    await expect_reply(ann, "/add Pay rent tomorrow")
    await ring(oo, f"2026-11-23{rings_at}")
    assert "Pay rent" in (await ann.expect_message()).text


@pytest.mark.parametrize(
    "argument", ["blue", "25:99", "8:00 9:00", "mon 8:00", "🦄", "x" * 900, "tomorrow", "-1"]
)
@pytest.mark.parametrize("command", ["/brief", "/review"])
async def test_nonsense_gets_help(oo: Scene, ann: Person, command: str, argument: str) -> None:
    assert f"Try {command}" in (await expect_reply(ann, f"{command} {argument}")).text or (
        f"please: {command}" in ann.chat.messages[-1].text
    )
    assert getattr((await oo.person("7")).preferences, command[1:]) is None


@pytest.mark.parametrize(
    ("typed", "time"), [("8", "8:00"), ("8am", "8:00"), ("8 Uhr", "8:00"), ("8h", "8:00"), ("8pm", "20:00")]
)
async def test_a_time_is_read_as_people_write_it(ann: Person, typed: str, time: str) -> None:
    assert f"every day at {time}" in (await expect_reply(ann, f"/brief {typed}")).text


async def test_the_agenda_names_the_reminders_of_the_day(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "remind me at 15:00 to call Ann")
    await expect_reply(ann, "remind me tomorrow at 15:00 to call Bob")
    assert (await expect_reply(ann, "/today")).text == "Today: a task\n1. 15:00 call Ann"
    await expect_reply(ann, "remind me a day before call Bob")
    agenda = (await expect_reply(ann, "/today")).text
    assert agenda.endswith("Reminders: 15:00 call Bob")  # its task is due tomorrow


SHOWN = [
    "Reminders only when you ask",
    "Plan of the day off",
    "Look back off",
]


async def test_prefs_shows_reminders_and_daily_messages_and_changes_them(oo: Scene, ann: Person) -> None:
    shown = await expect_reply(ann, "/prefs")
    assert [line for line in shown.text.splitlines() if line.startswith(("Rem", "Plan", "Look"))] == SHOWN

    for label, typed, now in (
        ("Reminders", "15 minutes", "Reminders of every task with a time, 15 minutes before"),
        ("Plan of the day", "7:30", "Plan of the day 7:30"),
        ("Look back", "um 20 Uhr", "Look back 20:00"),
        ("Reminders", "at the time", "Reminders of every task with a time, at that time"),
        ("Plan of the day", "off", "Plan of the day off"),
    ):
        question = await expect_message_on_tap(ann, shown, label)
        assert question.text.endswith(", or off")
        assert (await expect_reply(ann, typed)).labels == ["Undo"]
        assert now in (await expect_reply(ann, "/prefs")).text.splitlines()


@pytest.mark.parametrize("label", ["Reminders", "Plan of the day", "Look back"])
async def test_an_answer_that_is_none_gets_help_and_another_wish_is_carried_out(
    oo: Scene, ann: Person, label: str
) -> None:
    await expect_reply(ann, "/add Pay rent")
    shown = await expect_reply(ann, "/prefs")
    await expect_message_on_tap(ann, shown, label)
    assert (await expect_reply(ann, "25:99")).text.startswith('I didn\'t get "25:99".')
    assert (await expect_reply(ann, "done with pay rent")).text.startswith("Pay rent Done at")
    preferences = (await oo.person("7")).preferences
    assert (preferences.lead, preferences.brief, preferences.review) == (None, None, None)
