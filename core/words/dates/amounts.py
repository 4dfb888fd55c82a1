"""Amounts of time: ``2 weeks and 3 days``, ``1h30m``, ``anderthalb Stunden``, ``une demi-heure``.

Patterns are in the normal form; ``read_amount`` accepts text as typed as well.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from core.scheduling.quiet_hours import instant, wall_clock
from core.words.dates.patterns import MINUTE, NUMBER, any_of
from core.words.dates.sentence import sentence_of, tokens_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """Months, days, minutes and seconds; separate, since months and days have no fixed length in minutes."""

    months: int = 0
    days: int = 0
    minutes: int = 0
    seconds: int = 0

    @property
    def timed(self) -> bool:
        """Whether it has minutes or seconds, and so leads to a time of day."""
        return self.minutes > 0 or self.seconds > 0

    @property
    def whole_minutes(self) -> int:
        """Its minutes and seconds as minutes, rounded up."""
        return self.minutes - (-self.seconds // 60)


_COUNT_WORDS = {
    "a": 1.0, "a couple": 2.0, "a couple of": 2.0, "a paar": 3.0, "a few": 3.0,
    "half a": 0.5, "a half": 0.5, "half": 0.5,
}  # fmt: skip
_COUNT = any_of(
    "[0-9]{1,3}[.,]5", f"{NUMBER} and (?:a )?half", NUMBER, *sorted(_COUNT_WORDS, key=len, reverse=True)
)
_UNIT = "(?:minute|hour|day|week|month|year|fortnight)"
_TERM = any_of(
    f"(?P<hour>[0-9]{{1,2}}) hours? (?P<past>[0-5][05])(?! {_UNIT})",
    rf"(?P<count>{_COUNT}) (?P<unit>{_UNIT})s?(?P<more> and (?:a )?(?:half|quarter))?",
    "(?:(?P<quarters>a 3|a|3) )?quarters? (?:of )?(?:a )?hours?",
    f"(?P<hours>[0-9]{{1,2}})h(?P<minutes>{MINUTE})",
    f"(?P<seconds>{NUMBER}) seconds",
)
_TERMS = re.compile(_TERM)
_PLAIN_TERM = re.sub(r"\?P<\w+>", "?:", _TERM)
AMOUNT = f"{_PLAIN_TERM}(?:(?: and)? {_PLAIN_TERM}){{0,3}}"
_AMOUNT_ONLY = re.compile(AMOUNT)

_MINUTES = {"minute": 1, "hour": 60, "day": 24 * 60}
_DAYS = {"day": 1, "week": 7, "fortnight": 14}
_MONTHS = {"month": 1, "year": 12}


def read_amount(text: str) -> Amount | None:
    """The amount, of text as typed or in the normal form; None if ``text`` is no amount."""
    english = sentence_of(tokens_of(text)).english
    if not _AMOUNT_ONLY.fullmatch(english):
        return None
    terms = [_term(found) for found in _TERMS.finditer(english)]
    if None in terms:
        return None
    known = [term for term in terms if term]
    return Amount(
        months=sum(term.months for term in known),
        days=sum(term.days for term in known),
        minutes=sum(term.minutes for term in known),
        seconds=sum(term.seconds for term in known),
    )


def add_amount(amount: Amount, now: datetime, zone: ZoneInfo, *, back: bool = False) -> datetime | None:
    """The instant (UTC) that is ``amount`` after ``now``, or before it (``back``); None outside the calendar.

    Minutes and seconds are elapsed time. Days and months are counted in local time, so the time of day stays
    the same.
    """
    from dateutil.relativedelta import relativedelta

    sign = -1 if back else 1
    counted = relativedelta(months=sign * amount.months, days=sign * amount.days)
    try:
        start = instant(wall_clock(now, zone) + counted, zone) if amount.months or amount.days else now
        return start.astimezone(UTC) + sign * timedelta(minutes=amount.minutes, seconds=amount.seconds)
    except (OverflowError, ValueError):
        return None


def _term(found: re.Match[str]) -> Amount | None:
    if found["seconds"]:
        return Amount(seconds=int(found["seconds"]))
    if hours := found["hours"] or found["hour"]:
        return Amount(minutes=60 * int(hours) + int(found["minutes"] or found["past"]))
    if found["unit"] is None:
        return Amount(minutes=15 * (3 if "3" in (found["quarters"] or "") else 1))
    more = {"half": 0.5, "quarter": 0.25}.get(str(found["more"]).split(" ")[-1], 0)
    return _counted(_count(found["count"]) + more, found["unit"])


def _count(words: str) -> float:
    if words in _COUNT_WORDS:
        return _COUNT_WORDS[words]
    number, _, half = words.replace(",", ".").partition(" and ")
    return float(number) + (0.5 if half else 0)


def _counted(count: float, unit: str) -> Amount | None:
    """None for a fraction that is no whole number of days, months or minutes (half a month, half a week)."""
    if unit in _MONTHS and (count * _MONTHS[unit]).is_integer():
        return Amount(months=int(count * _MONTHS[unit]))
    if unit in _DAYS and (count * _DAYS[unit]).is_integer():
        return Amount(days=int(count * _DAYS[unit]))
    if unit in _MINUTES and (count * _MINUTES[unit]).is_integer():
        return Amount(minutes=int(count * _MINUTES[unit]))
    return None
