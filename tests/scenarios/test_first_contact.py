"""The way in: strangers, codes, the greeting, and what happens before anybody has agreed."""

from __future__ import annotations

import pytest

from core.records import Consent
from tests.scenarios.talking import (
    code_in,
    expect_all_answered,
    expect_edit_on_tap,
    expect_greeting,
    expect_message_on_tap,
    expect_reply,
    expect_toast_on_tap,
    invited,
)
from tests.scenarios.world import Scene
from tests.servers.telegram import Person, TelegramServer


async def test_a_stranger_gets_one_polite_refusal(oo: Scene, telegram: TelegramServer) -> None:
    eve = telegram.user(66, "Eve")

    refusal = await expect_reply(eve, "hello")
    for text in ("let me in", "/tip", "/delete", "/start"):
        await eve.send(text)
    await expect_all_answered(oo, telegram)

    assert "invited" in refusal.text
    assert refusal.labels == []
    assert len(eve.chat.messages) == 1


async def test_a_wrong_code_is_answered_once_more(oo: Scene, telegram: TelegramServer) -> None:
    eve = telegram.user(66, "Eve")
    await expect_reply(eve, "hello")

    refusal = await expect_reply(eve, "/start abc")
    await eve.send("/start abcd")
    await expect_all_answered(oo, telegram)

    assert "code" in refusal.text
    assert len(eve.chat.messages) == 2


async def test_a_greeting_says_what_is_stored_and_what_is_sent(oo: Scene, telegram: TelegramServer) -> None:
    greeting = await expect_greeting(oo, telegram.user(7, "Ann"))

    assert greeting.text.startswith("Hi, I'm oO.")
    assert "tasks and taps" in greeting.text
    assert "language model" in greeting.text
    assert "/privacy" in greeting.text
    assert greeting.labels == ["Agree and start", "Details", "No thanks"]


async def test_the_details_keep_the_choice(oo: Scene, telegram: TelegramServer) -> None:
    ann = telegram.user(7, "Ann")

    details = await expect_edit_on_tap(ann, await expect_greeting(oo, ann), "Details")

    assert "/export" in details.text
    assert "/delete" in details.text
    assert details.labels == ["Agree and start", "No thanks"]
    assert "city" in (await expect_message_on_tap(ann, details, "Agree and start")).text


async def test_nothing_happens_before_somebody_agrees(oo: Scene, telegram: TelegramServer) -> None:
    ann = telegram.user(7, "Ann")
    await expect_greeting(oo, ann)

    for text in ("/tip", "Pay rent tomorrow 9am", "/tasks", "/plan", "/times 9:00"):
        assert "Agree and start" in (await expect_reply(ann, text)).labels
    await oo.at("2026-11-22T12:00:00")

    stored = await oo.person("7")
    assert stored.consent is Consent.ASKED
    assert await oo.open_tasks(stored) == []
    assert await oo.decisions(stored) == ()


async def test_no_thanks_means_silence_and_start_brings_it_back(oo: Scene, telegram: TelegramServer) -> None:
    ann = telegram.user(7, "Ann")
    declined = await expect_edit_on_tap(ann, await expect_greeting(oo, ann), "No thanks")

    await oo.at("2026-11-22T12:00:00")
    again = await expect_reply(ann, "/start")

    assert "/start" in declined.text
    assert declined.labels == []
    assert (await oo.person("7")).consent is Consent.DECLINED
    assert again.labels == ["Agree and start", "Details", "No thanks"]


async def test_agreeing_takes_the_buttons_away(oo: Scene, telegram: TelegramServer) -> None:
    ann = telegram.user(7, "Ann")
    greeting = await expect_greeting(oo, ann)
    agree = greeting.button("Agree and start").data or ""

    await expect_edit_on_tap(ann, greeting, "Agree and start")
    question = await ann.expect_message()
    await ann.forge(greeting, agree)
    again = await ann.expect_message()

    assert greeting.labels == []
    assert question.text == again.text
    assert (await oo.person("7")).consent is Consent.AGREED


