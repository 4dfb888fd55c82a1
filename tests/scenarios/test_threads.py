"""Slack's threads: what is written under a tip is about that tip, and is answered there."""

from __future__ import annotations

import pytest

from core.chat import Channel
from tests.scenarios.slack_talk import account, expect_reply, welcomed
from tests.scenarios.world import Scene
from tests.servers.slack import Message, Person, SlackServer


@pytest.fixture
def oo(office: Scene) -> Scene:
    return office


@pytest.fixture
async def ann(oo: Scene, slack: SlackServer) -> Person:
    return await welcomed(slack.user("U1", name="Ann"))


async def expect_reply_in_thread(ann: Person, under: Message, text: str) -> Message:
    """Write in the thread of a message; oO's answer."""
    await ann.dm(text, thread=under)
    return await ann.expect_message()


async def two_tips(ann: Person) -> tuple[Message, Message]:
    """Two tips that wait, the earlier one first."""
    await expect_reply(ann, "add Pay rent tomorrow 9am p1")
    first = await expect_reply(ann, "tip")
    await expect_reply(ann, "add Call Ann tomorrow 9am p1")
    return first, await expect_reply(ann, "tip")


@pytest.mark.parametrize("word", ["done", "erledigt", "déjà fait"])
async def test_done_in_the_thread_of_a_tip_is_about_it(oo: Scene, ann: Person, word: str) -> None:
    first, second = await two_tips(ann)

    answer = await expect_reply_in_thread(ann, first, word)

    assert answer.thread_ts == first.ts
    assert answer.text.startswith(("Good,", "Bien,"))
    assert first.buttons in (["Undo"], ["Annuler"])
    assert second.buttons == ["Done", "Snooze", "Dismiss"]


async def test_a_thread_is_a_conversation_about_its_tip(oo: Scene, ann: Person) -> None:
    first, second = await two_tips(ann)

    why = await expect_reply_in_thread(ann, first, "why?")
    await expect_reply_in_thread(ann, first, "not now")
    undone = await expect_reply_in_thread(ann, first, "undo")
    put_off = await expect_reply_in_thread(ann, first, "tomorrow")

    assert {one.thread_ts for one in (why, undone, put_off)} == {first.ts}
    assert undone.text.endswith("is back.")
    assert put_off.text.startswith("All right, it comes back")
    assert first.buttons == ["Undo"]
    assert second.buttons == ["Done", "Snooze", "Dismiss"]


async def test_a_tip_that_was_asked_for_in_a_thread_comes_there_and_is_what_it_is_about(
    oo: Scene, ann: Person
) -> None:
    await expect_reply(ann, "add Pay rent tomorrow 9am p1")
    first = await expect_reply(ann, "tip")
    await expect_reply(ann, "add Call Ann tomorrow 9am p1")

    inner = await expect_reply_in_thread(ann, first, "tip")
    await expect_reply_in_thread(ann, first, "done")

    assert inner.thread_ts == first.ts
    assert inner.buttons == ["Undo"]
    assert first.buttons == ["Done", "Snooze", "Dismiss"]


async def test_a_button_in_a_thread_is_answered_there(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "add Pay rent tomorrow 9am p1")
    first = await expect_reply(ann, "tip")

    listed = await expect_reply_in_thread(ann, first, "tasks")
    await ann.tap(listed, "Done 1")
    confirmed = await ann.expect_message()

    assert listed.thread_ts == confirmed.thread_ts == first.ts


async def test_a_thread_under_nothing_known_touches_no_tip(oo: Scene, ann: Person) -> None:
    first, second = await two_tips(ann)
    mine = await ann.dm("hello")
    await ann.expect_message()

    answer = await expect_reply_in_thread(ann, mine, "done")

    assert answer.thread_ts == mine.ts
    assert answer.text.startswith("Which one do you mean?")
    assert first.buttons == second.buttons == ["Done", "Snooze", "Dismiss"]
    assert len(await oo.open_tasks(await oo.person(account(ann), Channel.SLACK))) == 2


@pytest.mark.parametrize("thread", ["", "nonsense", "1.1; drop", "9" * 400, 17, None])
async def test_a_forged_thread_touches_nothing(oo: Scene, ann: Person, thread: object) -> None:

    answer = await ann.dm("/help", extra={"thread_ts": thread})

    assert answer.acknowledged
    assert (await ann.expect_message()).thread_ts is None
