"""Why, why not, the plan and the settings in Telegram: what oO does, and how it is steered with buttons."""

from __future__ import annotations

import re

from bot.screens import texts_settings
from core.records import Purpose
from tests.scenarios.talking import (
    expect_edit_on_tap,
    expect_greeting,
    expect_message_on_tap,
    expect_reply,
    invited,
)
from tests.scenarios.world import Scene
from tests.servers.telegram import Person, TelegramServer


async def test_why_gives_the_reason_and_the_chance(oo: Scene, ann: Person) -> None:
    assert (await expect_reply(ann, "/why")).text == "I haven't sent you a tip yet. /tip gives you one."
    await expect_reply(ann, "/add Pay rent tomorrow 9am p1")
    await expect_reply(ann, "/add Call Bob")
    await expect_reply(ann, "/tip")

    knew, reason, other = (await expect_reply(ann, "why?")).text.splitlines()

    assert knew == "At 9:00 you had 2 open tasks."
    because = "because you marked it p1 and it is due tomorrow at 9:00"
    assert re.fullmatch(rf"I chose it with (over )?\d+ % probability, {because}\.", reason)
    assert re.fullmatch(r'Next would have been "Call Bob" with (under )?\d+ %\.', other)


async def test_why_says_for_how_long_it_has_been_overdue(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "/add Post the letter today")
    oo.clock.set("2026-11-24T08:00:00")
    tip = await expect_reply(ann, "/tip")

    assert tip.text == "Post the letter: it was due on Sun 22 Nov."
    assert "because it was overdue by 2 days" in (await expect_reply(ann, "/why")).text


async def test_why_of_a_returned_snooze_is_the_promise(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "/add Pay rent tomorrow 9am p1")
    tip = await expect_reply(ann, "/tip")
    await expect_edit_on_tap(ann, tip, "Snooze")
    await expect_edit_on_tap(ann, tip, "1 hour")
    await oo.at("2026-11-22T09:00:00")
    await ann.expect_message()

    assert (await expect_reply(ann, "/why")).text.splitlines()[
        1
    ] == "You snoozed it and I promised to bring it back."


async def test_why_counts_habits(oo: Scene, ann: Person) -> None:
    for day in range(22, 28):
        oo.clock.set(f"2026-11-{day}T22:30:00")  # at night, when there is no other advice
        await expect_reply(ann, f"/add Errand {day}")
        await expect_edit_on_tap(ann, await expect_reply(ann, "/tip"), "Done")
    oo.clock.set("2026-11-28T22:30:00")
    await expect_reply(ann, "/add Errand 28")
    await expect_reply(ann, "/tip")

    assert (await expect_reply(ann, "/why")).text.splitlines() == [
        "At 23:30 you had an open task; you had done 6 of 6 tips at this time of day.",
        "I chose it with 100 % probability, because it was the best of what was open.",
        "There was nothing else to choose from.",
    ]


async def test_the_plan_shows_seven_days_and_what_is_moved(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "/times 6:30 13:00 18:30")
    await expect_reply(ann, "/quiet mon-fri 22-7")

    lines = (await expect_reply(ann, "/plan")).text.splitlines()

    assert lines == [
        "The next seven days:",
        "Today 13:00 · 18:30",
        "Tomorrow 6:30 · 13:00 · 18:30",
        "Tuesday 7:00 instead of 6:30 (quiet until 7:00) · 13:00 · 18:30",
        "Wednesday 7:00 instead of 6:30 (quiet until 7:00) · 13:00 · 18:30",
        "Thursday 7:00 instead of 6:30 (quiet until 7:00) · 13:00 · 18:30",
        "Friday 7:00 instead of 6:30 (quiet until 7:00) · 13:00 · 18:30",
        "Saturday 7:00 instead of 6:30 (quiet until 7:00) · 13:00 · 18:30",
    ]


async def test_the_plan_of_a_pause_begins_after_it(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "/pause until friday")

    lines = (await expect_reply(ann, "/plan")).text.splitlines()

    assert lines[1].startswith("Friday ")
    assert lines[-1] == "Silent until Friday."


async def test_a_plan_without_slots_says_why(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "/pause")
    assert (await expect_reply(ann, "/plan")).text == "Silent until you send /resume."

    await expect_reply(ann, "/resume")
    await expect_reply(ann, "/times off")
    assert (await expect_reply(ann, "/plan")).text.startswith("No times are set")


