"""The frame of a phrasebook's words for dates and times.

Tests: tests/core/words/test_spanish.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """A word that means a time only beside others. Lists are split at spaces; an empty one is any word."""

    word: str
    meaning: str
    """Its normal form there."""

    before: str = ""
    """It stands directly before one of these words."""

    after: str = ""
    then: str = ""
    """After the word behind it, one of these follows, or nothing."""

    among: str = ""
    """One of these words is in the sentence."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TimeWords:
    """A language's words for dates and times. They are read only in a sentence of that language.

    All words are in lower case and without acute accents and tildes (``manana``): people often omit them.
    """

    words: Mapping[str, str]
    """From a word to its normal form (``core/words/dates/vocabulary.py``)."""

    phrases: Mapping[str, str]
    """From words in a row to their normal form.

    ``#`` is a number or a time of day, ``@`` a weekday and ``%`` a month; the normal form has ``{}`` for
    each.
    """

    numbers: Mapping[str, str]
    weekdays: Mapping[str, str]
    months: Mapping[str, str]

    sure: frozenset[str]
    """Words that no other language has: one shows the language of a sentence."""

    hints: frozenset[str]
    """Words that are rare in other languages, such as those in names: two show the language."""

    shown_by: str
    """A pattern of words in a row that show the language as well."""

    shown_words: frozenset[str]
    """Words of which ``shown_by`` needs one, besides weekdays and months: else it is not tried."""

    others: frozenset[str]
    """Words of other languages: with as many of them as of its own, a sentence is in another language."""
