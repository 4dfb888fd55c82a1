"""Every catalogue holds exactly the sentences of the code, with the same values and the same markup."""

from __future__ import annotations

import re
from collections import Counter
from string import Formatter

import pytest
from babel.messages.catalog import Message

from bot.cli.messages import content, read_catalogue, source_messages, updated
from bot.languages.language import CATALOGUE, FOLDER, SOURCE, spoken

TRANSLATED = [code for code in spoken() if code != SOURCE]
MARKS = re.compile(r"\*\*|~~|`|(?<!\w)_|_(?!\w)|^> |\n|^ | $", re.MULTILINE)
COMMAND = re.compile(r"(?<![\w/])/[a-z]+")


def translations(code: str) -> list[tuple[str, str, str]]:
    """Context, English sentence and translation of all that is translated."""
    found = []
    for message in read_catalogue(code):
        if message.id:
            found += [(message.context or "", *pair) for pair in _pairs(message) if pair[1]]
    return found


def _pairs(message: Message) -> list[tuple[str, str]]:
    if isinstance(message.id, str):
        return [(message.id, str(message.string or ""))]
    forms = tuple(message.string or ())
    if "{count}" not in forms[0]:  # "a task", as in English; or "1 task"
        return [(message.id[0], forms[0]), *((message.id[1], form) for form in forms[1:])]
    return [(message.id[1], form) for form in forms]


def names_in(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


@pytest.mark.parametrize("code", TRANSLATED)
def test_a_catalogue_is_as_the_tool_writes_it(code: str) -> None:
    as_written = content(updated(read_catalogue(code), source_messages()))

    assert (FOLDER / code / CATALOGUE).read_bytes() == as_written, "run: make messages"


@pytest.mark.parametrize("code", TRANSLATED)
def test_no_context_stands_for_two_sentences(code: str) -> None:
    contexts = Counter(message.context for message in source_messages())
    assert [context for context, times in contexts.items() if times > 1] == []


@pytest.mark.parametrize("code", TRANSLATED)
def test_a_translation_has_the_values_of_its_sentence(code: str) -> None:
    found = translations(code)

    assert found
    assert [one for one in found if names_in(one[1]) != names_in(one[2])] == []


@pytest.mark.parametrize("code", TRANSLATED)
def test_a_translation_has_the_markup_of_its_sentence(code: str) -> None:
    wrong = [one for one in translations(code) if found_in(MARKS, one[1]) != found_in(MARKS, one[2])]
    assert wrong == []


@pytest.mark.parametrize("code", TRANSLATED)
def test_a_translation_names_the_commands_of_its_sentence(code: str) -> None:
    wrong = [one for one in translations(code) if found_in(COMMAND, one[1]) - found_in(COMMAND, one[2])]
    assert wrong == []


@pytest.mark.parametrize("code", TRANSLATED)
def test_a_catalogue_is_complete(code: str) -> None:
    assert [
        one.context for one in read_catalogue(code) if one.id and (one.fuzzy or not all(_forms(one)))
    ] == []


@pytest.mark.parametrize("code", TRANSLATED)
def test_no_translation_shouts(code: str) -> None:
    assert [one for one in translations(code) if "!" in one[2] or "¡" in one[2]] == []


def found_in(pattern: re.Pattern[str], sentence: str) -> Counter[str]:
    return Counter(pattern.findall(sentence))


def _forms(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ("",))
