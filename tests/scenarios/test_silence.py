"""When oO writes and when it does not: quiet hours, pauses, the cap, clock changes; and its reasons."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scenarios.conftest import reaching
from tests.scenarios.talking import (
    expect_all_answered,
    expect_edit_on_tap,
    expect_message_on_tap,
    expect_reply,
    welcomed,
)
from tests.scenarios.world import Scene, scene
from tests.servers.telegram import Person, TelegramServer


async def add_tasks(ann: Person, count: int = 6) -> None:
    """Enough urgent tasks for every slot to have something better than silence."""
    for number in range(1, count + 1):
        await expect_reply(ann, f"/add Errand {number} today p1")


def heard(ann: Person) -> int:
    """How many messages have come so far."""
    return len(ann.chat.messages)


async def test_a_tip_is_pushed_at_its_slot_and_learned_from(oo: Scene, ann: Person) -> None:
    await add_tasks(ann, 1)
    await oo.at("2026-11-22T11:59:59")
    before = heard(ann)

    await oo.at("2026-11-22T12:00:00")  # 13:00 in Berlin
    await oo.tick()
    tip = await ann.expect_message()
    await expect_edit_on_tap(ann, tip, "Done")

    assert heard(ann) == before + 1
    assert tip.text == "Errand 1 Done at 13:00."
    [decision] = await oo.decisions(await oo.person("7"))
    assert decision.slot == "2026-11-22T13:00"
    assert decision.draw is not None
    assert sum(one.probability for one in decision.candidates) == pytest.approx(1)
    reward = await oo.reward(decision)
    assert reward is not None
    assert reward.value == 1.0
    async with oo.app.store.read() as unit:
        kinds = [event.kind for event in await unit.events.undispatched(100)]
    assert kinds[-5:] == [
        "decision.made",
        "delivery.sent",
        "task.completed",
        "reward.given",
        "reaction.taken",
    ]


async def test_a_slot_in_quiet_hours_makes_one_fresh_tip_at_their_end(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "/times 6:00 23:30")
    await add_tasks(ann)
    before = heard(ann)

    for moment in ("22:30:00", "23:59:00"):
        await oo.at(f"2026-11-22T{moment}")
    for moment in ("02:00:00", "05:00:00", "05:59:00"):
        await oo.at(f"2026-11-23T{moment}")
    assert heard(ann) == before
    for moment in ("06:00:00", "06:00:30", "06:10:00"):  # 7:00 in Berlin
        await oo.at(f"2026-11-23T{moment}")

    assert heard(ann) == before + 1
    decision = (await oo.decisions(await oo.person("7")))[0]
    assert f"{decision.decided_at:%d %H:%M}" == "23 06:00"


async def test_whynot_names_the_reason(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "/cap 1")
    await add_tasks(ann)
    await oo.at("2026-11-22T12:00:00")
    await ann.expect_message()
    await oo.at("2026-11-22T17:30:00")

    assert (await expect_reply(ann, "/whynot")).text.splitlines() == [
        "Today at 18:30 it was time for a tip.",
        "I stayed silent because you had had enough for that day.",
        "I had not looked for a tip yet.",
    ]


async def test_whynot_without_a_silence_says_when_it_goes_on(oo: Scene, ann: Person) -> None:
    assert (await expect_reply(ann, "/whynot")).text == (
        "I haven't kept silent on purpose in the last days. Next: today 13:00."
    )


async def test_the_cap_holds_for_the_local_day(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "/times 9:30 11:30 13:30 15:30 17:30 19:30")
    await expect_reply(ann, "/cap 2")
    await add_tasks(ann)
    before = heard(ann)

    for hour in (8, 10, 12, 14, 16, 18):
        await oo.at(f"2026-11-22T{hour:02}:30:00")
    assert heard(ann) == before + 2
    await oo.at("2026-11-23T08:30:00")

    assert heard(ann) == before + 3


async def test_a_cap_of_none_is_silence_but_not_for_who_asks(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "/cap 0")
    await add_tasks(ann, 1)
    before = heard(ann)
    await oo.at("2026-11-22T12:00:00")

    assert heard(ann) == before
    assert (await expect_reply(ann, "/tip")).text.startswith("Errand 1")


async def test_a_pause_holds_everything_back_snoozed_tips_too(oo: Scene, ann: Person) -> None:
    await add_tasks(ann, 1)
    tip = await expect_reply(ann, "/tip")
    await expect_edit_on_tap(ann, tip, "Snooze")
    await expect_edit_on_tap(ann, tip, "1 hour")
    assert (
        await expect_reply(ann, "/pause until tuesday")
    ).text == "Silent until Tuesday. /resume ends it sooner."
    before = heard(ann)

    for moment in ("22T09:00:00", "22T12:00:00", "22T17:30:00", "23T08:00:00", "23T17:30:00"):
        await oo.at(f"2026-11-{moment}")
    assert heard(ann) == before
    await oo.at("2026-11-24T06:00:00")  # Tuesday, 7:00: the quiet hours end, the snooze comes back
    await oo.at("2026-11-24T06:01:00")

    assert heard(ann) == before + 1
    assert "bring this back" in ann.chat.messages[-1].text


async def test_a_pause_ends_when_it_is_ended(oo: Scene, ann: Person) -> None:
    assert (await expect_reply(ann, "/pause")).text == "Silent until you send /resume."
    await add_tasks(ann, 1)
    before = heard(ann)
    await oo.at("2026-11-22T12:00:00")
    assert heard(ann) == before

    assert (await expect_reply(ann, "/resume")).text == "I'm back. Next: today 18:30."
    await oo.at("2026-11-22T17:30:00")

    assert heard(ann) == before + 2
    await ann.expect_message()
    assert (await expect_reply(ann, "/resume")).text == "I wasn't paused. Next: tomorrow 9:00."


async def test_a_snooze_into_quiet_hours_is_a_question(oo: Scene, ann: Person) -> None:
    await add_tasks(ann, 1)
    await expect_reply(ann, "/times off")
    oo.clock.set("2026-11-22T20:30:00")  # 21:30 in Berlin
    tip = await expect_reply(ann, "/tip")

    await expect_edit_on_tap(ann, tip, "Snooze")
    assert "This evening" not in tip.labels
    await expect_edit_on_tap(ann, tip, "1 hour")
    assert tip.text == "Errand 1\nThat would be today at 22:30, and it's quiet until 7:00."
    assert tip.labels == ["7:00", "Send anyway", "Tomorrow 9:00", "Back"]
    await expect_edit_on_tap(ann, tip, "Send anyway")
    await oo.at("2026-11-22T21:30:00")

    assert "bring this back" in (await ann.expect_message()).text
    assert "22:00–7:00" in (await expect_reply(ann, "/quiet")).text


@pytest.mark.parametrize(("label", "moment"), [("7:00", "06:00"), ("Tomorrow 9:00", "08:00")])
async def test_the_other_offers_are_kept_once(oo: Scene, ann: Person, label: str, moment: str) -> None:
    await add_tasks(ann, 1)
    await expect_reply(ann, "/times off")
    oo.clock.set("2026-11-22T20:30:00")
    tip = await expect_reply(ann, "/tip")
    for choice in ("Snooze", "1 hour", label):
        await expect_edit_on_tap(ann, tip, choice)
    before = heard(ann)

    await oo.at("2026-11-22T21:30:00")
    assert heard(ann) == before
    await oo.at(f"2026-11-23T{moment}:00")
    await oo.at("2026-11-23T20:30:00")

    assert heard(ann) == before + 1


async def test_quiet_from_nine_to_nine_is_a_question(oo: Scene, ann: Person) -> None:
    answer = await expect_reply(ann, "/quiet 9:00-9:00")

    assert "all day, or never?" in answer.text
    assert "22:00–7:00" in (await expect_reply(ann, "/quiet")).text


async def test_after_a_long_absence_there_is_one_tip_at_most(
    tmp_path: Path, telegram: TelegramServer, cached_certificates: None
) -> None:
    async with scene(tmp_path, "2026-11-22T08:00:00", **reaching(telegram)) as oo:
        ann = await welcomed(oo, telegram.user(7, "Ann"))
        await add_tasks(ann)
        before = heard(ann)

    async with scene(tmp_path, "2026-11-29T17:45:00", **reaching(telegram)) as oo:  # 18:45, a week later
        for _ in range(5):
            await oo.tick()

        assert heard(ann) == before + 1


SPRING = [
    ("Berlin", "2027-03-27T18:00", "2027-03-28T01:00", "3:00 instead of 2:30 (the clocks go forward)"),
    ("Lord Howe", "2027-10-02T06:00", "2027-10-02T15:30", "2:30"),
]


@pytest.mark.parametrize(("city", "evening", "instant", "planned"), SPRING)
async def test_in_the_night_of_a_clock_change_there_is_one_tip(
    tmp_path: Path,
    telegram: TelegramServer,
    cached_certificates: None,
    city: str,
    evening: str,
    instant: str,
    planned: str,
) -> None:
    async with scene(tmp_path, evening, **reaching(telegram)) as oo:
        ann = await welcomed(oo, telegram.user(7, "Ann"), city)
        await expect_reply(ann, "/times 2:30")
        await expect_reply(ann, "/quiet off")
        await add_tasks(ann)
        assert planned in (await expect_reply(ann, "/plan")).text
        before = heard(ann)
        oo.clock.set(instant)
        oo.clock.move(seconds=-1)
        await oo.tick()
        assert heard(ann) == before

    async with scene(tmp_path, instant, **reaching(telegram)) as oo:  # restarted in between
        for _ in range(4):
            await oo.tick()
            oo.clock.move(minutes=30)

        assert heard(ann) == before + 1


async def test_in_autumn_the_first_half_past_two_counts(
    tmp_path: Path, telegram: TelegramServer, cached_certificates: None
) -> None:
    async with scene(tmp_path, "2027-10-30T18:00:00", **reaching(telegram)) as oo:
        ann = await welcomed(oo, telegram.user(7, "Ann"))
        await expect_reply(ann, "/times 2:30")
        await expect_reply(ann, "/quiet off")
        await add_tasks(ann)
        before = heard(ann)
        await oo.at("2027-10-31T00:30:00")  # 2:30 CEST

    assert heard(ann) == before + 1
    async with scene(tmp_path, "2027-10-31T01:30:00", **reaching(telegram)) as oo:  # 2:30 again, CET
        await oo.tick()

        assert heard(ann) == before + 1


async def test_blocked_means_silent_and_unblocked_means_welcome_back(
    oo: Scene, ann: Person, telegram: TelegramServer
) -> None:
    await add_tasks(ann, 3)
    await ann.block()
    await expect_all_answered(oo, telegram)
    before = heard(ann)
    await oo.at("2026-11-22T12:00:00")
    assert heard(ann) == before
    assert telegram.called("sendMessage")[-1].delivered  # not even tried

    await ann.unblock()
    assert "as you left them" in (await expect_reply(ann, "/start")).text
    await oo.at("2026-11-22T17:30:00")

    assert heard(ann) == before + 2


async def test_a_change_of_zone_never_serves_a_local_slot_twice(oo: Scene, ann: Person) -> None:
    await add_tasks(ann)
    await oo.at("2026-11-22T12:00:00")  # 13:00 in Berlin
    await ann.expect_message()
    before = heard(ann)

    await expect_reply(ann, "/timezone Lisbon")
    await oo.at("2026-11-22T13:00:00")  # 13:00 in Lisbon

    assert heard(ann) == before + 1  # the answer to /timezone


async def test_times_off_is_silence_until_they_are_set(oo: Scene, ann: Person) -> None:
    off = await expect_reply(ann, "/times off")
    assert "/tip still works" in off.text
    await add_tasks(ann, 1)
    before = heard(ann)
    await oo.at("2026-11-22T12:00:00")
    assert heard(ann) == before

    named = await expect_reply(ann, "/times mon-fri 9, sat 10:30")
    assert named.text == "I'll write on weekdays at 9:00; on Saturdays at 10:30."
    question = await expect_reply(ann, "/prefs")
    assert (await expect_message_on_tap(ann, question, "Change times")).text.startswith("At what times?")
    assert (await expect_reply(ann, "8 and 20:00")).text == "I'll write at 8:00 and 20:00."
    assert (await expect_reply(ann, "/times mo 9")).text == "I'll write on Mondays at 9:00."


async def test_oo_is_silent_while_somebody_works_if_they_want_that(oo: Scene, ann: Person) -> None:
    asked = await expect_reply(ann, "I work 9 to 5")
    assert asked.text == "Good to know. Shall I be silent then, weekdays 9:00–17:00?"
    assert (await expect_edit_on_tap(ann, asked, "No")).text == "All right, I left it as it was."

    await expect_reply(ann, "I work 9 to 5")
    kept = await expect_reply(ann, "yes")
    assert kept.text == "Quiet hours: 22:00–7:00, weekdays 9:00–17:00."


async def test_when_somebody_sleeps_is_the_night(oo: Scene, ann: Person) -> None:
    told = await expect_reply(ann, "I usually sleep 11 to 7")
    assert told.text == "Quiet hours: 23:00–7:00."

    await expect_reply(ann, "don't write between 12:00 and 13:00")
    again = await expect_reply(ann, "be quiet from 22 to 8")
    assert again.text == "Quiet hours: 22:00–8:00, 12:00–13:00."
    only = await expect_reply(ann, "/quiet 23-7")
    assert only.text == "Quiet hours: 23:00–7:00."


async def test_no_other_time_is_offered_at_which_it_is_quiet_as_well(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "/quiet 22-7, 8-17")
    await add_tasks(ann, 1)
    tip = await expect_reply(ann, "/tip")
    await expect_reply(ann, "I'll do it tomorrow")
    assert "it's quiet until 17:00" in tip.text
    assert tip.labels == ["17:00", "Send anyway", "Back"]
