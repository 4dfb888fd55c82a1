"""RFC 5545 rules in words. A day of the month that the due date shows as well is not repeated.

Tests: tests/bot/screens/test_recurrences.py.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta

from bot.languages.forms import forms
from bot.screens import texts_recurrences as texts

Rule = Mapping[str, str]

CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
WORKING_DAYS = frozenset(CODES[:5])
_MONDAY = date(2024, 1, 1)
_DAY = re.compile(r"([+-]?\d+)?(MO|TU|WE|TH|FR|SA|SU)")
_NUMBER = re.compile(r"[+-]?\d{1,4}")


def in_words(rule: str) -> str:
    """``every 2 weeks on Friday until 24 Dec 2026``; a source's own words, no RRULE, stay as they are."""
    if "FREQ=" not in rule:
        return rule
    parts = dict(part.split("=", 1) for part in rule.removeprefix("RRULE:").split(";") if "=" in part)
    return _with_end(_days_of(parts) or _interval(parts), parts)


def _interval(parts: Rule) -> str:
    """``every 2 weeks``."""
    every = texts.EVERY.get(parts["FREQ"])
    return every.of(_count(parts)) if every else texts.EVERY_SO_OFTEN


def _count(parts: Rule) -> int:
    return next(iter(_numbers(parts, "INTERVAL")), 1)


def _numbers(parts: Rule, name: str) -> list[int]:
    """The numbers of a part; what is no number is left out, as rules of sources may be anything."""
    return [int(one) for one in parts.get(name, "").split(",") if _NUMBER.fullmatch(one)]


# --- On which days -----------------------------------------------------------------------------------------


def _days_of(parts: Rule) -> str | None:
    """The rule with its days; None if it names none that need words."""
    days = [match for one in parts.get("BYDAY", "").split(",") if (match := _DAY.fullmatch(one))]
    positions = _numbers(parts, "BYSETPOS")
    if days and parts["FREQ"] in ("MONTHLY", "YEARLY"):
        return _on_nth(_nth_days(days, positions), parts)
    if days and parts["FREQ"] in ("DAILY", "WEEKLY"):
        return _on_weekdays([match[2] for match in days], parts)
    if parts["FREQ"] == "MONTHLY" and not positions:
        return _on_month_days(parts)
    return None


def _on_weekdays(codes: list[str], parts: Rule) -> str:
    """``every Monday and Friday``, ``every 2 weeks on weekdays``."""
    is_working_week = set(codes) == WORKING_DAYS
    if len(set(codes)) == len(CODES) and _count(parts) == 1:
        return texts.EVERY["DAILY"].of(1)
    days = forms().listed([_weekday(code) for code in dict.fromkeys(codes)])
    if _count(parts) == 1:
        return texts.EVERY_WEEKDAY if is_working_week else texts.EVERY_ON_DAYS.format(days=days)
    sentence = texts.INTERVAL_ON_WEEKDAYS if is_working_week else texts.INTERVAL_ON_DAYS
    return sentence.format(every=_interval(parts), days=days)


def _weekday(code: str) -> str:
    return forms().weekday(_MONDAY + timedelta(days=CODES.index(code)))


def _nth_days(days: list[re.Match[str]], positions: list[int]) -> list[str]:
    """``first Monday``, ``last weekday``: the days with an ordinal, their own or that of BYSETPOS."""
    own = [(match[1].lstrip("+"), _weekday(match[2])) for match in days if match[1]]
    if not own:
        codes = {match[2] for match in days}
        names = {frozenset(CODES): texts.ANY_DAY, WORKING_DAYS: texts.WORKING_DAY}
        name = names.get(frozenset(codes)) or forms().listed([_weekday(match[2]) for match in days])
        own = [(str(position), name) for position in positions]
    return [texts.NTH[nth].format(day=day) for nth, day in own if nth in texts.NTH]


def _on_nth(days: list[str], parts: Rule) -> str | None:
    """``every first Monday of the month``, ``every year on the fourth Thursday in November``."""
    if not days:
        return None
    months = [month for month in _numbers(parts, "BYMONTH") if 1 <= month <= 12]
    listed = forms().listed(days)
    if months:
        names = forms().listed([forms().month(date(2024, month, 1)) for month in months])
        return texts.INTERVAL_ON_NTH_IN_MONTHS.format(every=_interval(parts), days=listed, months=names)
    if parts["FREQ"] == "MONTHLY" and _count(parts) == 1:
        return texts.EVERY_NTH.format(days=listed)
    return texts.INTERVAL_ON_NTH.format(every=_interval(parts), days=listed)


def _on_month_days(parts: Rule) -> str | None:
    """``every month on the 1st and 15th``, ``every last day of the month``; None for one plain day."""
    days = _numbers(parts, "BYMONTHDAY")
    if not days or (len(days) == 1 and days[0] > 0):
        return None
    words = [
        _ordinal(day) if day > 0 else texts.NTH[str(day)].format(day=texts.ANY_DAY)
        for day in days
        if day > 0 or str(day) in texts.NTH
    ]
    if days == [-1] and _count(parts) == 1:
        return texts.EVERY_NTH.format(days=words[0])
    return texts.INTERVAL_ON_NTH.format(every=_interval(parts), days=forms().listed(words)) if words else None


def _ordinal(number: int) -> str:
    """``1st``, ``15th``."""
    return texts.ORDINALS[forms().ordinal(number)].format(number=number)


# --- Until when --------------------------------------------------------------------------------------------


def _with_end(words: str, parts: Rule) -> str:
    """The rule with its last day or its number of times, if it has one that can be read."""
    last = _date(parts.get("UNTIL", ""))
    if last:
        return texts.UNTIL_DAY.format(rule=words, date=forms().far_date(last))
    times = next((count for count in _numbers(parts, "COUNT") if count > 0), None)
    return texts.TIMES.of(times, rule=words) if times else words


def _date(until: str) -> date | None:
    try:
        return date.fromisoformat(until[:8])
    except ValueError:
        return None
