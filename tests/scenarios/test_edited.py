"""An edited message corrects what it had added, while that is as it was; else oO asks to send it again."""

from __future__ import annotations

import pytest

from bot.screens import texts
from tests.scenarios.talking import expect_all_answered, expect_edit_on_tap, expect_reply
from tests.scenarios.world import Scene
from tests.servers.telegram import Message, Person, TelegramServer


async def titles(oo: Scene) -> list[str]:
    return [task.title for task in await oo.open_tasks(await oo.person("7"))]


async def edited(ann: Person, before: str, after: str) -> Message:
    """The answer to an edit of a message that was answered."""
    sent = await ann.send(before)
    await ann.expect_message()
    await ann.edit(sent, after)
    return await ann.expect_message()


@pytest.mark.parametrize(
    ("before", "after", "answer"),
    [
        ("/add Call Ann friday", "/add Call Anna friday", "Changed to: Call Anna, Friday."),
        (
            "/add Call Ann",
            "remind me to call Anna tomorrow",
            "Changed.\nI'll remind you tomorrow at 9:00: call Anna.",
        ),
        ("don't forget to buy mlk", "don't forget to buy milk", "Changed to: buy milk."),
        (
            "remind me to call Ann at 5pm",
            "remind me to call Ann at 6pm",
            "Changed.\nI'll remind you at 18:00: call Ann.",
        ),
        (
            "erinnere mich an Milch",
            "erinnere mich morgen an Milch",
            "Changed.\nI'll remind you tomorrow at 9:00: Milch.",
        ),
        ("rappelle-moi d'acheter du lait", "rappelle-moi demain d'acheter du lait", None),
        ("/add Pay rent p2", "/add Pay rent p1 every month", None),
        (
            "/remind call Ann at 15:00",
            "/remind call Ann at 16:00",
            "Changed.\nI'll remind you at 16:00: call Ann.",
        ),
        ("/remind me at 15:00 to call Ann", "/add Call Ann", "Changed to: Call Ann."),
        ("/add Pay rent", "/add Pay *rent* <b>now</b>", "Changed to: Pay *rent* <b>now</b>."),
    ],
)
async def test_the_task_is_what_the_message_says_now(
    oo: Scene, ann: Person, before: str, after: str, answer: str | None
) -> None:
    await expect_reply(ann, "/language english")
    changed = await edited(ann, before, after)
    assert changed.text == (answer or changed.text)
    assert changed.text.startswith(("Changed to: ", "Changed.\n"))
    assert changed.labels == ["Undo"]
    assert len(await titles(oo)) == 1
    await expect_edit_on_tap(ann, changed, "Undo")
    assert await titles(oo) == []


async def test_an_edited_reminder_rings_once_at_its_new_time(oo: Scene, ann: Person) -> None:
    changed = await edited(ann, "remind me at 15:00 to call Ann", "remind me at 16:00 to call Anna")
    assert changed.text == "Changed.\nI'll remind you at 16:00: call Anna."
    before = len(ann.chat.messages)
    oo.clock.set("2026-11-22T14:30:00")
    await oo.tick("remind")
    assert len(ann.chat.messages) == before
    oo.clock.set("2026-11-22T15:00:00")
    await oo.tick("remind")
    assert (await ann.expect_message()).text.startswith("call Anna\n")
    await oo.tick("remind")
    assert len(ann.chat.messages) == before + 1


async def test_a_message_may_be_edited_again_and_again(oo: Scene, ann: Person) -> None:
    sent = await ann.send("/add One")
    await ann.expect_message()
    for title in ("Two", "Three", "Four"):
        await ann.edit(sent, f"/add {title}")
        assert (await ann.expect_message()).text == f"Changed to: {title}."
    assert await titles(oo) == ["Four"]


async def test_several_tasks_are_replaced(oo: Scene, ann: Person, telegram: TelegramServer) -> None:
    sent = await ann.send("/add Take the pill at 8:00 and 20:00")
    await ann.expect_message()
    await expect_all_answered(oo, telegram)
    before = await titles(oo)
    await ann.edit(sent, "/add Take the pill at 9:00")
    await expect_all_answered(oo, telegram)
    assert len(before) == 2
    [task] = await oo.open_tasks(await oo.person("7"))
    assert task.due is not None
    assert f"{task.due.at:%H:%M}" == "09:00"


