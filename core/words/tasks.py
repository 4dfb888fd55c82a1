"""Parses a task as people type it (title, date, recurrence, marks), and moves a repeating one on.

``core/words/dates/extract.py`` decides which words are the date, ``core/words/details.py`` the details.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Container
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from core.errors import BadInput
from core.records import Due
from core.scheduling.quiet_hours import DAY, instant, wall_clock
from core.scheduling.timezones import zone_or_default
from core.text import clean
from core.words.appointments import with_clock
from core.words.dates.extract import extract_date
from core.words.dates.phrases import find_time_phrases
from core.words.dates.rrules import next_date, next_date_from
from core.words.dates.sentence import Token, sentence_of, tokens_of
from core.words.deadlines import find_deadline
from core.words.details import MAX_NOTES, Details, mark_of, minutes_of_activity, read_details
from core.words.phrasebooks.books import wishes
from core.words.recurrence_from_done import without_from_done

MAX_TITLE = 300  # code points
LOWEST_PRIORITY = 4

_MARKS = {"p1": 1, "p2": 2, "p3": 3, "p4": 4, "!!!": 1, "!!": 2, "!": 3}
_URGENT = wishes.words("URGENT")
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
    section: str | None = None
    notes: str | None = None
    deadline: date | None = None

    reminds: bool = False
    """Whether the person wants a message at the due time: "remind me to …". Without one, oO asks when."""

    lead: int = 0
    """How many minutes before the due time that message comes."""


def task_or_none(text: str, *, now: datetime, zone: ZoneInfo) -> TaskDraft | None:
    """As ``parse_task``; None for a text that is no task."""
    try:
        return parse_task(text, now=now, zone=zone)
    except BadInput:
        return None


def parse_task(text: str, *, now: datetime, zone: ZoneInfo) -> TaskDraft:
    """The task of ``Pay rent tomorrow 9am p1 #home``.

    Raises ``BadInput``: ``task_too_long``; ``task_empty`` if there is nothing but date and priority.
    """
    typed, _ = without_bullet(text)
    details = read_details(clean(typed, 2 * MAX_TITLE + MAX_NOTES))
    if len(details.text) > MAX_TITLE:
        raise BadInput("task_too_long", limit=str(MAX_TITLE))
    details = replace(details, text=with_clock(details.text, now=now, zone=zone))
    limited = find_deadline(details.text, now=now, zone=zone)
    if limited is None:
        return _with_details(details, now, zone)
    draft = _with_details(replace(details, text=limited.text), now, zone)
    if draft.due is None and limited.is_limit:
        return _with_details(details, now, zone)
    return replace(draft, deadline=limited.deadline, due=draft.due or limited.due)


def _with_details(details: Details, now: datetime, zone: ZoneInfo) -> TaskDraft:
    plain = without_from_done(details.text)
    draft = _parsed(plain.text, now, zone)
    if plain.from_done:  # without a recurrence, the words are part of the title
        counted = draft.repeats is not None
        draft = replace(draft, repeats_from_done=True) if counted else _parsed(details.text, now, zone)
    is_timed = draft.due is not None and draft.due.at is not None
    return replace(
        draft,
        minutes=details.minutes or minutes_of_activity(draft.title, is_timed=is_timed),
        project=draft.project or details.project,
        notes=details.notes,
    )


def _parsed(typed: str, now: datetime, zone: ZoneInfo, *, named: bool = True) -> TaskDraft:
    """Title, date, and what has a mark: priority; labels and project, if ``named``."""
    tokens = tokens_of(typed)
    marked = _without_marks(tokens, named=named)
    dated = extract_date(marked.tokens, now, zone)
    planned = dated.planned
    title = typed if dated.tokens == tokens else _title(dated.tokens)
    if not says_something(title):
        if marked.labels or marked.project:  # "#home tomorrow" has no other title
            return _parsed(typed, now, zone, named=False)
        raise BadInput("task_empty")
    draft = TaskDraft(title=title, priority=marked.priority, labels=marked.labels, project=marked.project)
    if planned is None:
        return draft
    due = Due(on=planned.on, at=planned.at, zone=planned.zone)
    return replace(draft, due=due, repeats=planned.repeats)


_BULLET = re.compile(r"\s*(?:[-*•‣◦▪–—+]\s+)?(?:\[ ?\]\s*|[☐□◻]\s*)?(?=[^\W\d_])")


def without_bullet(text: str) -> tuple[str, bool]:
    """The text without the bullet or box of a list before it, and whether there was one."""
    found = _BULLET.match(text)
    rest = text[found.end() :] if found else text
    return rest, bool(found and found[0].strip())


def next_due(
    repeats: str, due: Due, after: datetime, zone: ZoneInfo, *, from_done: bool = False
) -> Due | None:
    """The next due date of a repeating task, later than both ``due`` and the instant ``after``.

    ``repeats`` is a rule from ``parse_task``. It follows the wall clock of the due date's own zone, else of
    ``zone``: 02:30 stays 02:30 when the clocks change. ``from_done``: it counts from ``after``, the
    completion, and may be earlier than ``due``. None after the end of the rule.
    """
    where = zone_or_default(due.zone, zone)
    today = wall_clock(after, where).date()
    if from_done:
        on = next_date_from(repeats, today)
        return replace(due, on=on) if on else None
    if due.at is None:
        on = next_date(repeats, due.on, max(due.on, today))
        return replace(due, on=on) if on else None
    on = next_date(repeats, due.on, max(due.on, today - DAY))
    while on and instant(datetime.combine(on, due.at), where) <= after:
        on = next_date(repeats, due.on, on)
    return replace(due, on=on) if on else None


# --- Marks -------------------------------------------------------------------------------------------------

Tokens = tuple[Token, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Marked:
    tokens: Tokens
    priority: int
    labels: tuple[str, ...]
    project: str | None


def _without_marks(tokens: Tokens, *, named: bool) -> _Marked:
    """The tokens without the marks; the labels, one project, and the highest priority among the marks."""
    names = {place: mark for place in range(len(tokens)) if named and (mark := mark_of(place, tokens))}
    ranks = {place for place, token in enumerate(tokens) if token.typed.lower() in _MARKS}
    edges = _edges(tokens, ranks | names.keys())
    taken = [mark for place, mark in names.items() if place in edges]
    others, priorities = [], [LOWEST_PRIORITY]
    for place, token in enumerate(tokens):
        priority = _priority(place, tokens, edges)
        if priority is not None:
            priorities.append(priority)
        elif place not in names or place not in edges:
            others.append(token)
    if others and (marks := _TRAILING_MARKS.search(others[-1].typed)):
        others[-1] = replace(others[-1], typed=others[-1].typed[: marks.start()])
        priorities.append(_MARKS[marks[0]])
    labels = {mark.label.casefold(): mark.label for mark in reversed(taken) if mark.label}
    return _Marked(
        tokens=tuple(others),
        priority=min(priorities),
        labels=tuple(reversed(labels.values())),
        project=next((mark.project for mark in taken if mark.project), None),
    )


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

    In the middle it is a word of the title, as in "Read p4 of the paper". Dates do not belong to the title.
    """
    words = [place for place in range(len(tokens)) if place not in marks]
    dates = find_time_phrases(sentence_of(tokens[place] for place in words))
    dated = {words[at] for when in dates if when.dated or when.timed for at in range(when.first, when.end)}
    title = [place for place in words if place not in dated]
    first, last = (title[0], title[-1]) if title else (len(tokens), -1)
    return {place for place in marks if not first < place < last or place - 1 in dated}


# --- Title -------------------------------------------------------------------------------------------------


def says_something(title: str) -> bool:
    """Whether it holds a letter, a digit or an emoji."""
    return any(one.isalnum() or unicodedata.category(one) == "So" for one in title)


def _title(tokens: Tokens) -> str:
    return " ".join(token.typed for token in tokens).strip(" ,;:–—·⋅•|-")
