"""A sentence as tokens: each word as typed, and in the normal form."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from core.words.dates.day_runs import days_in_rows
from core.words.dates.normal_form import PUNCTUATION, without_punctuation
from core.words.dates.own_words import own_words
from core.words.dates.word_context import normalize_in_context
from core.words.quotations import quoted_spans
from core.words.spelling import with_time_respelled


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A word of a sentence."""

    typed: str
    word: str
    """The normal form; may be several words (``2h`` is ``2 hours``), or none (``own_words``)."""

    @property
    def stops(self) -> bool:
        """Whether punctuation follows the word."""
        return self.typed[-1] in PUNCTUATION


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence, ready to be matched with patterns."""

    tokens: tuple[Token, ...]
    english: str
    """The normal form: the words of all tokens, joined by single spaces."""
    begins: tuple[int, ...]
    """Index in ``english`` of each token's first character."""
    ends: tuple[int, ...]
    """Index in ``english`` after each token's last character."""

    @property
    def is_in_capitals(self) -> bool:
        """Whether there are capitals only, which tell nothing then: "BUY MILK TOMORROW"."""
        return " ".join(token.typed for token in self.tokens).isupper()


def tokens_of(text: str) -> tuple[Token, ...]:
    """The words of a text. Quoted words get a leading mark, so that no pattern matches them."""
    quoted = quoted_spans(text)
    found = list(re.finditer(r"[^\s⋅]+|⋅", text))  # calendars write "December 4⋅7:00 – 9:00pm"
    typed = [one[0] for one in found]
    inside = [any(first < one.end() and one.start() < end for first, end in quoted) for one in found]
    words: list[str] = []
    spelt = [with_time_respelled(word) for word in typed]
    plain = [without_punctuation(word) for word in spelt]
    own = own_words(spelt, plain)
    for place, word in enumerate(typed):
        meaning = own.get(place)
        meaning = normalize_in_context(spelt, plain, place, words) if meaning is None else meaning
        words.append(f'"{word}' if inside[place] else meaning)
    for place, meaning in days_in_rows(spelt, plain, words).items():
        words[place] = meaning if not inside[place] else words[place]
    return tuple(Token(typed=one, word=word) for one, word in zip(typed, words, strict=True))


def sentence_of(tokens: Iterable[Token]) -> Sentence:
    """A sentence of these tokens."""
    words = tuple(tokens)
    begins, ends, place = [], [], 0
    for token in words:
        begins.append(place)
        place += len(token.word)
        ends.append(place if token.word else place - 1)
        place += 1 if token.word else 0
    english = " ".join(token.word for token in words if token.word)
    return Sentence(tokens=words, english=english, begins=tuple(begins), ends=tuple(ends))
