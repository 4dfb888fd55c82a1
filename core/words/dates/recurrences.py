"""Recurrences in a sentence, and the RFC 5545 rules they are: ``every 2nd tuesday``, ``alle drei Tage``.

Patterns are for words in one spelling (``core/words/dates/sentence.py``). A rule has neither DTSTART nor a
time of day: both are the task's due date, which moves along the rule (``core/words/dates/rrules.py``).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from core.words.dates.days import read_day
from core.words.dates.month_days import DATES
from core.words.dates.rrules import Rule, written
from core.words.dates.shapes import (
    MONTH_DAY,
    NTH,
    ORDINAL,
    WEEKDAY,
    Said,
    Shape,
    finding,
    matched,
    number_of,
)
from core.words.dates.vocabulary import WEEKDAYS

_Reads = Callable[[Said], Rule | None]
_FREQUENCIES = {"day": "DAILY", "week": "WEEKLY", "month": "MONTHLY", "quarter": "MONTHLY", "year": "YEARLY"}
_ADVERBS = {"daily": "day", "weekly": "week", "monthly": "month", "quarterly": "quarter", "yearly": "year"}
_TWICE = ("other", "second", "2nd", "2th", "2")
_WORKDAYS, _WEEKEND = "MO,TU,WE,TH,FR", "SA,SU"


def read_rule(phrase: str, start: date) -> str | None:
    """The rule that is meant by ``every 2 weeks`` and the like; None if there is no such recurrence.

    A rule by months or years names its day, so that it keeps to it; a day that some months lack is the last
    one there.
    """
    found = matched(EVERY, phrase)
    rule = found.read(found.said) if found else None
    return written(rule, start) if rule else None


def is_span(phrase: str) -> bool:
    """Whether it says no more than ``mon-fri``, which may as well be five days of this week."""
    found = matched(EVERY, phrase)
    if phrase.endswith("week") and phrase.startswith(("en ", "unter ")):
        return True  # "partir en semaine"
    return found is not None and found.read is _from_to and not phrase.startswith("every")


# --- Rules -------------------------------------------------------------------------------------------------


def _by_unit(said: Said) -> Rule | None:
    """Every day, second week, 3 months; *on* a weekday or a day of the month."""
    unit = str(said["unit"]).removesuffix("s")
    step = _step(said.get("step")) * (3 if unit.startswith("quarter") else 1)
    rule = {"FREQ": _FREQUENCIES[unit.split()[0]], "INTERVAL": str(step)}
    if days := said.get("days"):
        return rule | {"BYDAY": _codes(days)}
    if nth := said.get("nth"):
        return _on_nth(rule, number_of(nth), said.get("weekday"))
    return rule | _on_date(said["date"]) if said.get("date") else rule


def _one_of_two(said: Said) -> Rule | None:
    """*un mardi sur deux*."""
    return _by_unit({"unit": "week", **said, "step": "2"})


def _by_adverb(said: Said) -> Rule | None:
    adverb = str(said["adverb"])
    step = "2" if adverb in ("biweekly", "fortnightly") else None
    return _by_unit({**said, "unit": _ADVERBS.get(adverb, "week"), "step": step})


def _by_nth(said: Said) -> Rule | None:
    """*every 3rd friday* is one of the month, *every 2nd friday* every other one; *every 15th*."""
    nth, weekday = str(said["nth"]), said.get("weekday")
    in_month = said.get("month")
    if weekday in WEEKDAYS and not in_month and (nth in _TWICE or nth.isdecimal()):
        return {"FREQ": "WEEKLY", "INTERVAL": str(_step(nth)), "BYDAY": _code(str(weekday))}
    if nth == "other":
        return None
    return _on_nth({"FREQ": "MONTHLY", "INTERVAL": "1"}, number_of(nth), weekday)


def _by_days(said: Said) -> Rule | None:
    return {"FREQ": "WEEKLY", "INTERVAL": "1", "BYDAY": _codes(str(said["days"]))}


def _from_to(said: Said) -> Rule | None:
    """*monday to friday*."""
    first, last = WEEKDAYS.index(str(said["first"])), WEEKDAYS.index(str(said["last"]))
    days = [(first + ahead) % 7 for ahead in range((last - first) % 7 + 1)]
    return {
        "FREQ": "WEEKLY",
        "INTERVAL": "1",
        "BYDAY": ",".join(_code(WEEKDAYS[day]) for day in sorted(days)),
    }


def _named(said: Said) -> Rule | None:
    """*workdays*, *weekends*, *en semaine*, *unter der Woche*; parts of every day."""
    if str(said["name"]).startswith(("work", "week", "en ", "unter ")):
        days = _WEEKEND if str(said["name"]).startswith("weekend") else _WORKDAYS
        return {"FREQ": "WEEKLY", "INTERVAL": "1", "BYDAY": days}
    return {"FREQ": "DAILY", "INTERVAL": "1"}


def _by_month_end(said: Said) -> Rule | None:
    """*at the end of every month*, *chaque fin de mois*."""
    return {"FREQ": "MONTHLY", "INTERVAL": "1", "BYMONTHDAY": "-1"}


def _on_each_date(said: Said) -> Rule | None:
    return {"FREQ": "YEARLY", "INTERVAL": "1"} | _on_date(said["date"])


def _on_nth(rule: Rule, nth: int, weekday: str | None) -> Rule:
    if weekday in WEEKDAYS:
        return rule | {"BYDAY": f"{nth}{_code(str(weekday))}"}
    return rule | {"BYMONTHDAY": str(nth)}


_LEAP_YEAR_BEGINS = date(2028, 1, 1)


def _on_date(words: str | None) -> Rule:
    """A day that no year has is one that no rule has either."""
    day = read_day(str(words), _LEAP_YEAR_BEGINS)
    return {"BYMONTH": str(day.month), "BYMONTHDAY": str(day.day)} if day else {"BYMONTH": "0"}


def _step(words: str | None) -> int:
    if not words:
        return 1
    return 2 if words == "other" else number_of(words)


def _code(weekday: str) -> str:
    return weekday[:2].upper()


def _codes(days: str) -> str:
    return ",".join(dict.fromkeys(_code(word) for word in days.split() if word.removesuffix("s") in WEEKDAYS))


# --- Shapes ------------------------------------------------------------------------------------------------

_EVERY = "every(?: the| on| single)?"
_STEP = "(?:(?P<step>other|second|third|fourth|fifth|[0-9]{1,3}(?:st|nd|rd|th)?) )?"
_WD = f"(?P<weekday>{WEEKDAY})"
_DAYS = f"{WEEKDAY}(?:(?: and)?(?: every)?(?: on| le)? {WEEKDAY}){{0,6}}"
_ALL_DAYS = f"(?P<days>{_DAYS}|{WEEKDAY}s(?:(?: and)?(?: the)? {WEEKDAY}s){{0,6}})"
_ON = "(?: on| le| at the)?(?: the)?"
_THE, _TO = "(?:the |le )?", "(?:to|by|thru|through|-|–|at the)"
_ONCE = "(?:once|a fois) (?:a|per|in the|the|every)"
_DATE = f"(?P<date>{finding(DATES)})"
_OF_MONTH = "(?P<month> (?:of |in )?(?:the |every )?months?)"
_ON_NTH = f"(?:{_ON} (?P<nth>{ORDINAL}|(?<=le ){MONTH_DAY})(?: (?:day|{_WD}))?)?"

EVERY: tuple[Shape[_Reads], ...] = (
    Shape(pattern=f"{_EVERY} {_STEP}(?P<unit>days?)(?: of the week)?", read=_by_unit),
    Shape(pattern=f"{_EVERY} {_STEP}(?P<unit>weeks?)(?:{_ON} {_ALL_DAYS})?", read=_by_unit),
    Shape(pattern=f"{_EVERY} {_STEP}(?P<unit>months?|quarters?(?: years?)?){_ON_NTH}", read=_by_unit),
    Shape(pattern=f"{_EVERY} {_STEP}(?P<unit>years?)(?:{_ON} {_DATE})?", read=_by_unit),
    Shape(pattern=f"{_EVERY} (?:days? )?(?P<name>workdays?|weekends?)", read=_named),
    Shape(pattern=f"{_EVERY} (?P<name>mornings?|afternoons?|evenings?|nights?|noon)", read=_named),
    Shape(pattern=f"{_EVERY} (?P<nth>{ORDINAL}|other|[0-9]{{1,2}}) {_WD}s?{_OF_MONTH}?", read=_by_nth),
    Shape(pattern=f"{_EVERY} (?P<nth>{ORDINAL})(?: day)?{_OF_MONTH}?", read=_by_nth),
    Shape(pattern=f"{_EVERY} (?P<nth>{MONTH_DAY}){_OF_MONTH}", read=_by_nth),
    Shape(pattern=f"{_EVERY} {_ALL_DAYS}", read=_by_days),
    Shape(pattern=f"{_EVERY} {_DATE}", read=_on_each_date),
    Shape(
        pattern=f"{_THE}(?P<nth>{ORDINAL}) (?:{_WD}|day) (?P<month>(?:of |in )?every months?)", read=_by_nth
    ),
    Shape(pattern=f"{_THE}(?P<nth>{NTH}|first|{MONTH_DAY}) (?:of )?(?P<month>every months?)", read=_by_nth),
    Shape(pattern="(?P<adverb>daily)", read=_by_adverb),
    Shape(pattern=f"(?P<adverb>weekly|biweekly|fortnightly)(?:{_ON} {_ALL_DAYS})?", read=_by_adverb),
    Shape(pattern=f"(?P<adverb>monthly|quarterly){_ON_NTH}", read=_by_adverb),
    Shape(pattern=f"(?P<adverb>yearly)(?:{_ON} {_DATE})?", read=_by_adverb),
    Shape(pattern=f"(?:the )?(?P<days>{WEEKDAY}s(?:(?: and)?(?: the)? {WEEKDAY}s){{0,6}})", read=_by_days),
    Shape(pattern="(?P<name>workdays|weekends|(?:en|unter the) week)", read=_named),
    Shape(pattern="(?:the )?end (?:of )?every months?|every (?:the )?end of months?", read=_by_month_end),
    Shape(pattern="half-yearly", read=lambda said: _by_unit({"unit": "month", "step": "6"})),
    Shape(pattern=f"{_ONCE} {_STEP}(?P<unit>days?|weeks?|months?|years?)", read=_by_unit),
    Shape(pattern=f"a (?P<days>{WEEKDAY}) sur 2", read=_one_of_two),
    Shape(pattern="a (?P<unit>day|week) sur 2", read=_one_of_two),
    Shape(
        pattern=f"(?:(?:every|from|of)(?: the)? )?(?P<first>{WEEKDAY}) {_TO} (?P<last>{WEEKDAY})",
        read=_from_to,
    ),
)
