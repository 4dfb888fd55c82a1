"""Who writes clearly in another language than English is answered in it from there on, and told so once."""

from __future__ import annotations

import pytest

from core.chat import Channel
from tests.scenarios import slack_talk
from tests.scenarios.talking import expect_greeting, expect_message_on_tap, expect_reply
from tests.scenarios.world import Scene
from tests.servers.slack import SlackServer
from tests.servers.telegram import Person, TelegramServer

NOTICED = {
    "was steht heute an?": ("Ich schreibe dir ab jetzt auf Deutsch.", "Heute ist nichts fällig."),
    "qu'est-ce que j'ai aujourd'hui ?": (
        "Désormais, je t'écris en français.",
        "Rien n'est prévu aujourd'hui.",
    ),
    "Recuérdame llamar a Ana el viernes": ("Desde ahora te escribo en español.", ""),
}


@pytest.mark.parametrize("typed", NOTICED)
async def test_a_clear_sentence_is_answered_in_its_language(oo: Scene, ann: Person, typed: str) -> None:
    line, answer = NOTICED[typed]

    said = await expect_reply(ann, typed)
    again = await expect_reply(ann, typed)

    assert said.text.startswith(answer)
    assert said.text.endswith(line)
    assert said.labels[-1] == "English"
    assert line not in again.text


@pytest.mark.parametrize(
    "typed", ["Zahnarzt", "pain au chocolat", "Burger King", "Bitte", "Der Herr der Ringe", "mañana", "merci"]
)
async def test_a_title_or_a_single_word_changes_nothing(oo: Scene, ann: Person, typed: str) -> None:
    said = await expect_reply(ann, typed)

    assert "English" not in said.labels
    assert (await oo.person("7")).preferences.language is None


async def test_the_button_goes_back_for_good(oo: Scene, ann: Person) -> None:
    noticed = await expect_reply(ann, "Miete zahlen morgen um 9 Uhr")

    back = await expect_message_on_tap(ann, noticed, "English")

    assert back.text == "From now on I write to you in English."
    assert noticed.text.startswith("Notiert: Miete zahlen")
    assert (await expect_reply(ann, "was steht morgen an?")).text.startswith("Tomorrow:")


@pytest.mark.parametrize("words", ["undo", "rückgängig"])
async def test_the_word_undo_goes_back(oo: Scene, ann: Person, words: str) -> None:
    await expect_reply(ann, "was steht heute an?")

    assert (await expect_reply(ann, words)).text == "From now on I write to you in English."
    assert (await oo.person("7")).preferences.language == "en"


async def test_the_word_undo_takes_back_the_task_first(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "Miete zahlen morgen um 9 Uhr")

    assert (await expect_reply(ann, "rückgängig")).text == "Miete zahlen Entfernt."
    assert (await oo.person("7")).preferences.language == "de"


@pytest.mark.parametrize("choice", ["/language english", "speak english", "/language fr"])
async def test_a_choice_is_never_overruled(oo: Scene, ann: Person, choice: str) -> None:
    await expect_reply(ann, choice)
    chosen = (await oo.person("7")).preferences.language

    said = await expect_reply(ann, "was steht heute an?")

    assert "ab jetzt" not in said.text
    assert (await oo.person("7")).preferences.language == chosen


async def test_a_wish_for_a_language_is_not_taken_for_a_sample_of_one(oo: Scene, ann: Person) -> None:
    wish = await expect_reply(ann, "antworte mir bitte auf Französisch")

    assert wish.text == "Désormais, je t'écris en français."
    assert (await oo.person("7")).preferences.language == "fr"


async def test_what_cannot_be_used_is_refused_in_its_language(oo: Scene, ann: Person) -> None:
    refused = await expect_reply(ann, "bitte schreib mir nicht zwischen 25:99 und 7 Uhr")

    assert refused.text.endswith("Ich schreibe dir ab jetzt auf Deutsch.")


async def test_the_greeting_is_in_the_language_of_the_account(oo: Scene, telegram: TelegramServer) -> None:
    greeting = await expect_greeting(oo, ann := telegram.user(7, "Ann", language_code="en"))
    again = await expect_reply(ann, "Ich muss morgen die Miete zahlen")

    assert again.text == greeting.text


async def test_a_german_account_stays_german(oo: Scene, telegram: TelegramServer) -> None:
    ann = telegram.user(7, "Ann", language_code="de")
    await ann.tap(await expect_greeting(oo, ann), "Einverstanden, los geht's")
    await ann.expect_message()
    await expect_reply(ann, "Berlin")

    said = await expect_reply(ann, "Je dois payer le loyer demain")

    assert "Désormais" not in said.text
    assert (await oo.person("7")).preferences.language is None


async def test_an_account_in_a_language_that_oo_does_not_speak(oo: Scene, telegram: TelegramServer) -> None:
    ann = telegram.user(7, "Ann", language_code="pt-BR")
    await ann.tap(await expect_greeting(oo, ann), "Agree and start")
    await ann.expect_message()
    await expect_reply(ann, "Berlin")

    assert (await expect_reply(ann, "was steht heute an?")).text.startswith("Heute ist nichts fällig.")


async def test_slack_hears_it_too(office: Scene, slack: SlackServer) -> None:
    ann = await slack_talk.welcomed(slack.user("U1", name="Ann", locale="en-GB"))

    said = await slack_talk.expect_reply(ann, "was steht heute an?")

    assert said.text.startswith("Heute ist nichts fällig.")
    assert said.buttons[-1] == "English"
    person = await office.person(slack_talk.account(ann), Channel.SLACK)
    assert person.preferences.language == "de-GB"


@pytest.mark.parametrize("button", ["Reminders", "Plan of the day", "Look back"])
async def test_a_sentence_instead_of_a_setting_is_noticed(oo: Scene, ann: Person, button: str) -> None:
    await expect_message_on_tap(ann, await expect_reply(ann, "/prefs"), button)

    said = await expect_reply(ann, "was steht heute an?")

    assert said.text.startswith("Heute ist nichts fällig.")
    assert said.labels[-1] == "English"
