"""Tells small talk from what may be a task: greetings, moods, insults, jokes, short answers.

Tests: tests/core/words/test_small_talk.py.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from core.words.phrasebooks.accents import without_accents
from core.words.phrasebooks.books import small_talk
from core.words.phrasebooks.patterns import lazy_pattern, lazy_phrase, one_of

MAX_WORDS = 8
"""Words of a text that is small talk because each of its words is."""

_PHRASES = lazy_phrase(*small_talk.PHRASES)
_ANSWERS = lazy_phrase(*small_talk.ANSWERS)
_MARKS = re.compile(r"[^\w'*\s-]+")
_LAUGHTER = lazy_phrase(*small_talk.LAUGHTER)
_BEGINS_A_TIME = lazy_pattern(rf"(?:{one_of(small_talk.OPENINGS_OF_A_TIME)})\b")
_LONG_END = re.compile(r"(\w)\1+$")


def is_small_talk(text: str) -> bool:
    """Whether the whole text is small talk, in any language that oO knows."""
    typed = _plain(text)
    words = typed.split()
    if not words:
        return False
    if words[0] in _openings() and not _BEGINS_A_TIME.match(typed):
        return True
    if _is_laughter(words[0]) or is_short_answer(text) or _matches(typed):
        return True
    return len(words) <= MAX_WORDS and _are_of_talk(words)


def is_short_answer(text: str) -> bool:
    """Whether the text only agrees, declines, puts off or says goodbye, in words or by emoji."""
    typed = _plain(text)
    if not typed:  # "👍"
        return any(unicodedata.category(one) == "So" for one in text)
    return bool(_ANSWERS.fullmatch(typed) or _ANSWERS.fullmatch(_shortened(typed)))


def _matches(typed: str) -> bool:
    return bool(_PHRASES.fullmatch(typed))


def _are_of_talk(words: list[str]) -> bool:
    of_talk = [_is_one_of(word, _words()) or _is_laughter(word) for word in words]
    return any(of_talk) and all(
        known or _is_one_of(word, _between()) for word, known in zip(words, of_talk, strict=True)
    )


def _is_one_of(word: str, known: frozenset[str]) -> bool:
    """Whether the word is known, be it written without accents or with a long end: "holaaa"."""
    return word in known or _LONG_END.sub(r"\1", word) in known


def _is_laughter(word: str) -> bool:
    return bool(_LAUGHTER.fullmatch(word))


def _shortened(typed: str) -> str:
    return " ".join(_LONG_END.sub(r"\1", word) for word in typed.split())


def _plain(text: str) -> str:
    """The text in lower case, without marks and emoji."""
    return " ".join(_MARKS.sub(" ", text.lower().replace("’", "'")).split())


@cache
def _words() -> frozenset[str]:
    return _also_without_accents(small_talk.words("WORDS"))


@cache
def _between() -> frozenset[str]:
    return _also_without_accents(small_talk.words("BETWEEN"))


@cache
def _openings() -> frozenset[str]:
    return small_talk.words("OPENINGS")


def _also_without_accents(words: frozenset[str]) -> frozenset[str]:
    return words | {without_accents(word) for word in words}
