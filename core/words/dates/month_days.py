"""Days of a month in a sentence: ``3 december``, ``5.12.``, ``Friday the 4th``, ``le premier lundi du mois``.

Patterns are for words in one spelling; ``core/words/dates/days.py`` has the other days and reads all of them.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from core.words.dates.calendar import end_of, first_from, month_after, nth_weekday, start_of, to_come, valid
from core.words.dates.shapes import (
    MONTH,
    MONTH_DAY,
    NTH,
    ORDINAL,
    WEEKDAY,
    YEAR,
    Said,
    Shape,
    any_of,
    number_of,
)
from core.words.dates.vocabulary import MONTHS, WEEKDAYS

Reads = Callable[[Said, date], date | None]
"""What makes a day of what groups said and of today."""


def _date(said: Said, today: date) -> date | None:
    """*3 december*, *december 3rd, 2026*, *Friday, 4 December*: None where the weekday is another."""
    day, month = number_of(str(said["d"])), MONTHS.index(str(said["month"])) + 1
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
    days = sorted(day for day in found if day and _agreeing(day, said))
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


def _last_day(said: Said, today: date) -> date | None:
    """*the last day of december*."""
    first = to_come(1, MONTHS.index(str(said["month"])) + 1, start_of("month", today))
    return first and end_of("month", first)


def _agreeing(found: date | None, said: Said) -> date | None:
    """The day if it is on the weekday that was named, or none was."""
    weekday = said.get("weekday")
    return found if found and (not weekday or WEEKDAYS[found.weekday()] == weekday) else None


_HOLIDAYS = {
    "christmas eve": (24, 12), "christmas": (25, 12), "christmas day": (25, 12), "new year's eve": (31, 12),
    "new year": (1, 1), "new year's": (1, 1), "new year's day": (1, 1), "valentine's day": (14, 2),
    "halloween": (31, 10),
}  # fmt: skip


def read_holiday(said: Said, today: date) -> date | None:
    """*christmas*, *easter*."""
    name = str(said["name"])
    if name in _HOLIDAYS:
        return to_come(*_HOLIDAYS[name], today)
    from dateutil.easter import easter

    this_year = easter(today.year)
    return this_year if this_year >= today else easter(today.year + 1)


# --- Shapes ----------------------------------------------------------------------------------------------

_WD = f"(?P<weekday>{WEEKDAY})"
_IN_MONTH = f"(?:{MONTH_DAY}(?:st|nd|rd|th)?|first|second|third|fourth|fifth)"
_OF_WEEKDAY = f"(?:{_WD},? (?:the |le )?)?"
AFTER_DAY = ("on", "by", "before", "vor", "until", "due", "zum", "latest", "starting", "dici")
NAMED_MONTH, _IN_YEAR = f"(?P<month>{MONTH})", "(?: (?P<y>20[0-9]{2}))?"
_THE = "(?:the |le )?"
WHICH, POST = "(?P<which>this|next|coming|overnext)", "(?P<post>coming)"
_OF_MONTH = f"(?:of |in )?(?:the )?(?:{WHICH} )?months?(?: {POST})?"
HOLIDAY = f"(?P<name>{any_of(*sorted(_HOLIDAYS, key=len, reverse=True), 'easter')})"

DATES: tuple[Shape[Reads], ...] = (
    Shape(
        pattern=f"{_OF_WEEKDAY}(?:the |le )?(?P<d>{_IN_MONTH})(?: of)? {NAMED_MONTH}{_IN_YEAR}",
        read=_date,
    ),
    Shape(
        pattern=f"{_OF_WEEKDAY}{NAMED_MONTH} (?:the )?(?P<d>{_IN_MONTH}){_IN_YEAR}",
        read=_date,
    ),
)
"""Days of a named month."""

_ISO_MONTH, _ISO_DAY = "(?P<m>0?[1-9]|1[0-2])", f"(?P<d>{MONTH_DAY})"
NUMERIC: tuple[Shape[Reads], ...] = (
    Shape(pattern=f"(?P<y>20[0-9]{{2}})-{_ISO_MONTH}-{_ISO_DAY}", read=_numeric),
    Shape(pattern=f"(?P<y>20[0-9]{{2}})/{_ISO_MONTH}/{_ISO_DAY}", read=_numeric),
    Shape(pattern=rf"{_OF_WEEKDAY}{_ISO_DAY}\.{_ISO_MONTH}\.(?P<y>{YEAR})?", read=_numeric),
    Shape(pattern=f"{_OF_WEEKDAY}{_ISO_DAY}th {_ISO_MONTH}th", read=_numeric),
    Shape(
        pattern=f"{_OF_WEEKDAY}{_ISO_DAY}(?P<either>/)(?P<m>{MONTH_DAY})(?:/(?P<y>{YEAR}))?", read=_numeric
    ),
    Shape(pattern=f"{_ISO_DAY}(?P<either>-)(?P<m>{MONTH_DAY})-(?P<y>20[0-9]{{2}})", read=_numeric),
)
"""Days in figures."""

NTHS: tuple[Shape[Reads], ...] = (
    Shape(pattern=f"{_THE}(?P<nth>{NTH}|first|{MONTH_DAY}) {_OF_MONTH}", read=_nth),
    Shape(pattern=f"{_THE}(?P<nth>last) day {_OF_MONTH}", read=_nth),
    Shape(pattern=f"{_THE}last day (?:of |in )?{NAMED_MONTH}", read=_last_day),
    Shape(pattern=f"{WHICH} month (?:on )?(?:the )?(?P<nth>{NTH})", read=_nth),
    Shape(pattern=f"{_WD} (?:the |le )?(?P<nth>{NTH})", read=_nth),
    Shape(pattern=f"{_WD} (?P<nth>{MONTH_DAY})", read=_nth, after=("le",)),
    Shape(pattern=f"(?:the |le )(?P<nth>{NTH})", read=_nth),
    Shape(pattern=f"le (?P<nth>{MONTH_DAY})", read=_nth),
    Shape(pattern=f"(?P<nth>{NTH}|first)", read=_nth, after=AFTER_DAY),
    Shape(
        pattern=f"{_THE}(?P<nth>{ORDINAL}) {_WD} (?:of |in )?(?:the )?(?:{WHICH} )?"
        f"(?:months?(?: {POST})?|{NAMED_MONTH})",
        read=_nth_weekday,
    ),
)
"""*the 3rd*, *the 28th of this month*, *the first monday of next month*."""
