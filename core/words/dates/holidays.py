"""Holidays in a sentence: ``easter monday``, ``black friday``, ``mother's day``.

Their names are in the normal form; other names, and those of other languages, in ``HOLIDAYS`` of each
phrasebook. Where countries differ, a holiday is that of most people who have this name for it: Thanksgiving
is the American one, and Mother's Day that of May. Tests: tests/core/words/dates/test_holidays.py.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from core.scheduling.quiet_hours import DAY
from core.words.dates.calendar import next_occurrence, nth_weekday, weekday_from
from core.words.dates.normal_form import normalize
from core.words.dates.patterns import any_of
from core.words.phrasebooks.books import times

_MONDAY, _THURSDAY, _SUNDAY = 0, 3, 6

_FIXED = {
    "christmas eve": (24, 12), "christmas": (25, 12), "christmas day": (25, 12), "boxing day": (26, 12),
    "new year's eve": (31, 12), "new year": (1, 1), "new year's": (1, 1), "new year's day": (1, 1),
    "epiphany": (6, 1), "valentine's day": (14, 2), "st patrick's day": (17, 3), "april fools' day": (1, 4),
    "halloween": (31, 10), "all saints' day": (1, 11), "st nicholas day": (6, 12),
}  # fmt: skip
"""Day and month."""

_FROM_EASTER = {
    "shrove tuesday": -47, "ash wednesday": -46, "mothering sunday": -21, "palm sunday": -7,
    "maundy thursday": -3, "good friday": -2, "easter saturday": -1, "easter": 0, "easter sunday": 0,
    "easter monday": 1, "ascension day": 39, "pentecost": 49, "whit sunday": 49, "whit monday": 50,
    "corpus christi": 60,
}  # fmt: skip
"""Days after Easter Sunday, as in the calendar of the western churches."""


def _nth(nth: int, weekday: int, month: int) -> Callable[[int], date]:
    return lambda year: nth_weekday(nth, weekday, date(year, month, 1)) or date(year, month, 1)


def _after_thanksgiving(days: int) -> Callable[[int], date]:
    return lambda year: _nth(4, _THURSDAY, 11)(year) + days * DAY


def _french_mothers_day(year: int) -> date:
    """The last Sunday of May, or that after it if it is Pentecost."""
    last = _nth(-1, _SUNDAY, 5)(year)
    return last + 7 * DAY if last == _from_easter(year, _FROM_EASTER["pentecost"]) else last


_COMPUTED: dict[str, Callable[[int], date]] = {
    "mother's day": _nth(2, _SUNDAY, 5),
    "mother's day in france": _french_mothers_day,
    "father's day": _nth(3, _SUNDAY, 6),
    "memorial day": _nth(-1, _MONDAY, 5),
    "labor day": _nth(1, _MONDAY, 9),
    "thanksgiving": _after_thanksgiving(0),
    "thanksgiving day": _after_thanksgiving(0),
    "black friday": _after_thanksgiving(1),
    "cyber monday": _after_thanksgiving(4),
    "advent": lambda year: weekday_from(_SUNDAY, date(year, 11, 27)),
}


def next_holiday(name: str, today: date) -> date | None:
    """The next day, from ``today`` on, of a holiday in the normal form."""
    known = _NAMES[name]
    if known in _FIXED:
        return next_occurrence(*_FIXED[known], today)
    years = (_in_year(known, year) for year in (today.year, today.year + 1))
    return next((day for day in years if day >= today), None)


def _in_year(name: str, year: int) -> date:
    return _COMPUTED[name](year) if name in _COMPUTED else _from_easter(year, _FROM_EASTER[name])


def _from_easter(year: int, days: int) -> date:
    from dateutil.easter import easter  # imported late: it is slow

    return easter(year) + days * DAY


def _other_names() -> dict[str, str]:
    """The names in the phrasebooks, in the normal form of their words."""
    return {
        " ".join(normalize(word) for word in spelling.split()): name
        for book in times.books.values()
        for name, spellings in book.HOLIDAYS.items()
        for spelling in spellings.split("|")
    }


_NAMES = {name: name for name in (*_FIXED, *_FROM_EASTER, *_COMPUTED)} | _other_names()
HOLIDAY = f"(?P<name>{any_of(*sorted(_NAMES, key=len, reverse=True))})"
"""The pattern of a name."""
