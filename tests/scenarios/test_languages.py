"""Everybody is spoken to in their own language: that of their channel, or the one they chose."""

from __future__ import annotations

from pathlib import Path

from core.chat import Channel
from tests.scenarios import slack_talk
from tests.scenarios.oo import place
from tests.scenarios.talking import expect_edit_on_tap, expect_greeting, expect_reply, invited
from tests.scenarios.world import Scene
from tests.servers.slack import SlackServer
from tests.servers.telegram import Person, TelegramServer

HALLO = "Hallo. Mit /tip bekommst du einen Tipp; oder sag mir etwas, das du zu tun hast."


async def test_telegram_says_the_language(oo: Scene, telegram: TelegramServer) -> None:
    greeting = await expect_greeting(oo, telegram.user(7, "Ann", language_code="de"))

    assert greeting.text.startswith("Hallo, ich bin oO.")
    assert greeting.labels == ["Einverstanden, los geht's", "Genaueres", "Nein danke"]


async def test_slack_says_the_language(office: Scene, slack: SlackServer) -> None:
    greeting = await slack_talk.expect_reply(slack.user("U1", name="Ann", locale="de-AT"), "hello")

    assert greeting.text.startswith("Hallo, ich bin oO.")
    assert greeting.buttons == ["Einverstanden, los geht's", "Genaueres", "Nein danke"]


async def test_the_environment_of_the_terminal_says_the_language(tmp_path: Path) -> None:
    ended = await place(tmp_path, LANG="de_DE.UTF-8").run("chat", typed="hallo\n")

    assert ended.out.startswith("Hallo, ich bin oO.")


async def test_two_people_hear_their_own_language(oo: Scene, ann: Person, telegram: TelegramServer) -> None:
    bob = telegram.user(8, "Bob", language_code="en")
    await invited(oo, ann, bob)
    await expect_reply(ann, "/language deutsch")

    assert (await expect_reply(ann, "hi")).text == HALLO
    assert (await expect_reply(bob, "hi")).text.startswith("Hello.")


async def test_a_button_chooses_the_language(oo: Scene, ann: Person) -> None:
    choice = await expect_reply(ann, "/language")
    assert choice.text == "I write to you in English. Which language would you like?"
    assert choice.labels[:2] == ["English", "Deutsch"]

    changed = await expect_edit_on_tap(ann, choice, "Deutsch")

    assert changed.text == "Ab jetzt schreibe ich dir auf Deutsch."
    assert (await expect_reply(ann, "hi")).text == HALLO
    assert (await oo.person("7")).preferences.language == "de"


async def test_a_choice_can_be_taken_back(oo: Scene, ann: Person) -> None:
    changed = await expect_reply(ann, "/language deutsch")

    restored = await expect_edit_on_tap(ann, changed, "Rückgängig")

    assert restored.text == "From now on I write to you in English."
    assert (await oo.person("7")).preferences.language is None


async def test_a_language_can_be_chosen_before_anything_is_agreed(
    oo: Scene, telegram: TelegramServer
) -> None:
    ann = telegram.user(7, "Ann")
    await expect_greeting(oo, ann)

    await expect_reply(ann, "/language de")

    assert (await expect_reply(ann, "hello")).text.startswith("Hallo, ich bin oO.")


async def test_an_unknown_language_is_answered_with_those_that_oo_speaks(oo: Scene, ann: Person) -> None:
    klingon = await expect_reply(ann, "/language klingon")
    nothing = await expect_reply(ann, "/language xyzzy")

    assert klingon.text == "I don't speak Klingon yet. Which of these would you like?"
    assert nothing.text == 'I know no language called "xyzzy". Which of these would you like?'
    assert klingon.labels == nothing.labels
    assert {"English", "Deutsch"} <= set(klingon.labels)
    assert (await oo.person("7")).preferences.language is None


async def test_a_tip_that_oo_sends_on_its_own_is_in_the_persons_language(
    oo: Scene, telegram: TelegramServer
) -> None:
    ann = await german(oo, telegram)
    await expect_reply(ann, "/add Miete zahlen p1")

    await oo.at("2026-11-22T12:00:00")

    assert (await ann.expect_message()).labels == ["Erledigt", "Später", "Verwerfen"]


async def german(oo: Scene, telegram: TelegramServer) -> Person:
    """Ann, the owner, who came with a German Telegram."""
    ann = telegram.user(7, "Ann", language_code="de")
    greeting = await expect_greeting(oo, ann)
    await ann.tap(greeting, "Einverstanden, los geht's")
    await ann.expect_message()
    await expect_reply(ann, "Berlin")
    return ann


async def test_the_country_stays_that_of_the_channel(office: Scene, slack: SlackServer) -> None:
    ann = await slack_talk.welcomed(slack.user("U1", name="Ann", locale="en-GB"))

    await ann.slash("/oo", "language deutsch")
    await ann.expect_message()

    person = await office.person(slack_talk.account(ann), Channel.SLACK)
    assert person.preferences.language == "de-GB"
    assert (await slack_talk.expect_reply(ann, "hi")).text == HALLO
