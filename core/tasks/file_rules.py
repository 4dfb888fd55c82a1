"""Recurrence rules that come from files: checked, and brought into the form of oO's own.

A rule of a file is hostile: one without a next date would keep dateutil searching up to the year 9999.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import islice
from zoneinfo import ZoneInfo

from core.words.dates.rrules import with_day

Parts = dict[str, str]

MAX_RULE = 300  # code points
MAX_COUNT = 1000
"""A rule that ends after more repetitions counts as one without an end."""

_SEARCHED = {"DAILY": 2, "WEEKLY": 2, "MONTHLY": 3, "YEARLY": 9}
"""Years within which a rule must have a next date; 29 February comes back within eight."""

_NUMBERS = re.compile(r"[+-]?[1-9]\d{0,2}(,[+-]?[1-9]\d{0,2}){0,30}")
_VALUES = {
    "FREQ": re.compile("DAILY|WEEKLY|MONTHLY|YEARLY"),
    "INTERVAL": re.compile(r"\d{1,3}"),
    "COUNT": re.compile(r"\d{1,9}"),
    "UNTIL": re.compile(r"\d{8}(T\d{6}Z?)?"),
    "BYMONTH": _NUMBERS,
    "BYMONTHDAY": _NUMBERS,
    "BYDAY": re.compile(r"[+-]?\d{0,2}(MO|TU|WE|TH|FR|SA|SU)(,[+-]?\d{0,2}(MO|TU|WE|TH|FR|SA|SU)){0,20}"),
    "BYSETPOS": _NUMBERS,
    "WKST": re.compile("MO|TU|WE|TH|FR|SA|SU"),
}
_ANY_DAY = date(2024, 1, 1)
_IGNORED = {"BYHOUR", "BYMINUTE", "BYSECOND"}
"""The time of day is that of the due date."""


@lru_cache(maxsize=4096)
def usable_rule(text: str, start: date, zone: ZoneInfo) -> str | None:
    """An RRULE of a file in oO's own form; None if it can't be used, or has no date after ``start``.

    ``start`` is the due date. ``COUNT`` becomes the last date: oO moves the due date on, so it can't count.
    """
    parts = _parts(text)
    if parts is None:
        return None
    try:
        return _checked(parts, start, zone)
    except (ValueError, OverflowError, IndexError):  # numbers out of range, for dateutil or for a date
        return None


def _parts(text: str) -> Parts | None:
    if len(text) > MAX_RULE:
        return None
    rule = re.sub(r"\s", "", text).upper().removeprefix("RRULE:").strip(";")
    pairs = [part.partition("=") for part in rule.split(";")]
    parts = {name: value for name, _, value in pairs if name not in _IGNORED}
    usable = all(name in _VALUES and _VALUES[name].fullmatch(value) for name, value in parts.items())
    return parts if usable and "FREQ" in parts and len(pairs) == len({name for name, _, _ in pairs}) else None


def _checked(parts: Parts, start: date, zone: ZoneInfo) -> str | None:
    parts = _without_defaults(parts)
    end = _end(parts, start, zone)
    if end and end <= start:
        return None
    rule = {name: value for name, value in parts.items() if name not in ("COUNT", "UNTIL")}
    if not _has_next_date(rule, parts["FREQ"], start, end):
        return None
    text = _own_form(rule, start)
    return f"{text};UNTIL={end:%Y%m%d}" if end else text


def _without_defaults(parts: Parts) -> Parts:
    kept = {name: value for name, value in parts.items() if (name, value) != ("WKST", "MO")}
    interval = int(kept.pop("INTERVAL", "1"))
    if interval < 1:
        raise ValueError("an interval of nothing")
    return kept if interval == 1 else {**kept, "INTERVAL": str(interval)}


def _end(parts: Parts, start: date, zone: ZoneInfo) -> date | None:
    """The last possible date of the rule, if it has one."""
    if "UNTIL" in parts:
        return _until(parts["UNTIL"], zone)
    count = int(parts.get("COUNT", "0"))
    if not 0 < count <= MAX_COUNT:
        return None
    dates = _dates({name: value for name, value in parts.items() if name != "COUNT"}, start, None)
    return max((found.date() for found in islice(dates, count)), default=start)


def _until(text: str, zone: ZoneInfo) -> date:
    on = datetime.strptime(text[:8], "%Y%m%d").replace(tzinfo=UTC)
    if text.endswith("Z"):
        at = time(int(text[9:11]), int(text[11:13]))
        return datetime.combine(on.date(), at, tzinfo=UTC).astimezone(zone).date()
    return on.date()


def _has_next_date(rule: Parts, frequency: str, start: date, end: date | None) -> bool:
    """Whether the rule has a date after ``start``. The first look is cheap, and enough for most rules."""
    filters = tuple(sorted((name, value) for name, value in rule.items() if name.startswith("BY")))
    if filters and not _ever_has_dates(filters):
        return False
    interval = int(rule.get("INTERVAL", "1"))
    years = _SEARCHED[frequency] + interval * (frequency == "YEARLY")
    return any(found.date() > start for found in _dates(rule, start, end, years=years))


@lru_cache(maxsize=4096)
def _ever_has_dates(filters: tuple[tuple[str, str], ...]) -> bool:
    """Whether any day fits: there is no 30 February. Looks at nine years, with a leap day in them."""
    rule = {"FREQ": "YEARLY", **{name: value for name, value in filters if name != "BYSETPOS"}}
    if "BYMONTH" in rule or "BYMONTHDAY" in rule:  # else a number before a weekday counts within the year
        rule["BYDAY"] = re.sub(r"[+-]?\d+", "", rule["BYDAY"]) if "BYDAY" in rule else ""
    rule = {name: value for name, value in rule.items() if value}
    return next(iter(_dates(rule, _ANY_DAY, None, years=9)), None) is not None


def _dates(rule: Parts, start: date, end: date | None, *, years: int = 100):  # type: ignore[no-untyped-def]
    from dateutil.rrule import rrulestr

    last = min(end or date.max, start + timedelta(days=366 * min(years, 100)))
    text = ";".join(f"{name}={value}" for name, value in rule.items())
    return rrulestr(f"{text};UNTIL={last:%Y%m%d}", dtstart=datetime.combine(start, time()))


def _own_form(rule: Parts, start: date) -> str:
    """With the day of the month fixed, so that the 31st stays the last day; other rules as they are."""
    order = [name for name in _VALUES if name in rule]
    return with_day(";".join(f"{name}={rule[name]}" for name in order), start)
