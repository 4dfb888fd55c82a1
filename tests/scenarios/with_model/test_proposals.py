"""Actions that a language model proposes: checked like a person's own words, several as one list."""

from __future__ import annotations

import json

import pytest

from bot.screens import texts, texts_talk
from core.records import Due
from tests.scenarios.models import LITELLM
from tests.scenarios.talking import (
    expect_all_answered,
    expect_edit_on_tap,
    expect_message_on_tap,
    expect_reply,
)
from tests.scenarios.world import Scene
from tests.servers.llm import LlmServer
from tests.servers.telegram import Person, TelegramServer

pytestmark = LITELLM

ODD = "well, you know how it is with elephants, they want what they want, don't they?"


def proposing(*actions: tuple[str, object], said: str = "All right.") -> str:
    return json.dumps({"reply": said, "actions": [{"name": name, "argument": arg} for name, arg in actions]})


async def test_several_are_one_list_and_each_has_its_tap(oo: Scene, ann: Person, llm: LlmServer) -> None:
    await expect_reply(ann, "/add Feed the elephant")
    llm.script(proposing(("add_task", "Call the vet friday"), ("remove_task", "t1"), ("set_cap", "2")))

    asked = await expect_reply(ann, ODD)

    assert asked.text.split("\n") == [
        "All right.",
        "Which of these shall I do?",
        '1. Add "Call the vet friday"',
        '2. Remove "Feed the elephant"',
        "3. Set the daily limit to 2",
    ]
    assert asked.labels == ["Do 1", "Do 2", "Do 3", "Do all", "Do none"]
    assert [task.title for task in await oo.open_tasks(await oo.person("7"))] == ["Feed the elephant"]

    added = await expect_message_on_tap(ann, asked, "Do 1")
    assert added.text == "Added: Call the vet, Friday."
    assert asked.text.split("\n") == [
        "Which of these shall I do?",
        '1. Remove "Feed the elephant"',
        "2. Set the daily limit to 2",
    ]
    capped = await expect_message_on_tap(ann, asked, "Do 2")
    assert "2" in capped.text
    assert (await oo.person("7")).preferences.cap == 2
    removed = await expect_message_on_tap(ann, asked, "Do 1")
    assert "Feed the elephant" in removed.text
    assert (asked.text, asked.labels) == (texts_talk.PROPOSED_CHOSEN, [])
    assert [task.title for task in await oo.open_tasks(await oo.person("7"))] == ["Call the vet"]


async def test_one_tap_does_all(oo: Scene, ann: Person, llm: LlmServer) -> None:
    await expect_reply(ann, "/add Feed the elephant")
    llm.script(proposing(("add_task", "Call the vet"), ("change_task", "t1 p1"), ("mute", "elephants")))
    asked = await expect_reply(ann, ODD)

    await ann.tap(asked, "Do all")

    said = [(await ann.expect_message()).text for _ in range(3)]
    assert said[0] == "Added: Call the vet."
    assert "elephants" in said[2]
    assert [(task.title, task.priority) for task in await oo.open_tasks(await oo.person("7"))] == [
        ("Feed the elephant", 1),
        ("Call the vet", 4),
    ]
    assert (await oo.person("7")).preferences.muted == ("elephants",)


async def test_none_changes_nothing(oo: Scene, ann: Person, llm: LlmServer) -> None:
    llm.script(proposing(("add_task", "Call the vet"), ("add_task", "Call Ann")))
    asked = await expect_edit_on_tap(ann, await expect_reply(ann, ODD), "Do none")
    assert asked.text == texts.NOT_DONE
    assert await oo.open_tasks(await oo.person("7")) == []


@pytest.mark.parametrize(
    ("name", "argument", "question", "due", "priority", "minutes", "title"),
    [
        (
            "move_task",
            "t1 tomorrow 9:00",
            'Shall I move "Feed the elephant" to: tomorrow 9:00?',
            "2026-11-23 09:00",
            4,
            None,
            "Feed the elephant",
        ),
        (
            "move_task",
            {"task": "t1", "when": "tomorrow"},
            'Shall I move "Feed the elephant" to: tomorrow?',
            "2026-11-23",
            4,
            None,
            "Feed the elephant",
        ),
        (
            "move_task",
            "t1 by a week",
            'Shall I move "Feed the elephant" to: Sun 29 Nov?',
            "2026-11-29",
            4,
            None,
            "Feed the elephant",
        ),
        (
            "change_task",
            "t1: p1",
            'Shall I change "Feed the elephant" to: p1?',
            "",
            1,
            None,
            "Feed the elephant",
        ),
        (
            "change_task",
            "t1 rename to Feed Dumbo",
            'Shall I change "Feed the elephant" to: Feed Dumbo?',
            "",
            4,
            None,
            "Feed Dumbo",
        ),
        (
            "move_task",
            "t1 tomorrow p1",
            'Shall I move "Feed the elephant" to: tomorrow, p1?',
            "2026-11-23",
            1,
            None,
            "Feed the elephant",
        ),
        (
            "change_task",
            "t1 rename to Feed Dumbo // he likes hay",
            'Shall I change "Feed the elephant" to: Feed Dumbo // he likes hay?',
            "",
            4,
            None,
            "Feed Dumbo // he likes hay",
        ),
        (
            "change_task",
            "T1 takes 2 hours",
            'Shall I note that "Feed the elephant" takes 2 hours?',
            "",
            4,
            120,
            "Feed the elephant",
        ),
    ],
)
async def test_a_change_is_shown_then_made_once(
    oo: Scene,
    ann: Person,
    llm: LlmServer,
    name: str,
    argument: object,
    question: str,
    due: str,
    priority: int,
    minutes: int | None,
    title: str,
) -> None:
    await expect_reply(ann, "/add Feed the elephant")
    llm.script(proposing((name, argument)))

    asked = await expect_reply(ann, ODD)
    assert asked.text == f"All right.\n{question}"
    await expect_edit_on_tap(ann, asked, "Yes")

    [task] = await oo.open_tasks(await oo.person("7"))
    assert (_written(task.due), task.priority, task.minutes, task.title) == (due, priority, minutes, title)


