"""Calendar arithmetic: first and last days of weeks, months and years; days that a month may lack."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from core.scheduling.quiet_hours import DAY

_FRIDAY = 4
MAX_YEARS_BETWEEN_LEAP_DAYS = 8
_MONTHS_IN = {"month": 1, "quarter": 3, "year": 12}


def date_or_none(year: int, month: int, day: int) -> date | None:
    """The date; None if the month is too short."""
    return date(year, month, day) if day <= monthrange(year, month)[1] else None


def next_occurrence(day: int, month: int, today: date) -> date | None:
    """The first date with that day and month from ``today`` on; None if there is none (31 February)."""
    years = range(today.year, today.year + MAX_YEARS_BETWEEN_LEAP_DAYS + 1)
    found = (date_or_none(year, month, day) for year in years)
    return next((one for one in found if one and one >= today), None)


def first_month_day_from(day: int, start: date) -> date | None:
    """The first date from ``start`` on that is the ``day``-th of its month."""
    first = start.replace(day=1)
    months = (add_months(first, ahead) for ahead in range(4))
    found = (date_or_none(one.year, one.month, day) for one in months)
    return next((one for one in found if one and one >= start), None)


def weekday_from(weekday: int, start: date) -> date:
    """The first date from ``start`` on with that weekday; 0 is Monday."""
    return start + (weekday - start.weekday()) % 7 * DAY


def add_months(day: date, months: int) -> date:
    """The date ``months`` later, on the same day, or on the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def start_of(unit: str, today: date, *, ahead: int = 0) -> date:
    """The first day of the week, month, quarter or year ``ahead`` units after that of ``today``."""
    if unit == "week":
        return today - today.weekday() * DAY + 7 * ahead * DAY
    months = _MONTHS_IN[unit]
    return add_months(date(today.year, (today.month - 1) // months * months + 1, 1), months * ahead)


def end_of(unit: str, today: date) -> date:
    """The last day of the month, quarter or year of ``today``; of the week, Friday, or today if later."""
    if unit == "week":
        return max(start_of("week", today) + _FRIDAY * DAY, today)
    return start_of(unit, today, ahead=1) - DAY


def nth_weekday(nth: int, weekday: int, first: date) -> date | None:
    """The ``nth`` weekday (-1: the last) of the month that begins with ``first``; None if there is none."""
    if nth == -1:
        return weekday_from(weekday, add_months(first, 1) - 7 * DAY)
    found = weekday_from(weekday, first) + (nth - 1) * 7 * DAY
    return found if found.month == first.month and nth > 0 else None
