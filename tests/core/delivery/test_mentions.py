"""What the messages of a chat are about: replies and edits find it again."""

from __future__ import annotations

from typing import Any

import pytest

from core.chat import Button, Channel, Line, Message, Said, Sender, Span
from core.delivery.mentions import (
    ReplySubject,
    checksum,
    is_unchanged,
    remember,
    remember_said,
    replied_to,
)
from core.records import Account, Person
from core.store import AddedTask, Mentioned, Unit
from tests.contracts.store.records import refusal
from tests.core.outsiders import NOW
from tests.core.worlds import DAY, HOUR, account
from tests.fakes.store import FakeStore, FakeUnit

ADA, BOB = account("ada", NOW), account("bob", NOW)
ADDED = (AddedTask(task_id="rent", checksum=7),)


@pytest.fixture
async def unit() -> FakeUnit:
    store = FakeStore()
    async with store.begin() as unit:
        for one in (ADA, BOB):
            await unit.people.add(Person(person_id=one.person_id, created_at=NOW))
            await unit.people.save_account(one)
        for decision_id in ("tip", "other", "old", "new"):
            await unit.decisions.add(refusal(decision_id), None)
        return unit


def message(*tokens: str, **fields: Any) -> Message:
    buttons = (tuple(Button(label="Done", verb="done", token=token) for token in tokens),)
    return Message(lines=(Line(spans=(Span(text="Pay the rent"),)),), buttons=buttons, **fields)


def said(text: str = "Pay the rent", **fields: Any) -> Said:
    sender = Sender(channel=Channel.TELEGRAM, external_id="ada", address="chat-ada")
    usual = {"update_id": "7", "message_id": "m7", **fields}
    return Said(sender=sender, received_at=NOW, text=text, **usual)


async def stored(unit: Unit, message_id: str, whose: Account = ADA) -> Mentioned | None:
    return await unit.messages.get(whose.account_id, message_id)


# --- What oO sends -----------------------------------------------------------------------------------------


async def test_a_message_is_remembered_with_its_tip_its_tasks_its_thread_and_its_buttons(
    unit: FakeUnit,
) -> None:
    sent = message("row.0", "row.1", subject="tip", tasks=("rent", "plants"), thread="t1")
    await remember(unit, ADA, "m1", sent, at=NOW)
    assert await stored(unit, "m1") == Mentioned(
        account_id=ADA.account_id,
        message_id="m1",
        person_id="ada",
        sent_at=NOW,
        thread="t1",
        decision_id="tip",
        task_ids=("rent", "plants"),
        handle="row",
    )


@pytest.mark.parametrize("fields", [{"subject": "tip"}, {"tasks": ("rent",)}])
async def test_each_subject_alone_is_worth_remembering(unit: FakeUnit, fields: dict[str, Any]) -> None:
    await remember(unit, ADA, "m1", message(**fields), at=NOW)
    found = await stored(unit, "m1")
    assert found is not None
    assert found.handle is None


async def test_buttons_alone_are_worth_remembering_and_nothing_is_not(unit: FakeUnit) -> None:
    await remember(unit, ADA, "m1", message("row.0"), at=NOW)
    await remember(unit, ADA, "m2", message(thread="t1"), at=NOW)
    found = await stored(unit, "m1")
    assert found is not None
    assert found.handle == "row"
    assert await stored(unit, "m2") is None


async def test_an_edit_about_nothing_keeps_the_subject_and_says_that_its_buttons_are_gone(
    unit: FakeUnit,
) -> None:
    await remember(unit, ADA, "m1", message("row.0", subject="tip", tasks=("rent",), thread="t1"), at=NOW)
    await remember(unit, ADA, "m1", message(), at=NOW + HOUR)
    found = await stored(unit, "m1")
    assert found is not None
    assert (found.decision_id, found.task_ids, found.thread) == ("tip", ("rent",), "t1")
    assert (found.handle, found.sent_at) == ("", NOW + HOUR)
    await remember(unit, ADA, "m1", message(), at=NOW + HOUR)
    again = await stored(unit, "m1")
    assert again is not None
    assert again.handle == ""


async def test_an_edit_about_something_else_replaces_the_subject_and_the_buttons(unit: FakeUnit) -> None:
    await remember(unit, ADA, "m1", message("row.0", subject="tip", tasks=("rent",), thread="t1"), at=NOW)
    await remember(unit, ADA, "m1", message("new.0", subject="other", tasks=("plants",), thread="t2"), at=NOW)
    found = await stored(unit, "m1")
    assert found is not None
    assert (found.decision_id, found.task_ids, found.thread) == ("other", ("plants",), "t2")
    assert found.handle == "new"