@pytest.mark.parametrize(
    ("before", "after", "left"),
    [
        ("Buy milk\nCall Ann", "Buy milk\nCall Ann\nPay rent", ["Buy milk", "Call Ann", "Pay rent"]),
        ("Buy milk\nCall Ann\nPay rent", "Buy milk\nPay the rent", ["Buy milk", "Pay the rent"]),
        (
            "/add Milch kaufen\nAnna anrufen morgen",
            "/add Milch kaufen\nAnna anrufen",
            ["Milch kaufen", "Anna anrufen"],
        ),
        ("/add Appeler Anne", "/add Appeler Anne\nAcheter du lait", ["Appeler Anne", "Acheter du lait"]),
        ("Shopping:\n- milk\n- bread", "Shopping:\n- milk\n- butter\n- eggs", ["milk", "butter", "eggs"]),
    ],
)
async def test_an_edited_list_replaces_what_it_had_added(
    oo: Scene, ann: Person, before: str, after: str, left: list[str]
) -> None:
    changed = await edited(ann, before, after)
    assert changed.text.startswith(f"Changed.\nAdded {len(left)} tasks:")
    assert "Undo all" in changed.labels
    assert sorted(await titles(oo)) == sorted(left)
    await expect_edit_on_tap(ann, changed, "Undo all")
    assert await titles(oo) == []


async def test_a_list_that_is_edited_to_one_task_leaves_one(oo: Scene, ann: Person) -> None:
    changed = await edited(ann, "Buy milk\nCall Ann", "/add Buy milk")
    assert (changed.text, changed.labels) == ("Changed to: Buy milk.", ["Undo"])
    assert await titles(oo) == ["Buy milk"]


async def test_a_list_of_which_a_task_was_done_since_stays_so(oo: Scene, ann: Person) -> None:
    sent = await ann.send("Buy milk\nCall Ann")
    await ann.expect_message()
    await expect_reply(ann, "done: buy milk")
    await ann.edit(sent, "Buy milk\nCall Anna")
    assert (await ann.expect_message()).text == texts.EDITED
    assert await titles(oo) == ["Call Ann"]


@pytest.mark.parametrize(
    "after", ["thanks", "/tasks", "/delete", "hm", "pause until friday", "/add", "remind me", "x" * 500]
)
async def test_what_is_no_task_changes_nothing(oo: Scene, ann: Person, after: str) -> None:
    assert (await edited(ann, "/add Call Ann", after)).text == texts.EDITED
    assert await titles(oo) == ["Call Ann"]


@pytest.mark.parametrize("before", ["thanks", "/tasks", "/quiet 22:00-08:00"])
async def test_a_message_that_added_nothing_adds_nothing_when_it_is_edited(
    oo: Scene, ann: Person, before: str
) -> None:
    assert (await edited(ann, before, "/add Call Ann")).text == texts.EDITED
    assert await titles(oo) == []


async def test_what_was_removed_done_or_changed_since_stays_so(oo: Scene, ann: Person) -> None:
    sent = await ann.send("/add Call Ann")
    added = await ann.expect_message()
    await expect_edit_on_tap(ann, added, "Undo")
    await ann.edit(sent, "/add Call Anna")
    assert (await ann.expect_message()).text == texts.EDITED
    assert await titles(oo) == []

    sent = await ann.send("/add Pay rent every month")
    await ann.expect_message()
    await expect_reply(ann, "done: pay rent")
    after = await titles(oo)
    await ann.edit(sent, "/add Pay the rent")
    assert (await ann.expect_message()).text == texts.EDITED
    assert await titles(oo) == after


async def test_a_forged_edit_of_somebody_elses_message_changes_nothing(oo: Scene, ann: Person) -> None:
    sent = await ann.send("/add Call Ann")
    await ann.expect_message()
    message = {
        **sent.body["message"],
        "message_id": 9999,
        "text": "/add Call Bob",
        "edit_date": 1,
        "entities": [],
    }
    await ann.send_raw({"edited_message": message})
    assert (await ann.expect_message()).text == texts.EDITED
    assert await titles(oo) == ["Call Ann"]
