"""Reminders from outside, on all channels: asked for, ringing, snoozed, missed, in quiet hours."""

from __future__ import annotations

import asyncio
import json
from datetime import datetime, time, timedelta
from math import ceil
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from adapters.clock import SystemClock
from bot.languages.active import speaking
from bot.languages.language import language_of
from bot.screens import texts_reminders
from core.chat import Channel
from core.records import DeliveryState, Reminder, Task, Trigger
from tests.scenarios import slack_talk
from tests.scenarios.conftest import NINE, reaching, with_slack
from tests.scenarios.oo import Place, place
from tests.scenarios.talking import expect_edit_on_tap, expect_message_on_tap, expect_reply, welcomed
from tests.scenarios.world import Scene, scene
from tests.servers.slack import SlackServer
from tests.servers.telegram import Message, Person, TelegramServer
from tests.stored import changing
from tests.waiting import WAIT_LIMIT


def said_in(language: str, name: str, **values: str) -> str:
    """A sentence about reminders in that language, as plain text."""
    with speaking(language_of(language)):
        sentence: str = getattr(texts_reminders, name)
    return sentence.replace("**", "").removeprefix("> ").format(**values)


async def ring(oo: Scene, moment: str | None = None) -> None:
    """Move to an ISO instant (UTC) and ring what is due."""
    if moment:
        oo.clock.set(moment)
    await oo.tick("remind")
    async with oo.app.store.read() as unit:
        assert await unit.reminders.due(oo.clock.now(), 10) == ()


@pytest.mark.parametrize(
    ("asked", "confirmed", "rings_at"),
    [
        ("remind me in 20 minutes to drink water", "at 9:20: drink water.", "2026-11-22T08:20:00"),
        ("remind me at 15:00 to call Ann", "at 15:00: call Ann.", "2026-11-22T14:00:00"),
        ("Remind me tomorrow to call Ann", "tomorrow at 9:00: call Ann.", "2026-11-23T08:00:00"),
        ("remind me today to call Ann", "at 18:30: call Ann.", "2026-11-22T17:30:00"),
        ("erinnere mich in 20 Minuten ans Trinken", "at 9:20: Trinken.", "2026-11-22T08:20:00"),
        ("rappelle-moi à 15h d'appeler Ann", "at 15:00: appeler Ann.", "2026-11-22T14:00:00"),
        ("/remind me in 20 minutes to drink water", "at 9:20: drink water.", "2026-11-22T08:20:00"),
        ("/remind call Ann at 15:00", "at 15:00: call Ann.", "2026-11-22T14:00:00"),
        ("/add remind me at 15:00 to call Ann", "at 15:00: call Ann.", "2026-11-22T14:00:00"),
    ],
)
async def test_a_reminder_is_confirmed_and_rings_at_its_instant(
    oo: Scene, ann: Person, asked: str, confirmed: str, rings_at: str
) -> None:
    await expect_reply(ann, "/language english")
    answer = await expect_reply(ann, asked)
    assert answer.text == f"I'll remind you {confirmed}"
    assert answer.labels == ["Undo"]
    before = len(ann.chat.messages)
    oo.clock.set(rings_at)
    oo.clock.move(seconds=-1)
    await ring(oo)
    assert len(ann.chat.messages) == before

    oo.clock.move(seconds=1)
    await ring(oo)
    rung = await ann.expect_message()
    assert rung.text.startswith(confirmed.split(": ", 1)[1].removesuffix("."))
    assert rung.text.endswith("You asked me to remind you.")
    assert rung.labels == ["Done", "Snooze"]
    await ring(oo)
    assert len(ann.chat.messages) == before + 1


async def test_before_an_event_with_a_time_it_rings_ahead(oo: Scene, ann: Person) -> None:
    answer = await expect_reply(ann, "remind me 15 minutes before the meeting at 15:00")
    assert answer.text.startswith("I'll remind you at 14:45: the meeting")
    await ring(oo, "2026-11-22T13:45:00")
    assert (await ann.expect_message()).text == "the meeting\nIt is due at 15:00."


