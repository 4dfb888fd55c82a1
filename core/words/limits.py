"""Bare words that limit the times of something: "not before noon", "only on weekdays", "except sundays".

Directly after oO's words about a task they are about the task; else about when oO may write.

Tests: tests/core/words/test_limits.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.records import WEEKDAYS, Task, TaskPatch
from core.scheduling.quiet_hours import wall_clock
from core.words.dates.recurrences import without_days
from core.words.dates.rrules import first_date
from core.words.dates.vocabulary import WEEKDAYS as NAMES
from core.words.intents import AddQuiet, Intent, SetQuiet, SetTimes, Several
from core.words.phrasebooks.books import schedules
from core.words.phrasebooks.patterns import lazy_pattern, lazy_phrase, one_of
from core.words.schedule_times import MIDNIGHT, days_in, first_group, is_habit
from core.words.settings import parse_quiet, parse_times

MAX_LENGTH = 60
"""Code points."""

_ABOUT_TIMES = (AddQuiet, SetQuiet, SetTimes)
_NAMES_MESSAGES = lazy_pattern(rf"(?<!\w)(?:{one_of(schedules.NAMES_MESSAGES)})(?!\w)")
_LEAVES_OUT, _EXCEPT_DAYS = lazy_phrase(*schedules.LEAVES_OUT), lazy_phrase(*schedules.EXCEPT_DAYS)
_SECOND_DAYS, _ALL_DAY = lazy_phrase(*schedules.EVERY_SECOND_DAY), " all day"
_ON_ONE_DAY = lazy_phrase(*schedules.ON_ONE_DAY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """What such words say. None of it: they are about times, and what they want of a task is not sure."""

    not_on: frozenset[int] = frozenset()
    """Days of the week, Monday is 0."""

    earliest: time | None = None
    at: time | None = None
    is_part: bool = False
    """Whether ``at`` only stands for a part of the day."""


def read_limit(text: str, intent: Intent | None) -> Limit | None:
    """The limit that the whole text is; None for other texts. ``intent`` is what it means without a task."""
    said = text.lower().replace("’", "'")
    if len(said) > MAX_LENGTH or _NAMES_MESSAGES.search(said):
        return None
    if days := days_left_out(said):
        return Limit(not_on=days)
    match intent:
        case AddQuiet():
            return Limit() if _SECOND_DAYS.fullmatch(said) else _of_silence(intent.text)
        case SetTimes() if intent.text:
            return _of_times(intent.text, said)
        case SetQuiet() if intent.text:
            return Limit()
        case Several() if all(isinstance(one, _ABOUT_TIMES) for one in intent.asked):
            return Limit()
    return Limit() if is_limit(said) else None


def is_limit(text: str) -> bool:
    """Whether the text only limits the days of something, and so is no task: "skip weekends"."""
    said = text.lower().strip(" .!")
    return bool(days_left_out(said) or days_in(first_group(_ON_ONE_DAY.fullmatch(said))))


def days_left_out(text: str) -> frozenset[int]:
    """The days of "no weekends" and "except sunday", which are no new date; empty for other texts."""
    if days := days_in(first_group(_EXCEPT_DAYS.fullmatch(text))):
        return days
    named = first_group(_LEAVES_OUT.fullmatch(text))
    return days_in(named) if is_habit(named) else frozenset()


def _of_silence(text: str) -> Limit:
    if text.endswith(_ALL_DAY):
        return Limit(not_on=days_in(text.removesuffix(_ALL_DAY)))
    windows = parse_quiet(text)
    only = windows[0] if len(windows) == 1 else None
    if only and only.start == MIDNIGHT and len(only.days) == len(WEEKDAYS):
        return Limit(earliest=only.end)
    return Limit()


def _of_times(text: str, said: str) -> Limit:
    found = parse_times(text)
    if len(found) != 1 or len(found[0].times) != 1 or len(found[0].days) < len(WEEKDAYS):
        return Limit()
    return Limit(at=found[0].times[0], is_part=not any(map(str.isdigit, said)))


def limited(task: Task, limit: Limit, *, now: datetime, zone: ZoneInfo) -> TaskPatch | None:
    """The change of the task that the limit surely wants; None if it is not sure, or nothing would change."""
    if task.due is None:
        return None
    if limit.not_on:
        return _without_days(task, limit.not_on, now, zone)
    at = limit.earliest or (None if limit.is_part and task.due.at else limit.at)
    if at is None or (limit.earliest and task.due.at and task.due.at >= at) or at == task.due.at:
        return None
    local = wall_clock(now, zone)
    return TaskPatch(at=at) if (task.due.on, at) > (local.date(), local.time()) else None


def _without_days(task: Task, days: frozenset[int], now: datetime, zone: ZoneInfo) -> TaskPatch | None:
    if task.due is None or not task.repeats or not task.repeats.startswith("FREQ=") or task.repeats_from_done:
        return None
    rule = without_days(task.repeats, " ".join(NAMES[day] for day in sorted(days)))
    if rule is None or rule == task.repeats:
        return None
    local = wall_clock(now, zone)
    is_over = task.due.at is not None and task.due.at <= local.time()
    first = first_date(rule, max(task.due.on, local.date() + timedelta(days=is_over)))
    return TaskPatch(repeats=rule, on=first) if first else None
