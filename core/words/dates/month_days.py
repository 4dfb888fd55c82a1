"""Days of a month in a sentence: ``3 december``, ``5.12.``, ``Friday the 4th``, ``le premier lundi du mois``.

Patterns are in the normal form; ``core/words/dates/days.py`` has the other days and the reader for all.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from core.words.dates.calendar import (
    add_months,
    date_or_none,
    end_of,
    first_month_day_from,
    next_occurrence,
    nth_weekday,
    start_of,
)
from core.words.dates.holidays import next_holiday
from core.words.dates.patterns import (
    MONTH,
    MONTH_DAY,
    NTH,
    ORDINAL,
    WEEKDAY,
    YEAR,
    Groups,
    PhrasePattern,
    ordinal_number,
)
from core.words.dates.vocabulary import MONTHS, WEEKDAYS

DayReader = Callable[[Groups, date], date | None]
"""From the groups of a match and today's date to the date that is meant; None if there is none."""


def _date(groups: Groups, today: date) -> date | None:
    """*3 december*, *december 3rd, 2026*, *Friday, 4 December*; None if the weekday does not match."""
    day, month = ordinal_number(str(groups["d"])), MONTHS.index(str(groups["month"])) + 1
    year = groups["y"]
    found = date_or_none(_year(year), month, day) if year else next_occurrence(day, month, today)
    return _if_on_weekday(found, groups)


def _numeric(groups: Groups, today: date) -> date | None:
    """``2026-12-05``, ``5.12.``, ``5/12``; the last is in May or December, whichever comes first."""
    day, month = int(str(groups["d"])), int(str(groups["m"]))
    pairs = {(day, month), (month, day)} if groups.get("either") is not None else {(day, month)}
    year = groups.get("y")
    found = [
        date_or_none(_year(year), month, day) if year else next_occurrence(day, month, today)
        for day, month in pairs
        if month <= len(MONTHS)
    ]
    days = sorted(day for day in found if day and _if_on_weekday(day, groups))
    return next((day for day in days if day >= today), days[0] if days else None)


def _year(written: str | None) -> int:
    return int(f"20{str(written)[-2:]}")


def _nth(groups: Groups, today: date) -> date | None:
    """*the 3rd*; *the 28th of this month*; *Friday the 4th*."""
    nth, which = ordinal_number(str(groups["nth"])), groups.get("which") or groups.get("post")
    start = start_of("month", today, ahead=1) if which in ("next", "coming") else today
    found = end_of("month", start) if nth == -1 else first_month_day_from(nth, start)
    if found and which and (found.year, found.month) != (start.year, start.month):
        return None
    return _if_on_weekday(found, groups)


def _nth_weekday(groups: Groups, today: date) -> date | None:
    """*the first monday of next month*, *le dernier vendredi du mois*."""
    nth, weekday = ordinal_number(str(groups["nth"])), WEEKDAYS.index(str(groups["weekday"]))
    which = groups["which"] or groups["post"]
    if month := groups["month"]:
        months = [next_occurrence(1, MONTHS.index(month) + 1, start_of("month", today))]
        months.append(months[0] and add_months(months[0], 12))
    else:
        first = start_of("month", today, ahead=1 if which in ("next", "coming") else 0)
        months = [first, add_months(first, 1)]
    found = (nth_weekday(nth, weekday, first) for first in months if first)
    return next((day for day in found if day and day >= today), None)


def _last_day(groups: Groups, today: date) -> date | None:
    """*the last day of december*."""
    first = next_occurrence(1, MONTHS.index(str(groups["month"])) + 1, start_of("month", today))
    return first and end_of("month", first)


def read_month(groups: Groups, today: date) -> date | None:
    """*by march* is the first of that month, as *by next month* is: it is over before most of March is, and
    says the month that was said. Who means its end says so: *by the end of march*. Not *by may*: it is
    rather a verb or a name.
    """
    month, year = MONTHS.index(str(groups["month"])) + 1, groups["y"]
    return date_or_none(int(year), month, 1) if year else next_occurrence(1, month, today)


def _if_on_weekday(found: date | None, groups: Groups) -> date | None:
    """``found``, unless another weekday was named."""
    weekday = groups.get("weekday")
    return found if found and (not weekday or WEEKDAYS[found.weekday()] == weekday) else None


def read_holiday(groups: Groups, today: date) -> date | None:
    """*christmas*, *easter monday*."""
    return next_holiday(str(groups["name"]), today)


# --- Patterns --------------------------------------------------------------------------------------------

