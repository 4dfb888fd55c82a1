"""A constant of a module of sentences is read in the active language."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

import pytest

from bot.languages import sentences
from bot.languages.active import speaking
from bot.languages.catalogue import Catalogue, plural
from bot.languages.language import Language
from bot.languages.sentences import SourceMessage, messages_of, translate
from core.tips.candidates import Template

WALK = Template(template_id="walk", topic="breaks", content="Walk.", when="midday", minutes=10)
GERMAN = Language(code="de")
TRANSLATIONS = {
    ("greetings.HELLO", "Hello"): ("Hallo",),
    ("greetings.ASK.times", "When?"): ("Wann?",),
    ("greetings.PAIR.1", "no"): ("nein",),
    ("greetings.TASKS", "a task"): ("eine Aufgabe", "{count} Aufgaben"),
    ("greetings.TEMPLATES.walk", "Walk."): ("Geh.",),
    ("greetings.STARTS", "A The"): ("Der Die Das",),
    ("greetings.OLD", "A former sentence"): ("Ein früherer Satz",),
}


@pytest.fixture
def module(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A module of sentences, with a German catalogue that lacks some of them."""
    module = ModuleType("bot.screens.greetings")
    vars(module).update(
        HELLO="Hello",
        ASK={"times": "When?", "zone": "Where?"},
        PAIR=("yes", "no"),
        TASKS=plural("a task", "{count} tasks"),
        TEMPLATES=(WALK,),
        STARTS={"The", "A"},
        OLD="A sentence",
        TICK="✓ ",
        _PRIVATE="Hello",
        helper="Hello",
    )
    monkeypatch.setitem(sys.modules, module.__name__, module)
    german = Catalogue(lambda topic: TRANSLATIONS, "n != 1")
    monkeypatch.setattr(sentences, "catalogue_of", {"de": german}.__getitem__)
    translate(module.__name__)
    return module


def test_english_is_what_the_code_holds(module: Any) -> None:
    assert module.HELLO == "Hello"
    assert module.TASKS.of(1) == "a task"
    assert module.TASKS.of(2) == "2 tasks"


def test_every_kind_of_constant_is_translated(module: Any) -> None:
    with speaking(GERMAN):
        assert module.HELLO == "Hallo"
        assert module.ASK["times"] == "Wann?"
        assert module.PAIR == ("yes", "nein")
        assert [module.TASKS.of(count) for count in (1, 3)] == ["eine Aufgabe", "3 Aufgaben"]
        assert module.TEMPLATES[0].content == "Geh."
        assert module.TEMPLATES[0].template_id == "walk"
        assert {"Der", "Die", "Das"} == module.STARTS

    assert module.HELLO == "Hello"


def test_what_has_no_translation_is_said_in_english(module: Any) -> None:
    with speaking(GERMAN):
        assert module.ASK["zone"] == "Where?"
        assert module.TICK == "✓ "


def test_the_translation_of_an_earlier_wording_is_not_used(module: Any) -> None:
    with speaking(GERMAN):
        assert module.OLD == "A sentence"


def test_other_names_stay_as_they_are(module: Any) -> None:
    with speaking(GERMAN):
        assert module._PRIVATE == module.helper == "Hello"
        with pytest.raises(AttributeError, match="ABSENT"):
            module.ABSENT  # noqa: B018


def test_what_holds_no_word_is_not_for_translators(module: Any) -> None:
    contexts = [message.context for message in messages_of(module)]

    assert contexts == [
        "greetings.HELLO",
        "greetings.ASK.times",
        "greetings.ASK.zone",
        "greetings.PAIR.0",
        "greetings.PAIR.1",
        "greetings.TASKS",
        "greetings.TEMPLATES.walk",
        "greetings.STARTS",
        "greetings.OLD",
    ]
    assert SourceMessage(context="greetings.STARTS", english="A The") in messages_of(module)
