"""Which sentences tell the time on a clock of twelve hours: "at 4:30" is in the afternoon, *um 4:30* is not.

Tests: tests/core/words/dates/test_twelve_hours.py.
"""

from __future__ import annotations

from collections.abc import Iterable

from core.words.dates.normal_form import without_punctuation
from core.words.dates.sentence import Token
from core.words.phrasebooks.books import times

_SIGNS = times.words("TWELVE_HOURS")
_SPELLINGS = frozenset(
    spelling
    for book in times.books.values()
    for meaning, spellings in book.SPELLINGS.items()
    if book.TWELVE_HOURS and not _SIGNS.isdisjoint(meaning.split())
    for spelling in spellings.split()
)


def counts_to_twelve(tokens: Iterable[Token]) -> bool:
    """Whether a sentence has words about times of a language with such a clock, and none of another one."""
    about_times = [token for token in tokens if not _SIGNS.isdisjoint(token.word.split())]
    return bool(about_times) and all(map(_is_sign, about_times))


def _is_sign(token: Token) -> bool:
    typed = without_punctuation(token.typed)
    return typed in _SIGNS or typed in _SPELLINGS or typed.startswith("@")
