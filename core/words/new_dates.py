"""A new date for a task: "friday", "3pm", "in 2 hours", "every weekday", "by a week", "no date".

Tests: tests/core/words/test_patches.py.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, time
from zoneinfo import ZoneInfo

from core.records import UNCHANGED, Delay, Due, TaskPatch
from core.scheduling.quiet_hours import instant, wall_clock
from core.words.dates.amounts import read_amount
from core.words.dates.phrases import TimePhrase, whole_time_phrase
from core.words.dates.recurrences import names_a_day
from core.words.dates.resolve import ResolvedDate, resolve
from core.words.dates.rrules import without_day
from core.words.dates.sentence import sentence_of, tokens_of
from core.words.dates.times import reach_of_other_half
from core.words.phrasebooks.books import requests
from core.words.phrasebooks.patterns import lazy_phrase, one_of, only_group
from core.words.recurrence_from_done import without_from_done

NO_DATE = lazy_phrase(*requests.NO_DATE)
NO_REPEAT = lazy_phrase(*requests.NO_REPEAT)


def new_date(words: str, *, now: datetime, zone: ZoneInfo) -> TaskPatch | None:
    """The change of due date or recurrence that the words mean; None if they mean anything else, or the past.

    A day alone keeps the time of day, a time alone keeps the day.
    """
    said = words.strip(_MARKS)
    if NO_DATE.fullmatch(said):
        return TaskPatch(due=None, repeats=None, repeats_from_done=False)
    if NO_REPEAT.fullmatch(said):
        return TaskPatch(repeats=None, repeats_from_done=False)
    if moved := _delay(said):
        return TaskPatch(delay=moved)
    return _planned(said, now, zone) or (
        _planned(f"{said}.", now, zone) if _MONTH_LAST.search(said) else None
    )


def delay_of(words: str) -> Delay | None:
    """The amount of time by which a date is put off: ``a week``, ``two days``; None for other words."""
    amount = None if _NEGATIVE.match(words) else read_amount(words.strip(_MARKS))
    return Delay(months=amount.months, days=amount.days, minutes=amount.whole_minutes) if amount else None


def earlier(amount: Delay) -> Delay:
    """The same amount of time, by which a date is brought forward."""
    return Delay(months=-amount.months, days=-amount.days, minutes=-amount.minutes)


_MARKS = " ,;:.!–-"
_MONTH_LAST = re.compile(r"\b\d{1,2}\.\d{1,2}$")
"""Of "15.12.", whose last dot was taken for the end of the sentence."""
_NEGATIVE = re.compile(r"\s*[-–−]\s*\d")
_DELAY = lazy_phrase(r"\+ ?(?P<plus>\d.*)", *requests.DELAYS)
_EARLIER = lazy_phrase(*requests.EARLIER)
_HOUR_ALONE = re.compile(rf"(?:{one_of(requests.HOURS_AT)})?([01]?\d|2[0-4])", re.IGNORECASE)
_HOUR_WITH_UNIT = re.compile(rf"\d{{1,2}} ?(?:h(?:\d\d)?|{one_of(requests.HOURS_OF_DAY)})", re.IGNORECASE)
_INSTEAD = lazy_phrase(*requests.INSTEAD)


def _delay(said: str) -> Delay | None:
    if found := _EARLIER.fullmatch(said):
        sooner = delay_of(only_group(found))
        return earlier(sooner) if sooner else None
    found = _DELAY.fullmatch(said)
    return delay_of(only_group(found)) if found else None


def _planned(said: str, now: datetime, zone: ZoneInfo) -> TaskPatch | None:
    plain = without_from_done(_with_lead(said))
    when = whole_time_phrase(sentence_of(tokens_of(plain.text)))
    planned = resolve(when, now, zone) if when else None
    if when is None or planned is None or planned.on < wall_clock(now, zone).date():
        return None
    if planned.repeats:
        return _with_rule(when, planned, from_done=plain.from_done)
    reach = 0 if when.part else reach_of_other_half(when.clock or when.hour or "")
    if planned.zone or (planned.at and (when.dated or when.lead == "this")):
        return TaskPatch(due=Due(on=planned.on, at=planned.at, zone=planned.zone), other_half=reach)
    if planned.at is None:
        return TaskPatch(on=planned.on)
    # Of the two times that "at 9" may mean, the one of any day, not the next one.
    at_any_day = resolve(when, instant(datetime.combine(wall_clock(now, zone), time()), zone), zone)
    at = at_any_day.at if at_any_day and at_any_day.at else planned.at
    return TaskPatch(at=at, other_half=reach)


def _with_lead(said: str) -> str:
    """The words without "instead of …", and a number alone as an hour."""
    if instead := _INSTEAD.fullmatch(said):
        said = next(group for group in instead.groups() if group)
    if hour := _HOUR_ALONE.fullmatch(said):
        return f"at {hour[1]}"
    return f"at {said}" if _HOUR_WITH_UNIT.fullmatch(said) else said


def _with_rule(when: TimePhrase, planned: ResolvedDate, *, from_done: bool) -> TaskPatch:
    """With a rule that names no day, such as "weekly", the task repeats from the day that it has."""
    patch = TaskPatch(repeats=planned.repeats, repeats_from_done=from_done)
    if planned.zone:
        return replace(patch, due=Due(on=planned.on, at=planned.at, zone=planned.zone))
    rule, at = str(planned.repeats), UNCHANGED if planned.at is None else planned.at
    if when.day or when.times or when.lasting or names_a_day(str(when.every)):
        return replace(patch, on=planned.on, at=at)
    return replace(patch, repeats=without_day(rule), at=at)
