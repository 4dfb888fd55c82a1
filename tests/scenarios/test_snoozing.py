"""Tips put off in Telegram: until when, typed or tapped, and what comes back."""

from __future__ import annotations

import pytest

from bot.screens import texts, texts_why
from tests.scenarios.talking import (
    expect_edit_on_tap,
    expect_message_on_tap,
    expect_reply,
    expect_toast_on_tap,
)
from tests.scenarios.world import Scene
from tests.servers.telegram import Message, Person


@pytest.mark.parametrize(
    ("label", "shown", "back_at"),
    [
        ("1 hour", "Back today at 10:00.", "2026-11-22T09:00:00"),
        ("This evening", "Back today at 18:30.", "2026-11-22T17:30:00"),
        ("Tomorrow morning", "Back tomorrow at 9:00.", "2026-11-23T08:00:00"),
        ("Next week", "Back tomorrow at 9:00.", "2026-11-23T08:00:00"),  # it is Sunday
    ],
)
async def test_a_snoozed_tip_comes_back_when_it_was_promised(
    oo: Scene, ann: Person, tip: Message, label: str, shown: str, back_at: str
) -> None:
    await expect_edit_on_tap(ann, tip, "Snooze")
    assert tip.labels == ["1 hour", "This evening", "Tomorrow morning", "Next week", "Type a time", "Back"]
    await expect_edit_on_tap(ann, tip, label)
    assert tip.text == f"Pay rent\n{shown}"
    assert tip.labels == ["Undo"]

    await expect_reply(ann, "/times off")
    oo.clock.set(back_at)
    oo.clock.move(seconds=-1)
    await oo.tick()
    before = len(ann.chat.messages)
    oo.clock.move(seconds=1)
    await oo.tick()

    assert len(ann.chat.messages) == before + 1
    back = await ann.expect_message()
    assert back.text.startswith("Pay rent")
    assert "You asked me to bring this back." in back.text
    assert back.labels == ["Done", "Snooze", "Dismiss"]


async def test_when_to_bring_it_back_may_be_typed_below_the_buttons(ann: Person, tip: Message) -> None:
    await expect_edit_on_tap(ann, tip, "Snooze")
    assert (await expect_reply(ann, "in 3 hours")).text == "All right, it comes back today at 12:00."
    assert tip.text == "Pay rent\nBack today at 12:00."


async def test_a_text_that_is_no_time_is_not_about_the_tip(oo: Scene, ann: Person, tip: Message) -> None:
    await expect_edit_on_tap(ann, tip, "Snooze")
    assert (await expect_reply(ann, "buy milk")).text == "Added: buy milk."
    await expect_edit_on_tap(ann, tip, "Back")
    await expect_edit_on_tap(ann, tip, "Done")
    await expect_reply(ann, "friday")
    assert tip.text.startswith("Pay rent Done")


@pytest.mark.parametrize(
    ("times", "back"),
    [
        ("9:00 18:30", "Monday at 9:00"),
        ("mon 7:30 13:00, tue 6:30", "Monday at 7:30"),
        ("6:00 13:00", "Monday at 7:00"),  # the end of the quiet hours
        ("tue 8:00", "Monday at 9:00"),
        ("off", "Monday at 9:00"),
    ],
)
async def test_next_week_is_the_first_slot_of_monday(
    oo: Scene, ann: Person, tip: Message, times: str, back: str
) -> None:
    oo.clock.set("2026-11-24T18:00:00")  # Tuesday evening
    await expect_reply(ann, f"/times {times}")

    await expect_edit_on_tap(ann, tip, "Snooze")

    assert tip.labels == ["1 hour", "Tomorrow morning", "Next week", "Type a time", "Back"]
    await expect_edit_on_tap(ann, tip, "Next week")
    assert tip.text == f"Pay rent\nBack on {back}."


async def test_back_leads_back_to_the_tip(ann: Person, tip: Message) -> None:
    before = tip.screen()

    await expect_edit_on_tap(ann, tip, "Snooze")
    await expect_edit_on_tap(ann, tip, "Back")

    assert tip.screen() == before


