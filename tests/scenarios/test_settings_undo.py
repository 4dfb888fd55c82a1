"""Settings that are taken back with one tap; less and more on request."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from core.records import Dosage, Preferences
from core.words import intents
from tests.scenarios.intended import expect_reply_to
from tests.scenarios.talking import expect_edit_on_tap, expect_reply, expect_toast_on_tap
from tests.scenarios.world import Scene
from tests.servers.telegram import Person

LESS, MORE = intents.WriteLess(), intents.WriteMore()


async def preferences(oo: Scene) -> Preferences:
    return (await oo.person("7")).preferences


@pytest.mark.parametrize(
    ("command", "back"),
    [
        ("/cap 1", "As before: at most 3 a day."),
        ("/cap 0", "As before: at most 3 a day."),
        ("/times mon-fri 8:00", "As before: I write at 9:00, 13:00 and 18:30."),
        ("/times off", "As before: I write at 9:00, 13:00 and 18:30."),
        ("/quiet off", "As before: quiet hours 22:00–7:00."),
        ("/quiet weekends 0:00-24:00", "As before: quiet hours 22:00–7:00."),
        ("/quiet 23-6", "As before: quiet hours 22:00–7:00."),
        ("no tips on sundays", "As before: quiet hours 22:00–7:00."),
        ("not before 10", "As before: quiet hours 22:00–7:00."),
        ("write me at 8", "As before: I write at 9:00, 13:00 and 18:30."),
        ("once a day is enough", "As before: at most 3 a day."),
        ("/remind 15 minutes before", "That is as it was before."),
        ("/remind at its time", "That is as it was before."),
        ("/brief 8:00", "That is as it was before."),
        ("/review 20:00", "That is as it was before."),
    ],
)
async def test_a_setting_is_taken_back_with_one_tap(oo: Scene, ann: Person, command: str, back: str) -> None:
    before = await oo.person("7")
    changed = await expect_reply(ann, command)
    assert changed.labels == ["Undo"]
    assert (await preferences(oo)) != before.preferences

    undone = await expect_edit_on_tap(ann, changed, "Undo")

    assert (undone.text, undone.labels) == (back, [])
    assert await oo.person("7") == before


@pytest.mark.parametrize(
    ("typed", "said", "back"),
    [
        (
            "only mornings, max 2 a day",
            "I'll write at 9:00.\nAt most 2 a day from now on.",
            "As before: I write at 9:00, 13:00 and 18:30.\nAs before: at most 3 a day.",
        ),
        (
            "max 2 a day and not before 9",
            "At most 2 a day from now on.\nQuiet hours: 22:00–9:00.",
            "As before: at most 3 a day.\nAs before: quiet hours 22:00–7:00.",
        ),
        (
            "once a day is enough\nno tips on sundays",
            "At most 1 a day from now on.\nQuiet hours: 22:00–7:00, Sundays all day.",
            "As before: at most 3 a day.\nAs before: quiet hours 22:00–7:00.",
        ),
    ],
)
async def test_several_settings_of_one_text_are_taken_back_together(
    oo: Scene, ann: Person, typed: str, said: str, back: str
) -> None:
    before = await oo.person("7")
    changed = await expect_reply(ann, typed)
    assert (changed.text, changed.labels) == (said, ["Undo all"])

    undone = await expect_edit_on_tap(ann, changed, "Undo all")

    assert (undone.text, undone.labels) == (back, [])
    assert await oo.person("7") == before


async def test_settings_that_were_changed_since_are_not_taken_back(oo: Scene, ann: Person) -> None:
    changed = await expect_reply(ann, "only mornings, max 2 a day")
    await expect_reply(ann, "/cap 4")
    await expect_edit_on_tap(ann, changed, "Undo all")
    now = await preferences(oo)
    assert (now.cap, len(now.times[0].times)) == (4, 3)


async def test_turned_on_and_off_again(oo: Scene, ann: Person) -> None:
    for off, on, back in (
        ("/times off", "/times 9:00", "As before: I don't write on my own."),
        ("/quiet off", "/quiet 22-7", "As before: no quiet hours."),
        ("/cap 0", "/cap 2", "As before: I write only when you ask."),
        ("/brief 7:30", "/brief off", "That is as it was before."),
        ("/remind 1 hour", "/remind off", "That is as it was before."),
    ):
        await expect_reply(ann, off)
        changed = await expect_reply(ann, on)
        assert (await expect_edit_on_tap(ann, changed, "Undo")).text == back


async def test_a_setting_that_was_changed_again_stays(oo: Scene, ann: Person) -> None:
    first = await expect_reply(ann, "/cap 1")
    await expect_reply(ann, "/cap 5")
    assert "changed again since" in await expect_toast_on_tap(ann, first, "Undo")
    assert (await preferences(oo)).cap == 5


async def test_the_same_value_again_has_nothing_to_undo(oo: Scene, ann: Person) -> None:
    assert (await expect_reply(ann, "/cap 3")).labels == []


async def test_a_topic_that_was_muted_before_stays_muted(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "/mute rent")
    assert (await expect_reply(ann, "/mute rent")).labels == []
    both = await expect_reply(ann, "/mute rent, walks")
    await expect_edit_on_tap(ann, both, "Undo")
    assert (await preferences(oo)).muted == ("rent",)


async def test_an_allowed_topic_is_muted_again(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "/mute rent, walks")
    allowed = await expect_reply(ann, "/mute off rent")
    await expect_edit_on_tap(ann, allowed, "Undo")
    assert (await preferences(oo)).muted == ("rent", "walks")


# --- Less and more -----------------------------------------------------------------------------------------


async def test_less_is_one_a_day_fewer(oo: Scene, ann: Person) -> None:
    said = await expect_reply_to(oo, ann, LESS)
    assert (said.text, said.labels) == ("At most 2 a day from now on.", ["Undo"])
    assert (await preferences(oo)).cap == 2

    assert (await expect_edit_on_tap(ann, said, "Undo")).text == "As before: at most 3 a day."
    assert (await preferences(oo)).cap == 3


async def test_less_and_less_ends_with_tips_on_request_only(oo: Scene, ann: Person) -> None:
    said = [(await expect_reply_to(oo, ann, LESS)).text for _ in range(4)]
    assert said == [
        "At most 2 a day from now on.",
        "At most 1 a day from now on.",
        "I'll write only when you ask. /cap 3 lets me write again.",
        "I already write only when you ask. /cap 3 lets me write on my own again.",
    ]
    assert (await preferences(oo)).cap == 0
    assert (await expect_reply_to(oo, ann, MORE)).text == "At most 1 a day from now on."


async def test_more_says_if_the_times_allow_no_more(oo: Scene, ann: Person) -> None:
    said = await expect_reply_to(oo, ann, MORE)
    assert said.text.splitlines() == [
        "At most 4 a day from now on.",
        "Your times allow no more than 3 a day: 9:00, 13:00 and 18:30. /times changes them.",
    ]
    await expect_reply(ann, "/times 9:00 11:00 13:00 15:00 18:00")
    assert (await expect_reply_to(oo, ann, MORE)).text == "At most 5 a day from now on."


async def test_more_says_what_else_keeps_oo_silent(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "/pause until friday")
    assert (await expect_reply_to(oo, ann, MORE)).text.splitlines() == [
        "At most 4 a day from now on.",
        "Silent until Friday. /resume ends it sooner.",
    ]
    await expect_reply(ann, "/times off")
    await expect_reply(ann, "/resume")
    assert "I don't write on my own." in (await expect_reply_to(oo, ann, MORE)).text


async def test_more_ends_at_the_most_there_is(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "/cap 20")
    said = await expect_reply_to(oo, ann, MORE)
    assert said.text.startswith("I may already write 20 times a day")
    assert said.labels == []
    assert (await preferences(oo)).cap == 20


async def test_less_counts_from_what_oo_writes_at_present_and_undo_restores_the_dosage(
    oo: Scene, ann: Person
) -> None:
    person = await oo.person("7")
    dosage = Dosage(since=oo.clock.now() - timedelta(days=30), fewer=1)
    async with oo.app.store.begin() as unit:
        await unit.people.save(replace(person, dosage=dosage))

    said = await expect_reply_to(oo, ann, LESS)

    assert said.text == "At most 1 a day from now on."
    await expect_edit_on_tap(ann, said, "Undo")
    back = await oo.person("7")
    assert (back.preferences.cap, back.dosage, back.most_a_day) == (3, dosage, 2)


async def test_a_stop_between_two_requests_loses_nothing(oo: Scene, ann: Person) -> None:
    first = await expect_reply_to(oo, ann, LESS)
    second = await expect_reply_to(oo, ann, LESS)
    assert "changed again since" in await expect_toast_on_tap(ann, first, "Undo")
    await expect_edit_on_tap(ann, second, "Undo")
    assert (await expect_edit_on_tap(ann, first, "Undo")).text == "As before: at most 3 a day."
