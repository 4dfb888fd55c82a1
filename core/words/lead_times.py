"""How long before something a reminder is wanted: "an hour before", "the evening before", "that morning".

Tests: tests/core/words/test_second_wishes.py.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.records import Due
from core.scheduling.quiet_hours import DAY
from core.words.dates.amounts import read_amount
from core.words.dates.vocabulary import EVENING, MORNING
from core.words.phrasebooks.books import wishes
from core.words.phrasebooks.patterns import LazyPattern, lazy_pattern, one_of

MAX_LEAD = 14 * 24 * 60
"""Minutes before a task at which a reminder may come."""

_MAX_AMOUNT_WORDS = 4


def _named(place: str) -> LazyPattern:
    named = (book.TIME_BEFORE.get(place) for book in wishes.books.values())
    return lazy_pattern(rf"(?:{one_of(filter(None, named))})")


DAY_BEFORE = _named("day")
"""The whole day before something: "am Tag vorher"."""

_NAMED = (("evening", _named("evening")), ("day", DAY_BEFORE), ("morning", _named("morning")))
_BEFORE = lazy_pattern(rf"(?:{one_of(wishes.LEAD_BEFORE)})(?!\w)")
_MAY_HAVE_LEAD = lazy_pattern(
    rf"(?:{one_of((*wishes.LEAD_BEFORE, *(pattern.pattern for _, pattern in _NAMED)))})(?!\w)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """How long before an event: an amount, or a time of the day before it or of its own."""

    place: str = ""
    minutes: int = 0

    def before(self, due: Due) -> datetime:
        """The local time that it means before what is due then."""
        at = due.wall_time(without=MORNING)
        if self.place == "evening":
            return datetime.combine(due.on - DAY, EVENING)
        if self.place == "morning":
            return datetime.combine(due.on, MORNING)
        return at - (DAY if self.place else timedelta(minutes=self.minutes))


def may_have_lead(text: str) -> bool:
    """Whether there is any word of a lead in the text, which is quickly found out."""
    return _MAY_HAVE_LEAD.search(text) is not None


def lead_last(text: str) -> tuple[str, Lead] | None:
    """The text without the lead at its end, and that."""
    starts = [found.end() for found in re.finditer(r"[\s,]+", text)]
    for start in starts[-2 * _MAX_AMOUNT_WORDS :]:
        found = lead_first(text[start:])
        if found and not found[1]:
            return text[:start].rstrip(" ,"), found[0]
    return None


def lead_first(text: str) -> tuple[Lead, str] | None:
    """The lead at the beginning of the text, and the rest."""
    said = text.strip(" ,:;–-")
    for place, pattern in _NAMED:
        if (found := pattern.match(said)) and not said[found.end() : found.end() + 1].isalnum():
            return Lead(place=place), said[found.end() :].strip(" ,:")
    words = said.split()
    for count in range(min(_MAX_AMOUNT_WORDS, len(words)), 0, -1):
        after = " ".join(words[count:])
        amount = read_amount(" ".join(words[:count])) if (found := _BEFORE.match(after)) else None
        if found and amount and not amount.months:
            minutes = amount.whole_minutes + 24 * 60 * amount.days
            return (
                (Lead(minutes=minutes), after[found.end() :].strip(" ,:"))
                if 0 < minutes <= MAX_LEAD
                else None
            )
    return None
