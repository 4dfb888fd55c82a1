"""Reminders before an event: "remind me 15 minutes before the meeting at 3pm" is due at 14:45."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from core.errors import BadInput
from core.scheduling.quiet_hours import instant, wall_clock
from core.words.dates.amounts import AMOUNT
from core.words.dates.clock import format_time
from core.words.dates.resolve import shift
from core.words.dates.sentence import sentence_of, tokens_of
from core.words.tasks import TaskDraft, parse_task

_MAX_AMOUNT_WORDS = 6  # words
_BEFORE = ("before", "vor", "avant")
_AMOUNT = re.compile(AMOUNT)
_AMOUNT_OF_DAYS = re.compile(r".*\b(?:day|week)s?")
_THE_UNIT = re.compile(r"^the (?=day|week|hour)")


@dataclass(frozen=True, slots=True, kw_only=True)
class BeforeEvent:
    """A reminder before an event."""

    what: str
    """The event with its own time."""
    when: str
    """Words for the earlier time, such as ``2027-03-16 at 14:45``."""


def time_before_event(text: str, *, now: datetime, zone: ZoneInfo) -> BeforeEvent | None:
    """The event and the earlier time; None for other texts, and if the earlier time is past."""
    words = text.split()
    place = next((at for at, word in enumerate(words[:_MAX_AMOUNT_WORDS]) if word.lower() in _BEFORE), 0)
    amount = _amount(" ".join(words[:place]))
    draft = _task_or_none(" ".join(words[place + 1 :]), now, zone) if amount else None
    amount_from_now = shift(amount, now, zone) if amount else None
    if draft is None or draft.due is None or amount_from_now is None or draft.repeats:
        return None
    if draft.due.at is None and not _AMOUNT_OF_DAYS.fullmatch(str(amount)):
        return None
    event_at = instant(datetime.combine(draft.due.on, draft.due.at or time()), zone)
    if event_at <= amount_from_now:  # before the subtraction, which could leave the calendar
        return None
    earlier = wall_clock(event_at - (amount_from_now - now), zone)
    return _as_reminder(draft, earlier, " ".join(words[place + 1 :]))


def _as_reminder(draft: TaskDraft, earlier: datetime, typed: str) -> BeforeEvent:
    """The words for the event's time stay if the reminder is on another day: "the exam on friday"."""
    if draft.due is None or draft.due.at is None:
        return BeforeEvent(what=typed, when=f"{earlier:%Y-%m-%d}")
    is_that_day = earlier.date() == draft.due.on
    what = f"{draft.title}, {format_time(draft.due.at)}" if is_that_day else typed
    return BeforeEvent(what=what, when=f"{earlier:%Y-%m-%d at %H:%M}")


def _amount(words: str) -> str | None:
    english = _THE_UNIT.sub("1 ", sentence_of(tokens_of(words)).english)
    return english if _AMOUNT.fullmatch(english) else None


def _task_or_none(what: str, now: datetime, zone: ZoneInfo) -> TaskDraft | None:
    try:
        return parse_task(what, now=now, zone=zone)
    except BadInput:
        return None
