"""Reminders before an event: "remind me 15 minutes before the meeting at 3pm".

The task is due when the event is; its reminder comes ``lead`` minutes earlier. Without a time of its own, the
event is a task that is on the list.

Tests: tests/core/words/test_wishes.py, tests/core/words/test_asks.py.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, time
from zoneinfo import ZoneInfo

from core.scheduling.quiet_hours import instant
from core.words.dates.amounts import AMOUNT, read_amount
from core.words.dates.phrases import find_time_phrases
from core.words.dates.resolve import shift
from core.words.dates.sentence import sentence_of, tokens_of
from core.words.intents import RemindBefore
from core.words.lead_times import MAX_LEAD
from core.words.named_task import named_task
from core.words.phrasebooks.books import wishes
from core.words.phrasebooks.patterns import lazy_phrase, one_of
from core.words.tasks import TaskDraft, task_or_none

_MAX_AMOUNT_WORDS = 6  # words
_AMOUNT = re.compile(AMOUNT)
_AMOUNT_OF_DAYS = re.compile(r".*\b(?:day|week)s?")
_THE_UNIT = re.compile(r"^the (?=day|week|hour)")


# What follows each language's "before": "vor dem Termin" is about "Termin".
_AFTER_BEFORE = {
    book.BEFORE: re.compile(rf"^(?:{book.AFTER_BEFORE or '(?!)'})", re.IGNORECASE)
    for book in wishes.books.values()
}
_LATEST_LEAD = 366 * 24 * 60


def event_with_lead(text: str, *, now: datetime, zone: ZoneInfo) -> TaskDraft | None:
    """The event at its own time, with ``lead``; None for other texts, and if the reminder would be past."""
    words = text.split()
    place = next(
        (at for at, word in enumerate(words[:_MAX_AMOUNT_WORDS]) if word.lower() in _AFTER_BEFORE), 0
    )
    amount = _amount(" ".join(words[:place]))
    draft = task_or_none(_event(words[place:]), now=now, zone=zone) if amount else None
    amount_from_now = shift(amount, now, zone) if amount else None
    if draft is None or draft.due is None or amount_from_now is None:
        return None
    if draft.due.at is None and not _AMOUNT_OF_DAYS.fullmatch(str(amount)):
        return None
    event_at = instant(draft.due.wall_time(without=time()), zone)
    lead = round((amount_from_now - now).total_seconds() / 60)
    if event_at <= amount_from_now or lead > _LATEST_LEAD:
        return None
    return replace(draft, lead=lead)


def _event(words: list[str]) -> str:
    """The words after "before", without those that only belong to it."""
    after = " ".join(words[1:])
    return _AFTER_BEFORE[words[0].lower()].sub("", after) if words[0].lower() in _AFTER_BEFORE else after


def _amount(words: str) -> str | None:
    english = _THE_UNIT.sub("1 ", sentence_of(tokens_of(words)).english)
    return english if _AMOUNT.fullmatch(english) else None


# --- Before a task on the list -----------------------------------------------------------------------------

_BEFORE_A_TASK = lazy_phrase(*wishes.BEFORE_A_TASK)
_ONE_UNIT = re.compile(rf"^(?:{one_of(wishes.ONE_UNIT)})", re.IGNORECASE)
_NAMED_LEADS = {name: lead for book in wishes.books.values() for name, lead in book.NAMED_LEADS.items()}


def remind_before(text: str) -> RemindBefore | None:
    """The reminder before a task on the list; None for other texts, and for an event with its own time."""
    found = _BEFORE_A_TASK.fullmatch(text)
    if found is None:
        return None
    groups = {name: value for name, value in found.groupdict().items() if value}
    name = next(name for name in groups if not name.endswith("_task"))
    words = _NAMED_LEADS.get(name) or _ONE_UNIT.sub("1 ", groups[name])
    title = groups.get(f"{name}_task", "it")
    amount, task = read_amount(words), named_task(title)
    minutes = amount.whole_minutes + 24 * 60 * amount.days if amount and not amount.months else 0
    phrases = find_time_phrases(sentence_of(tokens_of(title)))
    # Minutes before an event need its time: with a day alone, it is on the list ("my shift on wednesday").
    is_in_days = amount is not None and amount.days > 0
    is_new = any(when.clock or when.hour or (when.dated and is_in_days) for when in phrases)
    is_meant = task is not None and not is_new and 0 < minutes <= MAX_LEAD
    return RemindBefore(title=task.title, minutes=minutes) if task and is_meant else None
