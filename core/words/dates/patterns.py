"""Patterns in the normal form, each with the function that reads it.

The same table is used to find phrases and to read them, so every phrase that is found can be read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeVar

from core.words.dates.vocabulary import MONTHS, WEEKDAYS

Reader = TypeVar("Reader")
Groups = dict[str, str | None]
"""The named groups of a match; None for a group that did not take part."""


def any_of(*patterns: str) -> str:
    """The alternation of the patterns."""
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
class PhrasePattern(Generic[Reader]):
    """A pattern with its reader."""

    pattern: str
    read: Reader
    """Makes a value of the named groups."""
    after: tuple[str, ...] = ()
    """In a sentence, the pattern matches only after one of these words; anywhere if empty."""

    @cached_property
    def search_pattern(self) -> str:
        """The pattern for searching in a sentence, without named groups."""
        led = any_of(*(f"(?<={word} )" for word in self.after)) if self.after else ""
        return f"{led}{_NAMES.sub('?:', self.pattern)}"

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The pattern for reading the phrase alone."""
        return re.compile(self.pattern)


@dataclass(frozen=True, kw_only=True)
class PhraseMatch(Generic[Reader]):
    """The reader of the pattern that matched, and the groups of the match."""

    read: Reader
    groups: Groups


def search_pattern(patterns: Iterable[PhrasePattern[Reader]]) -> str:
    """The alternation of the patterns for searching, without named groups."""
    return any_of(*(one.search_pattern for one in patterns))


def match_any(patterns: Iterable[PhrasePattern[Reader]], words: str) -> PhraseMatch[Reader] | None:
    """The first pattern that matches all of ``words``; None if there is none."""
    for pattern in patterns:
        if found := pattern.compiled.fullmatch(words):
            return PhraseMatch(read=pattern.read, groups=found.groupdict())
    return None


def ordinal_number(ordinal: str) -> int:
    """``3`` for ``3rd`` and ``third``; -1 for ``last``."""
    if ordinal == "last":
        return -1
    if ordinal in WORDS_FOR_NTH:
        return WORDS_FOR_NTH.index(ordinal) + 1
    return int(ordinal.rstrip("stndrh"))
