"""What a mistyped word is meant to be: "thrusday", "recuerdame mnaana", "remnd me".

Nobody's titles are corrected: it is about the words that say when, and about those of requests. The
phrasebooks have both, with the misspellings that are no slips of a finger. A word that oO knows is none.

Tests: tests/core/words/test_spelling.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import chain

from core.words.phrasebooks.books import spelling, times
from core.words.quotations import QUOTED

MIN_LENGTH = 5
"""Letters of a word of which slips are known: one of a shorter word is too often another word."""
_MIN_LENGTH_WITHOUT_ONE = 6
"""The same for a letter that was left out: "moths"."""

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_WORD_OR_QUOTED = re.compile(rf"{QUOTED}|(?P<word>{_WORD.pattern})")


def slips(word: str) -> Iterator[str]:
    """What one slip makes of the word: two letters are swapped, one is typed twice, or one is left out.

    The first letter stays, and the last one is not left out: other words begin or end there ("hour").
    """
    for place in range(1, len(word)):
        before, letter, after = word[:place], word[place], word[place + 1 :]
        if letter.isalpha():
            yield before + 2 * letter + after
        if after:
            yield before + after[0] + letter + after[1:]
        if after and len(word) >= _MIN_LENGTH_WITHOUT_ONE:
            yield before + after


def with_time_respelled(text: str) -> str:
    """The text, of one word, with that corrected if it is a mistyped one that says when."""
    found = _WORD.search(text)
    if found is None or found[0].lower() not in _meant("TIMES"):
        return text
    return text[: found.start()] + _respelled(found[0]) + text[found.end() :]


def respelled(text: str) -> str:
    """The text with its mistyped words of times and requests corrected, but for what is quoted."""
    return _WORD_OR_QUOTED.sub(lambda found: _respelled(found[0]) if found["word"] else found[0], text)


def _respelled(typed: str) -> str:
    word = typed.lower()
    if typed[0].isupper() and word in _names():
        return typed
    meant = _meant("REQUESTS").get(word) or _meant("TIMES").get(word)
    if meant is None:
        return typed
    return meant.capitalize() if typed[0].isupper() else meant


@cache
def _meant(kind: str) -> Mapping[str, str]:
    """From each mistyped word to what is meant, of ``TIMES`` or of ``REQUESTS``."""
    found: dict[str, str] = {}
    for book in spelling.books.values():
        words = getattr(book, kind).split()
        found |= {slip: word for word in words if len(word) >= MIN_LENGTH for slip in slips(word)}
        found |= {
            typed: word
            for word, spellings in book.MISSPELLINGS.items()
            for typed in spellings.split()
            if (word in book.TIMES.split()) == (kind == "TIMES")
        }
    return {typed: word for typed, word in found.items() if typed not in _known()}


@cache
def _names() -> frozenset[str]:
    return spelling.words("NAMES")


@cache
def _known() -> frozenset[str]:
    """Words that are not mistyped."""
    listed = (spelling.words(name) for name in ("TIMES", "REQUESTS", "OTHER_WORDS"))
    spellings = (book.SPELLINGS for book in times.books.values())
    dates = (chain(one, " ".join(one.values()).split()) for one in spellings)
    later = (
        chain(one.words, one.weekdays, one.months, one.numbers, one.sure, one.hints)
        for one in (book.TIMES for book in times.books.values())
        if one
    )
    return frozenset(chain(*listed, *dates, *later))
