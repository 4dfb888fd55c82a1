"""Parses a task as people type it (title, due date, priority, recurrence), and moves a repeating one on.

``core/words/dates/extract.py`` decides which words are the date.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Container
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from core.errors import BadInput
from core.records import Due
from core.scheduling.quiet_hours import DAY, instant, wall_clock
from core.scheduling.timezones import zone_or_default
from core.text import clean
from core.words.dates.extract import extract_date
from core.words.dates.phrases import find_time_phrases
from core.words.dates.rrules import next_date
from core.words.dates.sentence import Token, sentence_of, tokens_of

MAX_TITLE = 300  # code points
LOWEST_PRIORITY = 4

_MARKS = {"p1": 1, "p2": 2, "p3": 3, "p4": 4, "!!!": 1, "!!": 2, "!": 3}
_URGENT = {"urgent", "asap", "dringend"}
_TRAILING_MARKS = re.compile(r"(?<=[^!])!{2,3}$")


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskDraft:
    """A task as parsed from a text."""

    title: str
    due: Due | None = None

    priority: int = LOWEST_PRIORITY
    """1 is the most urgent."""

    repeats: str | None = None
    """A recurrence rule, as in ``Task``."""

    repeats_from_done: bool = False
    """As in ``Task``; likewise the fields below."""

    minutes: int | None = None
    labels: tuple[str, ...] = ()
    project: str | None = None
    notes: str | None = None

    reminds: bool = False
    """Whether the person wants a message at the due time: "remind me to …"."""

    lead: int = 0
    """How many minutes before the due time that message comes."""


def parse_task(text: str, *, now: datetime, zone: ZoneInfo) -> TaskDraft:
    """Title, due date, priority and recurrence of ``Pay rent tomorrow 9am p1``.

    Raises ``BadInput``: ``task_too_long``; ``task_empty`` if there is nothing but date and priority.
    """
    typed = clean(text, 2 * MAX_TITLE)
    if len(typed) > MAX_TITLE:
        raise BadInput("task_too_long", limit=str(MAX_TITLE))
    tokens = tokens_of(typed)
    ranked = _without_priority(tokens)
    dated = extract_date(ranked.tokens, now, zone)
    planned = dated.planned
    title = typed if dated.tokens == tokens else _title(dated.tokens)
    if not _says_something(title):
        raise BadInput("task_empty")
    if planned is None:
        return TaskDraft(title=title, priority=ranked.priority)
    due = Due(on=planned.on, at=planned.at, zone=planned.zone)
    return TaskDraft(title=title, due=due, priority=ranked.priority, repeats=planned.repeats)


def next_due(repeats: str, due: Due, after: datetime, zone: ZoneInfo) -> Due | None:
    """The next due date of a repeating task, later than both ``due`` and the instant ``after``.

    ``repeats`` is a rule from ``parse_task``. It follows the wall clock of the due date's own zone, else of
    ``zone``: 02:30 stays 02:30 when the clocks change. None after the end of the rule.
    """
    where = zone_or_default(due.zone, zone)
    today = wall_clock(after, where).date()
    if due.at is None:
        on = next_date(repeats, due.on, max(due.on, today))
        return replace(due, on=on) if on else None
    on = next_date(repeats, due.on, max(due.on, today - DAY))
    while on and instant(datetime.combine(on, due.at), where) <= after:
        on = next_date(repeats, due.on, on)
    return replace(due, on=on) if on else None


# --- Priority ----------------------------------------------------------------------------------------------

Tokens = tuple[Token, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ranked:
    tokens: Tokens
    priority: int


def _without_priority(tokens: Tokens) -> _Ranked:
    """The tokens without the priority marks, and the highest priority among the marks."""
    found = {place: mark for place, token in enumerate(tokens) if (mark := _MARKS.get(token.typed.lower()))}
    edges = _edges(tokens, found)
    others, priorities = [], [LOWEST_PRIORITY]
    for place, token in enumerate(tokens):
        priority = _priority(place, tokens, edges)
        if priority is None:
            others.append(token)
        else:
            priorities.append(priority)
    if others and (marks := _TRAILING_MARKS.search(others[-1].typed)):
        others[-1] = replace(others[-1], typed=others[-1].typed[: marks.start()])
        priorities.append(_MARKS[marks[0]])
    return _Ranked(tokens=tuple(others), priority=min(priorities))


def _priority(place: int, tokens: Tokens, edges: Container[int]) -> int | None:
    """The priority that the token means; None if it belongs to the title."""
    token = tokens[place]
    if mark := _MARKS.get(token.typed.lower()):
        return mark if place in edges else None
    if token.word not in _URGENT:
        return None
    introduces = place == 0 < len(tokens) - 1 and (token.stops or tokens[1].word != "care")
    return 1 if introduces or place == len(tokens) - 1 else None


def _edges(tokens: Tokens, marks: Collection[int]) -> set[int]:
    """The positions where a mark is a priority: at the edges of the title, and directly after a date.

    In the middle it is a word of the title: "Read p4 of the paper". Dates do not belong to the title.
    """
    words = [place for place in range(len(tokens)) if place not in marks]
    dates = find_time_phrases(sentence_of(tokens[place] for place in words))
    dated = {words[at] for when in dates if when.dated or when.timed for at in range(when.first, when.end)}
    title = [place for place in words if place not in dated]
    first, last = (title[0], title[-1]) if title else (len(tokens), -1)
    return {place for place in marks if not first < place < last or place - 1 in dated}


# --- Title -------------------------------------------------------------------------------------------------


def _says_something(title: str) -> bool:
    """Whether it holds a letter, a digit or an emoji."""
    return any(one.isalnum() or unicodedata.category(one) == "So" for one in title)


def _title(tokens: Tokens) -> str:
    return " ".join(token.typed for token in tokens).strip(" ,;:–-")