# --- What people say ---------------------------------------------------------------------------------------


async def test_what_was_said_is_remembered_by_what_came_of_it_and_not_by_its_words(unit: FakeUnit) -> None:
    answer = message(tasks=("rent",))
    await remember_said(unit, ADA, said(thread="t1"), answer, tip="tip", added=ADDED)
    assert await stored(unit, "m7") == Mentioned(
        account_id=ADA.account_id,
        message_id="m7",
        person_id="ada",
        sent_at=NOW,
        thread="t1",
        decision_id="tip",
        task_ids=("rent",),
        checksum=checksum("Pay the rent"),
        added=ADDED,
    )


@pytest.mark.parametrize("answer", [None, message(), message(tasks=("rent", "plants"))])
async def test_an_answer_about_no_single_task_says_nothing_of_what_was_meant(
    unit: FakeUnit, answer: Message | None
) -> None:
    await remember_said(unit, ADA, said(), answer)
    found = await stored(unit, "m7")
    assert found is not None
    assert (found.task_ids, found.decision_id, found.added) == ((), None, ())


async def test_an_edit_of_what_was_said_keeps_what_it_led_to(unit: FakeUnit) -> None:
    await remember_said(unit, ADA, said(thread="t1"), message(tasks=("rent",)), tip="tip", added=ADDED)
    await remember_said(unit, ADA, said("Pay the bill"), None)
    found = await stored(unit, "m7")
    assert found is not None
    assert (found.decision_id, found.task_ids, found.added) == ("tip", ("rent",), ADDED)
    assert found.checksum == checksum("Pay the bill")


async def test_what_has_no_id_is_not_remembered(unit: FakeUnit) -> None:
    await remember_said(unit, ADA, said(message_id=None), message(tasks=("rent",)))
    assert await unit.messages.recent(ADA.account_id, NOW - DAY, 10) == ()
    assert not await is_unchanged(unit, ADA, said(message_id=None))


async def test_only_words_that_are_the_same_are_unchanged(unit: FakeUnit) -> None:
    assert not await is_unchanged(unit, ADA, said())
    await remember_said(unit, ADA, said(), None)
    assert await is_unchanged(unit, ADA, said(edited=True))
    assert not await is_unchanged(unit, ADA, said("Pay the bill", edited=True))


@pytest.mark.parametrize("text", ["", "Pay", "ä" * 5000, "half \ud83d a pair"])
def test_a_checksum_has_sixteen_bits_whatever_the_text(text: str) -> None:
    assert 0 <= checksum(text) < 1 << 16
    assert checksum(text) == checksum(text)


def test_words_can_be_told_apart_by_their_checksums() -> None:
    assert len({checksum(f"task {number}") for number in range(100)}) > 95
    assert max(checksum(f"task {number}") for number in range(100)) >= 1 << 15


# --- Replies -----------------------------------------------------------------------------------------------


async def test_what_replies_to_nothing_is_no_reply(unit: FakeUnit) -> None:
    await remember(unit, ADA, "m1", message(subject="tip", thread="t1"), at=NOW)
    assert await replied_to(unit, ADA, said(thread="t1")) is None


async def test_a_reply_is_about_what_the_message_was_about(unit: FakeUnit) -> None:
    await remember(unit, ADA, "m1", message(subject="tip", tasks=("rent", "plants")), at=NOW)
    assert await replied_to(unit, ADA, said(reply_to="m1")) == ReplySubject(
        decision_id="tip", task_ids=("rent", "plants"), message=await stored(unit, "m1")
    )


async def test_nothing_is_known_of_a_forged_id_or_of_anothers_message(unit: FakeUnit) -> None:
    await remember(unit, BOB, "m1", message(subject="tip"), at=NOW)
    assert await replied_to(unit, ADA, said(reply_to="m1")) == ReplySubject()


async def test_in_a_thread_a_reply_is_about_its_latest_tip(unit: FakeUnit) -> None:
    await remember(unit, ADA, "m1", message(tasks=("rent",)), at=NOW)
    await remember(unit, ADA, "m2", message(subject="old", thread="t1"), at=NOW)
    await remember(unit, ADA, "m3", message(subject="new", thread="t1"), at=NOW + HOUR)
    found = await replied_to(unit, ADA, said(reply_to="m1", thread="t1"))
    assert found is not None
    assert found.decision_id == "new"
    found = await replied_to(unit, ADA, said(reply_to="m1", thread="another"))
    assert found is not None
    assert (found.decision_id, found.task_ids) == (None, ("rent",))