async def test_whynot_tells_of_quiet_hours(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "/times 18:30 23:30")
    assert "kept silent on purpose" in (await expect_reply(ann, "/whynot")).text
    oo.clock.set("2026-11-22T22:40:00")  # 23:40

    assert (await expect_reply(ann, "/whynot")).text.splitlines() == [
        "Today at 23:30 it was time for a tip.",
        "I stayed silent because it was in your quiet hours until 7:00.",
        "It moved to 7:00; its tip is chosen then.",
    ]
    oo.clock.set("2026-11-23T07:00:00")
    assert "Yesterday at 23:30 it was time for a tip." in (await expect_reply(ann, "/whynot")).text


async def test_a_day_that_is_quiet_all_day_has_no_slots_and_whynot_says_so(oo: Scene, ann: Person) -> None:
    assert (await expect_reply(ann, "/quiet weekends 0:00-24:00")).text == "Quiet hours: weekends all day."

    lines = (await expect_reply(ann, "/plan")).text.splitlines()

    assert [line.split()[0] for line in lines[1:]] == [
        "Tomorrow", "Tuesday", "Wednesday", "Thursday", "Friday",
    ]  # fmt: skip
    assert (
        await expect_reply(ann, "/whynot")
    ).text == "Today is quiet all day (/quiet). Next: tomorrow 9:00."


async def test_learned_says_how_much_it_takes(oo: Scene, ann: Person) -> None:
    assert "I have learned from no tips yet, and" in (await expect_reply(ann, "/learned")).text
    for hour, label, task in ((20, "Done", "Pay rent"), (21, "Dismiss", "Call Bob")):
        oo.clock.set(f"2026-11-22T{hour}:30:00")
        await expect_reply(ann, f"/add {task}")
        await expect_edit_on_tap(ann, await expect_reply(ann, "/tip"), label)

    assert (await expect_reply(ann, "/learned")).text == (
        "I don't believe anything about you so far: I have learned from 2 tips, and it takes at least 10."
    )


# --- Settings ----------------------------------------------------------------------------------------------


async def test_all_settings_are_shown_with_buttons(oo: Scene, ann: Person) -> None:
    shown = await expect_reply(ann, "/prefs")

    assert shown.text.splitlines() == [
        "Times 9:00, 13:00 and 18:30",
        "Quiet 22:00–7:00",
        "At most 3 a day",
        "Time zone Europe/Berlin",
        "Language English",
        "Muted none",
        "Language model none",
        "Learning on",
        "Test of my help off",
        "Status next: today 13:00",
        "The test: now and then a coin decides that I keep a tip to myself, so that /helped can compare.",
        "Reminders only when you ask",
        "Plan of the day off",
        "Look back off",
    ]
    assert [[button.label for button in row] for row in shown.rows] == [
        ["Change times", "Change quiet hours"],
        ["Reminders", "Plan of the day", "Look back"],
        ["Fewer a day", "More a day", "Pause a day"],
        ["Stop learning"],
        ["Test if tips help", "Change language"],
    ]


async def test_settings_change_with_a_tap_and_the_message_shows_it(oo: Scene, ann: Person) -> None:
    shown = await expect_reply(ann, "/prefs")

    await expect_edit_on_tap(ann, shown, "Fewer a day")
    assert "At most 2 a day" in shown.text
    await expect_edit_on_tap(ann, shown, "Pause a day")
    assert "Status silent until tomorrow 9:00" in shown.text
    await expect_edit_on_tap(ann, shown, "Resume")
    await expect_edit_on_tap(ann, shown, "Stop learning")
    assert "Learning off" in shown.text

    assert (await expect_reply(ann, "/cap")).text.startswith("At most 2 a day.")
    assert not (await oo.person("7")).allows(Purpose.LEARNING)


async def test_a_switch_tapped_twice_stays_where_it_was_put(oo: Scene, ann: Person) -> None:
    shown = await expect_reply(ann, "/prefs")
    off = await ann.tap(shown, "Stop learning")
    await ann.expect_edit(shown)

    await ann.resend(off)
    await expect_reply(ann, "/prefs")

    assert not (await oo.person("7")).allows(Purpose.LEARNING)


async def test_the_cap_has_two_ends(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "/cap 1")
    shown = await expect_reply(ann, "/prefs")
    await expect_edit_on_tap(ann, shown, "Fewer a day")
    assert "At most 0 a day" in shown.text
    assert "only when you ask" in shown.text
    assert "Fewer a day" not in shown.labels

    await expect_reply(ann, "/cap 20")
    assert "More a day" not in (await expect_reply(ann, "/prefs")).labels


async def test_a_setting_is_asked_for_and_typed(oo: Scene, ann: Person) -> None:
    shown = await expect_reply(ann, "/prefs")

    assert (await expect_message_on_tap(ann, shown, "Change quiet hours")).text.startswith(
        "When shall I be quiet?"
    )
    assert "25:99" in (await expect_reply(ann, "25:99")).text
    assert (await expect_reply(ann, "from 10 pm to 8 am")).text == "Quiet hours: 22:00–8:00."
    assert (await expect_reply(ann, "Call Bob tomorrow")).text.startswith("Added")


