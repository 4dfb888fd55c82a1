"""A sentence as tokens: each word as typed, and its spelling in the libraries' English."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from core.words.vocabulary import ENGLISH, GLUED_UNITS

_GLUED = re.compile(r"([0-9]{1,4})(m|min|h|hrs|d|w)")
_SPAN = re.compile(r"([0-9]{1,2}:[0-9]{2})[-–]([0-9]{1,2}:[0-9]{2})")
_NUMERIC_DATE = re.compile(r"[0-9]{1,2}\.[0-9]{1,2}\.")
_STOPS = ",;:.!?)–-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A word as ``typed``, and the ``word`` that the libraries know it by."""

    typed: str
    word: str

    @property
    def stops(self) -> bool:
        """Whether punctuation ends here."""
        return self.typed[-1] in _STOPS


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """Tokens, and ``english``: their words joined by single spaces, which patterns are matched with.

    ``begins`` and ``ends`` hold each token's place in ``english``.
    """

    tokens: tuple[Token, ...]
    english: str
    begins: tuple[int, ...]
    ends: tuple[int, ...]


def tokens_of(text: str) -> tuple[Token, ...]:
    """The words of a text."""
    return tuple(Token(typed=typed, word=english(typed)) for typed in text.split())


def sentence_of(tokens: Iterable[Token]) -> Sentence:
    """A sentence of these tokens."""
    kept = tuple(tokens)
    begins, ends, place = [], [], 0
    for token in kept:
        begins.append(place)
        place += len(token.word)
        ends.append(place)
        place += 1
    return Sentence(
        tokens=kept, english=" ".join(token.word for token in kept), begins=tuple(begins), ends=tuple(ends)
    )


def english(typed: str) -> str:
    """One word as the libraries spell it: ``Montag,`` is ``monday``, ``2h`` is ``2 hours``."""
    word = typed.lower().replace("’", "'")
    if not _NUMERIC_DATE.fullmatch(word):
        word = word.lstrip("(").rstrip(_STOPS) or word
    if word[0] == "@" and word[1:2].isdecimal():
        return f"at {word[1:]}"
    if glued := _GLUED.fullmatch(word):
        return f"{glued[1]} {GLUED_UNITS[glued[2]]}"
    if span := _SPAN.fullmatch(word):
        return f"{span[1]} to {span[2]}"
    return ENGLISH.get(word, word)
