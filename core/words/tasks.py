"""A to-do as people type it: title, due date, priority, recurrence; and where a repeating one moves on to.

Which words are the date, ``core/words/dates/extract.py`` decides.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Container
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from core.errors import BadInput
from core.model import Due
from core.scheduling.quiet_hours import DAY, instant, wall_clock
from core.scheduling.timezones import zone_or
from core.text import clean
from core.words.dates.extract import without_date
from core.words.dates.phrases import whens
from core.words.dates.rrules import next_date
from core.words.dates.sentence import Token, sentence_of, tokens_of

LONGEST_TITLE = 300  # code points
LEAST_URGENT = 4

_MARKS = {"p1": 1, "p2": 2, "p3": 3, "p4": 4, "!!!": 1, "!!": 2, "!": 3}
_URGENT = {"urgent", "asap", "dringend"}
_TRAILING_MARKS = re.compile(r"(?<=[^!])!{2,3}$")


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskDraft:
    """What a text says about a task. ``repeats`` as in ``Task``; ``priority`` 1 is the most urgent."""

    title: str
    due: Due | None = None
    priority: int = LEAST_URGENT
    repeats: str | None = None


def parse_task(text: str, *, now: datetime, zone: ZoneInfo) -> TaskDraft:
    """Title, due date, priority and recurrence of ``Pay rent tomorrow 9am p1``.

    Raises ``BadInput``: ``task_too_long``; ``task_empty`` when nothing is left to do without the date.
    """
    typed = clean(text, 2 * LONGEST_TITLE)
    if len(typed) > LONGEST_TITLE:
        raise BadInput("task_too_long", limit=str(LONGEST_TITLE))
    tokens = tokens_of(typed)
    ranked = _without_priority(tokens)
    dated = without_date(ranked.tokens, now, zone)
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

    ``repeats`` is a rule as ``parse_task`` gives it, followed on the wall clock of the due date's own zone or
    else ``zone``: 02:30 stays 02:30 when the clocks change. None when the rule has ended.
    """
    where = zone_or(due.zone, zone)
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
    """The tokens without the marks, and the highest priority that one of them gave."""
    found = {place: mark for place, token in enumerate(tokens) if (mark := _MARKS.get(token.typed.lower()))}
    edges = _edges(tokens, found)
    kept, priorities = [], [LEAST_URGENT]
    for place, token in enumerate(tokens):
        priority = _priority(place, tokens, edges)
        if priority is None:
            kept.append(token)
        else:
            priorities.append(priority)
    if kept and (marks := _TRAILING_MARKS.search(kept[-1].typed)):
        kept[-1] = replace(kept[-1], typed=kept[-1].typed[: marks.start()])
        priorities.append(_MARKS[marks[0]])
    return _Ranked(tokens=tuple(kept), priority=min(priorities))


def _priority(place: int, tokens: Tokens, edges: Container[int]) -> int | None:
    """The priority that the token stands for; None if it is a word of the title."""
    token = tokens[place]
    if mark := _MARKS.get(token.typed.lower()):
        return mark if place in edges else None
    if token.word not in _URGENT:
        return None
    introduces = place == 0 < len(tokens) - 1 and (token.stops or tokens[1].word != "care")
    return 1 if introduces or place == len(tokens) - 1 else None


def _edges(tokens: Tokens, marks: Collection[int]) -> set[int]:
    """The places where a mark is a priority: at the edges of the title, and right after a date.

    In the middle it is a word: "Read p4 of the paper". Dates at an edge are no part of the title.
    """
    words = [place for place in range(len(tokens)) if place not in marks]
    dates = whens(sentence_of(tokens[place] for place in words))
    dated = {words[at] for when in dates if when.dated or when.timed for at in range(when.first, when.end)}
    title = [place for place in words if place not in dated]
    first, last = (title[0], title[-1]) if title else (len(tokens), -1)
    return {place for place in marks if not first < place < last or place - 1 in dated}


# --- Title -------------------------------------------------------------------------------------------------


def _says_something(title: str) -> bool:
    """Whether it holds a word, a number or an emoji."""
    return any(one.isalnum() or unicodedata.category(one) == "So" for one in title)


def _title(tokens: Tokens) -> str:
    return " ".join(token.typed for token in tokens).strip(" ,;:–-")