async def test_a_repeating_one_says_both(oo: Scene, ann: Person) -> None:
    answer = await expect_reply(ann, "remind me every weekday at 8:00 to take the pill")
    assert answer.text == "I'll remind you tomorrow at 8:00, then every weekday: take the pill."
    for day in ("23", "24"):
        await ring(oo, f"2026-11-{day}T07:00:00")
        assert (await ann.expect_message()).text.startswith("take the pill")


async def test_undo_removes_task_and_reminder(oo: Scene, ann: Person) -> None:
    answer = await expect_reply(ann, "remind me at 15:00 to call Ann")
    await expect_edit_on_tap(ann, answer, "Undo")
    assert await oo.open_tasks(await oo.person("7")) == []
    before = len(ann.chat.messages)
    await ring(oo, "2026-11-22T14:00:00")
    assert len(ann.chat.messages) == before


async def rung(oo: Scene, ann: Person) -> Message:
    """A reminder that has rung at 15:00."""
    await expect_reply(ann, "remind me at 15:00 to call Ann")
    await ring(oo, "2026-11-22T14:00:00")
    return await ann.expect_message()


async def test_done_and_undo_under_a_ring(oo: Scene, ann: Person) -> None:
    message = await rung(oo, ann)
    await expect_edit_on_tap(ann, message, "Done")
    assert message.text == "call Ann Done at 15:00."
    assert await oo.open_tasks(await oo.person("7")) == []
    await expect_edit_on_tap(ann, message, "Undo")
    assert message.labels == ["Done", "Snooze"]
    assert message.text == "call Ann\nYou asked me to remind you."
    assert [task.title for task in await oo.open_tasks(await oo.person("7"))] == ["call Ann"]
    assert await oo.reward(await oo.latest("7")) is None


@pytest.mark.parametrize("words", ["done", "done with call Ann"])
async def test_done_in_words_after_a_ring(oo: Scene, ann: Person, words: str) -> None:
    await rung(oo, ann)
    await expect_reply(ann, words)
    assert await oo.open_tasks(await oo.person("7")) == []


async def test_a_ring_is_snoozed_and_rings_again(oo: Scene, ann: Person) -> None:
    message = await rung(oo, ann)
    await expect_edit_on_tap(ann, message, "Snooze")
    await expect_edit_on_tap(ann, message, "1 hour")
    assert message.text == "call Ann\nBack today at 16:00."
    await ring(oo, "2026-11-22T15:00:00")
    again = await ann.expect_message()
    assert again.text.startswith("call Ann")
    assert again.labels == ["Done", "Snooze"]
    await expect_edit_on_tap(ann, again, "Done")
    assert await oo.open_tasks(await oo.person("7")) == []


async def test_a_snooze_of_a_ring_into_quiet_hours_asks(oo: Scene, ann: Person) -> None:
    message = await rung(oo, ann)
    await expect_edit_on_tap(ann, message, "Snooze")
    await expect_message_on_tap(ann, message, "Type a time")
    await ann.send("23:30")
    await ann.expect_edit(message)
    assert message.labels == ["7:00", "Send anyway", "Tomorrow 9:00", "Back"]
    await expect_edit_on_tap(ann, message, "Send anyway")
    await ring(oo, "2026-11-22T22:30:00")
    assert (await ann.expect_message()).text.startswith("call Ann")


@pytest.mark.parametrize(
    ("label", "said", "rings_at"),
    [
        ("7:00", "tomorrow at 7:00", "2026-11-23T06:00:00"),
        ("Send anyway", "at 23:30", "2026-11-22T22:30:00"),
        ("Tomorrow 9:00", "tomorrow at 9:00", "2026-11-23T08:00:00"),
        (None, "", "2026-11-23T06:00:00"),
    ],
)
async def test_a_time_in_quiet_hours_is_asked_about(
    oo: Scene, ann: Person, label: str | None, said: str, rings_at: str
) -> None:
    question = await expect_reply(ann, "remind me at 23:30 to call Ann")
    assert question.text == (
        "call Ann\nThat would be today at 23:30, and it's quiet until 7:00."
        " Without an answer I'll remind you then."
    )
    assert question.labels == ["7:00", "Send anyway", "Tomorrow 9:00", "Undo"]
    if label:
        await expect_edit_on_tap(ann, question, label)
        assert question.text == f"I'll remind you {said}: call Ann."
        assert question.labels == ["Undo"]
    before = len(ann.chat.messages)
    oo.clock.set(rings_at)
    oo.clock.move(seconds=-1)
    await ring(oo)
    assert len(ann.chat.messages) == before
    oo.clock.move(seconds=1)
    await ring(oo)
    assert (await ann.expect_message()).text.startswith("call Ann")


