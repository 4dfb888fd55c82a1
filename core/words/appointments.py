"""Appointments whose hour is a bare number: "dentist thu 3", "Zahnarzt Donnerstag 15".

Tests: tests/core/words/test_appointments.py.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from core.scheduling.quiet_hours import wall_clock
from core.words.phrasebooks.books import wishes
from core.words.phrasebooks.patterns import lazy_pattern, one_of
from core.words.schedule_times import days_in

_VISIT = lazy_pattern(rf"(?<!\w)(?:{one_of(wishes.VISITS)})(?!\w)")
_BARE_HOUR = re.compile(r"(?P<before>\S.*\s(?P<day>[^\W\d_]{3,}))\s+(?P<hour>[1-9]|1\d|2[0-3])")
_NEXT_DAYS = wishes.words("NEXT_DAYS")


def with_clock(text: str, *, now: datetime, zone: ZoneInfo) -> str:
    """The text with ``@`` before the bare hour at its end, if it is an appointment on a day.

    A number past 12 that is the date of that day as well may be either: "dentist friday 18" before the 18th.
    """
    found = _BARE_HOUR.fullmatch(text)
    if found is None or not _is_day(found["day"]) or not _VISIT.search(found["before"]):
        return text
    if _is_date(int(found["hour"]), found["day"], now, zone):
        return text
    return f"{found['before']} @ {found['hour']}"


def _is_day(word: str) -> bool:
    return word.lower() in _NEXT_DAYS or len(days_in(word.lower())) == 1


def _is_date(number: int, day: str, now: datetime, zone: ZoneInfo) -> bool:
    today = wall_clock(now, zone).date()
    week = [] if number <= 12 else [today + timedelta(days=ahead) for ahead in range(7)]
    return any(one.day == number and one.weekday() in days_in(day.lower()) for one in week)
