"""RFC 5545 rules of repeating tasks: written so that they have a next date, and followed (dateutil)."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, datetime, time
from typing import Any

Rule = dict[str, str]
"""The parts of a rule by name, INTERVAL always among them."""

_FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_PARTS = ("FREQ", "INTERVAL", "BYMONTH", "BYMONTHDAY", "BYDAY", "BYSETPOS", "UNTIL")
_WEEKDAYS = re.compile(r"(?:(?:MO|TU|WE|TH|FR|SA|SU),?)+")
_NTH_WEEKDAYS = re.compile(r"(?:-1|[1-5])(?:MO|TU|WE|TH|FR|SA|SU)")
_LEAP_YEAR = 2028


def written(rule: Rule, start: date) -> str | None:
    """The rule as text, with the day it keeps to; None if it never comes again."""
    if not _comes_again(rule):
        return None
    kept = _keeping_its_day(rule, start)
    parts = (part for part in _PARTS if part in kept and (part, kept[part]) != ("INTERVAL", "1"))
    return ";".join(f"{part}={kept[part]}" for part in parts)


def ending(rule: str, last: date) -> str:
    """The rule with an end: ``last`` is the last day on which it may come."""
    return f"{rule};UNTIL={last:%Y%m%d}"


def first_date(rule: str, start: date) -> date | None:
    """The first date of the rule from ``start`` on, whatever its interval; None when it ends before."""
    found = _dates(re.sub(r";INTERVAL=\d+", "", rule), start).after(_midnight(start), inc=True)
    return found.date() if found else None


def next_date(rule: str, begun: date, after: date) -> date | None:
    """The first date later than ``after``, counting intervals from ``begun``; None when it has ended."""
    found = _dates(rule, begun).after(_midnight(after))
    return found.date() if found else None


def _dates(rule: str, begun: date) -> Any:
    from dateutil.rrule import rrulestr

    return rrulestr(rule, dtstart=_midnight(begun))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())


def _comes_again(rule: Rule) -> bool:
    """Whether a rule is of a kind that surely has a next date: dateutil would search until the year 9999."""
    if rule.get("FREQ") not in _FREQUENCIES or not set(rule) <= set(_PARTS) or int(rule["INTERVAL"]) < 1:
        return False
    if "BYDAY" in rule:
        days = _NTH_WEEKDAYS if rule["FREQ"] == "MONTHLY" else _WEEKDAYS
        return not {"BYMONTH", "BYMONTHDAY"} & set(rule) and days.fullmatch(rule["BYDAY"]) is not None
    if rule.get("BYMONTH") == "0":
        return False
    longest = monthrange(_LEAP_YEAR, int(rule["BYMONTH"]))[1] if "BYMONTH" in rule else 31
    return rule.get("BYMONTHDAY", "1") in ("-1", *map(str, range(1, longest + 1)))


def _keeping_its_day(rule: Rule, start: date) -> Rule:
    if rule["FREQ"] not in ("MONTHLY", "YEARLY") or "BYDAY" in rule:
        return rule
    kept = dict(rule)
    if rule["FREQ"] == "YEARLY":
        kept.setdefault("BYMONTH", str(start.month))
    day = int(kept.setdefault("BYMONTHDAY", str(start.day)))
    if day > 28 and kept.get("BYMONTH", "2") == "2":
        kept |= {"BYMONTHDAY": ",".join(map(str, range(28, day + 1))), "BYSETPOS": "-1"}
    return kept
