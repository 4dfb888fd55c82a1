"""A to-do as people type it: title, due date, priority, recurrence; and where a repeating one moves on to.

A library reads the dates; the rules here decide which words may be one, since a title must keep its own:
"Read 1984", "Call Sunday school", "March against hunger". In doubt the words stay and nothing is due.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from core.errors import BadInput
from core.model import Due
from core.quiet import DAY, instant, wall_clock
from core.words.dates import Planned, read
from core.words.phrases import When, joined, whens
from core.words.repeats import next_date
from core.words.sentence import Sentence, Token, sentence_of, tokens_of
from core.words.text import clean
from core.words.vocabulary import CLAIMING, DEEDS
from core.zones import zone_or

LONGEST_TITLE = 300  # code points
LEAST_URGENT = 4
_FARTHEST = timedelta(days=50 * 366)

_MARKS = {"p1": 1, "p2": 2, "p3": 3, "p4": 4, "!!!": 1, "!!": 2, "!": 3}
_URGENT = {"urgent", "asap", "dringend"}
_TRAILING_MARKS = re.compile(r"(?<=[^!])!{2,3}$")

_LISTING = {"and", "or", "to", "-", "–"}
_KEPT_AFTER = {"for", "until", "till"}  # due then, but the title would not be the same without: "for Monday"
_ALSO_WORDS = {"sun", "sat", "wed"}
_ENGLISH_UNITS = ("minute", "hour", "day", "week", "month", "year")
_NEAR_DAYS = {"today", "tomorrow", "overmorrow"}


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
    dated = _without_date(ranked.tokens, now, zone)
    planned = dated.planned
    title = typed if dated.tokens == tokens else _title(dated.tokens)
    if not any(character.isalnum() for character in title):
        raise BadInput("task_empty")
    if planned is None:
        return TaskDraft(title=title, priority=ranked.priority)
    due = Due(on=planned.on, at=planned.at)
    return TaskDraft(title=title, due=due, priority=ranked.priority, repeats=planned.repeats)


def next_due(repeats: str, due: Due, after: datetime, zone: ZoneInfo) -> Due:
    """The next due date of a repeating task, later than both ``due`` and the instant ``after``.

    ``repeats`` is a rule as ``parse_task`` gives it, followed on the wall clock of the due date's own zone or
    else ``zone``: 02:30 stays 02:30 when the clocks change.
    """
    where = zone_or(due.zone, zone)
    today = wall_clock(after, where).date()
    if due.at is None:
        return replace(due, on=next_date(repeats, due.on, max(due.on, today)))
    on = next_date(repeats, due.on, max(due.on, today - DAY))
    while instant(datetime.combine(on, due.at), where) <= after:
        on = next_date(repeats, due.on, on)
    return replace(due, on=on)


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


# --- Dates -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Dated:
    tokens: Tokens
    planned: Planned | None = None


def _without_date(tokens: Tokens, now: datetime, zone: ZoneInfo) -> _Dated:
    """The tokens without the words that are a date, and that date.

    The last words count first; earlier ones add what is still open (``tomorrow … at 9``), or stay.
    """
    sentence = sentence_of(tokens)
    taken: set[int] = set()
    merged: When | None = None
    for when in reversed(_dates_in(sentence)):
        both = joined(merged, when) if merged else when
        if both is None:
            continue
        merged = both
        if _before(when, sentence) not in _KEPT_AFTER:
            taken.update(range(when.first, when.end))
    planned = read(merged, now, zone) if merged else None
    today = wall_clock(now, zone).date()
    if planned is None or merged is None or not today <= planned.on <= today + _FARTHEST:
        return _Dated(tokens=tokens)
    kept = tuple(token for place, token in enumerate(tokens) if place not in taken)
    return _Dated(tokens=kept, planned=_still_ahead(planned, merged, now, zone))


def _still_ahead(planned: Planned, when: When, now: datetime, zone: ZoneInfo) -> Planned:
    """Without the time if it was only part of the day and is over: "tonight" at 22:00 is still today."""
    local = wall_clock(now, zone)
    over = planned.at and datetime.combine(planned.on, planned.at) <= local
    return replace(planned, at=None) if over and when.part and not when.clock and not when.hour else planned


def _dates_in(sentence: Sentence) -> list[When]:
    """The runs that may be a date. In a list ("at 8 and 20:00", "mon wed") none of them is one."""
    found = list(whens(sentence))
    listed = {
        run.first
        for one, other in pairwise(found)
        if other.first == one.end or (other.first == one.end + 1 and _before(other, sentence) in _LISTING)
        for run in (one, other)
    }
    return [when for when in found if when.first not in listed and _may_be_date(when, sentence)]


def _may_be_date(when: When, sentence: Sentence) -> bool:
    """Whether words that look like a time may be one where they stand."""
    last = when.end == len(sentence.tokens)
    if _before(when, sentence) in CLAIMING or _is_a_name(when, sentence) or _lacks_rule(when):
        return False
    if when.hour and not when.dated and not when.part:
        return last or sentence.tokens[when.end - 1].stops
    if when.every and " " not in when.every and not when.lead:
        return last  # "weekly report"
    if when.lead or when.after or when.every or (when.dated and when.timed):
        return True
    return not _is_doubtful(when, sentence) if last else _stands_alone(when, sentence)


def _before(when: When, sentence: Sentence) -> str | None:
    return sentence.tokens[when.first - 1].word if when.first else None


def _is_a_name(when: When, sentence: Sentence) -> bool:
    """Names of things: "Around the World in 80 Days", "Watch Tomorrow Never Dies"."""
    typed = sentence.tokens[when.end - 1].typed
    if when.after:
        return typed.istitle() and typed.lower().startswith(_ENGLISH_UNITS)
    return bool(when.day in _NEAR_DAYS and when.first and typed.istitle() and when.end < len(sentence.tokens))


def _lacks_rule(when: When) -> bool:
    """Whether it begins with "from" or "starting", which make a date of a recurrence only."""
    return when.lead is not None and when.lead.startswith(("from", "starting")) and not when.every


def _is_doubtful(when: When, sentence: Sentence) -> bool:
    """Words at the end that mean something else at least as often: "enjoy the sun", "John 3:16", "1/2"."""
    typed = sentence.tokens[when.first].typed.lower().rstrip(".!")
    if when.clock and not when.day:
        return bool(re.fullmatch(r"\d:\d[1-46-9]", typed))
    return typed in _ALSO_WORDS or bool(re.fullmatch(r"\d+/\d+", typed))


def _stands_alone(when: When, sentence: Sentence) -> bool:
    """Whether a bare day at the beginning or in the middle is a date: "tomorrow call mom"."""
    if when.day in _NEAR_DAYS or sentence.tokens[when.end - 1].stops:
        return bool(when.day)
    return when.first == 0 and sentence.tokens[when.end].word in DEEDS


# --- Title -------------------------------------------------------------------------------------------------


def _title(tokens: Tokens) -> str:
    return " ".join(token.typed for token in tokens).strip(" ,;:–-")
