"""What a task is tells its half of the day, if its time does not: "wake me at 6", "dinner on friday at 7".

Tests: tests/core/words/dates/test_occasions.py.
"""

from __future__ import annotations

from datetime import time

from core.words.dates.phrases import TimePhrase
from core.words.dates.times import loose_hour
from core.words.phrasebooks.books import occasions
from core.words.phrasebooks.patterns import LazyPattern, lazy_pattern, one_of

_EARLY, _LATE, _MIDDAY_MORNING, _MIDDAY_AFTERNOON = range(4, 12), range(5, 12), range(10, 13), range(1, 5)


def _said(patterns: tuple[str, ...]) -> LazyPattern:
    return lazy_pattern(rf"(?<!\w)(?:{one_of(patterns)})(?!\w)")


_MORNINGS, _EVENINGS = _said(occasions.MORNINGS), _said(occasions.EVENINGS)
_MIDDAYS, _EARLY_ON_A_DAY = _said(occasions.MIDDAYS), _said(occasions.EARLY_ON_A_DAY)
_EVENING_ORDERS = _said(occasions.EVENING_ORDERS)
_OTHER_ERRANDS = _said(occasions.OTHER_ERRANDS)


def part_of_occasion(title: str, when: TimePhrase) -> str | None:
    """The part of the day in which such a task is, as in ``TimePhrase.part``; None if the words don't say."""
    hour = None if when.part else loose_hour(when.clock or when.hour or when.span or "")
    return _part(title, hour, dated=when.dated) if hour else None


def at_occasion(title: str, at: time) -> time:
    """The time of day ``at``, or twelve hours later or earlier, at which such a task is on its day."""
    part = _part(title, at.hour % 12 or 12, dated=True)
    if part is None or at.hour % 12 == 0:
        return at
    return at.replace(hour=at.hour % 12 + (0 if part == "morning" else 12))


def _part(title: str, hour: int, *, dated: bool) -> str | None:
    if _EVENING_ORDERS.search(title):  # "order pizza friday at 7"
        return "evening" if hour in _LATE else None
    if _OTHER_ERRANDS.search(title):
        return None
    if _MORNINGS.search(title) or (dated and _EARLY_ON_A_DAY.search(title)):
        return "morning" if hour in _EARLY else None
    if _EVENINGS.search(title):
        return "evening" if hour in _LATE else None
    if _MIDDAYS.search(title):
        return "morning" if hour in _MIDDAY_MORNING else "afternoon" if hour in _MIDDAY_AFTERNOON else None
    return None