@pytest.mark.parametrize(
    ("name", "argument", "confirmed"),
    [
        ("move_task", "t1 tomorrow 9:00", "Moved: Feed the elephant, tomorrow 9:00."),
        ("move_task", "t1 no date", "Feed the elephant has no date any more."),
        ("move_task", "t1 by a week", "Moved: Feed the elephant, Fri 4 Dec."),
        ("change_task", "t1 p1 #zoo", "Changed: Feed the elephant, p1, #zoo."),
        ("change_task", "t1 rename to Feed Dumbo", "Renamed: Feed the elephant is now Feed Dumbo."),
        ("change_task", "t1 takes 2 hours", "Changed: Feed the elephant, 2 hours."),
        ("remove_task", "t1", "Removed: Feed the elephant."),
    ],
)
@pytest.mark.parametrize("in_words", [False, True])
async def test_a_change_has_the_undo_of_any_other(
    oo: Scene, ann: Person, llm: LlmServer, name: str, argument: str, confirmed: str, in_words: bool
) -> None:
    await expect_reply(ann, "/add Feed the elephant friday")
    before = await oo.open_tasks(await oo.person("7"))
    llm.script(proposing((name, argument)))

    changed = await expect_edit_on_tap(ann, await expect_reply(ann, ODD), "Yes")

    assert (changed.text, changed.labels) == (confirmed, ["Undo"])
    assert await oo.open_tasks(await oo.person("7")) != before
    await (expect_reply(ann, "undo") if in_words else expect_edit_on_tap(ann, changed, "Undo"))
    assert await oo.open_tasks(await oo.person("7")) == before


async def test_each_change_of_a_list_has_an_undo_of_its_own(oo: Scene, ann: Person, llm: LlmServer) -> None:
    await expect_reply(ann, "/add Feed the elephant")
    before = await oo.open_tasks(await oo.person("7"))
    llm.script(proposing(("move_task", "t1 tomorrow"), ("change_task", "t1 p1")))
    await ann.tap(await expect_reply(ann, ODD), "Do all")
    moved, ranked = [await ann.expect_message() for _ in range(2)]
    assert moved.text == "Moved: Feed the elephant, tomorrow."
    assert ranked.text == "Changed: Feed the elephant, p1."
    await expect_edit_on_tap(ann, moved, "Undo")
    await expect_edit_on_tap(ann, ranked, "Undo")
    assert await oo.open_tasks(await oo.person("7")) == before


def _written(due: Due | None) -> str:
    if due is None:
        return ""
    return f"{due.on} {due.at:%H:%M}" if due.at else f"{due.on}"


@pytest.mark.parametrize(
    ("argument", "promised", "rings_at"),
    [
        ("in 20 minutes to drink water", "at 9:20: drink water.", "2026-11-22T08:20:00"),
        ("to drink water in 20 minutes", "at 9:20: drink water.", "2026-11-22T08:20:00"),
        ("tomorrow at 8 to drink water", "tomorrow at 8:00: drink water.", "2026-11-23T07:00:00"),
        ("drink water at 15:00", "at 15:00: drink water.", "2026-11-22T14:00:00"),
        ("remind me at 15:00 to drink water", "at 15:00: drink water.", "2026-11-22T14:00:00"),
    ],
)
async def test_a_reminder_is_what_the_person_would_have_typed_and_rings(
    oo: Scene, ann: Person, llm: LlmServer, argument: str, promised: str, rings_at: str
) -> None:
    llm.script(proposing(("remind", argument)))
    answer = await expect_reply(ann, ODD)
    assert answer.text == f"All right.\nI'll remind you {promised}"
    assert answer.labels == ["Undo"]
    oo.clock.set(rings_at)
    await oo.tick("remind")
    assert (await ann.expect_message()).text.startswith("drink water\n")


