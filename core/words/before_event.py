"""Reminders before an event: "remind me 15 minutes before the meeting at 3pm".

The task is due when the event is; its reminder comes ``lead`` minutes earlier. Without a time of its own, the
event is a task that is on the list: ``core/words/asks.py``.

Tests: tests/core/words/test_wishes.py.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, time
from zoneinfo import ZoneInfo

from core.errors import BadInput
from core.scheduling.quiet_hours import instant
from core.words.dates.amounts import AMOUNT
from core.words.dates.resolve import shift
from core.words.dates.sentence import sentence_of, tokens_of
from core.words.tasks import TaskDraft, parse_task

_MAX_AMOUNT_WORDS = 6  # words
_BEFORE = ("before", "vor", "avant")
_AMOUNT = re.compile(AMOUNT)
_AMOUNT_OF_DAYS = re.compile(r".*\b(?:day|week)s?")
_THE_UNIT = re.compile(r"^the (?=day|week|hour)")


# A case that only a preposition asks for: "vor dem Termin" is about "Termin".
_GERMAN_DATIVE = re.compile(r"(?:dem|der|meine[mr]|unsere[mr]) ")
_LATEST_LEAD = 366 * 24 * 60


def event_with_lead(text: str, *, now: datetime, zone: ZoneInfo) -> TaskDraft | None:
    """The event at its own time, with ``lead``; None for other texts, and if the reminder would be past."""
    words = text.split()
    place = next((at for at, word in enumerate(words[:_MAX_AMOUNT_WORDS]) if word.lower() in _BEFORE), 0)
    amount = _amount(" ".join(words[:place]))
    draft = _task_or_none(" ".join(words[place + 1 :]), now, zone) if amount else None
    amount_from_now = shift(amount, now, zone) if amount else None
    if draft is None or draft.due is None or amount_from_now is None:
        return None
    if draft.due.at is None and not _AMOUNT_OF_DAYS.fullmatch(str(amount)):
        return None
    event_at = instant(datetime.combine(draft.due.on, draft.due.at or time()), zone)
    lead = round((amount_from_now - now).total_seconds() / 60)
    if event_at <= amount_from_now or lead > _LATEST_LEAD:
        return None
    title = _GERMAN_DATIVE.sub("", draft.title, count=1) if words[place].lower() == "vor" else draft.title
    return replace(draft, title=title, lead=lead)


def _amount(words: str) -> str | None:
    english = _THE_UNIT.sub("1 ", sentence_of(tokens_of(words)).english)
    return english if _AMOUNT.fullmatch(english) else None


def _task_or_none(what: str, now: datetime, zone: ZoneInfo) -> TaskDraft | None:
    try:
        return parse_task(what, now=now, zone=zone)
    except BadInput:
        return None
