"""A reply is about what it replies to: an earlier tip, a task that was added, a list, or nothing known."""

from __future__ import annotations

import pytest

from core.records import DismissReason
from tests.scenarios.talking import expect_all_answered, expect_edit_on_tap, expect_reply, invited
from tests.scenarios.world import Scene
from tests.servers.telegram import Message, Person, TelegramServer


async def expect_reply_to(ann: Person, to: Message, text: str) -> Message:
    """Reply to a message; oO's answer."""
    await ann.send(text, reply_to=to)
    return await ann.expect_message()


@pytest.fixture
async def tips(oo: Scene, ann: Person) -> tuple[Message, Message]:
    """Two tips that wait, the earlier one first."""
    await expect_reply(ann, "/add Pay rent tomorrow 9am p1")
    first = await expect_reply(ann, "/tip")
    await expect_reply(ann, "/add Call Ann tomorrow 9am p1")
    second = await expect_reply(ann, "/tip")
    assert first.text != second.text
    return first, second


async def reactions(oo: Scene) -> list[tuple[object, object]]:
    """What Ann did about her tips: kinds and reasons."""
    async with oo.app.store.read() as unit:
        everything = await unit.people.everything((await oo.person("7")).person_id)
    return [(row["kind"], row["reason"]) for row in everything["reactions"]]


def title(tip: Message) -> str:
    return tip.text.partition(":")[0].partition(" Done")[0]


@pytest.mark.parametrize(
    "word", ["done", "Done!", "already did it", "erledigt", "schon gemacht", "c'est fait", "✅"]
)
async def test_done_is_about_the_tip_that_was_replied_to(
    oo: Scene, ann: Person, tips: tuple[Message, Message], word: str
) -> None:
    await expect_reply(ann, "/language english")
    first, second = tips
    name, other = title(first), title(second)

    answer = await expect_reply_to(ann, first, word)

    assert answer.text == f'Good, "{name}" is done.'
    assert first.text.startswith(f"{name} Done")
    assert second.labels == ["Done", "Snooze", "Dismiss"]
    assert [task.title for task in await oo.open_tasks(await oo.person("7"))] == [other]


@pytest.mark.parametrize(
    ("word", "reason"),
    [
        ("not now", DismissReason.NOT_NOW),
        ("später", DismissReason.NOT_NOW),
        ("pas maintenant", DismissReason.NOT_NOW),
        ("dismiss", None),
        ("no thanks", None),
        ("nein danke", None),
        ("non", None),
        ("never again", DismissReason.NEVER_TOPIC),
    ],
)
async def test_a_no_is_about_the_tip_that_was_replied_to(
    oo: Scene, ann: Person, tips: tuple[Message, Message], word: str, reason: DismissReason | None
) -> None:
    await expect_reply(ann, "/language english")
    first, second = tips

    await expect_reply_to(ann, first, word)

    assert "Undo" in first.labels
    assert second.labels == ["Done", "Snooze", "Dismiss"]
    assert await reactions(oo) == [("dismiss", reason)]


@pytest.mark.parametrize(
    "word", ["tomorrow", "morgen", "demain", "snooze until tomorrow", "ok, tomorrow 10am", "in 2 Stunden"]
)
async def test_a_moment_puts_off_the_tip_that_was_replied_to(
    ann: Person, tips: tuple[Message, Message], word: str
) -> None:
    first, second = tips

    answer = await expect_reply_to(ann, first, word)

    assert answer.text.startswith("All right, it comes back")
    assert first.labels == ["Undo"]
    assert second.labels == ["Done", "Snooze", "Dismiss"]


async def test_snooze_without_a_moment_asks_for_one(ann: Person, tips: tuple[Message, Message]) -> None:
    first, second = tips

    question = await expect_reply_to(ann, first, "snooze")
    answer = await expect_reply(ann, "18:30")

    assert question.text.startswith("When?")
    assert answer.text == "All right, it comes back today at 18:30."
    assert first.labels == ["Undo"]
    assert second.labels == ["Done", "Snooze", "Dismiss"]


async def test_an_answer_may_be_a_reply_to_the_question(ann: Person, tips: tuple[Message, Message]) -> None:
    first, _ = tips

    question = await expect_reply_to(ann, first, "snooze")
    answer = await expect_reply_to(ann, question, "18:30")
    later = await expect_reply(ann, "in 2 hours")

    assert answer.text == "All right, it comes back today at 18:30."
    assert not later.text.startswith("All right, it comes back")  # nothing awaits a moment any more


