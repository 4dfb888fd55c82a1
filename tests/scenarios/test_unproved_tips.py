"""Words and taps about a tip of which Telegram never said whether it was shown, or that can't be redrawn."""

from __future__ import annotations

import pytest

from bot.screens import texts
from core.records import Delivery, DeliveryState
from tests.scenarios.talking import (
    RENT,
    expect_all_answered,
    expect_edit_on_tap,
    expect_message_on_tap,
    expect_reply,
)
from tests.scenarios.world import Scene
from tests.servers.telegram import Fault, Message, Person, TelegramServer


async def delivery(oo: Scene) -> Delivery:
    """The only delivery of the latest decision."""
    decision = await oo.latest("7")
    async with oo.app.store.read() as unit:
        [found] = await unit.deliveries.of(decision.decision_id)
    return found


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("snooze until 18:30", "All right, it comes back today at 18:30."),
        ("done", "Good."),
        ("dismiss", "All right, not this one."),
        ("not now", "All right, not now."),
    ],
)
async def test_words_about_a_tip_of_unknown_fate_are_answered(
    oo: Scene, ann: Person, telegram: TelegramServer, words: str, answer: str
) -> None:
    """The person's own message is not taken for the tip's."""
    await expect_reply(ann, RENT)
    telegram.faults.next("sendMessage", Fault.CLOSE_AFTER_REQUEST)
    await expect_reply(ann, "/tip")
    await expect_all_answered(oo, telegram)

    assert (await expect_reply(ann, words)).text == answer

    found = await delivery(oo)
    assert (found.state, found.message_id) == (DeliveryState.UNKNOWN, None)


async def test_a_typed_time_proves_that_a_tip_of_unknown_fate_arrived(
    oo: Scene, ann: Person, telegram: TelegramServer
) -> None:
    await expect_reply(ann, RENT)
    telegram.faults.next("sendMessage", Fault.CLOSE_AFTER_REQUEST)
    tip = await expect_reply(ann, "/tip")
    await expect_all_answered(oo, telegram)
    await expect_edit_on_tap(ann, tip, "Snooze")
    await expect_message_on_tap(ann, tip, "Type a time")
    await ann.send("18:30")
    await ann.expect_edit(tip)

    found = await delivery(oo)
    assert (found.state, found.message_id) == (DeliveryState.SENT, str(tip.message_id))


async def test_a_tip_that_cannot_be_redrawn_keeps_no_answer_back(
    oo: Scene, ann: Person, telegram: TelegramServer, tip: Message
) -> None:
    telegram.faults.next("editMessageText", Fault.CLOSE_AFTER_REQUEST)
    assert (await expect_reply(ann, "done")).text == texts.DONE_SAID