async def test_a_snooze_can_be_taken_back(oo: Scene, ann: Person, tip: Message) -> None:
    await expect_reply(ann, "/times off")
    await expect_edit_on_tap(ann, tip, "Snooze")
    await expect_edit_on_tap(ann, tip, "1 hour")
    await expect_edit_on_tap(ann, tip, "Undo")
    sent = len(ann.chat.messages)

    await oo.at("2026-11-22T09:00:00")

    assert tip.labels == ["Done", "Snooze", "Dismiss"]
    assert len(ann.chat.messages) == sent


async def test_done_after_a_snooze_is_worth_less(oo: Scene, ann: Person, tip: Message) -> None:
    await expect_edit_on_tap(ann, tip, "Snooze")
    await expect_edit_on_tap(ann, tip, "1 hour")
    await oo.at("2026-11-22T09:00:00")
    back = await ann.expect_message()

    await expect_edit_on_tap(ann, back, "Done")

    reward = await oo.reward(await oo.latest("7"))
    assert reward is not None
    assert reward.value == 0.75


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("18:30", "Back today at 18:30."),
        ("in 2 hours", "Back today at 11:00."),
        ("tomorrow 8am", "Back tomorrow at 8:00."),
        ("friday", "Back on Friday at 9:00."),
    ],
)
async def test_a_time_can_be_typed(ann: Person, tip: Message, typed: str, shown: str) -> None:
    await expect_edit_on_tap(ann, tip, "Snooze")
    question = await expect_message_on_tap(ann, tip, "Type a time")
    assert "For example" in question.text

    await put_off(ann, tip, typed)

    assert tip.text == f"Pay rent\n{shown}"
    assert (await expect_reply(ann, "hi")).text == texts.HELLO  # no second message said it again


async def put_off(ann: Person, tip: Message, typed: str) -> None:
    """Type a time; the tip once it was edited."""
    await ann.send(typed)
    await ann.expect_edit(tip)


async def test_a_time_that_makes_no_sense_is_asked_for_again(ann: Person, tip: Message) -> None:
    await expect_edit_on_tap(ann, tip, "Snooze")
    await expect_message_on_tap(ann, tip, "Type a time")

    for typed in ("blue", "25:99", "yesterday", "in 300 years"):
        answer = await expect_reply(ann, typed)
        assert typed in answer.text
        assert "Try" in answer.text

    await put_off(ann, tip, "12:00")
    assert "Back today at 12:00." in tip.text


async def test_a_time_that_is_typed_days_later_puts_nothing_off(oo: Scene, ann: Person, tip: Message) -> None:
    await expect_edit_on_tap(ann, tip, "Snooze")
    await expect_message_on_tap(ann, tip, "Type a time")
    oo.clock.move(days=2)

    assert "Back" not in (await expect_reply(ann, "18:30")).text


async def test_something_else_than_a_time_is_understood_as_that(ann: Person, tip: Message) -> None:
    await expect_edit_on_tap(ann, tip, "Snooze")
    await expect_message_on_tap(ann, tip, "Type a time")

    assert (await expect_reply(ann, "Remind me to call Ann")).text.startswith("Added: call Ann")
    assert "Back" not in (await expect_reply(ann, "blue 18:30 elephant")).text


async def test_a_typed_time_in_quiet_hours_offers_others(ann: Person, tip: Message) -> None:
    await expect_edit_on_tap(ann, tip, "Snooze")
    await expect_message_on_tap(ann, tip, "Type a time")

    await put_off(ann, tip, "23:30")

    assert "quiet until 7:00" in tip.text
    assert tip.labels == ["7:00", "Send anyway", "Tomorrow 9:00", "Back"]
    assert (await expect_reply(ann, "hi")).text == texts.HELLO  # the only live offer is the tip's own
    assert (await expect_edit_on_tap(ann, tip, "7:00")).text == "Pay rent\nBack tomorrow at 7:00."


