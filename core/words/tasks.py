"""A to-do as people type it: title, due date, priority, recurrence; and where a repeating one moves on to.

Which words are the date, ``core/words/dated.py`` decides.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from core.errors import BadInput
from core.model import Due
from core.quiet import DAY, instant, wall_clock
from core.words.dated import without_date
from core.words.rules import next_date
from core.words.sentence import Token, tokens_of
from core.words.text import clean
from core.zones import zone_or

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
    if not any(character.isalnum() for character in title):
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
    kept, priorities = [], [LEAST_URGENT]
    for place, token in enumerate(tokens):
        priority = _priority(token, place, tokens)
        if priority is None:
            kept.append(token)
        else:
            priorities.append(priority)
    if kept and (marks := _TRAILING_MARKS.search(kept[-1].typed)):
        kept[-1] = replace(kept[-1], typed=kept[-1].typed[: marks.start()])
        priorities.append(_MARKS[marks[0]])
    return _Ranked(tokens=tuple(kept), priority=min(priorities))


def _priority(token: Token, place: int, tokens: Tokens) -> int | None:
    """The priority that the token stands for; None if it is a word of the title."""
    at_edge = place in (0, len(tokens) - 1)
    if token.typed in _MARKS or (at_edge and token.typed.lower() in _MARKS):
        return _MARKS[token.typed.lower()]
    if token.word not in _URGENT:
        return None
    introduces = place == 0 < len(tokens) - 1 and (token.stops or tokens[1].word != "care")
    return 1 if introduces or place == len(tokens) - 1 else None


# --- Title -------------------------------------------------------------------------------------------------


def _title(tokens: Tokens) -> str:
    return " ".join(token.typed for token in tokens).strip(" ,;:–-")