async def test_an_answer_about_quiet_hours_that_comes_late_changes_nothing(oo: Scene, ann: Person) -> None:
    question = await expect_reply(ann, "remind me at 23:30 to call Ann")
    await ring(oo, "2026-11-23T08:30:00")
    assert "It was for" in (await ann.expect_message()).text
    for label in ("7:00", "Send anyway", "Tomorrow 9:00"):
        await ann.tap(question, label)
        await ann.expect_answer(await ann.tap(question, label))
    before = len(ann.chat.messages)
    await ring(oo, "2026-11-24T08:30:00")
    assert len(ann.chat.messages) == before


async def test_three_that_were_missed_during_a_stop_come_in_one_message(
    tmp_path: Path, telegram: TelegramServer, cached_certificates: None
) -> None:
    async with scene(tmp_path, NINE, **reaching(telegram)) as oo:
        ann = await welcomed(oo, telegram.user(7, "Ann"))
        for hour in (10, 12, 14):
            await expect_reply(ann, f"remind me at {hour}:00 to do <b>thing</b> {hour}")
        await ring(oo, "2026-11-22T08:30:00")

    async with scene(tmp_path, "2026-11-22T15:00:00", **reaching(telegram)) as oo:
        await ring(oo)
        missed = await ann.expect_message()
        assert missed.text == (
            "I was away since today 9:30. Meanwhile these came up:\n"
            "1. do <b>thing</b> 10, today 10:00\n2. do <b>thing</b> 12, today 12:00\n"
            "3. do <b>thing</b> 14, today 14:00"
        )
        assert missed.labels == ["Done 1", "Done 2", "Done 3"]
        done = await expect_message_on_tap(ann, missed, "Done 2")
        assert done.text == "do <b>thing</b> 12 Done at 16:00."
        assert missed.labels == ["Done 1", "Done 3"]
        before = len(ann.chat.messages)
        await ring(oo)
        assert len(ann.chat.messages) == before
        assert len(await oo.open_tasks(await oo.person("7"))) == 2


async def test_one_that_was_missed_says_so(
    tmp_path: Path, telegram: TelegramServer, cached_certificates: None
) -> None:
    async with scene(tmp_path, NINE, **reaching(telegram)) as oo:
        ann = await welcomed(oo, telegram.user(7, "Ann"))
        await expect_reply(ann, "remind me at 10:00 to call Bob")
        await ring(oo, "2026-11-22T08:30:00")

    async with scene(tmp_path, "2026-11-24T15:00:00", **reaching(telegram)) as oo:
        await ring(oo)
        assert (await ann.expect_message()).text == (
            "call Bob\nIt was for Sun 22 Nov 10:00; I was away since Sun 22 Nov 9:30."
        )


async def test_one_of_several_is_snoozed_in_words(oo: Scene, ann: Person) -> None:
    for title in ("call Ann", "buy milk", "read"):
        await expect_reply(ann, f"remind me at 12:00 to {title}")
    await ring(oo, "2026-11-22T13:00:00")
    await ann.expect_message()
    for words, moved in (
        ("snooze buy milk for 10 minutes", "Moved: buy milk, today 14:10."),
        ("snooze read until 18:00", "Moved: read, today 18:00."),
    ):
        assert (await expect_reply(ann, words)).text == moved
    await ring(oo, "2026-11-22T13:10:00")
    assert (await ann.expect_message()).text.startswith("buy milk\n")
    await ring(oo, "2026-11-22T17:00:00")
    assert (await ann.expect_message()).text.startswith("read\n")


async def test_many_at_once_have_pages(oo: Scene, ann: Person) -> None:
    for number in range(1, 13):
        await expect_reply(ann, f"remind me at 15:00 to do thing {number:02}")
    await ring(oo, "2026-11-22T14:00:00")
    message = await ann.expect_message()
    assert message.text.startswith("12 reminders\n1. do thing 01, today 15:00")
    assert "Page 1 of 2." in message.text
    await expect_edit_on_tap(ann, message, "More ›")
    assert "12. do thing 12" in message.text
    await expect_message_on_tap(ann, message, "Done 12")
    assert message.labels == ["Done 9", "Done 10", "Done 11", "‹ Back"]


