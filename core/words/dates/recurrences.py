"""Recurrences in a sentence as RFC 5545 rules: ``every 2nd tuesday``, ``alle drei Tage``.

Patterns are in the normal form. A rule has neither DTSTART nor a time of day: both come from the task's due
date, which moves along the rule (``core/words/dates/rrules.py``).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from core.words.dates.days import read_day
from core.words.dates.month_days import DATES
from core.words.dates.patterns import (
    MONTH_DAY,
    NTH,
    ORDINAL,
    WEEKDAY,
    Groups,
    PhrasePattern,
    match_any,
    ordinal_number,
    search_pattern,
)
from core.words.dates.rrules import Rule, format_rule
from core.words.dates.vocabulary import WEEKDAYS
from core.words.phrasebooks.books import times
from core.words.phrasebooks.patterns import one_of

_Reads = Callable[[Groups], Rule | None]
_FREQUENCIES = {"day": "DAILY", "week": "WEEKLY", "month": "MONTHLY", "quarter": "MONTHLY", "year": "YEARLY"}
_ADVERBS = {"daily": "day", "weekly": "week", "monthly": "month", "quarterly": "quarter", "yearly": "year"}
_SECOND_OR_OTHER = ("other", "second", "2nd", "2th", "2")
_WORKDAYS, _WEEKEND = "MO,TU,WE,TH,FR", "SA,SU"
_EACH_DAY = f"{_WORKDAYS},{_WEEKEND}"


def read_rule(phrase: str, start: date) -> str | None:
    """The rule of ``phrase`` (``every 2 weeks``) that begins on ``start``; None if there is no such rule.

    A monthly or yearly rule names its day of the month; in shorter months it falls on the last day.
    """
    found = match_any(RECURRENCES, phrase)
    rule = found.read(found.groups) if found else None
    return format_rule(rule, start) if rule else None


def without_days(rule: str, days: str) -> str | None:
    """A daily or weekly rule without the weekdays in ``days``; None for others, and if none is left."""
    parts = dict(part.split("=", 1) for part in rule.split(";"))
    kept = _EACH_DAY if rule == "FREQ=DAILY" else parts.get("BYDAY", "")
    if parts["FREQ"] not in ("DAILY", "WEEKLY") or not kept:
        return None
    left_out = _WEEKEND if days.startswith("weekend") else _codes(days)
    left = [day for day in kept.split(",") if day not in left_out.split(",")]
    if not left:
        return None
    changed = {**parts, "FREQ": "WEEKLY", "BYDAY": ",".join(left)}
    return ";".join(f"{name}={value}" for name, value in changed.items())


def names_a_day(phrase: str) -> bool:
    """Whether the recurrence names its days, as "every friday" does and "weekly" does not."""
    found = match_any(RECURRENCES, phrase)
    rule = found.read(found.groups) if found else None
    return any(part.startswith("BY") for part in rule or ())


def is_weekday_range(phrase: str) -> bool:
    """Whether ``phrase`` is no more than ``mon-fri``, which may mean five days of this week as well."""
    found = match_any(RECURRENCES, phrase)
    if phrase.endswith("week") and phrase.startswith(_WORKING_WEEK):
        return True  # "partir en semaine"
    return found is not None and found.read is _weekday_range and not phrase.startswith("every")


# --- Rules -------------------------------------------------------------------------------------------------


def _by_unit(groups: Groups) -> Rule | None:
    """*every day*, *every second week*, *every 3 months*; *on* a weekday or a day of the month."""
    unit = str(groups["unit"]).removesuffix("s")
    step = _step(groups.get("step")) * (3 if unit.startswith("quarter") else 1)
    rule = {"FREQ": _FREQUENCIES[unit.split()[0]], "INTERVAL": str(step)}
    if days := groups.get("days"):
        return rule | {"BYDAY": _codes(days)}
    if nth := groups.get("nth"):
        return _on_nth(rule, ordinal_number(nth), groups.get("weekday"))
    return rule | _on_calendar_date(groups["date"]) if groups.get("date") else rule


def _one_of_two(groups: Groups) -> Rule | None:
    """*un mardi sur deux*."""
    return _by_unit({"unit": "week", **groups, "step": "2"})


def _by_adverb(groups: Groups) -> Rule | None:
    adverb = str(groups["adverb"])
    step = "2" if adverb in ("biweekly", "fortnightly") else None
    return _by_unit({**groups, "unit": _ADVERBS.get(adverb, "week"), "step": step})


def _by_nth(groups: Groups) -> Rule | None:
    """*every 3rd friday* is monthly, *every 2nd friday* is every other Friday; *every 15th* is monthly."""
    nth, weekday = str(groups["nth"]), groups.get("weekday")
    in_month = groups.get("month")
    if weekday in WEEKDAYS and not in_month and (nth in _SECOND_OR_OTHER or nth.isdecimal()):
        return {"FREQ": "WEEKLY", "INTERVAL": str(_step(nth)), "BYDAY": _code(str(weekday))}
    if nth == "other":
        return None
    return _on_nth({"FREQ": "MONTHLY", "INTERVAL": "1"}, ordinal_number(nth), weekday)


def _by_days(groups: Groups) -> Rule | None:
    return {"FREQ": "WEEKLY", "INTERVAL": "1", "BYDAY": _codes(str(groups["days"]))}


def _weekday_range(groups: Groups) -> Rule | None:
    """*monday to friday*."""
    first, last = WEEKDAYS.index(str(groups["first"])), WEEKDAYS.index(str(groups["last"]))
    days = [(first + ahead) % 7 for ahead in range((last - first) % 7 + 1)]
    return {
        "FREQ": "WEEKLY",
        "INTERVAL": "1",
        "BYDAY": ",".join(_code(WEEKDAYS[day]) for day in sorted(days)),
    }


def _by_name(groups: Groups) -> Rule | None:
    """*workdays*, *weekends*, *en semaine*, *unter der Woche*; *every morning* is daily."""
    if str(groups["name"]).startswith(("work", "week", *_WORKING_WEEK)):
        days = _WEEKEND if str(groups["name"]).startswith("weekend") else _WORKDAYS
        return {"FREQ": "WEEKLY", "INTERVAL": "1", "BYDAY": days}
    return {"FREQ": "DAILY", "INTERVAL": "1"}


def _by_month_end(groups: Groups) -> Rule | None:
    """*at the end of every month*, *chaque fin de mois*."""
    return {"FREQ": "MONTHLY", "INTERVAL": "1", "BYMONTHDAY": "-1"}


def _by_workday_of_month(groups: Groups) -> Rule | None:
    """*on the last working day of every month*, *jeden ersten Werktag im Monat*."""
    rule = {"FREQ": "MONTHLY", "INTERVAL": "1", "BYDAY": _WORKDAYS}
    return rule | {"BYSETPOS": str(ordinal_number(str(groups["nth"])))}


def _on_calendar_date_yearly(groups: Groups) -> Rule | None:
    return {"FREQ": "YEARLY", "INTERVAL": "1"} | _on_calendar_date(groups["date"])


def _on_nth(rule: Rule, nth: int, weekday: str | None) -> Rule:
    if weekday in WEEKDAYS:
        return rule | {"BYDAY": f"{nth}{_code(str(weekday))}"}
    return rule | {"BYMONTHDAY": str(nth)}


_LEAP_YEAR_BEGINS = date(2028, 1, 1)


def _on_calendar_date(words: str | None) -> Rule:
    """The month and day of a date; BYMONTH=0, which no rule accepts, for a date that no year has."""
    day = read_day(str(words), _LEAP_YEAR_BEGINS)
    return {"BYMONTH": str(day.month), "BYMONTHDAY": str(day.day)} if day else {"BYMONTH": "0"}


def _step(words: str | None) -> int:
    if not words:
        return 1
    return 2 if words == "other" else ordinal_number(words)


def _code(weekday: str) -> str:
    return weekday[:2].upper()


def _codes(days: str) -> str:
    return ",".join(dict.fromkeys(_code(word) for word in days.split() if word.removesuffix("s") in WEEKDAYS))


# --- Patterns ----------------------------------------------------------------------------------------------

_WORKING_WEEK, _OF_TWO = tuple(times.WORKING_WEEK), one_of(times.OF_TWO)
_EVERY = "every(?: the| on| single)?"
_STEP = "(?:(?P<step>other|second|third|fourth|fifth|[0-9]{1,3}(?:st|nd|rd|th)?) )?"
_WD = f"(?P<weekday>{WEEKDAY})"
_DAYS = f"{WEEKDAY}(?:(?: and)?(?: every)?(?: on| le)? {WEEKDAY}){{0,6}}"
_ALL_DAYS = f"(?P<days>{_DAYS}|{WEEKDAY}s(?:(?: and)?(?: the)? {WEEKDAY}s){{0,6}})"
EXCEPTED_DAYS = f"weekends?|{WEEKDAY}s?(?:(?: and)?(?: on)?(?: the| le)? {WEEKDAY}s?){{0,3}}"
"""What a recurrence may leave out: "every day except sunday"."""

_ON = "(?: on| le| at the)?(?: the)?"
_THE, _TO = "(?:the |le )?", "(?:to|by|thru|through|-|–|at the)"
_ONCE = "(?:once|a fois) (?:a|per|in the|the|every)"
_DATE = f"(?P<date>{search_pattern(DATES)})"
_OF_MONTH = "(?P<month> (?:of |in )?(?:the |every )?months?)"
_WORKDAY = "(?:day )?(?:workday|weekday|working day|work day|business day)"
_ON_NTH = f"(?:{_ON} (?P<nth>{ORDINAL}|(?<=le ){MONTH_DAY})(?: (?:day|{_WD}))?)?"

RECURRENCES: tuple[PhrasePattern[_Reads], ...] = (
    PhrasePattern(pattern=f"{_EVERY} {_STEP}(?P<unit>days?)(?: of the week)?", read=_by_unit),
    PhrasePattern(pattern=f"{_EVERY} {_STEP}(?P<unit>weeks?)(?:{_ON} {_ALL_DAYS})?", read=_by_unit),
    PhrasePattern(pattern=f"{_EVERY} {_STEP}(?P<unit>months?|quarters?(?: years?)?){_ON_NTH}", read=_by_unit),
    PhrasePattern(pattern=f"{_EVERY} {_STEP}(?P<unit>years?)(?:{_ON} {_DATE})?", read=_by_unit),
    PhrasePattern(pattern=f"{_EVERY} (?:days? )?(?P<name>workdays?|weekends?)", read=_by_name),
    PhrasePattern(pattern=f"{_EVERY} (?P<name>mornings?|afternoons?|evenings?|nights?|noon)", read=_by_name),
    PhrasePattern(
        pattern=f"{_EVERY} (?P<nth>{ORDINAL}|other|[0-9]{{1,2}}) {_WD}s?{_OF_MONTH}?", read=_by_nth
    ),
    PhrasePattern(pattern=f"{_EVERY} (?P<nth>{ORDINAL})(?: day)?{_OF_MONTH}?", read=_by_nth),
    PhrasePattern(pattern=f"{_EVERY} (?P<nth>{MONTH_DAY}){_OF_MONTH}", read=_by_nth),
    PhrasePattern(pattern=f"{_EVERY} {_ALL_DAYS}", read=_by_days),
    PhrasePattern(pattern=f"{_EVERY} {_DATE}", read=_on_calendar_date_yearly),
    PhrasePattern(
        pattern=f"{_THE}(?P<nth>{ORDINAL}) (?:{_WD}|day) (?P<month>(?:of |in )?every months?)", read=_by_nth
    ),
    PhrasePattern(
        pattern=f"{_THE}(?P<nth>{NTH}|first|{MONTH_DAY}) (?:of )?(?P<month>every months?)", read=_by_nth
    ),
    PhrasePattern(pattern="(?P<adverb>daily)", read=_by_adverb),
    PhrasePattern(pattern=f"(?P<adverb>weekly|biweekly|fortnightly)(?:{_ON} {_ALL_DAYS})?", read=_by_adverb),
    PhrasePattern(pattern=f"(?P<adverb>monthly|quarterly){_ON_NTH}", read=_by_adverb),
    PhrasePattern(pattern=f"(?P<adverb>yearly)(?:{_ON} {_DATE})?", read=_by_adverb),
    PhrasePattern(
        pattern=f"(?:the )?(?P<days>{WEEKDAY}s(?:(?: and)?(?: the)? {WEEKDAY}s){{0,6}})", read=_by_days
    ),
    PhrasePattern(
        pattern=f"(?P<name>workdays|weekends|(?:{one_of(times.WORKING_WEEK)}) week)", read=_by_name
    ),
    PhrasePattern(
        pattern="(?:the )?end (?:of )?every months?|every (?:the )?end of months?", read=_by_month_end
    ),
    PhrasePattern(
        pattern=f"every (?P<nth>first|last) {_WORKDAY} (?:of |in )?(?:the )?months?",
        read=_by_workday_of_month,
    ),
    PhrasePattern(
        pattern=f"{_THE}(?P<nth>first|last) {_WORKDAY} (?:of |in )?every months?", read=_by_workday_of_month
    ),
    PhrasePattern(pattern="half-yearly", read=lambda groups: _by_unit({"unit": "month", "step": "6"})),
    PhrasePattern(pattern=f"{_ONCE} {_STEP}(?P<unit>days?|weeks?|months?|years?)", read=_by_unit),
    PhrasePattern(pattern=f"a (?P<days>{WEEKDAY}) (?:{_OF_TWO})", read=_one_of_two),
    PhrasePattern(pattern=f"a (?P<unit>day|week) (?:{_OF_TWO})", read=_one_of_two),
    PhrasePattern(
        pattern=f"(?:(?:every|from|of)(?: the)? )?(?P<first>{WEEKDAY}) {_TO} (?P<last>{WEEKDAY})",
        read=_weekday_range,
    ),
)
