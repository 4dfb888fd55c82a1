"""A pause that begins later: "I'm on vacation from friday to sunday", said on a Monday."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.scenarios.talking import expect_edit_on_tap, expect_reply
from tests.scenarios.world import Scene
from tests.servers.telegram import Person

PLANNED = "I go silent on Friday, until Mon 7 Dec. Before that I write as usual; /resume takes it back."


@pytest.fixture
async def planned(oo: Scene, ann: Person) -> Person:
    """Ann, on Monday 30 November at 10:00, with urgent tasks and a vacation from Friday on."""
    oo.clock.set("2026-11-30T09:00:00")
    for number in range(1, 4):
        await expect_reply(ann, f"/add Errand {number} today p1")
    await expect_reply(ann, "/times 9:00")
    assert (await expect_reply(ann, "I'm on vacation from friday to sunday")).text == PLANNED
    return ann


async def heard_at(oo: Scene, ann: Person, moment: str) -> int:
    """How many messages come by themselves at that moment, in UTC."""
    before = len(ann.chat.messages)
    await oo.at(moment)
    await oo.tick("push", "remind", "deliver")
    return len(ann.chat.messages) - before


async def test_before_it_and_after_it_tips_come_and_in_it_none(oo: Scene, planned: Person) -> None:
    came: dict[str, int] = {}
    for day in ("2026-12-01", "2026-12-04", "2026-12-05", "2026-12-06", "2026-12-07"):
        for clock in ("08:00:00", "12:00:00"):
            came[day] = came.get(day, 0) + await heard_at(oo, planned, f"{day}T{clock}")
    assert came == {"2026-12-01": 1, "2026-12-04": 0, "2026-12-05": 0, "2026-12-06": 0, "2026-12-07": 1}


async def test_the_plan_and_the_settings_tell_of_it(oo: Scene, planned: Person) -> None:
    shown = (await expect_reply(planned, "/plan")).text
    assert [line.split()[0] for line in shown.splitlines()[1:4]] == ["Tomorrow", "Wednesday", "Thursday"]
    assert shown.endswith("I go silent on Friday, until Mon 7 Dec.")
    assert "I go silent on Friday, until Mon 7 Dec" in (await expect_reply(planned, "/prefs")).text
    await oo.at("2026-12-05T10:00:00")
    assert "Silent until Monday." in (await expect_reply(planned, "/plan")).text
    assert "silent until Monday" in (await expect_reply(planned, "/prefs")).text


async def test_what_was_to_ring_in_it_waits_and_what_is_asked_for_since_rings(oo: Scene, ann: Person) -> None:
    oo.clock.set("2026-11-30T09:00:00")
    await expect_reply(ann, "remind me saturday at 15:00 to water the plants")
    await expect_reply(ann, "pause from friday to sunday")
    await expect_reply(ann, "remind me saturday at 16:00 to call Bo")
    assert await heard_at(oo, ann, "2026-12-05T14:00:00") == 0
    assert await heard_at(oo, ann, "2026-12-05T15:00:00") == 1
    assert "call Bo" in ann.chat.messages[-1].text
    assert await heard_at(oo, ann, "2026-12-07T06:00:00") == 1  # Monday 7:00, when the night is over
    assert "water the plants" in ann.chat.messages[-1].text


async def test_it_is_taken_back_before_it_begins(oo: Scene, planned: Person) -> None:
    assert (await expect_reply(planned, "/resume")).text == "The pause is off. Next: tomorrow 9:00."
    assert (await expect_reply(planned, "/resume")).text == "I wasn't paused. Next: tomorrow 9:00."
    assert await heard_at(oo, planned, "2026-12-05T08:00:00") == 1


async def test_it_ends_when_the_person_is_back_sooner(oo: Scene, planned: Person) -> None:
    await oo.at("2026-12-05T10:00:00")
    assert (await expect_reply(planned, "I'm back")).text == "I'm back. Next: tomorrow 9:00."
    assert await heard_at(oo, planned, "2026-12-06T08:00:00") == 1


async def test_the_pause_in_force_ends_and_the_planned_one_stays(oo: Scene, planned: Person) -> None:
    await expect_reply(planned, "/pause until tomorrow")
    back = (await expect_reply(planned, "/resume")).text
    assert back.startswith("I'm back. Next: tomorrow 9:00.")
    assert back.endswith("I go silent on Friday, until Mon 7 Dec.")
    assert (await expect_reply(planned, "/resume")).text.startswith("The pause is off.")


async def test_a_pause_in_force_is_cut_short_and_what_follows_it_is_told(oo: Scene, planned: Person) -> None:
    await oo.at("2026-12-05T10:00:00")
    assert (await expect_reply(planned, "/pause until sunday")).text.startswith("Silent until tomorrow.")
    assert "silent until tomorrow" in (await expect_reply(planned, "/prefs")).text
    shown = (await expect_reply(planned, "pause from sunday to tuesday")).text
    assert shown == "Silent until Wednesday. /resume ends it sooner."


async def test_a_pause_without_end_is_no_time_to_write_as_usual(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "/pause")
    assert (await expect_reply(ann, "I'm away next week")).text == "Silent until you send /resume."


async def test_a_reminder_that_was_promised_in_a_pause_rings_whatever_is_planned(
    oo: Scene, ann: Person
) -> None:
    oo.clock.set("2026-11-30T09:00:00")
    await expect_reply(ann, "/pause until friday")
    await expect_reply(ann, "remind me tomorrow at 15:00 to call Bo")
    await expect_reply(ann, "I'm away next week")
    assert await heard_at(oo, ann, "2026-12-01T14:00:00") == 1


async def test_what_the_night_holds_back_waits_for_the_end_of_a_pause_that_begins_in_it(
    oo: Scene, planned: Person
) -> None:
    oo.clock.set("2026-12-02T12:00:00")
    await expect_reply(planned, "/resume")
    await expect_reply(planned, "/quiet off")
    await expect_reply(planned, "remind me thursday at 23:00 to lock the door")
    await expect_reply(planned, "/quiet 22:00-07:00")
    await expect_reply(planned, "pause from friday to sunday")
    assert await heard_at(oo, planned, "2026-12-04T06:00:00") == 0
    async with oo.app.store.read() as unit:
        [reminder] = await unit.reminders.of_person((await oo.person("7")).person_id)
    assert reminder.next_at == datetime(2026, 12, 7, 6, tzinfo=UTC)  # 7:00 in Berlin


async def test_a_pause_at_once_leaves_the_planned_one_and_another_plan_replaces_it(
    oo: Scene, planned: Person
) -> None:
    await expect_reply(planned, "/pause until tomorrow")
    person = await oo.person("7")
    assert len(person.pauses) == 2
    shown = (await expect_reply(planned, "I'm away next week")).text
    assert shown.startswith("I go silent on Mon 7 Dec, until Mon 14 Dec.")
    assert len((await oo.person("7")).pauses) == 2


async def test_one_without_an_end_lasts_until_it_is_ended(oo: Scene, ann: Person) -> None:
    oo.clock.set("2026-11-30T09:00:00")
    shown = (await expect_reply(ann, "pause from friday")).text
    assert shown.startswith("I go silent on Friday, until you send /resume.")
    await expect_reply(ann, "/add Errand today p1")
    await expect_reply(ann, "/times 9:00")
    assert await heard_at(oo, ann, "2026-12-03T08:00:00") == 1
    await ann.expect_message()
    assert await heard_at(oo, ann, "2026-12-25T10:00:00") == 0
    assert (await oo.person("7")).next_due_at is None
    assert (await expect_reply(ann, "/resume")).text.startswith("I'm back.")


@pytest.mark.parametrize(
    ("language", "plan", "undo", "back"),
    [
        ("en", "I'm on vacation from friday to sunday", "Undo", "As before: no pause."),
        ("de", "ich bin von Freitag bis Sonntag im Urlaub", "Rückgängig", "Wie vorher: keine Pause."),
        ("fr", "je suis en vacances du vendredi au dimanche", "Annuler", "Comme avant : pas de pause."),
    ],
)
async def test_a_plan_is_taken_back_with_one_tap(
    oo: Scene, ann: Person, language: str, plan: str, undo: str, back: str
) -> None:
    oo.clock.set("2026-11-30T09:00:00")
    await expect_reply(ann, f"/language {language}")
    before = await oo.person("7")
    said = await expect_reply(ann, plan)
    assert said.labels == [undo]
    assert (await expect_edit_on_tap(ann, said, undo)).text == back
    assert await oo.person("7") == before


async def test_undo_in_words_takes_back_the_plan_and_not_the_task_before_it(oo: Scene, ann: Person) -> None:
    oo.clock.set("2026-11-30T09:00:00")
    await expect_reply(ann, "/add Pay rent")
    await expect_reply(ann, "I'm on vacation from friday to sunday")
    assert (await expect_reply(ann, "undo")).text == "As before: no pause."
    assert "Pay rent" in (await expect_reply(ann, "/tasks")).text


async def test_a_plan_that_was_dropped_or_replaced_comes_back(oo: Scene, planned: Person) -> None:
    before = await oo.person("7")
    as_before = "As before: I go silent on Friday, until Mon 7 Dec."
    await expect_reply(planned, "/resume")
    assert (await expect_reply(planned, "undo")).text == as_before
    said = (await expect_reply(planned, "I'm away next week")).text
    assert said.splitlines()[-1] == (
        "It takes the place of the pause that was planned: on Friday, until Mon 7 Dec."
    )
    assert (await expect_reply(planned, "undo")).text == as_before
    assert (await oo.person("7")).pauses == before.pauses
    assert await heard_at(oo, planned, "2026-12-05T08:00:00") == 0


async def test_the_same_plan_again_replaces_nothing(oo: Scene, planned: Person) -> None:
    again = await expect_reply(planned, "I'm on vacation from friday to sunday")
    assert (again.text, again.labels) == (PLANNED, [])


async def test_a_pause_that_was_ended_goes_on(oo: Scene, planned: Person) -> None:
    await oo.at("2026-12-05T10:00:00")
    assert (await expect_reply(planned, "I'm back")).labels == ["Undo"]
    assert (await expect_reply(planned, "undo")).text == "As before: silent until Monday."
    assert await heard_at(oo, planned, "2026-12-06T08:00:00") == 0


async def test_another_plan_leaves_the_one_that_has_begun(oo: Scene, planned: Person) -> None:
    await oo.at("2026-12-05T10:00:00")
    said = (await expect_reply(planned, "pause from wednesday to friday")).text
    assert said.splitlines() == ["I go silent on Wednesday, until Sat 12 Dec.", "Silent until Monday."]
    assert await heard_at(oo, planned, "2026-12-06T08:00:00") == 0


async def test_a_plan_outlives_a_pause_without_end(oo: Scene, planned: Person) -> None:
    await expect_reply(planned, "/pause")
    back = (await expect_reply(planned, "/resume")).text
    assert back.splitlines()[-1] == "I go silent on Friday, until Mon 7 Dec."


@pytest.mark.parametrize(
    ("language", "said", "answer"),
    [
        ("en", "I'm not going on vacation after all", "The pause is off."),
        ("en", "cancel the vacation", "The pause is off."),
        ("de", "Urlaub abgesagt", "Die Pause ist abgesagt."),
        ("fr", "annule mes vacances", "La pause est annulée."),
        ("es", "cancela las vacaciones", "La pausa queda cancelada."),
    ],
)
async def test_a_vacation_that_is_called_off_is_no_pause(
    oo: Scene, planned: Person, language: str, said: str, answer: str
) -> None:
    await expect_reply(planned, f"/language {language}")
    assert (await expect_reply(planned, said)).text.startswith(answer)
    assert (await oo.person("7")).pauses == ()


async def test_a_task_that_fits_comes_before_the_pause(oo: Scene, planned: Person) -> None:
    await expect_reply(planned, "/add Vacation with Bo")
    assert "Vacation with Bo" in (await expect_reply(planned, "cancel the vacation")).text
    assert len((await oo.person("7")).pauses) == 1


async def test_a_pause_in_force_ends_when_the_vacation_is_called_off(oo: Scene, planned: Person) -> None:
    await oo.at("2026-12-05T10:00:00")
    assert (await expect_reply(planned, "vacation cancelled")).text == "I'm back. Next: tomorrow 9:00."


async def test_without_a_pause_a_vacation_to_cancel_is_a_task(oo: Scene, ann: Person) -> None:
    assert (await expect_reply(ann, "cancel the vacation")).text == "Added: cancel the vacation."


async def test_days_that_are_said_once_are_silent_once_and_may_be_so_every_week(
    oo: Scene, ann: Person
) -> None:
    oo.clock.set("2026-11-30T09:00:00")
    said = await expect_reply(ann, "leave me alone from friday to sunday")
    assert (said.text, said.labels) == (PLANNED, ["Undo", "Every week"])
    assert (await oo.person("7")).preferences.quiet[0].days == tuple(range(7))
    weekly = await expect_edit_on_tap(ann, said, "Every week")
    assert weekly.text.startswith("Quiet hours: 22:00–7:00, Fri")


async def test_a_day_of_the_weekend_is_silent_every_week_and_may_be_so_once(oo: Scene, ann: Person) -> None:
    said = (await expect_reply(ann, "no messages on sunday")).text
    assert said.splitlines()[-1] == (
        "That holds every week. If you mean only this time, undo it and send: /pause on sunday"
    )
    assert (await expect_reply(ann, "/pause on sunday")).text.startswith("I go silent on Sun")


async def test_why_not_tells_of_pauses(oo: Scene, planned: Person) -> None:
    ahead = (await expect_reply(planned, "/whynot")).text
    assert ahead.splitlines()[-1] == "I go silent on Friday, until Mon 7 Dec."
    await oo.at("2026-12-05T10:00:00")
    assert (await expect_reply(planned, "/whynot")).text.startswith("Silent until Monday. /resume ends it")
    await oo.at("2026-12-07T07:00:00")
    assert "Yesterday 9:00: you had paused me." in (await expect_reply(planned, "/whynot")).text