# --- /remind -----------------------------------------------------------------------------------------------


async def test_every_task_with_a_time_is_announced_if_wanted(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "/add Dentist at 15:00")
    answer = await expect_reply(ann, "/remind 15 minutes before")
    assert answer.text == (
        "From now on I'll remind you of every task with a time, 15 minutes before. /remind off ends that."
    )
    await expect_reply(ann, "/add Meeting at 16:00")
    await ring(oo, "2026-11-22T13:45:00")
    message = await ann.expect_message()
    assert message.text == "Dentist\nIt is due at 15:00."
    assert message.labels == ["Done", "Snooze"]
    why = await expect_reply(ann, "/why")
    assert why.text.startswith(
        "At 14:45 I reminded you of Dentist, because you want a reminder of every task with a time"
    )
    await expect_reply(ann, "/remind off")
    before = len(ann.chat.messages)
    await ring(oo, "2026-11-22T14:45:00")
    assert len(ann.chat.messages) == before


@pytest.mark.parametrize(
    ("argument", "lead"),
    [
        ("15 minutes before", 15),
        ("15", 15),
        ("15 min", 15),
        ("1 hour ahead", 60),
        ("half an hour before", 30),
        ("1h30m before each task", 90),
        ("me 10 minutes before", 10),
        ("at the time", 0),
        ("0", 0),
        ("eine halbe Stunde vorher", 30),
        ("15 Minuten vorher", 15),
        ("un quart d'heure avant", 15),
        ("15 minutes avant", 15),
        ("1 day before", 1440),
        ("off", None),
        ("aus", None),
    ],
)
async def test_a_lead_is_read_from_words(oo: Scene, ann: Person, argument: str, lead: int | None) -> None:
    await expect_reply(ann, "/remind 45")
    await expect_reply(ann, f"/remind {argument}")
    assert (await oo.person("7")).preferences.lead == lead


@pytest.mark.parametrize(
    ("argument", "said"),
    [
        ("1 minute", "a minute"),
        ("59 minutes", "59 minutes"),
        ("60 minutes", "an hour"),
        ("90 minutes", "90 minutes"),
        ("1.5 hours", "90 minutes"),
        ("2 hours", "2 hours"),
        ("anderthalb Stunden vorher", "90 minutes"),
        ("24 hours", "a day"),
        ("36 hours", "36 hours"),
        ("2 days", "2 days"),
    ],
)
async def test_a_lead_is_said_exactly(ann: Person, argument: str, said: str) -> None:
    answer = await expect_reply(ann, f"/remind {argument}")
    assert answer.text.startswith(f"From now on I'll remind you of every task with a time, {said} before.")
    assert (await expect_reply(ann, "/remind")).text.startswith(
        f"I remind you of every task with a time, {said} before."
    )


async def test_settings_of_reminders_are_undone_in_words_before_what_is_older(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "/add Pay rent")
    for changed in ("/remind 15 min", "/brief 8:00", "/review 20:00"):
        await expect_reply(ann, changed)
        assert (await expect_reply(ann, "undo")).text == "That is as it was before."
    assert [one.title for one in await oo.open_tasks(await oo.person("7"))] == ["Pay rent"]


async def test_a_ring_in_german_with_its_buttons_and_explanation(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "/language de")
    asked = await expect_reply(ann, "erinnere mich um 15 Uhr an den Anruf")
    assert asked.text == said_in("de", "WILL_REMIND", when="um 15:00", title="den Anruf")
    assert asked.labels == ["Rückgängig"]
    await ring(oo, "2026-11-22T14:00:00")
    rung = await ann.expect_message()
    assert rung.text == f"den Anruf\n{said_in('de', 'RING_ASKED')}"
    assert rung.labels == ["Erledigt", "Später"]
    why = said_in("de", "WHY_REMINDER", when="Um 15:00", title="den Anruf")
    assert (await expect_reply(ann, "warum?")).text.startswith(why)
    await expect_edit_on_tap(ann, rung, "Erledigt")
    assert rung.labels == ["Rückgängig"]


