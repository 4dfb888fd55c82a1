"""Days in a sentence: ``friday week``, ``end of dec``, ``the 28th of this month``, ``vendredi dernier``.

Patterns are for words in one spelling (``core/words/sentence.py``). A day is today or later, unless its year
or the past is named; of several readings it is the earliest. Weeks begin on Monday.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from core.quiet import DAY, YEARS
from core.words.amounts import passed, read_amount
from core.words.calendar import (
    end_of,
    first_from,
    month_after,
    nth_weekday,
    on_weekday,
    start_of,
    to_come,
    valid,
)
from core.words.shapes import (
    MONTH,
    MONTH_DAY,
    NTH,
    ORDINAL,
    WEEKDAY,
    YEAR,
    Said,
    Shape,
    any_of,
    finding,
    matched,
    number_of,
)
from core.words.vocabulary import MONTHS, WEEKDAYS

_Reads = Callable[[Said, date], date | None]


def read_day(phrase: str, today: date) -> date | None:
    """The day that words in the one spelling mean on ``today``; None if there is no such day."""
    found = matched(DAYS, phrase)
    return found.read(found.said, today) if found else None


def is_past(phrase: str) -> bool:
    """Whether words for a day name the past: *yesterday*, *last friday*."""
    return phrase in ("yesterday", "day before yesterday", "the day before yesterday") or "last" in (
        phrase.split()[0],
        phrase.split()[-1],
    )


# --- Near days, weekdays, weeks ---------------------------------------------------------------------------

_NEAR = {
    "today": 0, "tomorrow": 1, "overmorrow": 2, "the day after tomorrow": 2, "day after tomorrow": 2,
    "yesterday": -1, "day before yesterday": -2, "the day before yesterday": -2,
}  # fmt: skip


def _near(said: Said, today: date) -> date | None:
    return today + _NEAR[str(said["near"])] * DAY


def _same(said: Said, today: date) -> date | None:
    return read_day(said["day"] or "today", today)


def _weekday(said: Said, today: date) -> date | None:
    """*friday* is the next one; *next friday* is in the week after this one."""
    weekday = WEEKDAYS.index(str(said["weekday"]))
    which = said.get("which") or said.get("post")
    if which == "last":
        return on_weekday(weekday, today - 7 * DAY)
    if which == "next":
        return on_weekday(weekday, start_of("week", today) + 7 * DAY)
    return on_weekday(weekday, today + DAY)


def _in_week(said: Said, today: date) -> date | None:
    """*friday next week*, *this week friday*."""
    monday = start_of("week", today) + (7 * DAY if said["week"] in ("next", "coming") else 0 * DAY)
    found = on_weekday(WEEKDAYS.index(str(said["weekday"])), monday)
    return found if found >= today else None


def _later(said: Said, today: date) -> date | None:
    """*a week from friday*, *heute in einer Woche*, *3 days before christmas*."""
    start = read_day(str(said["day"]), today)
    amount = read_amount(said.get("amount") or "1 week")
    if start is None or amount is None or amount.timed:
        return None
    then = passed(
        amount, datetime.combine(start, time(), UTC), ZoneInfo("UTC"), back=said.get("side") == "before"
    )
    return then.date() if then and then.year in YEARS else None


def _weeks_later(said: Said, today: date) -> date | None:
    """*vendredi en huit* is a week after Friday, *en quinze* two."""
    return _later({"day": said["day"], "amount": "1 week" if said["days"] == "8" else "2 weeks"}, today)


def _span(said: Said, today: date) -> date | None:
    """*next week* begins on Monday, *this week* ends on Friday, *the weekend* is Saturday."""
    unit, which = str(said["unit"]), said["which"] or said.get("post")
    if unit == "weekend":
        monday = start_of("week", today) + (7 * DAY if which in ("next", "overnext") else 0 * DAY)
        return max(monday + 5 * DAY, today)
    if which == "this":
        return end_of(unit, today)
    return start_of(unit, today, ahead=2 if which == "overnext" else 1)


def _end(said: Said, today: date) -> date | None:
    """*end of the month*, *end of next week*, *Ende November*, *Anfang nächster Woche*."""
    is_end, which = said["side"] == "end", said["which"] or said["post"]
    if month := said["month"]:
        first = to_come(1, MONTHS.index(month) + 1, start_of("month", today))
        found = end_of("month", first) if first and is_end else first
        return found if found is None or found >= today else month_after(found, 12)
    unit = str(said["unit"]).removesuffix(" year") if said["unit"] != "year" else "year"
    ahead = 1 if which in ("next", "coming") else 0
    if is_end:
        return end_of(unit, start_of(unit, today, ahead=ahead) if ahead else today)
    return start_of(unit, today, ahead=max(ahead, 1))


# --- Days of a month ----------------------------------------------------------------------------------------


def _date(said: Said, today: date) -> date | None:
    """*3 december*, *december 3rd, 2026*, *Friday, 4 December*: None where the weekday is another."""
    day, month = int(str(said["d"]).rstrip("stndrh")), MONTHS.index(str(said["month"])) + 1
    found = valid(_year(said["y"]), month, day) if said["y"] else to_come(day, month, today)
    return _agreeing(found, said)


def _numeric(said: Said, today: date) -> date | None:
    """``2026-12-05``, ``5.12.``, ``5/12``: the latter in May or December, whichever comes first."""
    day, month = int(str(said["d"])), int(str(said["m"]))
    pairs = {(day, month), (month, day)} if said.get("either") is not None else {(day, month)}
    year = said.get("y")
    found = [
        valid(_year(year), month, day) if year else to_come(day, month, today)
        for day, month in pairs
        if month <= len(MONTHS)
    ]
    days = sorted(day for day in found if day)
    return next((day for day in days if day >= today), days[0] if days else None)


def _year(written: str | None) -> int:
    return int(f"20{str(written)[-2:]}")


def _nth(said: Said, today: date) -> date | None:
    """*the 3rd*; *the 28th of this month*; *Friday the 4th*."""
    nth, which = number_of(str(said["nth"])), said.get("which") or said.get("post")
    start = start_of("month", today, ahead=1) if which in ("next", "coming") else today
    found = end_of("month", start) if nth == -1 else first_from(nth, start)
    if found and which and (found.year, found.month) != (start.year, start.month):
        return None
    return _agreeing(found, said)


def _nth_weekday(said: Said, today: date) -> date | None:
    """*the first monday of next month*, *le dernier vendredi du mois*."""
    nth, weekday = number_of(str(said["nth"])), WEEKDAYS.index(str(said["weekday"]))
    which = said["which"] or said["post"]
    if month := said["month"]:
        months = [to_come(1, MONTHS.index(month) + 1, start_of("month", today))]
        months.append(months[0] and month_after(months[0], 12))
    else:
        first = start_of("month", today, ahead=1 if which in ("next", "coming") else 0)
        months = [first, month_after(first, 1)]
    found = (nth_weekday(nth, weekday, first) for first in months if first)
    return next((day for day in found if day and day >= today), None)


def _agreeing(found: date | None, said: Said) -> date | None:
    """The day if it is on the weekday that was named, or none was."""
    weekday = said.get("weekday")
    return found if found and (not weekday or WEEKDAYS[found.weekday()] == weekday) else None


_HOLIDAYS = {
    "christmas eve": (24, 12), "christmas": (25, 12), "christmas day": (25, 12), "new year's eve": (31, 12),
    "new year": (1, 1), "new year's": (1, 1), "new year's day": (1, 1), "valentine's day": (14, 2),
    "halloween": (31, 10),
}  # fmt: skip


def _holiday(said: Said, today: date) -> date | None:
    name = str(said["name"])
    if name in _HOLIDAYS:
        return to_come(*_HOLIDAYS[name], today)
    from dateutil.easter import easter

    this_year = easter(today.year)
    return this_year if this_year >= today else easter(today.year + 1)


# --- Shapes ------------------------------------------------------------------------------------------------

_WD = f"(?P<weekday>{WEEKDAY})"
_IN_MONTH = f"{MONTH_DAY}(?:st|nd|rd|th)?"
_OF_WEEKDAY = f"(?:{_WD},? (?:the |le )?)?"
_AFTER_DAY = ("on", "by", "before", "vor", "until", "due", "zum", "latest", "starting")
_NAMED_MONTH, _IN_YEAR = f"(?P<month>{MONTH})", "(?: (?P<y>20[0-9]{2}))?"

DATES: tuple[Shape[_Reads], ...] = (
    Shape(
        pattern=f"{_OF_WEEKDAY}(?:the |le )?(?P<d>{_IN_MONTH})(?: of)? {_NAMED_MONTH}{_IN_YEAR}",
        read=_date,
    ),
    Shape(
        pattern=f"{_OF_WEEKDAY}{_NAMED_MONTH} (?:the )?(?P<d>{_IN_MONTH}){_IN_YEAR}",
        read=_date,
    ),
)
"""Days of a named month."""

_ISO_MONTH, _ISO_DAY = "(?P<m>0?[1-9]|1[0-2])", f"(?P<d>{MONTH_DAY})"
_NUMERIC: tuple[Shape[_Reads], ...] = (
    Shape(pattern=f"(?P<y>20[0-9]{{2}})-{_ISO_MONTH}-{_ISO_DAY}", read=_numeric),
    Shape(pattern=f"(?P<y>20[0-9]{{2}})/{_ISO_MONTH}/{_ISO_DAY}", read=_numeric),
    Shape(pattern=rf"{_OF_WEEKDAY}{_ISO_DAY}\.{_ISO_MONTH}\.(?P<y>{YEAR})?", read=_numeric),
    Shape(pattern=f"{_ISO_DAY}(?P<either>/)(?P<m>{MONTH_DAY})(?:/(?P<y>{YEAR}))?", read=_numeric),
    Shape(pattern=f"{_ISO_DAY}(?P<either>-)(?P<m>{MONTH_DAY})-(?P<y>20[0-9]{{2}})", read=_numeric),
)
_DAYS_LATER = "(?P<amount>(?:[0-9]{1,3}|a|a couple of|a few|a paar) (?:day|week|month|year|fortnight)s?)"
_CORE = f"(?P<day>{any_of('today', 'tomorrow', 'overmorrow', WEEKDAY, finding(DATES))})"
_HOLIDAY = f"(?P<name>{any_of(*sorted(_HOLIDAYS, key=len, reverse=True), 'easter')})"
_UNIT, _THE = "(?P<unit>weekend|week|month|year)s?", "(?:the |le )?"
_WHICH, _POST = "(?P<which>this|next|coming)", "(?P<post>coming)"
_OF_MONTH = f"(?:of |in )?(?:the )?(?:{_WHICH} )?months?(?: {_POST})?"
_END = "(?P<side>end|start)(?: of)?"
_LONG_UNIT = "(?P<unit>week|month|quarter year|quarter|year)s?"

DAYS: tuple[Shape[_Reads], ...] = (
    Shape(pattern=f"(?P<near>{any_of(*_NEAR)})", read=_near),
    Shape(pattern=f"(?:(?P<which>next|this|coming|last) )?{_WD}", read=_weekday),
    Shape(pattern=f"{_WD} (?P<post>coming|last)", read=_weekday),
    Shape(pattern=f"{_WD} (?:of )?(?:the )?(?P<week>this|next|coming) week", read=_in_week),
    Shape(pattern=f"{_WD} (?:of )?the week (?P<week>coming)", read=_in_week),
    Shape(pattern=f"(?P<week>this|next|coming) week (?:on )?{_WD}", read=_in_week),
    Shape(pattern=f"(?:the )?week (?P<week>coming) (?:le )?{_WD}", read=_in_week),
    Shape(
        pattern=f"(?:the )?(?:end|close) of (?:the )?(?:business |work(?:ing)? )?(?:day|business|play)"
        f"(?: (?:on |of )?{_CORE})?",
        read=_same,
    ),
    Shape(pattern=f"(?:the )?end of {_CORE}", read=_same),
    Shape(pattern=f"{_CORE} (?:end|close) of (?:day|business|play)", read=_same),
    Shape(pattern=f"{_CORE} (?:week|in a week)", read=_later),
    Shape(pattern=f"{_CORE} in {_DAYS_LATER}", read=_later),
    Shape(pattern=f"{_DAYS_LATER} (?P<side>from|after|on) {_CORE}", read=_later),
    Shape(pattern=f"{_DAYS_LATER} (?P<side>after|before|vor) (?P<day>{_HOLIDAY})", read=_later),
    Shape(pattern="(?P<amount>(?:[0-9]{1,2}|a) weeks?) (?P<day>today|tomorrow)", read=_later),
    Shape(pattern=f"(?P<day>{WEEKDAY}) en (?P<days>8|15)", read=_weeks_later),
    Shape(pattern=f"{_THE}(?P<which>this|next|coming|overnext) {_UNIT}", read=_span),
    Shape(pattern=f"{_THE}(?P<which>){_UNIT} {_POST}", read=_span),
    Shape(pattern=f"{_THE}(?P<which>)(?P<unit>weekend)", read=_span),
    Shape(
        pattern=f"{_THE}(?P<which>)(?P<unit>week|month|year) after next",
        read=lambda said, today: _span({**said, "which": "overnext"}, today),
    ),
    Shape(
        pattern=f"{_THE}{_END}(?: the)?(?: {_WHICH})? (?:{_LONG_UNIT}|{_NAMED_MONTH})(?: {_POST})?",
        read=_end,
    ),
    *DATES,
    *_NUMERIC,
    Shape(pattern=f"{_THE}(?P<nth>{NTH}|first|{MONTH_DAY}) {_OF_MONTH}", read=_nth),
    Shape(pattern=f"{_THE}(?P<nth>last) day {_OF_MONTH}", read=_nth),
    Shape(pattern=f"{_WHICH} month (?:on )?(?:the )?(?P<nth>{NTH})", read=_nth),
    Shape(pattern=f"{_WD} (?:the |le )?(?P<nth>{NTH})", read=_nth),
    Shape(pattern=f"(?:the |le )(?P<nth>{NTH})", read=_nth),
    Shape(pattern=f"le (?P<nth>{MONTH_DAY})", read=_nth),
    Shape(pattern=f"(?P<nth>{NTH}|first)", read=_nth, after=_AFTER_DAY),
    Shape(
        pattern=f"{_THE}(?P<nth>{ORDINAL}) {_WD} (?:of |in )?(?:the )?(?:{_WHICH} )?"
        f"(?:months?(?: {_POST})?|{_NAMED_MONTH})",
        read=_nth_weekday,
    ),
    Shape(pattern=_HOLIDAY, read=_holiday, after=_AFTER_DAY),
)
