"""A deadline beside the due date: "report today, deadline 15 december", "report today, by friday latest".

A word such as *deadline* always introduces one. *No later than* and the like do so only beside another date:
alone, they say when a task is due.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from core.records import UNCHANGED, Due
from core.words.dates.sentence import tokens_of
from core.words.new_dates import new_date
from core.words.phrasebooks.books import wishes
from core.words.phrasebooks.patterns import lazy_pattern, one_of
from core.words.quotations import quoted_spans

_MAX_DATE_WORDS = 6
_BEFORE = r"(?:^|(?<=[\s(]))"
_JOINT = r"\s*[:=–-]?\s*"
_NAMED = lazy_pattern(
    rf"{_BEFORE}(?:(?:{one_of(wishes.WITH_A_DEADLINE)}) )?(?:{one_of(wishes.DEADLINE)}){_JOINT}(?=\S)"
)
_LIMIT = lazy_pattern(rf"{_BEFORE}(?:{one_of(wishes.NO_LATER_THAN)}){_JOINT}(?=\S)")
_BRACES = re.compile(r"\{(?P<date>[^{}]{1,40})\}")
"""As Todoist writes deadlines."""

_NOT_AFTER = lazy_pattern(rf"(?:^|.*\s)(?:{one_of(wishes.NO_DEADLINE_AFTER)})")
_MAY_BE = lazy_pattern(rf"\{{|{one_of(wishes.DEADLINE)}|{one_of(wishes.NO_LATER_THAN)}")


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundDeadline:
    """A text without the deadline that was in it."""

    text: str
    deadline: date
    due: Due | None = None
    """The deadline with its time of day, if it was said with one."""
    is_limit: bool = False
    """Whether it is a due date if the text has no other: "no later than friday"."""


def find_deadline(text: str, *, now: datetime, zone: ZoneInfo) -> FoundDeadline | None:
    """The deadline in the text of a task; None if there is none, or nothing else."""
    if _MAY_BE.search(text) is None:
        return None
    return next((one for one in _found(text, now, zone) if any(char.isalpha() for char in one.text)), None)


def take_deadline(text: str, *, now: datetime, zone: ZoneInfo) -> FoundDeadline | None:
    """The deadline in a change of a task, which may say nothing else."""
    if _MAY_BE.search(text) is None:
        return None
    return next((one for one in _found(text, now, zone) if not one.is_limit), None)


def _found(text: str, now: datetime, zone: ZoneInfo) -> Iterator[FoundDeadline]:
    quoted = quoted_spans(text)
    for braces in _BRACES.finditer(text):
        if due := _due(braces["date"], now, zone):
            yield _without(text, braces.start(), braces.end(), due)
    for pattern in (_NAMED, _LIMIT):
        for found in pattern.finditer(text):
            is_title = pattern is _NAMED and _NOT_AFTER.fullmatch(text[: found.start()].rstrip())
            is_quoted = any(start <= found.start() < end for start, end in quoted)
            dated = None if is_title or is_quoted else _date_at(text, found.end(), now, zone)
            if dated:
                yield _without(text, found.start(), dated.end, dated.due, is_limit=pattern is _LIMIT)


def _without(text: str, first: int, end: int, due: Due, *, is_limit: bool = False) -> FoundDeadline:
    before, after = text[:first].rstrip(" ,;:–-("), text[end:].lstrip(" ,;:)")
    return FoundDeadline(
        text=f"{before} {after}".strip(),
        deadline=due.on,
        due=due if due.at else None,
        is_limit=is_limit,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Dated:
    end: int
    due: Due


def _date_at(text: str, start: int, now: datetime, zone: ZoneInfo) -> _Dated | None:
    """The longest date that begins at ``start``."""
    words = list(re.finditer(r"\S+", text[start:]))[:_MAX_DATE_WORDS]
    for last in reversed(words):
        end = start + last.end()
        if due := _due(text[start:end].rstrip(" ,;)"), now, zone):
            return _Dated(end=end, due=due)
    return None


def parse_deadline(words: str, *, now: datetime, zone: ZoneInfo) -> date | None:
    """The day that the words mean, with or without a word such as *deadline*; None for anything else."""
    named = _NAMED.match(words)
    due = _due(words[named.end() :] if named else words, now, zone)
    return due.on if due else None


def _due(words: str, now: datetime, zone: ZoneInfo) -> Due | None:
    """The day, and the time if there is one; None for other words, recurrences and what is over."""
    if not tokens_of(words):
        return None
    patch = new_date(words, now=now, zone=zone)
    if patch is None or patch.delay or patch.repeats is not UNCHANGED:
        return None
    if patch.due is not UNCHANGED:
        return patch.due
    if patch.on is UNCHANGED:
        return None
    return Due(on=patch.on, at=None if patch.at is UNCHANGED else patch.at)