@pytest.mark.parametrize("word", ["why?", "Warum?", "pourquoi ?", "/why"])
async def test_why_is_about_the_tip_that_was_replied_to(
    ann: Person, tips: tuple[Message, Message], word: str
) -> None:
    first, second = tips

    about_first = await expect_reply_to(ann, first, word)
    about_second = await expect_reply_to(ann, second, word)
    latest = await expect_reply(ann, "/why")

    assert about_first.text != about_second.text
    assert about_second.text == latest.text


@pytest.mark.parametrize("word", ["undo", "rückgängig", "annuler"])
async def test_undo_is_about_the_tip_that_was_replied_to(
    ann: Person, tips: tuple[Message, Message], word: str
) -> None:
    first, second = tips
    await expect_edit_on_tap(ann, first, "Done")
    await expect_edit_on_tap(ann, second, "Done")

    answer = await expect_reply_to(ann, first, word)

    assert answer.text.endswith("is open again.")
    assert first.labels == ["Done", "Snooze", "Dismiss"]
    assert second.labels == ["Undo"]


async def test_an_answer_about_a_tip_stands_for_it(ann: Person, tips: tuple[Message, Message]) -> None:
    first, _ = tips

    good = await expect_reply_to(ann, first, "done")
    answer = await expect_reply_to(ann, good, "undo")

    assert answer.text.endswith("is open again.")
    assert first.labels == ["Done", "Snooze", "Dismiss"]


async def test_what_is_settled_stays_as_it_is(ann: Person, tips: tuple[Message, Message]) -> None:
    first, _ = tips
    await expect_reply_to(ann, first, "done")

    assert (await expect_reply_to(ann, first, "done")).text == "Already done at 9:00."
    assert (await expect_reply_to(ann, first, "not now")).text == "Already done at 9:00."


async def test_a_reply_after_days_is_still_about_its_tip(
    oo: Scene, ann: Person, tips: tuple[Message, Message]
) -> None:
    first, _ = tips
    await expect_reply(ann, "/pause")
    await oo.at("2026-11-28T12:00:00")

    answer = await expect_reply_to(ann, first, "done")

    assert answer.text == f'Good, "{title(first)}" is done.'


async def test_a_reply_that_is_a_task_adds_it(oo: Scene, ann: Person, tips: tuple[Message, Message]) -> None:
    first, _ = tips

    answer = await expect_reply_to(ann, first, "remind me to buy milk tomorrow")

    assert answer.text == "I'll remind you tomorrow at 9:00: buy milk."
    assert first.labels == ["Done", "Snooze", "Dismiss"]


# --- What is no tip ----------------------------------------------------------------------------------------


async def test_done_to_a_task_that_was_added_completes_it(
    oo: Scene, ann: Person, tips: tuple[Message, Message]
) -> None:
    added = await expect_reply(ann, "/add Water the plants")

    answer = await expect_reply_to(ann, added, "done")

    assert answer.text.startswith("Water the plants Done")
    assert len(await oo.open_tasks(await oo.person("7"))) == 2
    assert tips[1].labels == ["Done", "Snooze", "Dismiss"]


async def test_undo_to_a_task_that_was_added_removes_it(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "/add Pay rent")
    added = await expect_reply(ann, "/add Water the plants")

    await expect_reply_to(ann, added, "undo")

    assert [task.title for task in await oo.open_tasks(await oo.person("7"))] == ["Pay rent"]
    assert added.text == "Water the plants Removed."


async def test_undo_to_a_task_that_is_done_opens_it(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "/add Water the plants")
    done = await expect_reply(ann, "done with the plants")

    await expect_reply_to(ann, done, "undo")

    assert [task.title for task in await oo.open_tasks(await oo.person("7"))] == ["Water the plants"]


@pytest.mark.parametrize("word", ["undo", "rückgängig", "annuler"])
async def test_undo_that_comes_too_late_has_nothing_to_undo(oo: Scene, ann: Person, word: str) -> None:
    added = await expect_reply(ann, "/add Pay rent")
    assert (await expect_reply_to(ann, added, "undo")).text == "Pay rent Removed."
    assert (await expect_reply_to(ann, added, word)).text == "There is nothing to undo."

    added = await expect_reply(ann, "/add Call Bob")
    await expect_reply(ann, "done with call bob")
    assert (await expect_reply_to(ann, added, word)).text == "There is nothing to undo."

    await expect_reply(ann, "/add Take pills every day at 10:00")
    first = await expect_reply(ann, "done with take pills")
    oo.clock.move(minutes=1)
    await expect_reply(ann, "done with take pills")
    assert (await expect_reply_to(ann, first, word)).text == "There is nothing to undo."


