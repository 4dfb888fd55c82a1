"""The dates of a recurrence rule within a span of days, with bounded work whatever the rule says.

``dateutil`` computes the days, one period (a month or a year) at a time: by itself it would search a rule
without dates up to the year 9999, and count every date since the start. Times of day are added to days that
count, so that no work is done for others.

Tests: tests/adapters/calendars/test_occurrences.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice, product, takewhile

MAX_RULE = 500  # code points
MAX_PERIODS = 1_300
"""Most months or years that are looked at for one rule: for one with a count, those since its start."""

MAX_DATES = 20_000
"""Most dates that are computed for one rule, likewise."""

MAX_TIMES_A_DAY = 24
MAX_POSITION = 366
WRITTEN_DATE = 3
YEARS = range(1900, 2200)

Parts = dict[str, str]

_PARTS = re.compile(r"[A-Z-]+=[^;=]+(;[A-Z-]+=[^;=]+)*")
_UNTIL = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?:T(\d\d):?(\d\d):?(\d\d)(Z?))?")
_ORDINALS = re.compile(r"[+-]?\d+(?=[A-Z])")
_DAY_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_DAYS = {"DAILY": 1, "WEEKLY": 7}
_MONTHS = {"MONTHLY": 1, "YEARLY": 12}
_CHOOSES_DAYS = frozenset({"BYDAY", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYEASTER"})
_TIMES = ("BYHOUR", "BYMINUTE", "BYSECOND")
_MIDNIGHT = dict.fromkeys(_TIMES, "0")
_NO_NEXT_PERIOD = {"MONTHLY": 12 * 9999, "YEARLY": 9999}
"""Intervals after which the calendar ends, so that a rule has one period only."""


class RuleUnusable(ValueError):
    """The rule can't be read, or costs too much."""


@dataclass(slots=True)
class Budget:
    """What the rules and the dates of one calendar may still cost, in all."""

    periods: int = 10_000
    """Months and years that are looked at."""
    dates: int = 200_000
    """Dates that rules compute, and days that are looked at for them without being one. A date that is
    written out costs as much as ``WRITTEN_DATE`` of them.
    """

    @property
    def is_spent(self) -> bool:
        """Whether nothing more can be read."""
        return min(self.periods, self.dates) < 0

    def spend(self, *, periods: int = 0, dates: int = 0) -> None:
        """Raises ``RuleUnusable`` once all is spent."""
        self.periods -= periods
        self.dates -= dates
        if self.is_spent:
            raise RuleUnusable("all rules and dates together cost too much")


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """From ``start`` to ``end``, as local times (naive)."""

    start: datetime
    end: datetime


def occurrences(
    rule: str, dtstart: datetime, span: Span, budget: Budget, until: datetime | None
) -> list[datetime]:
    """The dates of ``rule`` from ``span.start`` to ``span.end``, both included; local times (naive).

    ``until``: the end of the rule as a local time, if it has one. Raises ``RuleUnusable``.
    """
    parts = rule_parts(rule)
    try:
        return _occurrences(parts, dtstart, span, budget, until)
    except RuleUnusable:
        raise
    except (ValueError, OverflowError, IndexError, TypeError, KeyError) as fault:
        raise RuleUnusable("no rule") from fault


def rule_parts(rule: str) -> Parts:
    """The parts of a rule by name. Raises ``RuleUnusable``."""
    text = re.sub(r"\s", "", rule[:MAX_RULE]).upper().strip(";")
    if len(rule) > MAX_RULE or not _PARTS.fullmatch(text):
        raise RuleUnusable("no rule")
    return dict(part.split("=", 1) for part in text.split(";"))


def until_of(parts: Parts) -> tuple[datetime, bool] | None:
    """The end of a rule as it stands there, and whether it is in UTC. A day lasts until its end."""
    found = _UNTIL.fullmatch(parts.get("UNTIL", ""))
    if found is None:
        return None
    on = datetime(int(found[1]), int(found[2]), int(found[3]))  # noqa: DTZ001 - a local time
    if found[4] is None:
        return on + timedelta(days=1, microseconds=-1), False
    return on.replace(hour=int(found[4]), minute=int(found[5]), second=min(int(found[6]), 59)), bool(found[7])


