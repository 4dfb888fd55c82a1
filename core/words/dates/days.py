"""Days in a sentence: ``friday week``, ``end of dec``, ``the 28th of this month``, ``vendredi dernier``.

Patterns are in the normal form. A day is today or later, unless its year or the past is named; of several
readings the earliest is taken. Weeks begin on Monday.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from core.scheduling.quiet_hours import DAY, YEARS
from core.words.dates.amounts import add_amount, read_amount
from core.words.dates.calendar import add_months, end_of, next_occurrence, start_of, weekday_from
from core.words.dates.holidays import HOLIDAY
from core.words.dates.month_days import (
    AFTER_DAY,
    DATES,
    IN_YEAR,
    NAMED_MONTH,
    NTHS,
    NUMERIC,
    POST,
    WHICH,
    DayReader,
    read_holiday,
    read_month,
)
from core.words.dates.patterns import WEEKDAY, Groups, PhrasePattern, any_of, match_any, search_pattern
from core.words.dates.vocabulary import MONTHS, WEEKDAYS


def read_day(phrase: str, today: date) -> date | None:
    """The date that ``phrase`` (normal form) means on ``today``; None if there is none."""
    found = match_any(DAYS, phrase)
    return found.read(found.groups, today) if found else None


_PAST = re.compile(
    f"(?:the )?(?:yesterday|day before yesterday)|(?:before )?last {WEEKDAY}|{WEEKDAY} (?:before )?last"
)


def is_past(phrase: str) -> bool:
    """Whether ``phrase`` names a day in the past: *yesterday*, *last friday*."""
    return _PAST.fullmatch(phrase) is not None


# --- Near days, weekdays, weeks ---------------------------------------------------------------------------

_NEAR = {
    "today": 0, "tomorrow": 1, "overmorrow": 2, "the day after tomorrow": 2, "day after tomorrow": 2,
    "yesterday": -1, "day before yesterday": -2, "the day before yesterday": -2,
}  # fmt: skip


def _near_day(groups: Groups, today: date) -> date | None:
    return today + _NEAR[str(groups["near"])] * DAY


def _that_day(groups: Groups, today: date) -> date | None:
    return read_day(groups["day"] or "today", today)


_WEEKS_BACK = {"last": 1, "before last": 2}
_WEEKS_AHEAD = {"this": 0, "next": 1, "coming": 1, "overnext": 2, "after next": 2}


def _weekday(groups: Groups, today: date) -> date | None:
    """*friday* is the next Friday after today; *next friday* is in the week after this one."""
    weekday = WEEKDAYS.index(str(groups["weekday"]))
    which = groups.get("which") or groups.get("post")
    if which in _WEEKS_BACK:
        return weekday_from(weekday, today - _WEEKS_BACK[which] * 7 * DAY)
    if which == "overnext":
        return weekday_from(weekday, today + 8 * DAY)
    if which == "next":
        return weekday_from(weekday, start_of("week", today) + 7 * DAY)
    return weekday_from(weekday, today + DAY)


def _weekday_after_next(groups: Groups, today: date) -> date | None:
    return _weekday({**groups, "which": "overnext"}, today)


def _in_week(groups: Groups, today: date) -> date | None:
    """*friday next week*, *this week friday*."""
    monday = start_of("week", today, ahead=_WEEKS_AHEAD[str(groups["week"])])
    found = weekday_from(WEEKDAYS.index(str(groups["weekday"])), monday)
    return found if found >= today else None


def _day_after_amount(groups: Groups, today: date) -> date | None:
    """*a week from friday*, *heute in einer Woche*, *3 days before christmas*."""
    start = read_day(str(groups["day"]), today)
    amount = read_amount(groups.get("amount") or "1 week")
    if start is None or amount is None or amount.timed:
        return None
    back = groups.get("side") in ("before", "vor")
    then = add_amount(amount, datetime.combine(start, time(), UTC), ZoneInfo("UTC"), back=back)
    return then.date() if then and then.year in YEARS else None


def _adjacent_day(groups: Groups, today: date) -> date | None:
    """*the day before christmas*."""
    return _day_after_amount({**groups, "amount": "1 day"}, today)


def _weekday_weeks_later(groups: Groups, today: date) -> date | None:
    """*vendredi en huit* is a week after Friday, *vendredi en quinze* two weeks."""
    return _day_after_amount(
        {"day": groups["day"], "amount": "1 week" if groups["days"] == "8" else "2 weeks"}, today
    )


def _nth_weekend(groups: Groups, today: date) -> date | None:
    """*in two weekends* is the Saturday of the one after the next; *in two fridays* likewise."""
    first = weekday_from(WEEKDAYS.index(groups["weekday"] or "saturday"), today + DAY)
    return first + 7 * (int(str(groups["count"])) - 1) * DAY


def _period(groups: Groups, today: date) -> date | None:
    """*next week* begins on Monday, *this week* ends on Friday, *the weekend* is Saturday."""
    unit, which = str(groups["unit"]), groups["which"] or groups.get("post")
    if unit == "weekend":
        ahead = 0 if which == "coming" else _WEEKS_AHEAD.get(which or "this", 0)
        return max(start_of("week", today, ahead=ahead) + 5 * DAY, today)
    if which == "this":
        return end_of(unit, today)
    return start_of(unit, today, ahead=2 if which == "overnext" else 1)


def _period_edge(groups: Groups, today: date) -> date | None:
    """*end of the month*, *end of next week*, *Ende November*, *Anfang nächster Woche*."""
    side, which = str(groups["side"]), groups["which"] or groups["post"]
    if month := groups["month"]:
        first = next_occurrence(1, MONTHS.index(month) + 1, start_of("month", today))
        found = first and _edge_of(side, "month", first)
        return found if found is None or found >= today else add_months(found, 12)
    unit = str(groups["unit"]).removesuffix(" year") if groups["unit"] != "year" else "year"
    ahead = _WEEKS_AHEAD[which or "this"]
    if side == "end":
        return end_of(unit, start_of(unit, today, ahead=ahead) if ahead else today)
    first = start_of(unit, today, ahead=ahead)
    found = _edge_of(side, unit, first)
    return found if found is None or found >= today else _edge_of(side, unit, start_of(unit, today, ahead=1))


def _edge_of(side: str, unit: str, first: date) -> date | None:
    """First or last day of the unit that begins on ``first``; a middle exists for weeks and months only."""
    if side == "mid":
        middle = {"week": 2, "month": 14}.get(unit)
        return None if middle is None else first + middle * DAY
    return end_of(unit, first) if side == "end" else first


# --- Patterns --------------------------------------------------------------------------------------------

_WD = f"(?P<weekday>{WEEKDAY})"
_DAYS_LATER = "(?P<amount>(?:[0-9]{1,3}|a|a couple of|a few|a paar) (?:day|week|month|year|fortnight)s?)"
_CORE = f"(?P<day>{any_of('today', 'tomorrow', 'overmorrow', f'(?:next )?{WEEKDAY}', search_pattern(DATES))})"
_WEEKENDS = f"(?P<count>[1-9]|1[0-2]) (?:weekend|(?P<weekday>{WEEKDAY}))s"
_UNIT, _THE = "(?P<unit>weekend|week|month|year)s?", "(?:the |le )?"
_END = "(?P<side>end|start|mid)(?: of)?"
_LONG_UNIT = "(?P<unit>week|month|quarter year|quarter|year)s?"

_ENDING_WORDS = ("by", "before", "vor", "dici", "due", "latest")
_BEFORE_THE_HOLIDAY = ("at the", "before the", "before le", "by the", "until the", "vor the")

DAYS: tuple[PhrasePattern[DayReader], ...] = (
    PhrasePattern(pattern=f"(?P<near>{any_of(*_NEAR)})", read=_near_day),
    PhrasePattern(pattern=f"(?:(?P<which>next|this|coming|overnext|before last|last) )?{_WD}", read=_weekday),
    PhrasePattern(pattern=f"{_WD} (?P<post>coming|before last|last)", read=_weekday),
    PhrasePattern(pattern=f"(?:the )?{_WD} after (?P<which>)next", read=_weekday_after_next),
    PhrasePattern(pattern=f"{_WD} (?:of )?(?:the )?(?P<week>this|next|coming|overnext) week", read=_in_week),
    PhrasePattern(pattern=f"{_WD} (?:of )?the week (?P<week>coming|after next)", read=_in_week),
    PhrasePattern(pattern=f"(?P<week>this|next|coming|overnext) week (?:on )?{_WD}", read=_in_week),
    PhrasePattern(pattern=f"(?:the )?week (?P<week>coming|after next) (?:on |le )?{_WD}", read=_in_week),
    PhrasePattern(
        pattern=f"(?:the )?(?:end|close) of (?:the )?(?:business |work(?:ing)? )?(?:day|business|play)"
        f"(?: (?:on |of )?{_CORE})?",
        read=_that_day,
    ),
    PhrasePattern(pattern=f"(?:the )?end of (?P<day>today|tomorrow|{WEEKDAY})", read=_that_day),
    PhrasePattern(pattern=f"{_CORE} (?:en )?(?:end|close) of (?:day|business|play)", read=_that_day),
    PhrasePattern(pattern=f"{_CORE} (?:week|in a week)", read=_day_after_amount),
    PhrasePattern(pattern=f"{_CORE} in {_DAYS_LATER}", read=_day_after_amount),
    PhrasePattern(
        pattern=f"{_DAYS_LATER} (?P<side>from|after|on|before|vor) {_CORE}", read=_day_after_amount
    ),
    PhrasePattern(
        pattern=f"(?:the )?day (?P<side>before|after) (?P<day>{WEEKDAY}|{HOLIDAY})", read=_adjacent_day
    ),
    PhrasePattern(
        pattern=f"{_DAYS_LATER} (?P<side>after|before|vor) (?P<day>{HOLIDAY})", read=_day_after_amount
    ),
    PhrasePattern(
        pattern="(?P<amount>(?:[0-9]{1,2}|a) weeks?) (?P<day>today|tomorrow)", read=_day_after_amount
    ),
    PhrasePattern(pattern=f"(?P<day>{WEEKDAY}) en (?P<days>8|15)", read=_weekday_weeks_later),
    PhrasePattern(pattern=f"in (?:the )?{_WEEKENDS}", read=_nth_weekend),
    PhrasePattern(pattern=f"{_WEEKENDS} from now", read=_nth_weekend),
    PhrasePattern(pattern=f"{_THE}(?P<which>this|next|coming|overnext) {_UNIT}", read=_period),
    PhrasePattern(pattern=f"{_THE}(?P<which>){_UNIT} {POST}", read=_period),
    PhrasePattern(pattern=f"{_THE}(?P<which>)(?P<unit>weekend)", read=_period),
    PhrasePattern(
        pattern=f"{_THE}(?P<which>)(?P<unit>week|weekend|month|year) after next",
        read=lambda groups, today: _period({**groups, "which": "overnext"}, today),
    ),
    PhrasePattern(
        pattern=f"{_THE}{_END}(?: the)?(?: {WHICH})? (?:{_LONG_UNIT}|{NAMED_MONTH})(?: {POST})?",
        read=_period_edge,
    ),
    *DATES,
    *NUMERIC,
    *NTHS,
    PhrasePattern(pattern=f"(?!may){NAMED_MONTH}{IN_YEAR}", read=read_month, after=_ENDING_WORDS),
    PhrasePattern(pattern=HOLIDAY, read=read_holiday, after=(*AFTER_DAY, "at", "le", *_BEFORE_THE_HOLIDAY)),
)
