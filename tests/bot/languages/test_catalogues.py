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
MARKS = re.compile(r"\*\*|~~|`|(?<!\w)_|_(?!\w)|^> |\n|/[a-z]+", re.MULTILINE)


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
    return [(message.id[-1], form) for form in message.string or ()]


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
def test_a_translation_has_the_markup_and_the_commands_of_its_sentence(code: str) -> None:
    wrong = [one for one in translations(code) if marks_in(one[1]) != marks_in(one[2])]
    assert wrong == []


def marks_in(sentence: str) -> Counter[str]:
    return Counter(MARKS.findall(sentence))
