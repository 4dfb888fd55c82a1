"""Moments for snoozing and pausing: typed ones, and those behind the buttons."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.quiet import DAY, instant, wall_clock
from core.words.dates import read, shift
from core.words.phrases import AMOUNT, whole
from core.words.sentence import sentence_of, tokens_of
from core.words.text import clean, refuse
from core.words.vocabulary import EVENING, MORNING, PARTS_OF_DAY

LONGEST_WAIT = timedelta(days=366)

_AMOUNT = re.compile(f"(?:in )?({AMOUNT})")


def parse_moment(text: str, *, now: datetime, zone: ZoneInfo, morning: time = MORNING) -> datetime:
    """The instant (UTC) after ``now`` that ``2 h``, ``18:30``, ``monday 8am`` or ``until 3 May`` means.

    A day without a time means its ``morning`` (for a pause: midnight). Raises ``BadInput``: ``not_a_moment``,
    ``past``, ``too_far`` (more than a year ahead).
    """
    english = _unintroduced(sentence_of(tokens_of(clean(text, 80))).english)
    amount = _AMOUNT.fullmatch(english)
    moment = shift(amount[1], now, zone) if amount else _on_a_day(english, now, zone, morning)
    if moment is None:
        raise refuse("not_a_moment", text)
    if moment <= now:
        raise refuse("past", text)
    if moment > now + LONGEST_WAIT:
        raise refuse("too_far", text)
    return moment


def evening(now: datetime, zone: ZoneInfo) -> datetime | None:
    """This evening; None when it has begun."""
    this_evening = _at(wall_clock(now, zone).date(), EVENING, zone)
    return this_evening if this_evening > now else None


def tomorrow_morning(now: datetime, zone: ZoneInfo) -> datetime:
    """The morning of the next calendar day."""
    return _at(wall_clock(now, zone).date() + DAY, MORNING, zone)


def next_week(now: datetime, zone: ZoneInfo) -> datetime:
    """The morning of the next Monday, never today."""
    today = wall_clock(now, zone).date()
    return _at(today + (7 - today.weekday()) * DAY, MORNING, zone)


def _at(day: date, clock: time, zone: ZoneInfo) -> datetime:
    return instant(datetime.combine(day, clock), zone)


def _unintroduced(english: str) -> str:
    """Without the words that only a snooze or a pause begins with."""
    english = re.sub(r"^(?:until|till)\b", "by", english)
    english = re.sub(r"^(?:for|für)(?: the next)? ", "", english)
    return f"in the {english}" if english.removeprefix("by ") in PARTS_OF_DAY else english


def _on_a_day(english: str, now: datetime, zone: ZoneInfo, morning: time) -> datetime | None:
    when = whole(sentence_of(tokens_of(english)))
    planned = read(when, now, zone) if when and not when.every else None
    if planned is None or when is None:
        return None
    if when.clock == "midnight":
        return _at(planned.on + DAY, time(), zone)
    return _at(planned.on, planned.at or morning, zone)
