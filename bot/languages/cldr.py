"""Dates, times, lists and shares by Unicode CLDR, through babel; imported by whoever first needs them.

Tests: tests/bot/languages/test_forms.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, format_time, format_timedelta
from babel.lists import format_list
from babel.numbers import format_percent

from bot.languages.language import Language

NARROW_SPACE = "\u202f"
"""Stands before AM and PM. Not every terminal has it, and people type another one."""


class CldrForms:
    """The forms of one language in one country."""

    def __init__(self, locale: Locale) -> None:
        self._locale = locale
        self.first_weekday = int(locale.first_week_day)
        # No leading zero, as people type times: /times 9:00
        self._clock = locale.time_formats["short"].pattern.replace("HH", "H").replace("hh", "h")

    def clock(self, at: time | datetime) -> str:
        wall = time(at.hour, at.minute)
        return format_time(wall, self._clock, locale=self._locale).replace(NARROW_SPACE, " ")

    def weekday(self, on: date) -> str:
        return format_date(on, "EEEE", locale=self._locale)

    def short_weekday(self, on: date) -> str:
        return format_date(on, "EEE", locale=self._locale)

    def month(self, on: date) -> str:
        return format_date(on, "LLLL", locale=self._locale)

    def near_date(self, on: date) -> str:
        return self._by_skeleton("MMMEd", on)

    def far_date(self, on: date) -> str:
        return self._by_skeleton("yMMMd", on)

    def _by_skeleton(self, skeleton: str, on: date) -> str:
        """The fields of ``skeleton`` in the order of the language."""
        return format_skeleton(skeleton, datetime.combine(on, time()), locale=self._locale)

    def listed(self, words: Sequence[str]) -> str:
        return format_list(words, locale=self._locale)

    def ago(self, length: timedelta) -> str:
        return format_timedelta(-length, add_direction=True, threshold=1, locale=self._locale)

    def percent(self, share: float) -> str:
        return format_percent(round(share, 2), locale=self._locale)

    def ordinal(self, number: int) -> str:
        return str(self._locale.ordinal_form(number))


@cache
def cldr_forms(language: Language) -> CldrForms:
    """The forms of ``language``; where CLDR does not know it in that country, those of most speakers."""
    try:
        return CldrForms(Locale(language.code, territory=language.territory))
    except UnknownLocaleError:
        return CldrForms(Locale(language.code))
