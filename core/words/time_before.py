"""A time of day without a day, said of something with a date: "dentist friday at 9, remind me at 8".

Tests: tests/core/words/test_second_wishes.py.
"""

from __future__ import annotations

from datetime import datetime, time

from core.records import Due
from core.scheduling.quiet_hours import DAY
from core.words.dates.phrases import TimePhrase, whole_time_phrase
from core.words.dates.sentence import sentence_of, tokens_of
from core.words.dates.times import halves_of, read_clock
from core.words.dates.vocabulary import PARTS_OF_DAY


def time_before(words: str, due: Due) -> datetime | None:
    """The latest local time of this kind before what is due; None if the words are more than a time of day.

    "7:30" before a dinner at 20:00 is half past seven in the evening. What is due on a day without a time is
    reminded of on that day.
    """
    when = whole_time_phrase(sentence_of(tokens_of(words)))
    if when is None or when.dated or when.zone or when.span or (when.lead == "this" and when.part):
        return None
    times = _times(when, due.at)
    if due.at is None:
        return datetime.combine(due.on, times[0]) if times else None
    days = (due.on, due.on - DAY)
    found = [datetime.combine(day, at) for day in days for at in times]
    return max((at for at in found if at < datetime.combine(due.on, due.at)), default=None)


def time_of_day(words: str) -> time | None:
    """The time of day that is the whole text: "in the evening", "at 6pm"; None for other texts."""
    when = whole_time_phrase(sentence_of(tokens_of(words)))
    times = _times(when, None) if when and not when.dated else ()
    return times[0] if times else None


def _times(when: TimePhrase, before: time | None) -> tuple[time, ...]:
    """The times of day that may be meant; one, if that is known or if there is no time to compare with."""
    said = when.clock or when.hour
    clock = read_clock(said) if said else None
    if said is None or clock is None:
        return (PARTS_OF_DAY[when.part],) if when.part else ()
    if when.part or before is None:
        return (clock.resolve(part=when.part, now=None),)
    return halves_of(said, clock, before)
