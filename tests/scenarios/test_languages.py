"""Everybody is spoken to in their own language: that of their channel, or the one they chose."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.chat import Channel
from tests.scenarios import slack_talk
from tests.scenarios.oo import place
from tests.scenarios.talking import (
    expect_edit_on_tap,
    expect_greeting,
    expect_message_on_tap,
    expect_reply,
    invited,
)
from tests.scenarios.world import Scene
from tests.servers.slack import SlackServer
from tests.servers.telegram import Fault, Person, TelegramServer

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


async def test_a_template_is_in_the_persons_language_and_stays_the_same_template(
    oo: Scene, telegram: TelegramServer
) -> None:
    ann = await german(oo, telegram)

    advice = await expect_reply(ann, "/tip")

    assert advice.text.startswith("Schreib die eine Sache auf, die dir im Kopf herumgeht.")
    tip = (await oo.latest("7")).tip
    assert tip is not None
    assert (tip.candidate_id, tip.topic) == ("template:first_task", "planning")
    assert tip.content == "Schreib die eine Sache auf, die dir im Kopf herumgeht."
    assert "Deine Liste ist leer." in advice.text


async def test_a_template_that_was_dismissed_rests_in_another_language_too(
    oo: Scene, telegram: TelegramServer
) -> None:
    ann = await german(oo, telegram)
    advice = await expect_reply(ann, "/tip")
    reasons = await expect_edit_on_tap(ann, advice, "Verwerfen")
    assert "Nie zu Planung" in reasons.labels
    await expect_edit_on_tap(ann, reasons, "Nie zu Planung")
    assert (await expect_reply(ann, "/mute")).text.startswith("Ich schreibe nichts zu: Planung.")

    await expect_reply(ann, "/language english")

    assert (await expect_reply(ann, "/mute")).text.startswith("I don't write about: planning.")
    assert (await expect_reply(ann, "/tip")).text.startswith("I have nothing good to suggest right now.")


async def test_a_topic_is_muted_and_allowed_again_by_its_name_in_ones_language(
    oo: Scene, telegram: TelegramServer
) -> None:
    ann = await german(oo, telegram)

    assert (await expect_reply(ann, "/mute planung")).text == "Zu „Planung“ schreibe ich nichts mehr."
    assert set((await oo.person("7")).preferences.muted) == {"planning", "planung"}
    assert (await expect_reply(ann, "/mute off Planung")).text == "Zu „Planung“ darf ich wieder schreiben."
    assert (await oo.person("7")).preferences.muted == ()


async def test_the_words_on_the_german_buttons_mean_the_buttons(oo: Scene, telegram: TelegramServer) -> None:
    ann = await german(oo, telegram)
    for word in ("später", "erledigt", "rückgängig", "verwerfen"):
        await expect_reply(ann, "/add Miete zahlen p1")
        await expect_reply(ann, "/tip")
        assert not (await expect_reply(ann, word)).text.startswith("Das habe ich nicht")


async def test_the_languages_of_two_linked_accounts_stay_their_own(
    oo: Scene, ann: Person, telegram: TelegramServer
) -> None:
    code = (await expect_reply(ann, "/link")).text.split("/link ")[1].split()[0]
    phone = telegram.user(9, "Ann", language_code="fr")

    linked = await expect_reply(phone, f"/link {code}")

    assert linked.text.startswith("C'est fait.")
    assert (await ann.expect_message()).text.startswith("Your account on Telegram is linked")
    assert (await expect_reply(phone, "hi")).text.startswith("Bonjour.")
    assert (await expect_reply(ann, "hi")).text.startswith("Hello.")
    await expect_reply(phone, "/language es")
    assert (await expect_reply(ann, "hi")).text.startswith("Hola.")


async def test_the_menu_of_telegram_is_in_every_language(oo: Scene, telegram: TelegramServer) -> None:
    menus = {key.language_code: menu[0]["description"] for key, menu in telegram.menus.items()}
    assert menus == {
        "": "A tip now",
        "de": "Ein Tipp, jetzt",
        "es": "Un consejo ahora",
        "fr": "Un conseil, maintenant",
    }


async def test_slacks_home_is_in_the_persons_language(office: Scene, slack: SlackServer) -> None:
    ann = slack.user("U1", name="Ann", locale="fr-FR")

    await ann.open_home()
    await slack.expect_that(lambda: slack.home("U1") is not None)

    home = slack.home("U1")
    assert home is not None
    assert "Bonjour, je suis oO." in home.screen()


async def test_american_english_has_american_clocks(office: Scene, slack: SlackServer) -> None:
    ann = slack.user("U1", name="Ann", locale="en-US")
    greeting = await slack_talk.expect_reply(ann, "hello")
    await ann.tap(greeting, "Agree and start")
    zone = await ann.expect_message()
    await slack_talk.expect_edit_on_tap(ann, zone, "Yes")

    added = await slack_talk.expect_reply(ann, "add Pay rent tomorrow 6:30 pm")

    assert "I'll write at 9:00 AM, 1:00 PM, and 6:30 PM" in zone.text
    assert added.text == "Added: Pay rent, tomorrow 6:30 PM."


@pytest.mark.parametrize(
    ("environment", "typed", "answer"),
    [
        ({"LANG": "de_DE.UTF-8"}, "hallo\n1\nBerlin\n/mute\n9\n", "Einen Knopf 9 gibt es nicht."),
        ({"LANG": "de_DE.UTF-8"}, "hallo\n/language fr\n9\n", "Il n'y a pas de bouton 9."),
        ({"LANG": "es_MX.UTF-8"}, "hola\n1\nMonterrey\n/export\n", "Guardado como "),
        ({"LANG": "tlh_KX.UTF-8"}, "nuqneH\n9\n", "There is no button 9."),
    ],
)
async def test_the_terminal_itself_speaks_the_language(
    tmp_path: Path, environment: dict[str, str], typed: str, answer: str
) -> None:
    ended = await place(tmp_path, **environment).run("chat", typed=typed)

    assert answer in ended.out
    assert ended.err == ""


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("speak klingon", "I don't speak Klingon yet. Which of these would you like?"),
        ("can you write in Catalan?", "I don't speak Catalan yet. Which of these would you like?"),
        ("sprich klingonisch", "I don't speak Klingon yet. Which of these would you like?"),
        (
            "schreib mir bitte auf katalanisch",
            "Katalanisch kann ich noch nicht. Welche von diesen Sprachen hättest du gern?",
        ),
    ],
)
async def test_a_wish_for_another_language_is_answered_with_those_that_oo_speaks(
    oo: Scene, ann: Person, typed: str, said: str
) -> None:
    answer = await expect_reply(ann, typed)

    assert answer.text.splitlines()[0] == said
    assert answer.labels[:4] == ["English", "Deutsch", "Español", "Français"]


async def test_the_settings_show_the_language_and_offer_others(oo: Scene, ann: Person) -> None:
    settings = await expect_reply(ann, "/prefs")
    assert "Language English" in settings.text

    choice = await expect_message_on_tap(ann, settings, "Change language")
    await expect_edit_on_tap(ann, choice, "Deutsch")

    assert "Sprache Deutsch" in (await expect_reply(ann, "/prefs")).text


async def test_the_menu_of_telegram_follows_the_choice(
    oo: Scene, ann: Person, telegram: TelegramServer
) -> None:
    changed = await expect_reply(ann, "/language deutsch")
    await oo.app.intake.wait_until_answered()
    german = descriptions(telegram)
    await expect_edit_on_tap(ann, changed, "Rückgängig")
    await oo.app.intake.wait_until_answered()

    assert german["help"] == "Was ich verstehe"
    assert descriptions(telegram)["help"] == "What I understand"


async def test_a_menu_that_telegram_refuses_changes_nothing(
    oo: Scene, ann: Person, telegram: TelegramServer
) -> None:
    telegram.faults.next("setMyCommands", Fault.SERVER_502)

    changed = await expect_reply(ann, "/language deutsch")

    assert changed.text == "Ab jetzt schreibe ich dir auf Deutsch."


def descriptions(telegram: TelegramServer) -> dict[str, str]:
    """The menu of Ann's chat, with its descriptions."""
    [menu] = [menu for key, menu in telegram.menus.items() if '"chat"' in key.scope]
    return {item["command"]: item["description"] for item in menu}
