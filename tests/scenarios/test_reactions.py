"""Taps under a tip in Telegram: done, dismissed and why, snoozed and until when, and taken back."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from core.learning.model_state import deserialize
from core.records import Delivery, DeliveryState, DismissReason, ReactionKind
from tests.scenarios.talking import RENT, expect_all_answered, expect_edit_on_tap, expect_reply
from tests.scenarios.world import Scene
from tests.servers.telegram import Fault, Message, Person, TelegramServer


async def test_a_tip_says_what_and_why_in_one_line(tip: Message) -> None:
    assert tip.screen() == "*Pay rent*: you marked it urgent.\n[Done] [Snooze] [Dismiss]"


async def test_done_completes_the_task_and_teaches(oo: Scene, ann: Person, tip: Message) -> None:
    await expect_edit_on_tap(ann, tip, "Done")

    assert tip.screen() == "~Pay rent~ Done at 9:00.\n[Undo]"
    assert await oo.open_tasks(await oo.person("7")) == []
    reward = await oo.reward(await oo.latest("7"))
    assert reward is not None
    assert (reward.value, reward.source) == (1.0, "done")
    assert deserialize(await oo.learned(await oo.person("7"))).count == 1


async def test_undo_leaves_everything_as_if_never_tapped(oo: Scene, ann: Person, tip: Message) -> None:
    before = tip.screen()
    learned = await oo.learned(await oo.person("7"))

    await expect_edit_on_tap(ann, tip, "Done")
    await expect_edit_on_tap(ann, tip, "Undo")

    assert tip.screen() == before
    assert await oo.learned(await oo.person("7")) == learned
    assert await oo.reward(await oo.latest("7")) is None
    assert [task.title for task in await oo.open_tasks(await oo.person("7"))] == ["Pay rent"]


async def test_undo_twice_has_nothing_to_undo(oo: Scene, ann: Person, tip: Message) -> None:
    await expect_edit_on_tap(ann, tip, "Done")
    undo = tip.button("Undo").data or ""
    await expect_edit_on_tap(ann, tip, "Undo")

    answer = await ann.expect_answer(await ann.forge(tip, undo))

    assert answer.text == "There is nothing to undo."
    assert tip.labels == ["Done", "Snooze", "Dismiss"]


async def test_a_repeating_task_moves_on_and_undo_restores_its_date(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "/add Water the plants every monday 9am p1")
    tip = await expect_reply(ann, "/tip")

    await expect_edit_on_tap(ann, tip, "Done")
    assert tip.text == "Water the plants Done at 9:00. Next: Mon 30 Nov 9:00."
    await expect_edit_on_tap(ann, tip, "Undo")

    assert "1. Water the plants, tomorrow 9:00, every Monday, p1" in (await expect_reply(ann, "/tasks")).text


async def test_a_second_tap_changes_nothing(oo: Scene, ann: Person, tip: Message) -> None:
    done = tip.button("Done").data or ""
    first = await ann.tap(tip, "Done")
    await ann.expect_edit(tip)
    oo.clock.move(minutes=2)

    again = await ann.expect_answer(await ann.forge(tip, done))
    await ann.resend(first)

    assert again.text == "Already done at 9:00."
    reward = await oo.reward(await oo.latest("7"))
    assert reward is not None
    assert reward.given_at == datetime(2026, 11, 22, 8, tzinfo=UTC)


async def test_two_taps_at_once_make_one_reward(
    oo: Scene, ann: Person, tip: Message, telegram: TelegramServer
) -> None:
    for label in ("Done", "Done", "Dismiss", "Done"):
        await ann.tap(tip, label)
    await expect_all_answered(oo, telegram)

    async with oo.app.store.read() as unit:
        events = await unit.events.undispatched(100)
        everything = await unit.people.everything((await oo.person("7")).person_id)
    assert [event.kind for event in events].count("reaction.taken") == 1
    assert [reaction["kind"] for reaction in everything["reactions"]] == [ReactionKind.DONE]
    assert tip.labels == ["Undo"]


@pytest.mark.parametrize(
    ("label", "reason", "value", "shown"),
    [
        ("Not now", DismissReason.NOT_NOW, -0.25, "Pay rent Fine, later then."),
        ("Not this", DismissReason.NOT_THIS, -0.5, "Pay rent Fine, I'll leave this one alone for a while."),
        ("Did it already", DismissReason.DID_IT, 0.0, "Pay rent Good, it is off your list."),
    ],
)
async def test_a_dismissal_with_its_reason(
    oo: Scene, ann: Person, tip: Message, label: str, reason: DismissReason, value: float, shown: str
) -> None:
    await expect_edit_on_tap(ann, tip, "Dismiss")
    assert tip.text == "Pay rent Fine, not this one. Why? It helps me choose."
    assert tip.labels == ["Not now", "Not this", 'Never about "pay rent"', "Did it already", "Undo"]

    await expect_edit_on_tap(ann, tip, label)

    assert tip.text == shown
    assert tip.labels == ["Undo"]
    reward = await oo.reward(await oo.latest("7"))
    assert reward is not None
    assert reward.value == value
    async with oo.app.store.read() as unit:
        reaction = (await unit.decisions.stored_tip((await oo.latest("7")).decision_id)).reaction
    assert reaction is not None
    assert reaction.reason == reason
    still_open = [task.title for task in await oo.open_tasks(await oo.person("7"))]
    assert still_open == ([] if reason is DismissReason.DID_IT else ["Pay rent"])


async def test_never_about_this_is_a_rule_that_undo_takes_back(oo: Scene, ann: Person, tip: Message) -> None:
    await expect_edit_on_tap(ann, tip, "Dismiss")
    await expect_edit_on_tap(ann, tip, 'Never about "pay rent"')

    assert tip.text == 'Pay rent I won\'t write about "pay rent" again. /mute shows the list.'
    assert "pay rent" in (await expect_reply(ann, "/mute")).text
    await expect_edit_on_tap(ann, tip, "Undo")
    assert "Nothing is muted" in (await expect_reply(ann, "/mute")).text


async def test_a_dismissed_tip_rests(oo: Scene, ann: Person, tip: Message) -> None:
    await expect_edit_on_tap(ann, tip, "Dismiss")

    another = await expect_reply(ann, "/tip")

    assert "Pay rent" not in another.text


async def test_a_tap_proves_that_a_tip_of_unknown_fate_arrived(
    oo: Scene, ann: Person, telegram: TelegramServer
) -> None:
    await expect_reply(ann, RENT)
    telegram.faults.next("sendMessage", Fault.CLOSE_AFTER_REQUEST)
    tip = await expect_reply(ann, "/tip")
    await expect_all_answered(oo, telegram)
    assert [one.state for one in await deliveries(oo)] == [DeliveryState.UNKNOWN]

    await expect_edit_on_tap(ann, tip, "Done")

    [delivery] = await deliveries(oo)
    assert (delivery.state, delivery.message_id) == (DeliveryState.SENT, str(tip.message_id))


async def deliveries(oo: Scene) -> tuple[Delivery, ...]:
    """What became of the latest decision on its way."""
    decision = await oo.latest("7")
    async with oo.app.store.read() as unit:
        return await unit.deliveries.of(decision.decision_id)


async def test_a_task_dismissed_twice_rests_for_two_weeks(oo: Scene, ann: Person) -> None:
    oo.clock.set("2026-11-22T22:00:00")  # 23:00 in Berlin, when there is no other advice
    await expect_reply(ann, RENT)
    for _ in range(2):
        tip = await expect_reply(ann, "/tip")
        assert tip.text.startswith("Pay rent")
        await expect_edit_on_tap(ann, tip, "Dismiss")
        await expect_edit_on_tap(ann, tip, "Not this")
        oo.clock.move(days=4)

    assert (await expect_reply(ann, "/tip")).text.startswith(
        "Nothing on your list may come up right now: a task you had dismissed twice."
    )
    oo.clock.move(days=11)
    assert (await expect_reply(ann, "/tip")).text.startswith("Pay rent")


async def test_a_task_done_without_a_tap_teaches_as_well(oo: Scene, ann: Person, tip: Message) -> None:
    await expect_reply(ann, "done with the rent")

    reward = await oo.reward(await oo.latest("7"))

    assert reward is not None
    assert reward.value > 0


async def test_an_edit_that_telegram_puts_off_is_made_later(
    oo: Scene, ann: Person, tip: Message, telegram: TelegramServer
) -> None:
    telegram.faults.next("editMessageText", Fault.refuse_429(retry_after=1))
    messages = len(ann.chat.messages)

    await ann.tap(tip, "Done")
    await ann.expect_edit(tip)

    assert tip.text == "Pay rent Done at 9:00."
    assert tip.labels == ["Undo"]
    assert len(ann.chat.messages) == messages  # it was not said a second time


async def test_the_latest_state_is_what_is_shown_once_telegram_lets_it(
    oo: Scene, ann: Person, tip: Message, telegram: TelegramServer
) -> None:
    telegram.faults.next("editMessageText", Fault.refuse_429(retry_after=1))
    done, snooze = tip.button("Done").data or "", tip.button("Dismiss").data or ""

    await ann.expect_answer(await ann.forge(tip, snooze))
    await ann.expect_answer(await ann.forge(tip, done))
    await expect_all_answered(oo, telegram)
    await ann.expect_edit(tip)

    assert len(tip.edits) == 1
    assert tip.text.startswith("Pay rent Fine, not this one.")  # the first terminal tap won


@pytest.mark.parametrize(
    "fault", [Fault.CLOSE_AFTER_REQUEST, Fault.CLOSE_BEFORE_REQUEST, Fault.SERVER_502, Fault.HALF_BODY]
)
async def test_an_edit_without_an_answer_is_repeated_and_no_second_message_comes(
    ann: Person, telegram: TelegramServer, tip: Message, fault: Fault
) -> None:
    telegram.faults.next("editMessageText", fault)
    sent, edits = len(ann.chat.messages), len(telegram.called("editMessageText"))

    await ann.tap(tip, "Snooze")
    await telegram.expect_that(lambda: len(telegram.called("editMessageText")) == edits + 2)

    assert "1 hour" in tip.labels
    assert len(ann.chat.messages) == sent