async def test_done_to_ones_own_words_completes_what_they_added(
    oo: Scene, ann: Person, tips: tuple[Message, Message]
) -> None:
    mine = await ann.send("buy milk tomorrow")
    await ann.expect_message()

    await ann.send("done", reply_to=mine)
    answer = await ann.expect_message()

    assert answer.text.startswith("buy milk Done")
    assert tips[1].labels == ["Done", "Snooze", "Dismiss"]


async def test_done_to_ones_own_question_is_about_the_tip_that_it_brought(
    oo: Scene, ann: Person, tips: tuple[Message, Message]
) -> None:
    await expect_edit_on_tap(ann, tips[0], "Dismiss")
    await expect_edit_on_tap(ann, tips[1], "Dismiss")
    await expect_reply(ann, "/add Water the plants today p1")
    asked = await ann.send("/tip")
    tip = await ann.expect_message()
    name = title(tip)

    await ann.send("done", reply_to=asked)

    assert (await ann.expect_message()).text == f'Good, "{name}" is done.'


async def test_a_number_in_reply_to_a_list_is_a_task_of_it(
    oo: Scene, ann: Person, tips: tuple[Message, Message]
) -> None:
    listed = await expect_reply(ann, "/tasks")
    second = listed.text.splitlines()[2].removeprefix("2. ").partition(",")[0]

    question = await expect_reply_to(ann, listed, "done")
    answer = await expect_reply_to(ann, listed, "done 2")

    assert question.text.startswith("Which one do you mean?")
    assert answer.text.startswith(f"{second} Done")


async def test_a_list_of_one_needs_no_number(ann: Person) -> None:
    await expect_reply(ann, "/add Water the plants")

    assert (await expect_reply_to(ann, await expect_reply(ann, "/tasks"), "erledigt")).text.startswith(
        "Water the plants Done"
    )


@pytest.mark.parametrize("word", ["done", "dismiss", "not now", "undo", "tomorrow", "erledigt", "c'est fait"])
async def test_a_reply_to_what_is_no_tip_touches_none(
    oo: Scene, ann: Person, telegram: TelegramServer, tips: tuple[Message, Message], word: str
) -> None:
    help_text = await expect_reply(ann, "/help")

    await expect_reply_to(ann, help_text, word)

    for tip in tips:
        assert tip.labels == ["Done", "Snooze", "Dismiss"]
    assert await reactions(oo) == []
    assert len(await oo.open_tasks(await oo.person("7"))) == 2


@pytest.mark.parametrize(
    "pointing",
    [
        {"reply_to_message": {"message_id": 999_999, "chat": {"id": 7, "type": "private"}, "date": 0}},
        {"reply_to_message": {"message_id": -1, "chat": {"id": 7, "type": "private"}, "date": 0}},
        {"reply_to_message": {"message_id": "1", "chat": {"id": 7, "type": "private"}, "date": 0}},
        {"reply_to_message": {"message_id": 1, "chat": {"id": 8, "type": "private"}, "date": 0}},
        {"reply_to_message": "nonsense"},
        {"external_reply": {"message_id": 1, "origin": {"type": "user"}}},
        {"reply_to_story": {"id": 1, "chat": {"id": 8, "type": "private"}}},
    ],
)  # fmt: skip
async def test_a_forged_reply_touches_nothing(
    oo: Scene, ann: Person, tips: tuple[Message, Message], pointing: dict[str, object]
) -> None:
    await ann.send_content({"text": "done", **pointing})
    answer = await ann.expect_message()

    assert "Which one do you mean?" in answer.text
    assert await reactions(oo) == []
    assert len(await oo.open_tasks(await oo.person("7"))) == 2


async def test_a_reply_to_a_message_of_somebody_else_touches_nothing(
    oo: Scene, ann: Person, telegram: TelegramServer, tips: tuple[Message, Message]
) -> None:
    """Message ids of another chat, forged into one's own."""
    bob = await invited(oo, ann, telegram.user(8, "Bob"))
    first = tips[0]
    chat = {"id": 8, "type": "private"}
    await bob.send_content(
        {"text": "done", "reply_to_message": {"message_id": first.message_id, "chat": chat, "date": 0}}
    )
    await expect_all_answered(oo, telegram)

    assert first.labels == ["Done", "Snooze", "Dismiss"]
    assert len(await oo.open_tasks(await oo.person("7"))) == 2
