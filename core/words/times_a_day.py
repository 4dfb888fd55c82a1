"""Several times a day, without the times: "drink water 3 times a day", "alle 8 Stunden Tabletten nehmen".

A recurrence has no times of its own, so the person is asked which they are. A text that names a time is read
elsewhere. "Every 8 hours" is as often as a day has such spans.

Tests: tests/core/words/test_times_a_day.py.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from core.words.dates.amounts import read_amount
from core.words.dates.phrases import find_time_phrases
from core.words.dates.sentence import sentence_of, tokens_of
from core.words.dates.vocabulary import ENGLISH
from core.words.intents import AddTask, TimesADay
from core.words.phrasebooks.books import times, wishes
from core.words.plain_tasks import first_task, plain_task
from core.words.reminders import read_reminder, reminder_opening
from core.words.wishes import wish_in

MAX_TITLE = 60
"""Code points."""

_MINUTES_A_DAY = 24 * 60
_PATTERNS = tuple(
    re.compile(rf"(?<!\S)(?:{pattern})(?=$|[\s,.!])", re.IGNORECASE)
    for book in wishes.books.values()
    for pattern in (book.TIMES_A_DAY, book.EVERY_HOURS)
    if pattern
)
_OWN_NUMBERS = (book.TIMES.numbers for book in times.books.values() if book.TIMES)
_NUMBERS = {**ENGLISH, **{name: number for numbers in _OWN_NUMBERS for name, number in numbers.items()}}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    count: int
    rest: str
    """The words without those of the count."""


def times_a_day(text: str, *, now: datetime, zone: ZoneInfo) -> TimesADay | None:
    """What is to be done several times a day; None for other texts."""
    opening = reminder_opening(text)
    found = _count_in(opening.rest if opening else text)
    if found is None or any(find_time_phrases(sentence_of(tokens_of(found.rest)))):
        return None
    if opening:
        said = read_reminder(replace(opening, rest=f" {found.rest}"))
        title = said.what if said else ""
    else:
        wish = wish_in(found.rest)
        added = None if wish else _plain(found.rest, now=now, zone=zone)
        title = wish.what if wish else (added.draft.title if added and added.draft else "")
    if not 0 < len(title) <= MAX_TITLE:
        return None
    return TimesADay(title=title, count=found.count, reminds=opening is not None)


def _plain(rest: str, *, now: datetime, zone: ZoneInfo) -> AddTask | None:
    """A to-do without its count: "pills" is one as well, since they are to be taken so often."""
    return plain_task(rest, now=now, zone=zone) or first_task(rest, now=now, zone=zone)


def _count_in(text: str) -> _Found | None:
    """How often, at the beginning or at the end of the text."""
    for pattern in _PATTERNS:
        said = pattern.search(text)
        if said is None:
            continue
        before, after = text[: said.start()].strip(" ,"), text[said.end() :].strip(" ,.!")
        count = _count(said.groupdict())
        if count > 1 and bool(before) != bool(after):
            return _Found(count=count, rest=before or after)
    return None


def _count(groups: dict[str, str | None]) -> int:
    if groups.get("twice"):
        return 2
    if groups.get("one"):
        return 24
    if hours := groups.get("hours"):
        amount = read_amount(hours)
        return round(_MINUTES_A_DAY / amount.whole_minutes) if amount and amount.whole_minutes else 0
    said = str(groups.get("count")).lower()
    number = _NUMBERS.get(said, said)
    return int(number) if number.isdecimal() else 0