def _occurrences(
    parts: Parts, dtstart: datetime, span: Span, budget: Budget, until: datetime | None
) -> list[datetime]:
    freq, interval = parts.pop("FREQ", ""), int(parts.pop("INTERVAL", "1"))
    parts.pop("UNTIL", None)
    count = int(parts.pop("COUNT")) if "COUNT" in parts else None
    if freq not in {*_DAYS, *_MONTHS} or interval < 1 or dtstart.year not in YEARS:
        raise RuleUnusable("too often, or never")
    if _times_a_day(parts) > MAX_TIMES_A_DAY:
        raise RuleUnusable("too often")
    end = min(span.end, until) if until else span.end
    if end < max(span.start, dtstart):
        return []
    if count is not None and freq in _DAYS and not parts:
        skipped = max((span.start - dtstart) // timedelta(days=_DAYS[freq] * interval), 0)
        dtstart, count = dtstart + skipped * timedelta(days=_DAYS[freq] * interval), count - skipped
    first = dtstart if count is not None else max(dtstart, span.start)
    in_order = _dates(parts, dtstart, freq, interval, first, end, budget)
    found = takewhile(lambda at: at <= end, (at for at in in_order if at >= dtstart))
    counted = found if count is None else islice(found, min(max(count, 0), MAX_DATES + 1))
    return [at for at in counted if at >= span.start]


def _times_a_day(parts: Parts) -> int:
    times = 1
    for name in _TIMES:
        times *= parts[name].count(",") + 1 if name in parts else 1
    return times


def _dates(
    parts: Parts, dtstart: datetime, freq: str, interval: int, first: datetime, end: datetime, budget: Budget
) -> Iterator[datetime]:
    """The dates of all periods from that of ``first`` to that of ``end``, in order."""
    times, positions = _times(parts, dtstart), parts.get("BYSETPOS")
    filters = {name: value for name, value in parts.items() if name not in (*_TIMES, "BYSETPOS")}
    days_of_periods = _of_months if freq in _MONTHS else _of_days
    number = 0
    for days in days_of_periods(filters, dtstart, freq, interval, first, end, budget):
        for at in _at_positions(days, times, positions, budget) if positions else _at_times(days, times):
            if number == MAX_DATES:
                raise RuleUnusable("it has too many dates")
            number += 1
            budget.spend(dates=1)
            yield at


def _times(parts: Parts, dtstart: datetime) -> list[time]:
    """The times of day of a rule, in order."""
    own = {"BYHOUR": dtstart.hour, "BYMINUTE": dtstart.minute, "BYSECOND": dtstart.second}
    numbers = [{int(one) for one in parts.get(name, str(own[name])).split(",")} for name in _TIMES]
    return sorted(time(hour, minute, second) for hour, minute, second in product(*numbers))


def _of_months(
    parts: Parts, dtstart: datetime, freq: str, interval: int, first: datetime, end: datetime, budget: Budget
) -> Iterator[list[date]]:
    """The days of each period by months or years: of every ``interval``-th one since that of ``dtstart``."""
    filled = dict(parts)
    if not _CHOOSES_DAYS & parts.keys():
        filled["BYMONTHDAY"] = str(dtstart.day)
        if freq == "YEARLY":
            filled.setdefault("BYMONTH", str(dtstart.month))
    length = interval * _MONTHS[freq]
    origin = _month_number(dtstart) if freq == "MONTHLY" else dtstart.year * 12
    begun = max((_month_number(first) - origin) // length, 0)
    periods = range(origin + begun * length, _month_number(end) + 1, length)
    _spend(len(periods), budget)
    for month in periods:
        yield _days_of_period(filled, freq, month)


def _of_days(
    parts: Parts, dtstart: datetime, freq: str, interval: int, first: datetime, end: datetime, budget: Budget
) -> Iterator[list[date]]:
    """The days of each period by days or weeks, likewise. No month between is looked at."""
    filters = {name: value for name, value in parts.items() if name != "WKST"}
    days = _DAY_CODES[dtstart.weekday()] if freq == "WEEKLY" else ",".join(_DAY_CODES)
    filters["BYDAY"] = _ORDINALS.sub("", filters.get("BYDAY", days))
    origin, length = _period_start(dtstart, parts, freq), _DAYS[freq]
    step = length * interval
    begun = max((first.date() - origin).days // step, 0)
    periods = range(origin.toordinal() + begun * step, end.date().toordinal() + 1, step)
    _spend(min(_month_number(end) + 2 - _month_number(first), 2 * len(periods)), budget)
    month, fitting = -1, set[date]()
    for period in periods:
        found = []
        for day in map(date.fromordinal, range(period, period + length)):
            if month != _month_number(day):
                month = _month_number(day)
                fitting = set(_days_of_period(filters, "MONTHLY", month))
                budget.spend(dates=len(fitting) * (interval > 1))  # most of them are thrown away
            if day in fitting:
                found.append(day)
        yield found


def _at_times(days: list[date], times: list[time]) -> Iterator[datetime]:
    return (datetime.combine(day, at) for day in days for at in times)


def _at_positions(days: list[date], times: list[time], positions: str, budget: Budget) -> Iterator[datetime]:
    """The dates at these positions of a period; -1 is the last one. Only these are made."""
    budget.spend(dates=len(days))
    numbers = {int(one) for one in positions.split(",")}
    if not all(0 < abs(one) <= MAX_POSITION for one in numbers):
        raise RuleUnusable("no rule")
    in_all = len(days) * len(times)
    places = {one - 1 if one > 0 else in_all + one for one in numbers}
    for place in sorted(one for one in places if 0 <= one < in_all):
        day, at = divmod(place, len(times))
        yield datetime.combine(days[day], times[at])


def _period_start(at: datetime, parts: Parts, freq: str) -> date:
    """The day, or the first day of the week, in which ``at`` is."""
    if freq == "DAILY":
        return at.date()
    begins = _DAY_CODES.index(parts.get("WKST", "MO"))
    return at.date() - timedelta(days=(at.weekday() - begins) % 7)


def _days_of_period(parts: Parts, freq: str, month: int) -> list[date]:
    """The days of one month or year, in order."""
    from dateutil.rrule import rrulestr

    text = ";".join(f"{name}={value}" for name, value in {**parts, **_MIDNIGHT}.items())
    begin = datetime(month // 12, month % 12 + 1, 1)  # noqa: DTZ001 - a local time
    found = rrulestr(f"FREQ={freq};INTERVAL={_NO_NEXT_PERIOD[freq]};{text}", dtstart=begin)
    return [at.date() for at in found]


def _month_number(at: date) -> int:
    """Months since the year 0."""
    return at.year * 12 + at.month - 1


def _spend(periods: int, budget: Budget) -> None:
    if periods > MAX_PERIODS:
        raise RuleUnusable("its dates would have to be counted over too long a time")
    budget.spend(periods=periods + 1)