async def test_the_end_of_quiet_days_is_said_with_its_day(ann: Person, tip: Message) -> None:
    await expect_reply(ann, "/quiet weekends all day")
    await expect_edit_on_tap(ann, tip, "Snooze")
    await expect_message_on_tap(ann, tip, "Type a time")

    await put_off(ann, tip, "saturday 10:00")

    assert "it's quiet until Mon 30 Nov 0:00" in tip.text
    assert tip.labels == ["Mon 30 Nov 0:00", "Send anyway", "Tomorrow 9:00", "Back"]


async def test_a_time_that_has_passed_since_is_asked_for_again(oo: Scene, ann: Person, tip: Message) -> None:
    await expect_edit_on_tap(ann, tip, "Snooze")
    oo.clock.move(hours=2)

    remark = await expect_toast_on_tap(ann, tip, "1 hour")
    await ann.expect_edit(tip)

    assert remark == "That time has passed. When shall I bring it back?"
    await expect_edit_on_tap(ann, tip, "1 hour")
    assert tip.text == "Pay rent\nBack today at 12:00."


@pytest.mark.parametrize("over", ["done with pay rent", "/mute rent"])
async def test_a_snoozed_tip_that_is_over_by_then_is_what_whynot_names(
    oo: Scene, ann: Person, tip: Message, over: str
) -> None:
    await expect_reply(ann, "/times off")
    await expect_edit_on_tap(ann, tip, "Snooze")
    await expect_edit_on_tap(ann, tip, "1 hour")
    await expect_reply(ann, over)
    oo.clock.set("2026-11-22T09:00:00")
    await oo.tick()

    silence = await expect_reply(ann, "/whynot")

    assert f"I stayed silent because {texts_why.WHYNOT_SNOOZED}." in silence.text
    assert silence.text.endswith("No other tip took its place.")
    assert "probability" not in silence.text


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ("later", "tomorrow at 8")),
        ("en", ("snooze", "later", "tomorrow at 8")),
        ("de", ("später", "morgen um 8")),
        ("fr", ("plus tard", "demain à 8h")),
        ("es", ("más tarde", "mañana a las 8")),
    ],
)
async def test_what_is_put_off_in_words_may_get_its_time_in_the_next_message(
    oo: Scene, ann: Person, tip: Message, language: str, said: tuple[str, ...]
) -> None:
    await expect_reply(ann, f"/language {language}")
    *first, moment = said
    for words in first:
        await expect_reply(ann, words)
    await expect_reply(ann, moment)
    await expect_reply(ann, "/times off")

    oo.clock.set("2026-11-23T07:00:00")
    await oo.tick()
    back = await ann.expect_message()
    assert back.text.startswith("Pay rent")
    assert len(back.labels) == 3


async def test_any_other_message_after_later_is_understood_as_ever(ann: Person, tip: Message) -> None:
    await expect_reply(ann, "later")
    assert (await expect_reply(ann, "add milk tomorrow")).text == "Added: milk, tomorrow."
    assert (await expect_reply(ann, "tomorrow at 8")).text == "Moved: milk, tomorrow 8:00."


async def test_a_past_time_after_later_is_refused_and_asked_for_again(ann: Person, tip: Message) -> None:
    await expect_reply(ann, "later")
    await expect_reply(ann, "yesterday at 8")
    assert "tomorrow at 8:00" in (await expect_reply(ann, "tomorrow at 8")).text


async def test_a_tip_that_was_done_after_all_is_not_put_off_by_the_time_of_something_else(
    oo: Scene, ann: Person, tip: Message
) -> None:
    await expect_reply(ann, "later")
    await ann.expect_edit(tip)
    await expect_edit_on_tap(ann, tip, "Undo")
    await expect_edit_on_tap(ann, tip, "Done")
    assert (await expect_reply(ann, "tomorrow at 8")).text.startswith("I didn't quite get that")
    assert await oo.open_tasks(await oo.person("7")) == []
