"""Words for a time, read: a library knows the calendar, this room knows what it gets wrong.

parsedatetime reads days and amounts of time (recurrent the recurrences: ``core/words/repeats.py``). Compared
with dateparser it needs a fifth of the memory (4 instead of 23 MB) and of the time until the first date (0.08
instead of 0.36 s), tells *next friday* from *friday* and knows the end of the month. Neither finds the dates
in a to-do well enough (``tests/core/words/phrases.py``: 2 of 3), hence ``core/words/phrases.py``. It is
imported when the first date is read.

It is handed only what it is known to read. Elsewhere it guesses, and for a date that does not exist it
answers with the machine's clock; its flags are empty then.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from core.quiet import DAY, instant, wall_clock
from core.words.clock import parse_time
from core.words.phrases import When
from core.words.repeats import first_date, read_rule
from core.words.vocabulary import MONTHS, PARTS_OF_DAY, WEEKDAYS

_END_OF_DAY = time(23, 59)  # midnight belongs to the day that it ends: "friday midnight" is not on Saturday
_AWAKE = range(7, 23)  # an hour with neither am nor pm is one of these, if it can be
_SATURDAY = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A day, maybe a wall-clock time, maybe a rule by which it comes again."""

    on: date
    at: time | None = None
    repeats: str | None = None


def read(when: When, now: datetime, zone: ZoneInfo) -> Planned | None:
    """What the words mean on the wall clock of ``zone``: of several readings the earliest in the future.

    None when they mean nothing (31 February). In the past only if its year, or *today*, was said.
    """
    return _after(when, now, zone) if when.after else _on_day(when, wall_clock(now, zone))


