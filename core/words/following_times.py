"""A time of day without a day, after something at a time: "gym friday at 6 and sauna at 7".

Tests: tests/core/words/test_everyday_times.py.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.records import Due
from core.scheduling.quiet_hours import instant, wall_clock
from core.scheduling.timezones import zone_or_default
from core.words.dates.occasions import at_occasion
from core.words.dates.phrases import TimePhrase, find_time_phrases
from core.words.dates.sentence import sentence_of, tokens_of
from core.words.dates.times import Clock, read_clock
from core.words.dates.vocabulary import WEEKDAYS
from core.words.tasks import TaskDraft

_WEEK = timedelta(days=7)
_LATEST_HOUR = 21
"""Hours after it are rather those of the morning: "and dad on friday at 11"."""


def following(text: str, draft: TaskDraft, before: TaskDraft, *, now: datetime, zone: ZoneInfo) -> TaskDraft:
    """The ``draft`` of the ``text`` on the day of what was named ``before``, if it names none itself.

    A bare hour is later on that day than the time before, if it can be.
    """
    due, first = draft.due, before.due
    if due is None or due.at is None or first is None or draft.repeats or before.repeats:
        return draft
    phrases = list(find_time_phrases(sentence_of(tokens_of(text))))
    if due.zone != first.zone or any(_is_dated(one) for one in phrases):
        return draft
    at = _later(phrases, draft.title, due.at, first.at)
    if instant(datetime.combine(first.on, at), zone_or_default(due.zone, zone)) <= now:
        return draft
    return replace(draft, due=replace(due, on=first.on, at=at))


def in_week_of(
    text: str, draft: TaskDraft, before_text: str, before: TaskDraft, *, now: datetime, zone: ZoneInfo
) -> TaskDraft:
    """The ``draft`` a week later, if the day before it is that weekday of the next week: said on a monday,
    "monday at 9 and tuesday".
    """
    today = wall_clock(now, zone).date()
    weekday = WEEKDAYS[today.weekday()]
    if draft.due is None or draft.repeats or before.due is None or before.due.on != today + _WEEK:
        return draft
    if _days(before_text) != [weekday] or not set(_days(text)) & set(WEEKDAYS):
        return draft
    return replace(draft, due=_a_week_later(draft.due, before.due.on))


def after_noon_as_before(text: str, draft: TaskDraft, before_text: str) -> TaskDraft:
    """The ``draft`` in the evening if "pm" was said before its bare hour: "call mom at 6pm and dad on friday
    at 7".
    """
    due, said = draft.due, [one.clock or "" for one in find_time_phrases(sentence_of(tokens_of(before_text)))]
    clock = _bare_hour(list(find_time_phrases(sentence_of(tokens_of(text)))))
    if due is None or due.at is None or clock is None or not any(one.endswith("pm") for one in said):
        return draft
    later = due.at.replace(hour=due.at.hour % 12 + 12)
    is_usual = later.hour <= _LATEST_HOUR and at_occasion(draft.title, later) == later
    return replace(draft, due=replace(due, at=later)) if is_usual else draft


def _a_week_later(due: Due, first: date) -> Due:
    return due if due.on >= first else replace(due, on=due.on + _WEEK)


def _days(text: str) -> list[str | None]:
    return [one.day for one in find_time_phrases(sentence_of(tokens_of(text))) if one.dated]


def _is_dated(when: TimePhrase) -> bool:
    return when.dated or (when.lead == "this" and when.part is not None)


def _later(phrases: list[TimePhrase], title: str, at: time, first: time | None) -> time:
    """The time after the ``first`` one, of the two that a bare hour may mean; else the usual one."""
    clock = _bare_hour(phrases)
    if clock is None or at.hour % 12 != clock.at.hour % 12:
        return at
    usual = at_occasion(title, clock.resolve(part=None, now=None))
    both = sorted((clock.at, clock.at.replace(hour=(clock.at.hour + 12) % 24)))
    later = (one for one in both if first and one > first and at_occasion(title, one) == one)
    return next(later, usual)


def _bare_hour(phrases: list[TimePhrase]) -> Clock | None:
    """The only time of the phrases, if it may be twelve hours later as well."""
    timed = [one for one in phrases if one.timed]
    words = timed[0].clock or timed[0].hour if len(timed) == 1 and not timed[0].part else None
    clock = read_clock(words) if words else None
    return clock if clock and clock.ambiguous else None
