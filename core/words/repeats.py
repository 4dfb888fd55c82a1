"""Recurrences: words to an RFC 5545 rule (recurrent reads them), and a rule to dates (dateutil).

A rule has neither DTSTART nor a time of day: both are the task's due date, which moves along the rule.
"""

from __future__ import annotations

import re
import warnings
from calendar import monthrange
from datetime import date, datetime, time
from typing import Any

from core.words.vocabulary import MONTHS

_MONTH = "|".join(MONTHS)
# What recurrent does not know, in words that it does.
_REWRITES = (
    (r"^every second (?=day|week|month|year)", "every 2 "),
    (r"^every third (?=day|week|month|year)", "every 3 "),
    (r"^every (\d+)(?:nd|rd|th) (?=day|week|month|year)", r"every \1 "),
    (r"every workday", "every weekday"),
    (r"every quarter", "every 3 months"),
    (r"biweekly|fortnightly", "every 2 weeks"),
    (r"^weekly", "every week"),
    (r"^monthly", "every month"),
    (r"^(?:yearly|annually)", "every year"),
    (r"^quarterly", "every 3 months"),
    (r"every (?:morning|afternoon|evening|night)$", "every day"),
    (r"every month on the (\d+(?:st|nd|rd|th)|first|last)", r"every \1 of the month"),
    (r"every ((?:first|last|1st) \w+day)$", r"every \1 of the month"),
    (r"every (\d+(?:st|nd|rd|th)|first|last)(?: day)?$", r"every \1 of the month"),
    (rf"every (?:year on )?(?:the )?(\d+)\D*? ({_MONTH})$", r"every \2 \1"),
    (rf"every year on ({_MONTH})", r"every \1"),
)
_FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_PARTS = ("FREQ", "INTERVAL", "BYMONTH", "BYMONTHDAY", "BYDAY", "BYSETPOS")
_WEEKDAYS = re.compile(r"(?:(?:MO|TU|WE|TH|FR|SA|SU),?)+")
_NTH_WEEKDAYS = re.compile(r"(?:-1|[1-5])(?:MO|TU|WE|TH|FR|SA|SU)")
_LEAP_YEAR = 2028


def read_rule(phrase: str, start: date) -> str | None:
    """The rule that is meant by ``every 2 weeks`` and the like; None if there is no such recurrence.

    A rule by months or years names its day, so that it keeps to it; a day that some months lack is the last
    one there.
    """
    for pattern, words in _REWRITES:
        phrase = re.sub(pattern, words, phrase)
    found = _ask_library(phrase, start)
    if not isinstance(found, str):
        return None
    rule = dict(part.split("=") for part in found.removeprefix("RRULE:").split(";"))
    return _written(_keeping_its_day(rule, start)) if _comes_again(rule) else None


def first_date(rule: str, start: date) -> date:
    """The first date of the rule from ``start`` on, whatever its interval."""
    found: datetime = _dates(re.sub(r";INTERVAL=\d+", "", rule), start).after(_midnight(start), inc=True)
    return found.date()


def next_date(rule: str, begun: date, after: date) -> date:
    """The first date later than ``after``, counting intervals from ``begun``."""
    found: datetime = _dates(rule, begun).after(_midnight(after))
    return found.date()


def _ask_library(phrase: str, start: date) -> Any:
    """What recurrent makes of it: a rule, or something else if there is no recurrence in it."""
    from parsedatetime.warns import pdt20DeprecationWarning

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", pdt20DeprecationWarning)  # recurrent's use of it, not ours
        from recurrent.event_parser import RecurringEvent

        try:
            return RecurringEvent(now_date=_midnight(start)).parse(phrase)
        except ValueError:  # how it says that it can't read an ordinal or a name
            return None


def _dates(rule: str, begun: date) -> Any:
    from dateutil.rrule import rrulestr

    return rrulestr(rule, dtstart=_midnight(begun))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())


def _comes_again(rule: dict[str, str]) -> bool:
    """Whether a rule is of a kind that surely has a next date: dateutil would search until the year 9999."""
    if rule.get("FREQ") not in _FREQUENCIES or not set(rule) <= set(_PARTS) or int(rule["INTERVAL"]) < 1:
        return False
    if "BYDAY" in rule:
        days = _NTH_WEEKDAYS if rule["FREQ"] == "MONTHLY" else _WEEKDAYS
        return not {"BYMONTH", "BYMONTHDAY"} & set(rule) and days.fullmatch(rule["BYDAY"]) is not None
    longest = monthrange(_LEAP_YEAR, int(rule["BYMONTH"]))[1] if rule.get("BYMONTH", "").isdecimal() else 31
    return rule.get("BYMONTHDAY", "1") in ("-1", *map(str, range(1, longest + 1)))


def _keeping_its_day(rule: dict[str, str], start: date) -> dict[str, str]:
    if rule["FREQ"] not in ("MONTHLY", "YEARLY") or "BYDAY" in rule:
        return rule
    kept = dict(rule)
    if rule["FREQ"] == "YEARLY":
        kept.setdefault("BYMONTH", str(start.month))
    day = int(kept.setdefault("BYMONTHDAY", str(start.day)))
    if day > 28 and kept.get("BYMONTH", "2") == "2":
        kept |= {"BYMONTHDAY": ",".join(map(str, range(28, day + 1))), "BYSETPOS": "-1"}
    return kept


def _written(rule: dict[str, str]) -> str:
    parts = (part for part in _PARTS if part in rule and (part, rule[part]) != ("INTERVAL", "1"))
    return ";".join(f"{part}={rule[part]}" for part in parts)