async def test_where_somebody_lives_may_be_answered_days_later(oo: Scene, telegram: TelegramServer) -> None:
    ann = telegram.user(7, "Ann")
    await expect_message_on_tap(ann, await expect_greeting(oo, ann), "Agree and start")
    oo.clock.move(days=3)

    assert "Europe/Berlin" in (await expect_reply(ann, "Berlin")).text


async def test_what_is_typed_days_after_a_question_is_not_its_answer(oo: Scene, ann: Person) -> None:
    shown = await expect_reply(ann, "/prefs")
    await expect_message_on_tap(ann, shown, "Change quiet hours")
    oo.clock.move(hours=12)
    assert (await expect_reply(ann, "21-8")).text == "Quiet hours: 21:00–8:00."

    await expect_message_on_tap(ann, shown, "Change quiet hours")
    oo.clock.move(hours=12, seconds=1)

    assert "Quiet hours" not in (await expect_reply(ann, "23-8")).text
    assert "21:00–8:00" in (await expect_reply(ann, "/quiet")).text


async def test_muting_and_allowing_again(oo: Scene, ann: Person) -> None:
    muted = await expect_reply(ann, "/mute Rent")
    assert muted.text == 'I won\'t write about "rent".'
    await expect_reply(ann, "/add Pay rent p1")
    assert "rent" not in (await expect_reply(ann, "/tip")).text.lower()

    assert "/mute off rent" in (await expect_reply(ann, "/mute")).text
    assert (await expect_reply(ann, "/mute off RENT!")).text == 'I may write about "rent" again.'
    await expect_reply(ann, "/mute Self-Care")
    assert (await expect_reply(ann, "/mute off Self-Care")).text == 'I may write about "self care" again.'
    assert (
        await expect_edit_on_tap(ann, await expect_reply(ann, "/mute cats"), "Undo")
    ).text == 'I may write about "cats" again.'
    assert (await expect_reply(ann, "/mute")).text.startswith("Nothing is muted")


async def test_without_times_and_quiet_hours_nothing_is_said_to_be_kept_to(ann: Person) -> None:
    assert (await expect_reply(ann, "/quiet off")).text == (
        "No quiet hours any more. I still write only at 9:00, 13:00 and 18:30."
    )
    await expect_reply(ann, "/times off")
    assert (await expect_reply(ann, "/quiet off")).text.startswith(
        "No quiet hours any more. I don't write on my own."
    )


async def test_each_topic_between_commas_is_muted(oo: Scene, ann: Person) -> None:
    for task in ("Buy milk", "Buy bread", "Pay rent"):
        await expect_reply(ann, f"/add {task}")

    muted = await expect_reply(ann, "/mute milk, Bread,")

    assert muted.text == 'I won\'t write about "milk" and "bread".'
    assert (await expect_reply(ann, "/tip")).text.startswith("Pay rent")
    assert (
        await expect_edit_on_tap(ann, muted, "Undo")
    ).text == 'I may write about "milk" and "bread" again.'
    assert (await expect_reply(ann, "/mute")).text == texts_settings.MUTE_NONE


async def test_a_topic_is_told_as_it_is_kept_and_needs_a_word(oo: Scene, ann: Person) -> None:
    assert (await expect_reply(ann, "/mute Self-Care!")).text == 'I won\'t write about "self care".'
    refused = await expect_reply(ann, "/mute !!!")

    assert refused.text.startswith('I didn\'t get "!!!". ')
    assert (await oo.person("7")).preferences.muted == ("self care",)


async def test_allowing_what_is_not_muted_mutes_nothing(oo: Scene, ann: Person) -> None:
    assert (await expect_reply(ann, "/mute off rent")).text == texts_settings.MUTE_NONE
    await expect_reply(ann, "/mute pay rent")

    assert (await expect_reply(ann, "/mute off rent")).text.startswith("I don't write about: pay rent.")
    assert (await oo.person("7")).preferences.muted == ("pay rent",)


async def test_what_somebody_sets_is_theirs_alone(oo: Scene, ann: Person, telegram: TelegramServer) -> None:
    bob = await invited(oo, ann, telegram.user(8, "Bob"), "Tokyo")
    await expect_reply(ann, "/cap 1")
    await expect_reply(bob, "/times 8:00")

    assert "Times 9:00, 13:00 and 18:30" in (await expect_reply(ann, "/prefs")).text
    assert "At most 3 a day" in (await expect_reply(bob, "/prefs")).text
