"""A time ahead of another: "remind me 15 minutes before the meeting at 3pm" is due at 14:45."""

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

_LONGEST_AMOUNT = 6  # words
_BEFORE = ("before", "vor", "avant")
_AMOUNT = re.compile(AMOUNT)
_DAYS = re.compile(r".*\b(?:day|week)s?")
_ONE = re.compile(r"^the (?=day|week|hour)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """What is ahead, with its own time, and the words for the earlier time."""

    what: str
    when: str


def ahead_of(text: str, *, now: datetime, zone: ZoneInfo) -> Ahead | None:
    """The thing and the earlier time; None for other texts, and for a time that is over."""
    words = text.split()
    place = next((at for at, word in enumerate(words[:_LONGEST_AMOUNT]) if word.lower() in _BEFORE), 0)
    amount = _amount(" ".join(words[:place]))
    draft = _draft(" ".join(words[place + 1 :]), now, zone) if amount else None
    later = shift(amount, now, zone) if amount else None
    if draft is None or draft.due is None or later is None or draft.repeats:
        return None
    if draft.due.at is None and not _DAYS.fullmatch(str(amount)):
        return None
    then = instant(datetime.combine(draft.due.on, draft.due.at or time()), zone)
    if then <= later:  # compared before it is subtracted: 5000 years before today is no date
        return None
    return _said(draft, wall_clock(then - (later - now), zone), " ".join(words[place + 1 :]))


def _said(draft: TaskDraft, earlier: datetime, typed: str) -> Ahead:
    """On another day it keeps the words for its time: "the exam on friday"."""
    if draft.due is None or draft.due.at is None:
        return Ahead(what=typed, when=f"{earlier:%Y-%m-%d}")
    is_that_day = earlier.date() == draft.due.on
    what = f"{draft.title}, {format_time(draft.due.at)}" if is_that_day else typed
    return Ahead(what=what, when=f"{earlier:%Y-%m-%d at %H:%M}")


def _amount(words: str) -> str | None:
    english = _ONE.sub("1 ", sentence_of(tokens_of(words)).english)
    return english if _AMOUNT.fullmatch(english) else None


def _draft(what: str, now: datetime, zone: ZoneInfo) -> TaskDraft | None:
    try:
        return parse_task(what, now=now, zone=zone)
    except BadInput:
        return None
