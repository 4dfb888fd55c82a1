"""Times on a clock of twelve hours: "at 4:30" is in the afternoon as "at 4" is; *um 4:30* is not.

With words of a language that counts to twelve beside it, a time from 1:00 to 5:59 without am, pm or a leading
zero is in the afternoon. From six on it may be either, and stays as it is written.

Tests: tests/core/words/dates/test_twelve_hours.py.
"""

from __future__ import annotations

import re
from dataclasses import replace

from core.words.dates.normal_form import without_punctuation
from core.words.dates.patterns import HOUR_12, MINUTE
from core.words.dates.phrases import TimePhrase
from core.words.dates.sentence import Sentence, Token
from core.words.dates.vocabulary import PARTS_OF_DAY
from core.words.phrasebooks.books import times

_EARLY = re.compile(
    rf"(?:(?:from|of|between) )?[1-5]:{MINUTE}(?: (?:to|by|at|and|-|–) (?:{HOUR_12}|[1-9]:{MINUTE}))?"
)
_SIGNS = times.words("TWELVE_HOURS")
_LEADS = _SIGNS & {"at", "by", "every"}


def in_afternoon(when: TimePhrase, sentence: Sentence) -> TimePhrase:
    """The phrase with its part of the day, if its time is written on a clock of twelve hours and early."""
    written = when.clock or when.hour or when.span or ""
    has_part = when.part or not PARTS_OF_DAY.keys().isdisjoint((when.every or "").split())
    if has_part or not _EARLY.fullmatch(written) or not _counts_to_twelve(sentence.tokens):
        return when
    return replace(when, part="afternoon")


def _counts_to_twelve(tokens: tuple[Token, ...]) -> bool:
    """Whether words about times are typed in such a language, and none in another: *um* is "at" as well."""
    signs = [_is_sign(token) for token in tokens if _is_sign(token) or _LEADS & set(token.word.split())]
    return bool(signs) and all(signs)


def _is_sign(token: Token) -> bool:
    return token.typed.startswith("@") or without_punctuation(token.typed) in _SIGNS