async def test_missed_ones_in_german(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "/language de")
    for at in ("15:00", "15:10"):
        await expect_reply(ann, f"erinnere mich um {at} an den Anruf {at}")
    await ring(oo, "2026-11-22T15:00:00")
    rung = await ann.expect_message()
    assert "1. den Anruf 15:00, heute 15:00" in rung.text
    done = said_in("de", "RING_DONE_BUTTON", number="{number}")
    assert rung.labels == [done.format(number=1), done.format(number=2)]


@pytest.mark.parametrize(
    "asked", ["half an hour before the dentist", "me 30 min before dentist", "30 vor dentist"]
)
async def test_a_reminder_before_a_task_on_the_list_and_its_undo(oo: Scene, ann: Person, asked: str) -> None:
    await expect_reply(ann, "/add Dentist at 15:00")
    answer = await expect_reply(ann, f"/remind {asked}")
    assert answer.text == "I'll remind you at 14:30: Dentist."
    longer = await expect_reply(ann, "/remind 1 hour before the dentist")
    assert longer.text == "I'll remind you at 14:00: Dentist."
    await expect_edit_on_tap(ann, longer, "Undo")
    assert longer.text == "I'll remind you at 14:30: Dentist."
    await expect_edit_on_tap(ann, answer, "Undo")
    assert answer.text == "I won't remind you of Dentist."
    before = len(ann.chat.messages)
    await ring(oo, "2026-11-22T14:00:00")
    assert len(ann.chat.messages) == before
    assert [task.title for task in await oo.open_tasks(await oo.person("7"))] == ["Dentist"]


@pytest.mark.parametrize(
    "words", ["remind me half an hour before the dentist", "erinnere mich 30 Minuten vor dem Dentist"]
)
async def test_the_same_in_free_text(oo: Scene, ann: Person, words: str) -> None:
    await expect_reply(ann, "/language english")
    await expect_reply(ann, "/add Dentist at 15:00")
    assert (await expect_reply(ann, words)).text == "I'll remind you at 14:30: Dentist."
    await ring(oo, "2026-11-22T13:30:00")
    assert (await ann.expect_message()).text == "Dentist\nIt is due at 15:00."


async def test_a_task_without_a_time_can_not_be_announced(ann: Person) -> None:
    await expect_reply(ann, "/add Dentist")
    answer = await expect_reply(ann, "/remind 1 hour before the dentist")
    assert answer.text.startswith("Dentist has no time that is still to come")


@pytest.mark.parametrize("argument", ["blue", "🦄", "1000 years before", "-5 minutes", "x" * 900, "<b>"])
async def test_nonsense_gets_help(oo: Scene, ann: Person, argument: str) -> None:
    answer = await expect_reply(ann, f"/remind {argument}")
    assert "Try /remind 15 minutes before" in answer.text
    assert await oo.open_tasks(await oo.person("7")) == []


async def test_remind_lists_what_waits_and_cancels_it(oo: Scene, ann: Person) -> None:
    assert "No reminder is waiting." in (await expect_reply(ann, "/remind")).text
    await expect_reply(ann, "remind me at 15:00 to call Ann")
    await expect_reply(ann, "remind me tomorrow at 10:00 to call Bob")
    overview = await expect_reply(ann, "/remind")
    assert overview.text.endswith("Next reminders\n1. today 15:00: call Ann\n2. tomorrow 10:00: call Bob")
    assert overview.labels == ["Cancel 1", "Cancel 2"]
    cancelled = await expect_message_on_tap(ann, overview, "Cancel 1")
    assert cancelled.text == "I won't remind you of call Ann."
    assert "today 15:00: call Ann" not in overview.text
    await expect_edit_on_tap(ann, cancelled, "Undo")
    assert cancelled.text == "I'll remind you at 15:00 again: call Ann."
    await ring(oo, "2026-11-22T14:00:00")
    assert (await ann.expect_message()).text.startswith("call Ann")


async def test_a_cancelled_one_does_not_ring_but_its_task_stays(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "remind me at 15:00 to call Ann")
    await expect_message_on_tap(ann, await expect_reply(ann, "/remind"), "Cancel 1")
    before = len(ann.chat.messages)
    await ring(oo, "2026-11-22T14:00:00")
    assert len(ann.chat.messages) == before
    assert len(await oo.open_tasks(await oo.person("7"))) == 1


