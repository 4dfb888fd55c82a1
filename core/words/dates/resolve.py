"""A time phrase becomes a date, with a time of day and a recurrence rule if it has them, in local time.

``amounts``, ``times``, ``days`` and ``recurrences`` read the parts; this module combines them. Libraries that
read dates were measured (``python -m benchmarks.dates``): the best read 35 % of the English, 32 % of the
German and 67 % of the French to-dos correctly. dateutil evaluates rules and sums with months, and is imported
on first use.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.scheduling.quiet_hours import DAY, wall_clock
from core.scheduling.timezones import zone_or_default
from core.words.dates.amounts import add_amount, read_amount
from core.words.dates.days import read_day
from core.words.dates.phrases import TimePhrase
from core.words.dates.recurrences import read_rule, without_days
from core.words.dates.rrules import first_date, nth_date, with_end
from core.words.dates.times import END_OF_DAY, NIGHT_END_HOUR, NIGHT_PARTS, Clock, read_clock
from core.words.dates.vocabulary import PARTS_OF_DAY, WEEKDAYS, ZONES

_DAY_AND_MONTH = re.compile(r"^([0-9]{1,2})/(0?[1-9]|1[0-2])(?:/([0-9]+))?$")
_OFFSET = re.compile(r"(?:UTC|GMT)([+-][0-9]{1,2})")

__all__ = ["ResolvedDate", "read_day", "resolve", "shift", "zone_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolvedDate:
    """What a time phrase means."""

    on: date
    at: time | None = None
    """Local time of day; None for the whole day."""
    repeats: str | None = None
    """An RFC 5545 rule; None if the date does not repeat."""
    zone: str | None = None
    """IANA name of the zone, if the phrase names one."""


def resolve(when: TimePhrase, now: datetime, zone: ZoneInfo) -> ResolvedDate | None:
    """What ``when`` means in ``zone`` (or in the zone it names): of several readings, the earliest to come.

    None if there is no such date (31 February). In the past only if the past, the year, or *today* is named.
    """
    if when.after or when.ago:
        return _resolve_amount(when, now, zone)
    named = zone_of(when.zone)
    local = wall_clock(now, zone if when.dated else zone_or_default(named, zone))
    planned = _resolve_recurrence(when, local) if when.every else _resolve_day(when, local)
    return replace(planned, zone=named) if planned and named else planned


def shift(amount: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    """The instant (UTC) that is ``amount`` (``2 hours``, ``anderthalb Stunden``) from ``now``.

    ``amount`` as typed, in any of the languages, or in the normal form; None if it is no amount.
    """
    counted = read_amount(amount)
    return add_amount(counted, now, zone) if counted else None


def zone_of(written: str | None) -> str | None:
    """The IANA name of a zone as written after a time (``EST``, ``UTC+2``); None if it is unknown."""
    offset = _OFFSET.fullmatch(written or "")
    if offset is None:
        return ZONES.get(written or "")
    ahead = int(offset[1])
    return f"Etc/GMT{-ahead:+}" if -12 <= ahead <= 14 else None


# --- Days and times ----------------------------------------------------------------------------------------


def _resolve_amount(when: TimePhrase, now: datetime, zone: ZoneInfo) -> ResolvedDate | None:
    """*in 2 hours*, *3 days ago*; an amount of days may come with a time of day."""
    amount = read_amount(str(when.after or when.ago))
    moment = add_amount(amount, now, zone, back=when.ago is not None) if amount else None
    if amount is None or moment is None:
        return None
    local = wall_clock(moment, zone)
    if not amount.timed:
        return ResolvedDate(on=local.date(), at=_time_of_day(when, None), zone=zone_of(when.zone))
    if when.timed:
        return None
    started = timedelta(seconds=local.second, microseconds=local.microsecond)
    if started and when.after:  # "in 20 minutes" is no earlier than that
        local = wall_clock(moment + timedelta(minutes=1) - started, zone)
    return ResolvedDate(on=local.date(), at=local.time().replace(second=0, microsecond=0))


def _resolve_day(when: TimePhrase, local: datetime) -> ResolvedDate | None:
    today = local.date()
    at = _time_of_day(when, local.time() if when.day in (None, "today") else None)
    to_come = at is not None and at > local.time()
    if past_midnight := _past_midnight(when, local):
        return past_midnight
    if when.day is None:
        return ResolvedDate(on=today if to_come or when.lead == "this" else today + DAY, at=at)
    if to_come and when.day == WEEKDAYS[today.weekday()]:
        return ResolvedDate(on=today, at=at)
    on = read_day(_day_first(when), today)
    return ResolvedDate(on=on, at=at) if on else None


def _day_first(when: TimePhrase) -> str:
    """The day; "le 12/3" and "el 12/3" are in March, though "on 12/3" may be in December."""
    day = str(when.day)
    return _DAY_AND_MONTH.sub(r"\1.\2.\3", day) if when.lead and f" {when.lead}".endswith(" le") else day


def _past_midnight(when: TimePhrase, local: datetime) -> ResolvedDate | None:
    """In the night that begins on the day that is named: "tonight at 2", "friday night at 12"."""
    clock, today = _clock(when), local.date()
    named = when.day or ("today" if when.lead == "this" else None)
    if clock is None or named is None or clock.at == END_OF_DAY or when.part not in NIGHT_PARTS:
        return None
    at = clock.resolve(part=when.part, now=None)
    if named == "today" and at.hour < NIGHT_END_HOUR:
        has_begun = local.hour < NIGHT_END_HOUR and at > local.time()
        return ResolvedDate(on=today if has_begun else today + DAY, at=at)
    if at.hour != 0 or (clock.at.hour == 0 and not clock.ambiguous):  # "freitag nachts um 0:30" is on friday
        return None
    on = today if named == WEEKDAYS[today.weekday()] else read_day(named, today)
    return ResolvedDate(on=on + DAY, at=at) if on else None


def _resolve_recurrence(when: TimePhrase, local: datetime) -> ResolvedDate | None:
    every, today = str(when.every), local.date()
    part = every.split()[-1].removesuffix("s")
    if part in PARTS_OF_DAY:  # "every evening at 8"
        when = replace(when, part=when.part or part)
    at = _time_of_day(when, None)
    start = read_day(when.day, today) if when.day else today
    rule = read_rule(every, start) if start else None
    rule = without_days(rule, when.excepted) if rule and when.excepted else rule
    if start is None or rule is None:
        return None
    clock = _clock(when)
    if at == time() and clock and clock.at != at and "DAILY" not in rule:
        at = END_OF_DAY  # "every friday night at 12" is not the night before
    on = first_date(rule, start)
    if on == today and at and at <= local.time():
        on = first_date(rule, today + DAY)
    return _with_end_date(ResolvedDate(on=on, at=at, repeats=rule), when, today) if on else None


def _with_end_date(planned: ResolvedDate, when: TimePhrase, today: date) -> ResolvedDate | None:
    """With the end of the recurrence, if there is one; None if it ends before it begins."""
    if when.until:
        last = read_day(when.until, today)
    elif when.lasting:
        last = _last_day_of_amount(planned.on, when.lasting)
    elif when.times:
        last = nth_date(str(planned.repeats), planned.on, int(when.times))
    else:
        return planned
    if last is None or last < planned.on:
        return None
    return replace(planned, repeats=with_end(str(planned.repeats), last))


def _last_day_of_amount(start: date, amount: str) -> date | None:
    """The last day of the amount of time that begins on ``start``."""
    counted, utc = read_amount(amount), ZoneInfo("UTC")
    then = add_amount(counted, datetime.combine(start, time(), utc), utc) if counted else None
    return then.date() - DAY if then else None


def _time_of_day(when: TimePhrase, now: time | None) -> time | None:
    """The time of day, None for the whole day. ``now``: the current time, if the time may be today."""
    clock = _clock(when)
    if clock is None:
        return PARTS_OF_DAY[when.part] if when.part else None
    return _resolved_time(clock, when, now)


def _clock(when: TimePhrase) -> Clock | None:
    words = when.clock or when.hour or when.span
    return read_clock(words, twelve_hours=when.twelve_hours) if words else None


def _resolved_time(clock: Clock, when: TimePhrase, now: time | None) -> time:
    return clock.at if clock.at == END_OF_DAY else clock.resolve(part=when.part, now=now)
