"""Which of a person's tasks is meant by a few words: "the rent" is "Pay the rent"."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from core.text import clean_strictly

_LONGEST = 300  # code points
_MOST_WORDS = 8
_LITTLE = """
    a an the my to of for with and on in at
    der die das den dem ein eine meine mein mit und zu im am
    le la les l un une des du de d mon ma mes et au aux avec
"""
_LITTLE_WORDS = frozenset(_LITTLE.split())
_SAID_AT_LEAST = 0.6  # of the words must be in the title
_CLEARLY_MORE = 0.15  # of a title must be covered than of the next one
_SPELT_ALIKE = 0.8
_LONG_ENOUGH = 4  # letters, for a typo or for a beginning to be recognised


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fit:
    """How much of what was said is in a title, and how much of the title was said; both from 0 to 1."""

    said: float
    covered: float
    index: int


def best_match(words: str, titles: Sequence[str]) -> int | None:
    """The index of the one title that the words fit; None when none fits, or several about as well.

    Case, accents, little words and word order do not count; a typo or a word cut short is forgiven.
    """
    fits = _fits(words, titles)
    return fits[0].index if fits and _is_clear(fits) else None


def matches(words: str, titles: Sequence[str]) -> list[int]:
    """The indexes of all titles that the words fit as well as any, the one that they cover most first."""
    fits = _fits(words, titles)
    return [fit.index for fit in fits if fit.said == fits[0].said >= _SAID_AT_LEAST]


def _fits(words: str, titles: Sequence[str]) -> list[_Fit]:
    """How well the words fit each title, best first; only those that are the very words, if there are any."""
    wanted = _words(words)[:_MOST_WORDS]
    known = [_words(title) for title in titles]
    same = [_Fit(said=1, covered=1, index=index) for index, title in enumerate(known) if title == wanted]
    if same or not wanted:
        return same if wanted else []
    vocabulary = sorted({word for title in known for word in title})
    meant = [_meanings(word, vocabulary) for word in wanted]
    fits = (_fit(meant, title, index) for index, title in enumerate(known))
    return sorted(fits, key=lambda fit: (-fit.said, -fit.covered, fit.index))


def _is_clear(fits: list[_Fit]) -> bool:
    best, *others = fits
    rivals = [fit for fit in others[:1] if fit.said == best.said]
    return best.said >= _SAID_AT_LEAST and all(best.covered - fit.covered >= _CLEARLY_MORE for fit in rivals)


def _fit(meant: list[set[str]], title: list[str], index: int) -> _Fit:
    words = set(title)
    said = sum(bool(meanings & words) for meanings in meant) / len(meant)
    covered = len(words & set().union(*meant)) / len(words) if words else 0.0
    return _Fit(said=said, covered=covered, index=index)


def _meanings(word: str, vocabulary: Iterable[str]) -> set[str]:
    """The words of the titles that this one may stand for."""
    if word in vocabulary or len(word) < _LONG_ENOUGH:
        return {word}
    similar = [known for known in vocabulary if known[:1] == word[:1] and abs(len(known) - len(word)) <= 2]
    begun = {known for known in vocabulary if known.startswith(word)}
    return begun | set(get_close_matches(word, similar, cutoff=_SPELT_ALIKE))


def _words(text: str) -> list[str]:
    """The words that carry the meaning, without case and accents; the little ones if there are no others."""
    plain = clean_strictly(text, _LONGEST).casefold()
    if not plain.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    found = re.findall(r"\w+", plain)
    return [word for word in found if word not in _LITTLE_WORDS] or found
