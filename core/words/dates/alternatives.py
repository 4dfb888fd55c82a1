"""Dates between which a sentence leaves the choice: "call Ann tomorrow or wednesday", "in an hour or two".

The first one is taken: oO says which, and it is easily moved. What is to be decided has no date yet: "ask
Ann: friday or saturday?".

Tests: tests/core/words/relatives.tsv.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from core.words.dates.normal_form import without_punctuation
from core.words.dates.phrases import TimePhrase, find_time_phrases, merge
from core.words.dates.sentence import Sentence
from core.words.phrasebooks.books import times

_OR_SO = times.words("OR_SO")
_DECIDING = times.words("DECIDING")


def first_of_alternatives(sentence: Sentence) -> Iterator[TimePhrase]:
    """The time phrases; of those joined by "or" the first, as far as the last of them."""
    phrases = list(find_time_phrases(sentence))
    if not any(token.word == "or" for token in sentence.tokens) or _is_to_be_decided(sentence):
        yield from phrases
        return
    end = 0
    for when in phrases:
        if when.first >= end:
            chosen = _first(when, phrases, sentence)
            end = chosen.end
            yield chosen


def _is_to_be_decided(sentence: Sentence) -> bool:
    return not _DECIDING.isdisjoint(without_punctuation(token.typed) for token in sentence.tokens)


def _first(when: TimePhrase, phrases: list[TimePhrase], sentence: Sentence) -> TimePhrase:
    """The phrase as far as the alternatives reach, or "or so" does.

    It has what it lacks from a later one: "friday or saturday at 9", "at 3 or at 4 on friday".
    """
    if when.end + 1 >= len(sentence.tokens) or sentence.tokens[when.end].word != "or":
        return when
    if sentence.tokens[when.end + 1].word in _OR_SO:
        return replace(when, end=when.end + 2)
    other = next((one for one in phrases if one.first == when.end + 1), None)
    if other is None:
        return _with_number(when, phrases, sentence)
    later = _first(other, phrases, sentence)
    if (when.day or when.every) and not when.timed:
        when = replace(when, clock=later.clock, hour=later.hour, part=later.part)
    elif when.timed and not when.dated and _begins_with_time(other, sentence):
        when = replace(when, day=later.day)
    return replace(when, end=later.end)


def _with_number(when: TimePhrase, phrases: list[TimePhrase], sentence: Sentence) -> TimePhrase:
    """The phrase with a number after "or", and perhaps a day behind that: "at 3 or 4 tomorrow"."""
    if not (sentence.tokens[when.end + 1].word.isdecimal() and (when.clock or when.hour or when.after)):
        return when
    longer = replace(when, end=when.end + 2)
    beside = next((one for one in phrases if one.first == longer.end), None)
    both = merge(beside, longer) if beside else None
    return replace(both, first=when.first, end=beside.end) if both and beside else longer


def _begins_with_time(when: TimePhrase, sentence: Sentence) -> bool:
    """Whether the time of day comes first: "at 4 on friday", and not "tomorrow at 8"."""
    return re.match(r"at |\d", sentence.english[sentence.begins[when.first] :]) is not None
