"""Days by the calendar: first and last of a week, month or year; days that a month has or lacks."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from core.scheduling.quiet_hours import DAY

_FRIDAY = 4
_LATEST_LEAP = 8  # years from one 29 February to the next, at most
_MONTHS_IN = {"month": 1, "quarter": 3, "year": 12}


def valid(year: int, month: int, day: int) -> date | None:
    """The day of the calendar, if it has it."""
    return date(year, month, day) if day <= monthrange(year, month)[1] else None


def to_come(day: int, month: int, today: date) -> date | None:
    """The first such day of a month from ``today`` on; None for 31 February."""
    years = range(today.year, today.year + _LATEST_LEAP + 1)
    found = (valid(year, month, day) for year in years)
    return next((one for one in found if one and one >= today), None)


def first_from(day: int, start: date) -> date | None:
    """The first day from ``start`` on that is the ``day``-th of its month."""
    first = start.replace(day=1)
    months = (month_after(first, ahead) for ahead in range(4))
    found = (valid(one.year, one.month, day) for one in months)
    return next((one for one in found if one and one >= start), None)


def on_weekday(weekday: int, start: date) -> date:
    """The first day from ``start`` on that is this weekday, 0 is Monday."""
    return start + (weekday - start.weekday()) % 7 * DAY


def month_after(day: date, months: int) -> date:
    """As many months later, on the same day or the last one of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def start_of(unit: str, today: date, *, ahead: int = 0) -> date:
    """The first day of the week, month, quarter or year that is ``ahead`` of today's."""
    if unit == "week":
        return today - today.weekday() * DAY + 7 * ahead * DAY
    months = _MONTHS_IN[unit]
    return month_after(date(today.year, (today.month - 1) // months * months + 1, 1), months * ahead)


def end_of(unit: str, today: date) -> date:
    """The last day of today's week, month, quarter or year: of a week Friday, or today if that is over."""
    if unit == "week":
        return max(start_of("week", today) + _FRIDAY * DAY, today)
    return start_of(unit, today, ahead=1) - DAY


def nth_weekday(nth: int, weekday: int, first: date) -> date | None:
    """The ``nth`` such weekday of the month that begins with ``first``, the last for -1; None without one."""
    if nth == -1:
        return on_weekday(weekday, month_after(first, 1) - 7 * DAY)
    found = on_weekday(weekday, first) + (nth - 1) * 7 * DAY
    return found if found.month == first.month and nth > 0 else None