async def test_plan_lists_the_reminders(ann: Person) -> None:
    await expect_reply(ann, "remind me at 15:00 to call Ann")
    assert "Reminders\nToday 15:00: call Ann" in (await expect_reply(ann, "/plan")).text


async def test_whynot_names_what_a_pause_holds_back(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "remind me at 15:00 to call Ann")
    await expect_reply(ann, "/pause until monday 18:00")
    await ring(oo, "2026-11-22T14:00:00")
    answer = await expect_reply(ann, "/whynot")
    assert answer.text.startswith("A reminder waits until tomorrow 18:00 because you paused me: call Ann.")
    await ring(oo, "2026-11-23T17:00:00")
    assert (
        await ann.expect_message()
    ).text == "call Ann\nIt was for yesterday 15:00, while you had paused me."


async def test_why_says_that_it_was_asked_for(oo: Scene, ann: Person) -> None:
    await rung(oo, ann)
    answer = await expect_reply(ann, "why?")
    assert answer.text == (
        "At 15:00 I reminded you of call Ann, because you asked me to.\n"
        "Nothing was chosen or learned: a reminder is a promise, and comes whatever your daily limit is."
    )


async def test_a_done_task_and_a_changed_one_take_their_reminder_along(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "remind me at 15:00 to call Ann")
    await expect_reply(ann, "remind me at 15:00 to call Bob")
    await expect_reply(ann, "done with call Ann")
    before = len(ann.chat.messages)
    await ring(oo, "2026-11-22T14:00:00")
    assert (await ann.expect_message()).text.startswith("call Bob")
    assert len(ann.chat.messages) == before + 1


async def test_export_holds_reminders_and_delete_erases_them(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "remind me at 15:00 to call Ann")
    person_id = (await oo.person("7")).person_id
    async with oo.app.store.read() as unit:
        (row,) = (await unit.people.everything(person_id))["reminders"]
    assert row["task_id"]
    await expect_edit_on_tap(ann, await expect_reply(ann, "/delete"), "Delete everything")
    async with oo.app.store.read() as unit:
        assert await unit.reminders.of_person(person_id) == ()


# --- Slack, terminal, processes ----------------------------------------------------------------------------


async def test_slack_rings_after_a_restart(
    tmp_path: Path, slack: SlackServer, cached_certificates: None
) -> None:
    async with scene(tmp_path, NINE, **with_slack(slack)) as oo:
        await slack.expect_connection()
        ann = await slack_talk.welcomed(slack.user("U1", name="Ann"))
        answer = await slack_talk.expect_reply(ann, "remind me in 2 minutes to call *Bob* <!channel>")
        assert answer.text.startswith("I'll remind you at 9:02: call")

    async with scene(tmp_path, "2026-11-22T08:02:00", **with_slack(slack)) as oo:
        await slack.expect_connection()
        await ring(oo)
        message = await ann.expect_message()
        assert message.buttons == ["Done", "Snooze"]
        await slack_talk.expect_edit_on_tap(ann, message, "Done")
        person = await oo.person(slack_talk.account(ann), Channel.SLACK)
        assert await oo.open_tasks(person) == []
        (decision, *_) = await oo.decisions(person)
        assert decision.trigger is Trigger.REMINDER
        async with oo.app.store.read() as unit:
            (delivery,) = await unit.deliveries.of(decision.decision_id)
        assert delivery.state is DeliveryState.SENT
    assert slack.refusals == []


async def test_a_terminal_shows_missed_ones_at_its_start_in_one_message(tmp_path: Path) -> None:
    here = place(tmp_path / "oo")
    settings = "/start\n1\n/timezone UTC\n/quiet off\n/times off\n"
    await here.run("chat", typed=f"{settings}remind me in 1 hour to a\nremind me in 2 hours to b\n")
    _let_time_pass(here.data, hours=30)
    process = await here.start("chat")
    assert process.stdin
    assert process.stdout
    async with asyncio.timeout(WAIT_LIMIT):
        said = await process.stdout.readuntil(b"[2] Done 2\n")
    process.stdin.write_eof()
    await asyncio.wait_for(process.wait(), WAIT_LIMIT)
    assert b"Meanwhile these came up:" in said
    assert b"1. a, " in said
    assert b"2. b, " in said
    assert here.rows("SELECT count(*) AS n FROM decisions WHERE trigger = 'reminder'")[0]["n"] == 1


