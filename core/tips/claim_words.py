"""The words of a text in one spelling, so that claims in English, German, French and Spanish can be compared.

Tests: tests/core/tips/test_grounding.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, time

from core.tips.spanish_claims import SPANISH, without_mornings
from core.words.dates.vocabulary import ENGLISH, MONTHS, WEEKDAYS

_WORD = re.compile(r"\d+|[^\W\d_]+")
_IDIOMS = {"one", "eins"}
_MORE_ENGLISH = {
    "überfällig": "overdue",
    "ueberfaellig": "overdue",
    "faellig": "due",
    "dû": "due",
    "frist": "deadline",
    "échéance": "deadline",
    "avant": "before",
    "hui": "today",  # aujourd'hui
    "priorität": "priority",
    "prioritaet": "priority",
    "priorité": "priority",
}


def words_of(text: str) -> list[str]:
    """The words in one spelling, numbers as digits."""
    words = _WORD.findall(without_mornings(text).casefold())
    found = (word for word in words if word not in _IDIOMS)
    plain = (_MORE_ENGLISH.get(word) or ENGLISH.get(word) or SPANISH.get(word, word) for word in found)
    return [str(int(word)) if word.isdecimal() else word for word in plain]


def date_words(on: date, at: time | None) -> Iterator[str]:
    """A date and time in the spelling of ``words_of``."""
    yield from (WEEKDAYS[on.weekday()], str(on.day), MONTHS[on.month - 1], str(on.year))
    if at:
        yield from (str(at.hour), str(at.minute))