async def test_a_reminder_of_a_list_is_promised_and_can_be_undone(
    oo: Scene, ann: Person, llm: LlmServer
) -> None:
    llm.script(proposing(("remind", "at 15:00 to drink water"), ("add_task", "Rest")))
    asked = await expect_reply(ann, ODD)
    assert '1. Remind you: "at 15:00 to drink water"' in asked.text
    promised = await expect_message_on_tap(ann, asked, "Do 1")
    assert promised.text == "I'll remind you at 15:00: drink water."
    await expect_edit_on_tap(ann, promised, "Undo")
    before = len(ann.chat.messages)
    oo.clock.set("2026-11-22T14:00:00")
    await oo.tick("remind")
    assert len(ann.chat.messages) == before


@pytest.mark.parametrize(
    ("name", "argument"),
    [
        ("move_task", "t9 tomorrow"),
        ("move_task", "t1 soonish"),
        ("move_task", "t1"),
        ("move_task", "oo-telegram-1 tomorrow"),
        ("change_task", "t1 sing louder"),
        ("change_task", "t1 p4"),
        ("change_task", "load p1"),
        ("remove_task", "Feed the elephant"),
        ("remove_task", "now"),
        ("remind", ""),
        ("set_cap", ""),
        ("set_language", "xqzt"),
    ],
)
async def test_what_cannot_be_told_exactly_is_asked_for_in_other_words(
    oo: Scene, ann: Person, llm: LlmServer, name: str, argument: str
) -> None:
    await expect_reply(ann, "/add Feed the elephant")
    before = await oo.open_tasks(await oo.person("7"))
    llm.script(proposing((name, argument)))

    answer = await expect_reply(ann, ODD)

    assert answer.text == "All right.\nI could not tell exactly what to change. Please say it in other words."
    assert answer.labels == []
    assert await oo.open_tasks(await oo.person("7")) == before


@pytest.mark.parametrize(
    ("argument", "question", "confirmed"),
    [
        ("de", "Shall I write in German from now on?", "Ab jetzt schreibe ich dir auf Deutsch."),
        ("french", "Shall I write in French from now on?", None),
        ("auf Spanisch", "Shall I write in Spanish from now on?", None),
    ],
)
async def test_another_language_is_offered_by_its_name(
    oo: Scene, ann: Person, llm: LlmServer, argument: str, question: str, confirmed: str | None
) -> None:
    llm.script(proposing(("set_language", argument)))
    asked = await expect_reply(ann, ODD)
    assert asked.text == f"All right.\n{question}"
    changed = await expect_edit_on_tap(ann, asked, "Yes")
    language = (await oo.person("7")).preferences.language
    assert language is not None
    assert changed.text == (confirmed or changed.text)
    assert "From now on" not in changed.text
    llm.script(proposing())
    await expect_reply(ann, ODD)
    name = {"de": "German", "fr": "French", "es": "Spanish"}[language.partition("-")[0]]
    assert json.loads(llm.requests[-1].messages[-1]["content"])["wishes"] == f"Reply in {name}."


async def test_a_language_that_oo_does_not_speak_is_not_offered(
    oo: Scene, ann: Person, llm: LlmServer
) -> None:
    llm.script(proposing(("set_language", "klingon")))
    answer = await expect_reply(ann, ODD)
    assert answer.text.startswith("All right.\nI don't speak Klingon yet.")
    assert (await oo.person("7")).preferences.language is None


async def test_at_most_five_and_each_once(oo: Scene, ann: Person, llm: LlmServer) -> None:
    many = [("add_task", f"Task {number}") for number in (1, 1, 2, 3, 4, 5, 6)]
    llm.script(proposing(*many))
    asked = await expect_reply(ann, ODD)
    assert [line for line in asked.text.split("\n") if line[0].isdigit()] == [
        '1. Add "Task 1"',
        '2. Add "Task 2"',
        '3. Add "Task 3"',
        '4. Add "Task 4"',
    ]


async def test_a_task_that_is_gone_meanwhile_is_said_to_be(oo: Scene, ann: Person, llm: LlmServer) -> None:
    added = await expect_reply(ann, "/add Feed the elephant")
    llm.script(proposing(("move_task", "t1 tomorrow"), ("add_task", "Rest")))
    asked = await expect_reply(ann, ODD)
    await expect_edit_on_tap(ann, added, "Undo")

    assert (await expect_message_on_tap(ann, asked, "Do 1")).text == texts.TASK_ALREADY


async def test_a_second_tap_adds_nothing_more(
    oo: Scene, ann: Person, llm: LlmServer, telegram: TelegramServer
) -> None:
    llm.script(proposing(("add_task", "Rest"), ("add_task", "Sleep")))
    asked = await expect_reply(ann, ODD)
    tap = await ann.tap(asked, "Do 1")
    await ann.expect_message()
    await ann.resend(tap)
    await expect_all_answered(oo, telegram)
    assert [task.title for task in await oo.open_tasks(await oo.person("7"))] == ["Rest"]


async def test_tomorrow_counts_from_the_offer_also_for_a_late_tap(
    oo: Scene, ann: Person, llm: LlmServer
) -> None:
    llm.script(proposing(("add_task", "Call the vet tomorrow"), ("add_task", "Rest")))
    asked = await expect_reply(ann, ODD)
    oo.clock.move(days=1)
    added = await expect_message_on_tap(ann, asked, "Do 1")
    assert added.text == "Added: Call the vet, today."