async def test_a_terminal_rings_while_it_is_open_and_takes_the_tap(tmp_path: Path) -> None:
    here = place(tmp_path / "oo")
    await here.run("chat", typed="/start\n1\n/timezone UTC\n/quiet off\n/times off\n")
    process = await here.start("chat")
    assert process.stdin
    assert process.stdout
    async with asyncio.timeout(WAIT_LIMIT):
        process.stdin.write(b"remind me in 1 hour to drink water\n")
        await process.stdout.readuntil(b"drink water.\n[1] Undo\n")
        await _stored_beat(here)
        _let_time_pass(here.data, hours=2)
        said = await process.stdout.readuntil(b"[1] Done  [2] Snooze\n")
        process.stdin.write(b"1\n")
        done = await process.stdout.readuntil(b"[1] Undo\n")
    process.stdin.write_eof()
    await asyncio.wait_for(process.wait(), WAIT_LIMIT)
    assert said.startswith(b"drink water\n")
    assert done.startswith(b"~drink water~ Done at ")
    assert here.rows("SELECT state FROM tasks")[0]["state"] == "done"


async def _stored_beat(here: Place) -> None:
    """Wait until the process has written down that it rings."""
    while not here.rows("SELECT value FROM notes WHERE key = 'ringing:chat'"):  # noqa: ASYNC110 - of another process
        await asyncio.sleep(0.1)


@pytest.mark.parametrize(
    ("label", "rings_at", "remark"),
    [
        (None, "2026-11-23T06:00:00", "It was for yesterday 23:30, in your quiet hours."),
        ("Send anyway", "2026-11-22T22:30:00", "You asked me to remind you."),
    ],
)
async def test_slack_asks_about_quiet_hours_and_keeps_to_the_answer_after_a_restart(
    tmp_path: Path,
    slack: SlackServer,
    cached_certificates: None,
    label: str | None,
    rings_at: str,
    remark: str,
) -> None:
    async with scene(tmp_path, NINE, **with_slack(slack)) as oo:
        await slack.expect_connection()
        ann = await slack_talk.welcomed(slack.user("U1", name="Ann"))
        question = await slack_talk.expect_reply(ann, "remind me at 23:30 to call Bob")
        assert "it's quiet until" in question.text
        assert question.buttons[1:] == ["Send anyway", "Tomorrow 9:00", "Undo"]
        if label:
            await slack_talk.expect_edit_on_tap(ann, question, label)
            assert question.text.startswith("I'll remind you at 23:30: call Bob")

    for moment, comes in ((datetime.fromisoformat(rings_at) - timedelta(minutes=1), False), (rings_at, True)):
        async with scene(tmp_path, str(moment), **with_slack(slack)) as oo:
            await slack.expect_connection()
            before = len(ann.channel.messages)
            await ring(oo)
            if comes:
                message = await ann.expect_message()
            else:
                assert len(ann.channel.messages) == before
    assert message.text.startswith("call Bob")
    assert remark in message.text
    assert slack.refusals == []


async def test_a_terminal_asks_about_quiet_hours_and_keeps_to_the_answer_after_a_restart(
    tmp_path: Path,
) -> None:
    here, start = place(tmp_path / "oo"), SystemClock().now().replace(second=0, microsecond=0)
    zone = f"Etc/GMT{start.hour - 12:+d}"  # where it is noon, so that nothing is tomorrow
    local = start.astimezone(ZoneInfo(zone))
    begins, rings, ends = (local + timedelta(hours=hours) for hours in (1, 2, 3))
    asked = await here.run(
        "chat",
        typed=f"/start\n1\n/timezone {zone}\n/times off\n"
        f"/quiet {begins:%H:%M}-{ends:%H:%M}\n"
        f"remind me at {rings:%H:%M} to water the plants\nremind me at {rings:%H:%M} to call Bob\n2\n",
    )
    assert asked.out.count(f"it's quiet until {ends:%H:%M}. Without an answer I'll remind you then.") == 2
    assert f"I'll remind you at {rings:%H:%M}: call Bob." in asked.out

    _go_to(here.data, rings)
    said = await _shown_at_the_start(here)
    assert said.startswith("call Bob\n  You asked me to remind you.\n")
    assert here.rows("SELECT count(*) AS n FROM decisions WHERE trigger = 'reminder'")[0]["n"] == 1

    _go_to(here.data, SystemClock().now() + (ends - rings))
    said = await _shown_at_the_start(here)
    assert said.startswith("water the plants\n  It was for ")
    assert here.rows("SELECT count(*) AS n FROM decisions WHERE trigger = 'reminder'")[0]["n"] == 2


