"""Words that are read only in a sentence of their language: Spanish *once* is 11, the English one is not.

The phrasebooks (``core/words/phrasebooks``) have the words. A sentence is of a language if enough of its
words are, and fewer of others. A phrase of several words gets one normal form: its first token has it, the
normal forms of the others are empty.

Tests: tests/core/words/test_spanish.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from core.words.phrasebooks.books import times
from core.words.phrasebooks.time_words import TimeWords

LANGUAGES: tuple[TimeWords, ...] = tuple(book.TIMES for book in times.books.values() if book.TIMES)

_ACCENTS = str.maketrans("áéíóúüñ", "aeiouun")
_NUMBER, _HOUR = re.compile(r"\d{1,4}(?:[:.h]\d\d)?"), re.compile(r"\d{1,2}h")


def own_words(typed: Sequence[str], plain: Sequence[str]) -> dict[int, str]:
    """The normal form of each word, by place, that only its language explains; empty for most sentences.

    ``plain`` has the words by ``without_punctuation``.
    """
    plain = [one.translate(_ACCENTS) if not one.isascii() else one for one in plain]
    language = language_of(plain)
    if language is None:
        return {}
    return _translated(language, typed, plain)


def language_of(plain: Sequence[str]) -> TimeWords | None:
    """The words of the language that a sentence is in; None if its words show none of ``LANGUAGES``."""
    return next((one for one in LANGUAGES if _is_in(one, plain)), None)


def _is_in(language: TimeWords, plain: Sequence[str]) -> bool:
    words = set(plain)
    sure, hints = len(words & language.sure), len(words & language.hints)
    if not sure and not hints and not _may_show(language).intersection(re.split("[-/ ]", " ".join(words))):
        return False
    shown = sure or hints > 1 or _shown_by(language).search(" ".join(plain)) is not None
    others = len(words & language.others)
    return bool(shown) and (not others or sure + hints > others)


@cache
def _may_show(language: TimeWords) -> frozenset[str]:
    """Words by which words in a row may show the language."""
    return language.shown_words.union(language.weekdays, language.months)


@cache
def _shown_by(language: TimeWords) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{language.shown_by})")


def _translated(language: TimeWords, typed: Sequence[str], plain: Sequence[str]) -> dict[int, str]:
    found: dict[int, str] = {}
    place = 0
    while place < len(plain):
        phrase = _phrase_at(language, typed, plain, place)
        if phrase:
            found[place] = phrase.meaning
            found.update((after, "") for after in range(place + 1, place + phrase.length))
        elif meaning := language.words.get(plain[place]) or _joined_days(language, plain[place]):
            found[place] = meaning
        place += phrase.length if phrase else 1
    return found


def _joined_days(language: TimeWords, word: str) -> str | None:
    """Of ``lun-vie`` and ``mar/jue``."""
    for separator, joint in (("-", " to "), ("/", " and ")):
        days = [language.weekdays.get(piece, "") for piece in word.split(separator)]
        if len(days) > 1 and all(days):
            return joint.join(days)
    return None


# --- Phrases -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """A phrase in a sentence."""

    meaning: str
    length: int
    """Words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Phrase:
    words: tuple[str, ...]
    meaning: str


@cache
def _phrases(language: TimeWords) -> dict[str, tuple[_Phrase, ...]]:
    """The phrases by their first word, the longest first."""
    by_first: dict[str, list[_Phrase]] = {}
    for words, meaning in language.phrases.items():
        phrase = _Phrase(words=tuple(words.split()), meaning=meaning)
        by_first.setdefault(phrase.words[0], []).append(phrase)
    return {
        first: tuple(sorted(phrases, key=lambda one: -len(one.words))) for first, phrases in by_first.items()
    }


def _phrase_at(language: TimeWords, typed: Sequence[str], plain: Sequence[str], place: int) -> _Found | None:
    """The longest phrase that begins at the place and that no mark but a comma parts."""
    kinds = {plain[place], *(kind for kind in "#@%" if _value(language, kind, plain[place]))}
    known = _phrases(language)
    fitting = (phrase for kind in kinds for phrase in known.get(kind, ()))
    found = [one for phrase in fitting if (one := _match(language, phrase, typed, plain, place))]
    return max(found, key=lambda one: one.length, default=None)


def _match(
    language: TimeWords, phrase: _Phrase, typed: Sequence[str], plain: Sequence[str], place: int
) -> _Found | None:
    length = len(phrase.words)
    if place + length > len(plain) or any(one[-1] in ";:.!?)" for one in typed[place : place + length - 1]):
        return None
    values = list(_values(language, phrase, plain[place : place + length]))
    if None in values:
        return None
    said = [value for word, value in zip(phrase.words, values, strict=True) if word in "#@%"]
    return _Found(meaning=phrase.meaning.format(*said), length=length)


def _values(language: TimeWords, phrase: _Phrase, plain: Sequence[str]) -> Iterator[str | None]:
    """For each word of the phrase its value in the sentence; None if it does not fit."""
    for wanted, said in zip(phrase.words, plain, strict=True):
        yield _value(language, wanted, said)


def _number(said: str) -> str | None:
    return said if _NUMBER.fullmatch(said) else None


def _value(language: TimeWords, wanted: str, said: str) -> str | None:
    if wanted == "#":
        number = language.numbers.get(said)
        return number or (said.replace("h", " hours") if _HOUR.fullmatch(said) else _number(said))
    if wanted in "@%":
        return (language.weekdays if wanted == "@" else language.months).get(said)
    return said if wanted == said else None
