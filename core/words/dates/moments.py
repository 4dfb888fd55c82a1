"""Instants until which a tip is snoozed or oO paused: typed ones, and those of buttons."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.scheduling.quiet_hours import DAY, instant, wall_clock
from core.scheduling.timezones import zone_or_default
from core.text import clean, refuse
from core.words.dates.phrases import whole_time_phrase
from core.words.dates.resolve import resolve, shift
from core.words.dates.sentence import Token, sentence_of, tokens_of
from core.words.dates.vocabulary import EVENING, MORNING, PARTS_OF_DAY

MAX_AHEAD = timedelta(days=366)

Tokens = tuple[Token, ...]


def parse_moment(text: str, *, now: datetime, zone: ZoneInfo, morning: time = MORNING) -> datetime:
    """The instant (UTC) after ``now`` that ``2 h``, ``18:30``, ``monday 8am`` or ``until 3 May`` means.

    A day without a time means ``morning`` on that day (for a pause: midnight). Raises ``BadInput``:
    ``not_a_moment``, ``past``, ``too_far`` (later than ``MAX_AHEAD``).
    """
    tokens = _without_introduction(tokens_of(clean(text, 80)))
    amount = shift(sentence_of(tokens).english.removeprefix("in "), now, zone)
    moment = amount or _on_a_day(tokens, now, zone, morning)
    if moment is None:
        raise refuse("not_a_moment", text)
    if moment <= now:
        raise refuse("past", text)
    if moment > now + MAX_AHEAD:
        raise refuse("too_far", text)
    return moment


def evening(now: datetime, zone: ZoneInfo) -> datetime | None:
    """This evening; None if it has begun."""
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


def _without_introduction(tokens: Tokens) -> Tokens:
    """Without introductory words of a snooze or pause (*until*, *for*)."""
    first = tokens[0].word if tokens else ""
    if first.startswith(("until", "till")):
        tokens = (replace(tokens[0], word=re.sub("^(?:until|till)", "by", first)), *tokens[1:])
    if first == "for":
        tokens = tokens[3 if sentence_of(tokens).english.startswith("for the next ") else 1 :]
    return tokens


def _on_a_day(tokens: Tokens, now: datetime, zone: ZoneInfo, morning: time) -> datetime | None:
    sentence = sentence_of(tokens)
    if sentence.english.removeprefix("by ") in PARTS_OF_DAY:
        sentence = sentence_of(tokens_of(f"in the {sentence.english.removeprefix('by ')}"))
    when = whole_time_phrase(sentence)
    planned = resolve(when, now, zone) if when and not when.every else None
    if planned is None or when is None:
        return None
    where = zone_or_default(planned.zone, zone)
    if when.clock == "midnight":
        return _at(planned.on + DAY, time(), where)
    return _at(planned.on, planned.at or morning, where)
