"""RFC 5545 rules of repeating tasks: formatted, checked to have a next date, and evaluated (dateutil)."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, datetime, time
from itertools import islice
from typing import Any

Rule = dict[str, str]
"""The parts of a rule by name; INTERVAL is always present."""

_FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_PARTS = ("FREQ", "INTERVAL", "BYMONTH", "BYMONTHDAY", "BYDAY", "BYSETPOS", "UNTIL")
_WEEKDAYS = re.compile(r"(?:(?:MO|TU|WE|TH|FR|SA|SU),?)+")
_NTH_WEEKDAYS = re.compile(r"(?:-1|[1-5])(?:MO|TU|WE|TH|FR|SA|SU)")
_LEAP_YEAR = 2028
_MAX_COUNT = 1000


def format_rule(rule: Rule, start: date) -> str | None:
    """The rule as text, with its day of the month; None if it has no next date."""
    if not _has_next_date(rule):
        return None
    kept = _with_fixed_day(rule, start)
    parts = (part for part in _PARTS if part in kept and (part, kept[part]) != ("INTERVAL", "1"))
    return ";".join(f"{part}={kept[part]}" for part in parts)


def without_day(rule: str) -> str:
    """The rule without the days that it names."""
    return ";".join(part for part in rule.split(";") if not part.startswith("BY"))


def with_day(rule: str, start: date) -> str:
    """The inverse of ``without_day``, of a rule that begins on ``start``. One that names days is unchanged.

    So are a source's words for a recurrence.
    """
    if ";BY" in rule or not rule.startswith("FREQ="):
        return rule
    parts = dict(part.split("=", 1) for part in rule.split(";"))
    return format_rule({"INTERVAL": "1", **parts}, start) or rule


def with_end(rule: str, last: date) -> str:
    """The rule with an end: ``last`` is the last possible date."""
    return f"{rule};UNTIL={last:%Y%m%d}"


def first_date(rule: str, start: date) -> date | None:
    """The first date of the rule from ``start`` on, ignoring its interval; None if it ends before."""
    found = _dates(re.sub(r";INTERVAL=\d+", "", rule), start).after(_midnight(start), inc=True)
    return found.date() if found else None


def nth_date(rule: str, begun: date, count: int) -> date | None:
    """The date of the ``count``-th time, if ``begun`` is the first one; None if that is too many or none.

    A rule gets an end instead of a COUNT, because its task moves on from date to date.
    """
    if not 1 <= count <= _MAX_COUNT:
        return None
    found = next(islice(_dates(rule, begun), count - 1, None), None)
    return found.date() if found else None


def next_date(rule: str, begun: date, after: date) -> date | None:
    """The first date after ``after``, with intervals counted from ``begun``; None if the rule has ended."""
    found = _dates(rule, begun).after(_midnight(after))
    return found.date() if found else None


def next_date_from(rule: str, done: date) -> date | None:
    """The next date of a rule that counts from the day of completion; None if the rule has ended.

    A rule with weekdays gives the next of them. Others add their interval.
    """
    from dateutil.relativedelta import relativedelta

    parts = dict(part.split("=", 1) for part in rule.split(";"))
    if "BYDAY" in parts:
        return next_date(rule, done, done)
    unit = {"DAILY": "days", "WEEKLY": "weeks", "MONTHLY": "months", "YEARLY": "years"}[parts["FREQ"]]
    found: date = done + relativedelta(**{unit: int(parts.get("INTERVAL", "1"))})  # type: ignore[arg-type]
    last = parts.get("UNTIL")
    return found if last is None or f"{found:%Y%m%d}" <= last else None


def _dates(rule: str, begun: date) -> Any:
    from dateutil.rrule import rrulestr

    return rrulestr(rule, dtstart=_midnight(begun))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())


def _has_next_date(rule: Rule) -> bool:
    """Whether a rule surely has a next date; dateutil would search for one up to the year 9999."""
    if rule.get("FREQ") not in _FREQUENCIES or not set(rule) <= set(_PARTS) or int(rule["INTERVAL"]) < 1:
        return False
    if "BYDAY" in rule:
        days = _NTH_WEEKDAYS if rule["FREQ"] == "MONTHLY" and "BYSETPOS" not in rule else _WEEKDAYS
        return not {"BYMONTH", "BYMONTHDAY"} & set(rule) and days.fullmatch(rule["BYDAY"]) is not None
    if rule.get("BYMONTH") == "0":
        return False
    longest = monthrange(_LEAP_YEAR, int(rule["BYMONTH"]))[1] if "BYMONTH" in rule else 31
    return rule.get("BYMONTHDAY", "1") in ("-1", *map(str, range(1, longest + 1)))


def _with_fixed_day(rule: Rule, start: date) -> Rule:
    """The rule with its month and day of the month, taken from ``start`` where it has none.

    For days that some months lack, the last of the days 28 to ``day`` that the month has.
    """
    if rule["FREQ"] not in ("MONTHLY", "YEARLY") or "BYDAY" in rule:
        return rule
    kept = dict(rule)
    if rule["FREQ"] == "YEARLY":
        kept.setdefault("BYMONTH", str(start.month))
    day = int(kept.setdefault("BYMONTHDAY", str(start.day)))
    if day > 28 and kept.get("BYMONTH", "2") == "2":
        kept |= {"BYMONTHDAY": ",".join(map(str, range(28, day + 1))), "BYSETPOS": "-1"}
    return kept
