"""Shapes: patterns for words in the one spelling of ``core/words/dates/vocabulary.py``, each with what reads
it.

One table finds words in a sentence and reads them, so that nothing is found which nobody can read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeVar

from core.words.dates.vocabulary import MONTHS, WEEKDAYS

R = TypeVar("R")
Said = dict[str, str | None]
"""The named groups of a pattern."""


def any_of(*patterns: str) -> str:
    """One pattern of several."""
    return f"(?:{'|'.join(patterns)})"


NUMBER = "[0-9]{1,4}"
MONTH_DAY = "(?:0?[1-9]|[12][0-9]|3[01])"
YEAR = "(?:20[0-9]{2}|[0-9]{2})"
NTH = f"{MONTH_DAY}(?:st|nd|rd|th)"
WORDS_FOR_NTH = ("first", "second", "third", "fourth", "fifth", "last")
ORDINAL = any_of(NTH, *WORDS_FOR_NTH)
WEEKDAY = any_of(*WEEKDAYS)
MONTH = any_of(*MONTHS)
HOUR_24, HOUR_12, MINUTE = "(?:[01]?[0-9]|2[0-3])", "(?:0?[1-9]|1[0-2])", "[0-5][0-9]"

_NAMES = re.compile(r"\?P<\w+>")


@dataclass(frozen=True, kw_only=True)
class Shape(Generic[R]):
    """A pattern, and ``read``, which makes a value of its named groups.

    In a sentence it stands only after one of the words in ``after``, if there are any.
    """

    pattern: str
    read: R
    after: tuple[str, ...] = ()

    @cached_property
    def finding(self) -> str:
        """A pattern without names that finds the words in a sentence."""
        led = any_of(*(f"(?<={word} )" for word in self.after)) if self.after else ""
        return f"{led}{_NAMES.sub('?:', self.pattern)}"

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The pattern for the words alone."""
        return re.compile(self.pattern)


@dataclass(frozen=True, kw_only=True)
class Matched(Generic[R]):
    """The reader of the shape that words have, and what its groups said."""

    read: R
    said: Said


def finding(shapes: Iterable[Shape[R]]) -> str:
    """A pattern without names for whatever has one of the shapes."""
    return any_of(*(shape.finding for shape in shapes))


def matched(shapes: Iterable[Shape[R]], words: str) -> Matched[R] | None:
    """The first shape that the words have; None if they have none."""
    for shape in shapes:
        if found := shape.compiled.fullmatch(words):
            return Matched(read=shape.read, said=found.groupdict())
    return None


def number_of(ordinal: str) -> int:
    """``3`` for ``3rd`` and ``third``; -1 for ``last``."""
    if ordinal == "last":
        return -1
    if ordinal in WORDS_FOR_NTH:
        return WORDS_FOR_NTH.index(ordinal) + 1
    return int(ordinal.rstrip("stndrh"))