async def test_an_invited_person_is_somebody_else(oo: Scene, ann: Person, telegram: TelegramServer) -> None:
    bob = await invited(oo, ann, telegram.user(8, "Bob"), "Tokyo")
    await expect_reply(ann, "Pay rent tomorrow 9am")
    await expect_reply(bob, "Feed the cat tomorrow")

    assert "cat" not in (await expect_reply(ann, "/tasks")).text
    assert "rent" not in (await expect_reply(bob, "/tasks")).text
    assert not (await oo.person("8")).owner
    assert "Only the owner" in (await expect_reply(bob, "/invite")).text


async def test_a_code_lets_one_person_in(oo: Scene, ann: Person, telegram: TelegramServer) -> None:
    code = code_in(await expect_reply(ann, "/invite"))
    assert "Hi, I'm oO." in (await expect_reply(telegram.user(8, "Bob"), f"/start {code}")).text

    refusal = await expect_reply(telegram.user(9, "Cleo"), f"/start {code}")

    assert "code" in refusal.text
    assert refusal.labels == []


async def test_a_code_is_good_for_a_week(oo: Scene, ann: Person, telegram: TelegramServer) -> None:
    code = code_in(await expect_reply(ann, "/invite"))

    oo.clock.move(days=7)
    refusal = await expect_reply(telegram.user(8, "Bob"), f"/start {code}")

    assert refusal.labels == []


async def test_in_a_group_oo_keeps_silent(oo: Scene, ann: Person, telegram: TelegramServer) -> None:
    friends = telegram.group(-100, "Friends")
    await expect_reply(ann, "Pay rent tomorrow 9am")
    sent = len(telegram.called("sendMessage"))

    await ann.send("/tasks", to=friends)
    await telegram.user(66, "Eve").send("/start", to=friends)
    await expect_all_answered(oo, telegram)

    assert len(telegram.called("sendMessage")) == sent


async def test_a_stranger_who_taps_learns_nothing(oo: Scene, ann: Person, telegram: TelegramServer) -> None:
    await expect_reply(ann, "Pay rent tomorrow 9am p1")
    tip = await expect_reply(ann, "/tip")

    remark = await expect_toast_on_tap(telegram.user(66, "Eve"), tip, "Done")

    assert remark == "I no longer hold any data for you."
    assert tip.labels == ["Done", "Snooze", "Dismiss"]
    assert len(await oo.open_tasks(await oo.person("7"))) == 1


# --- Where somebody lives ----------------------------------------------------------------------------------


async def asked_for_zone(oo: Scene, telegram: TelegramServer) -> Person:
    """Ann, who has agreed and was asked where she lives."""
    ann = telegram.user(7, "Ann")
    await expect_message_on_tap(ann, await expect_greeting(oo, ann), "Agree and start")
    return ann


async def test_the_zone_is_asked_for_and_never_guessed(oo: Scene, telegram: TelegramServer) -> None:
    ann = await asked_for_zone(oo, telegram)

    for text in ("/tip", "/plan", "/add Pay rent", "/tasks"):
        assert "city" in (await expect_reply(ann, text)).text
    await oo.at("2026-11-22T12:00:00")

    assert (await oo.person("7")).zone is None
    assert await oo.decisions(await oo.person("7")) == ()


async def test_an_unknown_city_is_asked_for_again(oo: Scene, telegram: TelegramServer) -> None:
    ann = await asked_for_zone(oo, telegram)

    unknown = await expect_reply(ann, "Atlantis")
    known = await expect_reply(ann, "Lisbon")

    assert "Atlantis" in unknown.text
    assert "Europe/Lisbon" in known.text
    assert "8:00" in known.text


async def test_a_city_that_lies_in_two_zones_is_a_choice(oo: Scene, telegram: TelegramServer) -> None:
    ann = await asked_for_zone(oo, telegram)

    question = await expect_reply(ann, "Cambridge")
    offered = question.labels
    answer = await expect_edit_on_tap(ann, question, offered[0])

    assert len(offered) > 1
    assert (await oo.person("7")).zone == offered[0]
    assert offered[0] in answer.text
    assert answer.labels == ["Change times", "Fine"]


