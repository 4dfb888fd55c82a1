"""How dates, times, lists and shares are written: in plain English here, else by Unicode CLDR.

English without a country has no forms of CLDR's own: there it would be American.
Tests: tests/bot/languages/test_forms.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Protocol

from bot.languages.active import active
from bot.languages.language import ENGLISH


class Forms(Protocol):
    """The forms of one language in one country."""

    first_weekday: int
    """Monday is 0."""

    def clock(self, at: time | datetime) -> str:
        """``18:30``, ``6:30 PM``."""
        ...

    def weekday(self, on: date) -> str:
        """``Sunday``."""
        ...

    def short_weekday(self, on: date) -> str:
        """``Sun``."""
        ...

    def month(self, on: date) -> str:
        """``March``."""
        ...

    def near_date(self, on: date) -> str:
        """``Sun 28 Mar``."""
        ...

    def far_date(self, on: date) -> str:
        """``28 Mar 2027``."""
        ...

    def listed(self, words: Sequence[str]) -> str:
        """``a, b and c``."""
        ...

    def ago(self, length: timedelta) -> str:
        """``3 days ago``; a whole number of minutes, hours, days, weeks or months."""
        ...

    def percent(self, share: float) -> str:
        """``62 %``, rounded."""
        ...

    def ordinal(self, number: int) -> str:
        """CLDR's category of an ordinal number: ``one`` for 1st and 21st in English."""
        ...


class PlainEnglish:
    """English without a country: days before months, and 24 hours."""

    first_weekday = 0

    def clock(self, at: time | datetime) -> str:
        return f"{at.hour}:{at.minute:02}"

    def weekday(self, on: date) -> str:
        return f"{on:%A}"

    def short_weekday(self, on: date) -> str:
        return f"{on:%a}"

    def month(self, on: date) -> str:
        return f"{on:%B}"

    def near_date(self, on: date) -> str:
        return f"{on:%a} {on.day} {on:%b}"

    def far_date(self, on: date) -> str:
        return f"{on.day} {on:%b} {on.year}"

    def listed(self, words: Sequence[str]) -> str:
        *first, last = words
        return f"{', '.join(first)} and {last}" if first else last

    def ago(self, length: timedelta) -> str:
        days, minutes = length.days, length.seconds // 60
        counts = {"month": days // 30, "week": days // 7, "day": days, "hour": minutes // 60}
        unit, count = next(((one, many) for one, many in counts.items() if many), ("minute", minutes))
        if count == 1:
            return f"{'an' if unit == 'hour' else 'a'} {unit} ago"
        return f"{count} {unit}s ago"

    def percent(self, share: float) -> str:
        return f"{round(share * 100)} %"

    def ordinal(self, number: int) -> str:
        if number % 100 in (11, 12, 13):
            return "other"
        return {1: "one", 2: "two", 3: "few"}.get(number % 10, "other")


_PLAIN_ENGLISH = PlainEnglish()


def forms() -> Forms:
    """The forms of the active language."""
    if active() == ENGLISH:
        return _PLAIN_ENGLISH
    from bot.languages.cldr import cldr_forms  # babel takes 20 ms, which nobody needs at start

    return cldr_forms(active())