def shift(amount: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    """The instant that is ``amount`` (``2 hours``, ``a week``) after ``now``.

    Minutes and hours pass alike everywhere; days, weeks, months and years are counted on the wall clock, so
    that in three days it is the same time of day.
    """
    plain = _plain(amount, _PLAIN_AMOUNTS)
    if "minute" in plain or "hour" in plain:
        passed = _ask_library(plain, now.astimezone(UTC).replace(tzinfo=None))
        return passed.replace(tzinfo=UTC) if passed else None
    counted = _ask_library(plain, wall_clock(now, zone))
    return instant(counted, zone) if counted else None


def read_day(phrase: str, today: date) -> date | None:
    """The day that is meant: today or later, unless its year is named; None if there is no such day."""
    if numeric := re.fullmatch(r"(\d+)([./])(\d+)[./]?(\d+)?", phrase):
        return _numeric_day(numeric, today)
    if nth := re.fullmatch(r"the (\d+)\w\w", phrase):
        return first_date(f"FREQ=MONTHLY;BYMONTHDAY={nth[1]}", today)
    plain = _plain(phrase, _PLAIN_DAYS)
    if plain in ("29 february", "february 29"):  # the library looks at this year only
        return first_date("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", today)
    if plain == "weekend":
        return today if today.weekday() >= _SATURDAY else read_day("saturday", today)
    found = _ask_library(plain, datetime.combine(today, time()))
    if found is None:
        return None
    # The library's week ends on Friday, and is over at the weekend.
    return max(found.date(), today) if plain == "end of week" else found.date()


# --- The library -------------------------------------------------------------------------------------------

_PLAIN_AMOUNTS = (
    (r"^(?:half a|a half) hour$", "30 minutes"),
    (r"^a hour and a half$", "90 minutes"),
    (r"^(\d+)h(\d+)$", r"\1 hours \2 minutes"),
    (r"^a couple of\b", "2"),
    (r"^a few\b", "3"),
    (r"^a\b", "1"),
    (r" and ", " "),
    (r",", "."),
)
_PLAIN_DAYS = (
    (r"\bthe ", ""),
    (r"(\d)(?:st|nd|rd|th)\b", r"\1"),
    (r"(\d) of ", r"\1 "),
    (r"^(?:overmorrow|day after tomorrow)$", "in 2 days"),
    (r"^next week$", "monday"),
    (r"^next weekend$", "next saturday"),
    (r"^this (week|month|year)$|^end of this (\w+)$", r"end of \1\2"),
    (r"^(?:this|coming) ", ""),
)


def _plain(phrase: str, rewrites: tuple[tuple[str, str], ...]) -> str:
    """The phrase in words that the library reads as people mean them."""
    for pattern, words in rewrites:
        phrase = re.sub(pattern, words, phrase)
    return phrase


def _ask_library(phrase: str, now: datetime) -> datetime | None:
    """What parsedatetime reads, seen from ``now`` (naive); None when it reads nothing."""
    found, context = _library().parseDT(phrase, now)
    return found if context.hasDate or context.hasTime else None


@cache
def _library() -> Any:
    from parsedatetime import VERSION_CONTEXT_STYLE, Calendar, Constants

    return Calendar(Constants("en_US", usePyICU=False), version=VERSION_CONTEXT_STYLE)


# --- Days and times ----------------------------------------------------------------------------------------


def _numeric_day(found: re.Match[str], today: date) -> date | None:
    """``3.12.`` is in December; ``3/12`` is in December or March, whichever comes first."""
    one, separator, other, year = found.groups()
    pairs = {(one, other)} if separator == "." else {(one, other), (other, one)}
    written = [
        f"{int(day)} {MONTHS[int(month) - 1]}" + (f" 20{year[-2:]}" if year else "")
        for day, month in pairs
        if int(month) <= len(MONTHS)
    ]
    days = sorted(day for words in written if (day := read_day(words, today)))
    return next((day for day in days if day >= today), days[0] if days else None)


def _after(when: When, now: datetime, zone: ZoneInfo) -> Planned | None:
    amount = str(when.after).partition("in ")[2]
    reached = shift(amount, now, zone)
    if reached is None:
        return None
    local = wall_clock(reached, zone)
    if "minute" not in amount and "hour" not in amount:
        return Planned(on=local.date(), at=_time(when, None))
    return None if when.timed else Planned(on=local.date(), at=local.time().replace(second=0, microsecond=0))


def _on_day(when: When, local: datetime) -> Planned | None:
    today = local.date()
    at = _time(when, local.time() if when.day in (None, "today") and not when.every else None)
    to_come = at is not None and at > local.time()
    if when.every:
        return _repeating(when, today, local.time())
    if when.day is None:
        return Planned(on=today if to_come or when.lead == "this" else today + DAY, at=at)
    if to_come and when.day == WEEKDAYS[today.weekday()]:
        return Planned(on=today, at=at)
    on = read_day(when.day, today)
    return Planned(on=on, at=at) if on else None


def _repeating(when: When, today: date, clock: time) -> Planned | None:
    every = str(when.every)
    at = _time(when, None) or PARTS_OF_DAY.get(every.removeprefix("every "))
    start = read_day(when.day, today) if when.day else today
    rule = read_rule(every, start) if start else None
    if start is None or rule is None:
        return None
    on = first_date(rule, start)
    if on == today and at and at <= clock:
        on = first_date(rule, today + DAY)
    return Planned(on=on, at=at, repeats=rule)


def _time(when: When, clock: time | None) -> time | None:
    """The time of day that is meant; ``clock`` is what it is now if it may be meant for today."""
    if when.clock == "midnight":
        return _END_OF_DAY
    if when.clock:
        at = parse_time(when.clock.partition(" to ")[0])
        return at.replace(hour=at.hour + 12) if _is_late(when) and at.hour < 12 else at
    if when.hour:
        return time(_hour(when, clock))
    return PARTS_OF_DAY[when.part] if when.part else None


def _hour(when: When, clock: time | None) -> int:
    """A bare hour: ``at 5`` is in the afternoon, ``at 9`` in the morning, or at night when 9:00 is over."""
    hour = int(when.hour.split()[0]) if when.hour else 0
    if when.part:
        return hour + 12 if _is_late(when) and hour < 12 else hour
    meant = [choice for choice in (hour, hour + 12) if choice in _AWAKE] or [hour]
    return next((choice for choice in meant if clock is None or time(choice) > clock), meant[0])


def _is_late(when: When) -> bool:
    return when.part in ("afternoon", "evening", "night")
