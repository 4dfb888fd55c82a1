"""Words for a time, read: a day, maybe a time, maybe a rule, by the wall clock of somebody.

The shapes know what their words mean (``amounts``, ``times``, ``days``, ``repeats``); here they become one
date. Libraries that read dates were measured (``python -m benchmarks.dates``): the best get 35 % of the
English, 32 % of the German and 67 % of the French to-dos right. Only rules and sums with months are
dateutil's, which is imported when the first one is needed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from core.scheduling.quiet_hours import DAY, wall_clock
from core.scheduling.timezones import zone_or
from core.words.dates.amounts import passed, read_amount
from core.words.dates.days import read_day
from core.words.dates.phrases import When
from core.words.dates.recurrences import read_rule
from core.words.dates.rrules import ending, first_date
from core.words.dates.times import END_OF_DAY, NIGHT_ENDS, Clock, read_clock
from core.words.dates.vocabulary import PARTS_OF_DAY, WEEKDAYS, ZONES

_OFFSET = re.compile(r"(?:UTC|GMT)([+-][0-9]{1,2})")

__all__ = ["Planned", "read", "read_day", "shift", "zone_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A day, maybe a wall-clock time, maybe a rule by which it comes again; ``zone`` if one was named."""

    on: date
    at: time | None = None
    repeats: str | None = None
    zone: str | None = None


def read(when: When, now: datetime, zone: ZoneInfo) -> Planned | None:
    """What the words mean on the wall clock of ``zone``: of several readings the earliest in the future.

    None when they mean nothing (31 February). In the past only if the past, the year, or *today* was said.
    """
    if when.after or when.ago:
        return _counted(when, now, zone)
    named = zone_of(when.zone)
    local = wall_clock(now, zone if when.dated else zone_or(named, zone))
    planned = _repeating(when, local) if when.every else _on_day(when, local)
    return replace(planned, zone=named) if planned and named else planned


def shift(amount: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    """The instant that is ``amount`` (``2 hours``, ``anderthalb Stunden``, ``2 weeks and 3 days``) from now.

    As typed, in any of the languages, or in the one spelling; None when it is no amount.
    """
    counted = read_amount(amount)
    return passed(counted, now, zone) if counted else None


def zone_of(written: str | None) -> str | None:
    """The zone that was named after a time, as the zone database calls it: ``EST``, ``UTC+2``."""
    offset = _OFFSET.fullmatch(written or "")
    if offset is None:
        return ZONES.get(written or "")
    ahead = int(offset[1])
    return f"Etc/GMT{-ahead:+}" if -12 <= ahead <= 14 else None


# --- Days and times ----------------------------------------------------------------------------------------


def _counted(when: When, now: datetime, zone: ZoneInfo) -> Planned | None:
    """*in 2 hours*, *3 days ago*: days may have a time of their own."""
    amount = read_amount(str(when.after or when.ago))
    reached = passed(amount, now, zone, back=when.ago is not None) if amount else None
    if amount is None or reached is None:
        return None
    local = wall_clock(reached, zone)
    if not amount.timed:
        return Planned(on=local.date(), at=_time(when, None), zone=zone_of(when.zone))
    return None if when.timed else Planned(on=local.date(), at=local.time().replace(second=0, microsecond=0))


def _on_day(when: When, local: datetime) -> Planned | None:
    today = local.date()
    at = _time(when, local.time() if when.day in (None, "today") else None)
    to_come = at is not None and at > local.time()
    if when.day is None:
        return Planned(on=today if to_come or when.lead == "this" else today + DAY, at=at)
    if to_come and when.day == WEEKDAYS[today.weekday()]:
        return Planned(on=today, at=at)
    on = read_day(when.day, today)
    if on == today and at and at.hour < NIGHT_ENDS and when.part == "night":
        on += DAY  # "tonight at 2"
    return Planned(on=on, at=at) if on else None


def _repeating(when: When, local: datetime) -> Planned | None:
    every, today = str(when.every), local.date()
    part = every.split()[-1].removesuffix("s")
    if part in PARTS_OF_DAY:  # "every evening at 8"
        when = replace(when, part=when.part or part)
    at = _time(when, None)
    start = read_day(when.day, today) if when.day else today
    rule = read_rule(every, start) if start else None
    if start is None or rule is None:
        return None
    on = first_date(rule, start)
    if on == today and at and at <= local.time():
        on = first_date(rule, today + DAY)
    return _until(Planned(on=on, at=at, repeats=rule), when, today) if on else None


def _until(planned: Planned, when: When, today: date) -> Planned | None:
    """With the end that was said; None if it ends before it begins."""
    if not (when.until or when.lasting):
        return planned
    last = read_day(when.until, today) if when.until else _after(planned.on, str(when.lasting))
    if last is None or last < planned.on:
        return None
    return replace(planned, repeats=ending(str(planned.repeats), last))


def _after(start: date, amount: str) -> date | None:
    """The last day of an amount of days that begins with ``start``."""
    counted, utc = read_amount(amount), ZoneInfo("UTC")
    then = passed(counted, datetime.combine(start, time(), utc), utc) if counted else None
    return then.date() - DAY if then else None


def _time(when: When, now: time | None) -> time | None:
    """The time of day that is meant; ``now`` is what it is now if it may be meant for today."""
    words = when.clock or when.hour or when.span
    clock = read_clock(words) if words else None
    if clock is None:
        return PARTS_OF_DAY[when.part] if when.part else None
    return _meant(clock, when, now)


def _meant(clock: Clock, when: When, now: time | None) -> time:
    return clock.at if clock.at == END_OF_DAY else clock.meant(part=when.part, now=now)
