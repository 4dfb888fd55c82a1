"""How people write times and quiet hours, brought into the few forms that ``core/words/settings.py`` reads.

Tests: tests/core/words/test_settings.py.
"""

from __future__ import annotations

import re
from functools import cache

from core.words.phrasebooks.books import times
from core.words.phrasebooks.patterns import one_of

ALL_DAY = "allday"


@cache
def rewrites() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Pattern and replacement, in this order, for a text in lower case."""
    units, of_language = (
        one_of(times.HOUR_UNITS),
        (one for book in times.books.values() for one in book.REWRITES),
    )
    hour = rf"\b((?:0?[1-9]|1[01])(?:[:.h][0-5]\d)?)(?: ?(?:{units}))?"
    between, joint = one_of(times.BETWEEN), one_of(times.AND)
    pairs = (
        (rf"{hour} (?:{one_of(times.MORNING_HOURS)})(?!\w)", r"\1am"),
        (rf"{hour} (?:{one_of(times.EVENING_HOURS)})(?!\w)", r"\1pm"),
        (rf"(\d)\s+([ap]\.?m\b|(?:{one_of(times.O_CLOCK)})\b)", r"\1\2"),
        (rf"\b(?:{one_of(times.DAILY)})\b", "daily"),
        (rf"\b(?:{one_of(times.ON_WORKDAYS)})\b", "weekdays"),
        (rf"\b(?:{one_of(times.ALL_DAY)})\b", f" {ALL_DAY} "),
        *of_language,
        (rf"\b(?:{between})\s+(\S+)\s+(?:{joint})\s+", r"\1-"),
        (rf"\s*(?:[-–—]|\b(?:{one_of(times.TO)})(?!\w))\s*", "-"),
        (rf"\b(?:{one_of(times.FROM)})\s", " "),
        (rf"\b(?:{joint})\b|[;\n]", ", "),
    )
    return tuple((re.compile(pattern), words) for pattern, words in pairs)