_WD = f"(?P<weekday>{WEEKDAY})"
_IN_MONTH = f"(?:{MONTH_DAY}(?:st|nd|rd|th)?|first|second|third|fourth|fifth)"
_OF_WEEKDAY = f"(?:{_WD},? (?:the |le )?)?"
AFTER_DAY = ("on", "by", "before", "vor", "until", "due", "zum", "latest", "starting", "dici")
NAMED_MONTH, IN_YEAR = f"(?P<month>{MONTH})", "(?: (?P<y>20[0-9]{2}))?"
_THE = "(?:the |le )?"
WHICH, POST = "(?P<which>this|next|coming|overnext)", "(?P<post>coming)"
_OF_MONTH = f"(?:of |in )?(?:the )?(?:{WHICH} )?months?(?: {POST})?"

DATES: tuple[PhrasePattern[DayReader], ...] = (
    PhrasePattern(
        pattern=f"{_OF_WEEKDAY}(?:the |le )?(?P<d>{_IN_MONTH})(?: of)? {NAMED_MONTH}{IN_YEAR}",
        read=_date,
    ),
    PhrasePattern(
        pattern=f"{_OF_WEEKDAY}{NAMED_MONTH} (?:the )?(?P<d>{_IN_MONTH}){IN_YEAR}",
        read=_date,
    ),
)
"""Days with the name of their month."""

_ISO_MONTH, _ISO_DAY = "(?P<m>0?[1-9]|1[0-2])", f"(?P<d>{MONTH_DAY})"
NUMERIC: tuple[PhrasePattern[DayReader], ...] = (
    PhrasePattern(pattern=f"(?P<y>20[0-9]{{2}})-{_ISO_MONTH}-{_ISO_DAY}", read=_numeric),
    PhrasePattern(pattern=f"(?P<y>20[0-9]{{2}})/{_ISO_MONTH}/{_ISO_DAY}", read=_numeric),
    PhrasePattern(pattern=rf"{_OF_WEEKDAY}{_ISO_DAY}\.{_ISO_MONTH}\.(?P<y>{YEAR})?", read=_numeric),
    PhrasePattern(pattern=f"{_OF_WEEKDAY}{_ISO_DAY}th {_ISO_MONTH}th", read=_numeric),
    PhrasePattern(
        pattern=f"{_OF_WEEKDAY}{_ISO_DAY}(?P<either>/)(?P<m>{MONTH_DAY})(?:/(?P<y>{YEAR}))?", read=_numeric
    ),
    PhrasePattern(pattern=f"{_ISO_DAY}(?P<either>-)(?P<m>{MONTH_DAY})-(?P<y>20[0-9]{{2}})", read=_numeric),
)
"""Days in digits."""

NTHS: tuple[PhrasePattern[DayReader], ...] = (
    PhrasePattern(pattern=f"{_THE}(?P<nth>{NTH}|first|{MONTH_DAY}) {_OF_MONTH}", read=_nth),
    PhrasePattern(pattern=f"{_THE}(?P<nth>last) day {_OF_MONTH}", read=_nth),
    PhrasePattern(pattern=f"{_THE}last day (?:of |in )?{NAMED_MONTH}", read=_last_day),
    PhrasePattern(pattern=f"{WHICH} month (?:on )?(?:the )?(?P<nth>{NTH})", read=_nth),
    PhrasePattern(pattern=f"{_WD} (?:the |le )?(?P<nth>{NTH})", read=_nth),
    PhrasePattern(pattern=f"{_WD} (?P<nth>{MONTH_DAY})", read=_nth, after=("le",)),
    PhrasePattern(pattern=f"(?:the |le )(?P<nth>{NTH})", read=_nth),
    PhrasePattern(
        pattern=f"(?:the |zum )(?P<nth>{MONTH_DAY})", read=_nth, after=("before", "by", "until", "vor")
    ),
    PhrasePattern(pattern=f"le (?P<nth>{MONTH_DAY})", read=_nth),
    PhrasePattern(pattern=f"(?P<nth>{NTH}|first)", read=_nth, after=AFTER_DAY),
    PhrasePattern(
        pattern=f"{_THE}(?P<nth>{ORDINAL}) {_WD} (?:of |in )?(?:the )?(?:{WHICH} )?"
        f"(?:months?(?: {POST})?|{NAMED_MONTH})",
        read=_nth_weekday,
    ),
)
"""*the 3rd*, *the 28th of this month*, *the first monday of next month*."""
