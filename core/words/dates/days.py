"""Days in a sentence: ``friday week``, ``end of dec``, ``the 28th of this month``, ``vendredi dernier``.

Patterns are for words in one spelling (``core/words/dates/sentence.py``). A day is today or later, unless its
year or the past is named; of several readings it is the earliest. Weeks begin on Monday.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from core.scheduling.quiet_hours import DAY, YEARS
from core.words.dates.amounts import passed, read_amount
from core.words.dates.calendar import end_of, month_after, on_weekday, start_of, to_come
from core.words.dates.month_days import (
    AFTER_DAY,
    DATES,
    HOLIDAY,
    NAMED_MONTH,
    NTHS,
    NUMERIC,
    POST,
    WHICH,
    Reads,
    read_holiday,
)
from core.words.dates.shapes import WEEKDAY, Said, Shape, any_of, finding, matched
from core.words.dates.vocabulary import MONTHS, WEEKDAYS


def read_day(phrase: str, today: date) -> date | None:
    """The day that words in the one spelling mean on ``today``; None if there is no such day."""
    found = matched(DAYS, phrase)
    return found.read(found.said, today) if found else None


_PAST = re.compile(
    f"(?:the )?(?:yesterday|day before yesterday)|(?:before )?last {WEEKDAY}|{WEEKDAY} (?:before )?last"
)


def is_past(phrase: str) -> bool:
    """Whether words for a day name the past: *yesterday*, *last friday*."""
    return _PAST.fullmatch(phrase) is not None


# --- Near days, weekdays, weeks ---------------------------------------------------------------------------

_NEAR = {
    "today": 0, "tomorrow": 1, "overmorrow": 2, "the day after tomorrow": 2, "day after tomorrow": 2,
    "yesterday": -1, "day before yesterday": -2, "the day before yesterday": -2,
}  # fmt: skip


def _near(said: Said, today: date) -> date | None:
    return today + _NEAR[str(said["near"])] * DAY


def _same(said: Said, today: date) -> date | None:
    return read_day(said["day"] or "today", today)


_WEEKS_BACK = {"last": 1, "before last": 2}
_WEEKS_AHEAD = {"this": 0, "next": 1, "coming": 1, "overnext": 2, "after next": 2}


def _weekday(said: Said, today: date) -> date | None:
    """*friday* is the next one; *next friday* is in the week after this one."""
    weekday = WEEKDAYS.index(str(said["weekday"]))
    which = said.get("which") or said.get("post")
    if which in _WEEKS_BACK:
        return on_weekday(weekday, today - _WEEKS_BACK[which] * 7 * DAY)
    if which == "overnext":
        return on_weekday(weekday, today + 8 * DAY)
    if which == "next":
        return on_weekday(weekday, start_of("week", today) + 7 * DAY)
    return on_weekday(weekday, today + DAY)


def _weekday_after_next(said: Said, today: date) -> date | None:
    return _weekday({**said, "which": "overnext"}, today)


def _in_week(said: Said, today: date) -> date | None:
    """*friday next week*, *this week friday*."""
    monday = start_of("week", today, ahead=_WEEKS_AHEAD[str(said["week"])])
    found = on_weekday(WEEKDAYS.index(str(said["weekday"])), monday)
    return found if found >= today else None


def _later(said: Said, today: date) -> date | None:
    """*a week from friday*, *heute in einer Woche*, *3 days before christmas*."""
    start = read_day(str(said["day"]), today)
    amount = read_amount(said.get("amount") or "1 week")
    if start is None or amount is None or amount.timed:
        return None
    back = said.get("side") in ("before", "vor")
    then = passed(amount, datetime.combine(start, time(), UTC), ZoneInfo("UTC"), back=back)
    return then.date() if then and then.year in YEARS else None


def _day_beside(said: Said, today: date) -> date | None:
    """*the day before christmas*."""
    return _later({**said, "amount": "1 day"}, today)


def _weeks_later(said: Said, today: date) -> date | None:
    """*vendredi en huit* is a week after Friday, *en quinze* two."""
    return _later({"day": said["day"], "amount": "1 week" if said["days"] == "8" else "2 weeks"}, today)


def _span(said: Said, today: date) -> date | None:
    """*next week* begins on Monday, *this week* ends on Friday, *the weekend* is Saturday."""
    unit, which = str(said["unit"]), said["which"] or said.get("post")
    if unit == "weekend":
        ahead = 0 if which == "coming" else _WEEKS_AHEAD.get(which or "this", 0)
        return max(start_of("week", today, ahead=ahead) + 5 * DAY, today)
    if which == "this":
        return end_of(unit, today)
    return start_of(unit, today, ahead=2 if which == "overnext" else 1)


def _end(said: Said, today: date) -> date | None:
    """*end of the month*, *end of next week*, *Ende November*, *Anfang nächster Woche*."""
    side, which = str(said["side"]), said["which"] or said["post"]
    if month := said["month"]:
        first = to_come(1, MONTHS.index(month) + 1, start_of("month", today))
        found = first and _within(side, "month", first)
        return found if found is None or found >= today else month_after(found, 12)
    unit = str(said["unit"]).removesuffix(" year") if said["unit"] != "year" else "year"
    ahead = _WEEKS_AHEAD[which or "this"]
    if side == "end":
        return end_of(unit, start_of(unit, today, ahead=ahead) if ahead else today)
    first = start_of(unit, today, ahead=ahead)
    found = _within(side, unit, first)
    return found if found is None or found >= today else _within(side, unit, start_of(unit, today, ahead=1))


def _within(side: str, unit: str, first: date) -> date | None:
    """The start or the end of what begins with ``first``; the middle only of a week or a month."""
    if side == "mid":
        middle = {"week": 2, "month": 14}.get(unit)
        return None if middle is None else first + middle * DAY
    return end_of(unit, first) if side == "end" else first


# --- Shapes ----------------------------------------------------------------------------------------------

_WD = f"(?P<weekday>{WEEKDAY})"
_DAYS_LATER = "(?P<amount>(?:[0-9]{1,3}|a|a couple of|a few|a paar) (?:day|week|month|year|fortnight)s?)"
_CORE = f"(?P<day>{any_of('today', 'tomorrow', 'overmorrow', f'(?:next )?{WEEKDAY}', finding(DATES))})"
_UNIT, _THE = "(?P<unit>weekend|week|month|year)s?", "(?:the |le )?"
_END = "(?P<side>end|start|mid)(?: of)?"
_LONG_UNIT = "(?P<unit>week|month|quarter year|quarter|year)s?"

DAYS: tuple[Shape[Reads], ...] = (
    Shape(pattern=f"(?P<near>{any_of(*_NEAR)})", read=_near),
    Shape(pattern=f"(?:(?P<which>next|this|coming|overnext|before last|last) )?{_WD}", read=_weekday),
    Shape(pattern=f"{_WD} (?P<post>coming|before last|last)", read=_weekday),
    Shape(pattern=f"(?:the )?{_WD} after (?P<which>)next", read=_weekday_after_next),
    Shape(pattern=f"{_WD} (?:of )?(?:the )?(?P<week>this|next|coming|overnext) week", read=_in_week),
    Shape(pattern=f"{_WD} (?:of )?the week (?P<week>coming|after next)", read=_in_week),
    Shape(pattern=f"(?P<week>this|next|coming|overnext) week (?:on )?{_WD}", read=_in_week),
    Shape(pattern=f"(?:the )?week (?P<week>coming|after next) (?:on |le )?{_WD}", read=_in_week),
    Shape(
        pattern=f"(?:the )?(?:end|close) of (?:the )?(?:business |work(?:ing)? )?(?:day|business|play)"
        f"(?: (?:on |of )?{_CORE})?",
        read=_same,
    ),
    Shape(pattern=f"(?:the )?end of (?P<day>today|tomorrow|{WEEKDAY})", read=_same),
    Shape(pattern=f"{_CORE} (?:en )?(?:end|close) of (?:day|business|play)", read=_same),
    Shape(pattern=f"{_CORE} (?:week|in a week)", read=_later),
    Shape(pattern=f"{_CORE} in {_DAYS_LATER}", read=_later),
    Shape(pattern=f"{_DAYS_LATER} (?P<side>from|after|on|before|vor) {_CORE}", read=_later),
    Shape(pattern=f"(?:the )?day (?P<side>before|after) (?P<day>{WEEKDAY}|{HOLIDAY})", read=_day_beside),
    Shape(pattern=f"{_DAYS_LATER} (?P<side>after|before|vor) (?P<day>{HOLIDAY})", read=_later),
    Shape(pattern="(?P<amount>(?:[0-9]{1,2}|a) weeks?) (?P<day>today|tomorrow)", read=_later),
    Shape(pattern=f"(?P<day>{WEEKDAY}) en (?P<days>8|15)", read=_weeks_later),
    Shape(pattern=f"{_THE}(?P<which>this|next|coming|overnext) {_UNIT}", read=_span),
    Shape(pattern=f"{_THE}(?P<which>){_UNIT} {POST}", read=_span),
    Shape(pattern=f"{_THE}(?P<which>)(?P<unit>weekend)", read=_span),
    Shape(
        pattern=f"{_THE}(?P<which>)(?P<unit>week|weekend|month|year) after next",
        read=lambda said, today: _span({**said, "which": "overnext"}, today),
    ),
    Shape(
        pattern=f"{_THE}{_END}(?: the)?(?: {WHICH})? (?:{_LONG_UNIT}|{NAMED_MONTH})(?: {POST})?",
        read=_end,
    ),
    *DATES,
    *NUMERIC,
    *NTHS,
    Shape(pattern=HOLIDAY, read=read_holiday, after=(*AFTER_DAY, "at")),
)