@pytest.mark.parametrize("place", ["Berlin, Germany", "I live in Berlin, DE", "berlin, europe", "Berlin,"])
async def test_a_country_after_the_city_is_understood(
    oo: Scene, telegram: TelegramServer, place: str
) -> None:
    ann = await asked_for_zone(oo, telegram)

    assert (await expect_reply(ann, place)).text.startswith("Your time zone is Europe/Berlin;")


async def test_a_namesake_elsewhere_is_told_apart(oo: Scene, telegram: TelegramServer) -> None:
    ann = await asked_for_zone(oo, telegram)

    assert (await expect_reply(ann, "Paris, Texas")).text.startswith("Your time zone is America/Chicago;")
    assert "America/Glace_Bay" in (await expect_reply(ann, "/timezone Sydney, Nova Scotia")).text


@pytest.mark.parametrize(("typed", "right"), [("Frankfrut", "Europe/Berlin"), ("EST", "America/New_York")])
async def test_what_may_be_meant_is_offered_and_not_taken(
    oo: Scene, telegram: TelegramServer, typed: str, right: str
) -> None:
    ann = await asked_for_zone(oo, telegram)

    question = await expect_reply(ann, typed)

    assert typed in question.text
    assert (await oo.person("7")).zone is None
    assert (await expect_edit_on_tap(ann, question, right)).text.startswith(f"Your time zone is {right};")


async def test_a_task_before_the_zone_is_known_leads_back_to_the_question(
    oo: Scene, telegram: TelegramServer
) -> None:
    ann = await asked_for_zone(oo, telegram)

    answer = await expect_reply(ann, "Pay the rent tomorrow at nine in the morning")

    assert "city" in answer.text
    assert "/timezone" not in answer.text
    assert "Europe/Berlin" in (await expect_reply(ann, "I live in Berlin")).text


@pytest.mark.parametrize(
    ("silencing", "told"),
    [
        ("/pause tomorrow", "Silent until tomorrow. /resume ends it sooner."),
        ("/pause", "Silent until you send /resume."),
        ("/cap 0", "I'll write only when you ask. /cap 3 lets me write again."),
        ("/times off", "I don't write on my own. /tip still works; /times 9:00 13:00 turns it on again."),
    ],
)
async def test_who_comes_back_hears_that_it_is_silent(ann: Person, silencing: str, told: str) -> None:
    await expect_reply(ann, silencing)

    welcome, *rest = (await expect_reply(ann, "/start")).text.splitlines()

    assert welcome.startswith("Welcome back.")
    assert rest == [told]


@pytest.mark.parametrize("word", ["ref_friend", "x", "campaign-2026", "a" * 22, "ref_abcdefghijklmnopqr"])
async def test_a_word_that_came_with_a_link_is_no_code(
    oo: Scene, ann: Person, telegram: TelegramServer, word: str
) -> None:
    """``t.me/bot?start=ref_friend``, tapped by somebody who is in already and does not own this oO."""
    bob = await invited(oo, ann, telegram.user(8, "Bob"))

    for person in (ann, bob):
        before = len(person.chat.messages)
        await person.send(f"/start {word}")
        await expect_all_answered(oo, telegram)
        assert [one.text.partition(".")[0] for one in person.chat.messages[before:]] == ["Welcome back"]


async def test_who_is_in_hears_that_a_code_does_nothing(
    oo: Scene, ann: Person, telegram: TelegramServer
) -> None:
    code = code_in(await expect_reply(ann, "/invite"))
    bob = telegram.user(8, "Bob")
    await expect_message_on_tap(bob, await expect_reply(bob, f"/start {code}"), "Agree and start")

    assert "That code" in (await expect_reply(bob, f"/start {code}")).text


async def test_a_zone_can_be_changed_later(oo: Scene, ann: Person) -> None:
    shown = await expect_reply(ann, "/timezone")
    changed = await expect_reply(ann, "/timezone Tokyo")

    assert "Europe/Berlin" in shown.text
    assert "Asia/Tokyo" in changed.text
    assert "17:00" in changed.text
    assert changed.labels == []  # no second welcome