async def _shown_at_the_start(here: Place) -> str:
    """What a terminal shows by itself, up to the buttons of a reminder."""
    process = await here.start("chat")
    assert process.stdin
    assert process.stdout
    async with asyncio.timeout(WAIT_LIMIT):
        said = await process.stdout.readuntil(b"[1] Done  [2] Snooze\n")
    process.stdin.write_eof()
    await asyncio.wait_for(process.wait(), WAIT_LIMIT)
    return said.decode()


def _go_to(data: Path, moment: datetime) -> None:
    """Let the time pass in the database until ``moment`` is now, quiet hours included: whole seconds, because
    nobody sets others.
    """
    span = timedelta(seconds=ceil((moment - SystemClock().now()).total_seconds()))
    _let_time_pass(data, hours=span / timedelta(hours=1))
    with changing(data) as execute:
        ((stored,),) = execute("SELECT preferences FROM people")
        preferences = json.loads(stored)
        for window in preferences["quiet"]:
            for end in ("start", "end"):
                window[end] = _clock_earlier(window[end], span)
        execute("UPDATE people SET preferences = ?", json.dumps(preferences))


def _clock_earlier(clock: str, span: timedelta) -> str:
    moved = datetime.combine(datetime(2026, 1, 2), time.fromisoformat(clock)) - span  # noqa: DTZ001 - wall clock
    return moved.time().replace(microsecond=0).isoformat()


def _let_time_pass(data: Path, *, hours: float) -> None:
    """Let the time pass in the database."""
    span = round(hours * 3_600_000_000)
    with changing(data) as execute:
        execute("UPDATE reminders SET next_at = next_at - ?", span)
        for task_id, due in execute("SELECT task_id, due FROM tasks"):
            earlier = _earlier(due, timedelta(hours=hours))
            execute("UPDATE tasks SET due = ? WHERE task_id = ?", earlier, task_id)
            over = "2020-01-01T00:00"
            execute("UPDATE reminders SET due = ?, over = ? WHERE task_id = ?", earlier, over, task_id)
        ((beat,),) = execute("SELECT value FROM notes WHERE key = 'ringing:chat'")
        before = (datetime.fromisoformat(beat) - timedelta(hours=hours)).isoformat()
        execute("UPDATE notes SET value = ? WHERE key = 'ringing:chat'", before)


def _earlier(due: str, span: timedelta) -> str:
    read = json.loads(due)
    moved = datetime.fromisoformat(f"{read['on']}T{read['at']}") - span
    return json.dumps({**read, "on": moved.date().isoformat(), "at": moved.time().isoformat()})


async def test_hundreds_at_one_instant_ring_in_one_message_with_pages(oo: Scene, ann: Person) -> None:
    person, now = await oo.person("7"), oo.clock.now()
    at, count = now + timedelta(minutes=20), 300
    async with oo.app.store.begin() as unit:
        for name in map(str, range(count)):
            task = Task(task_id=f"t{name}", person_id=person.person_id, title=f"Task {name}", created_at=now)
            await unit.tasks.put(task)
            await unit.reminders.put(
                Reminder(
                    reminder_id=f"r{name}", person_id=person.person_id, task_id=task.task_id, at=at,
                    next_at=at, created_at=now,
                )
            )  # fmt: skip
    before = len(ann.chat.messages)

    await ring(oo, at.isoformat())

    (rung,) = ann.chat.messages[before:]
    assert rung.text.startswith("300 reminders\n1. ")
    assert rung.labels[-1] == "More ›"
