"""In a pseudo-language no sentence bypasses the catalogue, and longer words fit everywhere."""

from __future__ import annotations

import ast
import re
from collections.abc import Set
from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest
from babel import Locale
from babel.dates import format_timedelta

from bot.languages.active import speaking
from bot.languages.language import language_of
from tests.bot.languages.pseudo import CODE, accented, pseudo_language
from tests.golden.languages import messages_in
from tests.golden.screens import golden

GOLDEN = Path(__file__).parents[2] / "golden"
PLAIN_WORD = re.compile(r"(?<![\w/])[A-Za-z]{3,}(?![\w])")


@cache
def values() -> frozenset[str]:
    """The words of all strings that golden messages are made from, in lower case: titles, names, answers."""
    literals = (
        node.value
        for file in GOLDEN.glob("*.py")
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )
    return frozenset(word.lower() for text in literals for word in re.findall(r"[^\W\d_]+", text))


NAMES = frozenset({"esperanto", "litellm", "todoist", "todoist_api_token", "ics", "csv", "txt"})


@cache
def esperanto() -> frozenset[str]:
    """The words of dates and lists by CLDR, in lower case."""
    locale = Locale(CODE)
    names = [name for form in locale.days["format"].values() for name in form.values()]
    names += [name for form in locale.months["format"].values() for name in form.values()]
    spans = [format_timedelta(timedelta(weeks=weeks), locale=locale) for weeks in (1, 3)]
    return frozenset(word.lower() for words in (*names, *spans, "kaj") for word in re.findall(r"\w+", words))


TYPED_AS_IT_IS = re.compile(
    r"/(?:oo link|link|start) \S+|https?://\S+|`[^`]*`|\b[A-Z0-9]{4}(?:-[A-Z0-9]{4,5})+\b|\boo_[\w-]+"
)
"""What is drawn at random, or typed as it stands: it may happen to be all letters."""


def plain_words(text: str, allowed: Set[str] = frozenset()) -> set[str]:
    """Words in plain letters that are neither names, nor of a date, nor ``allowed`` (in lower case)."""
    found = set(PLAIN_WORD.findall(TYPED_AS_IT_IS.sub("", text)))
    return {word for word in found if word.lower() not in esperanto() | NAMES | allowed}


def test_codes_of_letters_only_are_no_words() -> None:
    codes = (
        "/start jInkcPZbqKaCZaHaAMCEMw /link ABCD-EFGH-TYJJF ABCD-EFGH oo_Abc-eppNxQ https://oo.example/abc"
    )
    assert plain_words(codes) == set()
    assert plain_words("start") == {"start"}


def test_the_pseudo_language_keeps_values_markup_and_commands() -> None:
    assert accented("> **{day}** at /tip `x` now\nand ~~{b}~~") == (
        "> ⟦**{day}** át /tip `x` ńów···⟧\n⟦áńd ~~{b}~~·⟧"
    )
    assert accented("**{content}**") == "**{content}**"


def test_no_golden_message_bypasses_the_catalogue() -> None:
    with pseudo_language() as code:
        bypassing = {name: plain_words(said.text, values()) for name, said in messages_in(code).items()}
        labels = {
            name: plain_words(" ".join(button.label for row in said.buttons for button in row), values())
            for name, said in messages_in(code).items()
        }

    assert {name: words for name, words in bypassing.items() if words} == {}
    assert {name: words for name, words in labels.items() if words} == {}


def test_longer_words_fit_on_one_page_of_every_platform() -> None:
    with pseudo_language() as code:
        said = messages_in(code)

    for message in said.values():
        assert golden(message)
        assert all(len(button.label) <= 75 for row in message.buttons for button in row)


def test_a_language_is_forgotten_after_the_block() -> None:
    with pseudo_language() as code, speaking(language_of(code)):
        pass
    assert language_of("eo").code == "en"


@pytest.mark.parametrize("typed", ["plain words here", "Nobody"])
def test_a_sentence_that_bypasses_the_catalogue_is_found(typed: str) -> None:
    assert plain_words(f"⟦ħéłłó {typed}⟧")
