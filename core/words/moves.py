"""Requests to move a task that name no usable date: "postpone rent", "move rent to 30 february", "skip gym".

Where the title ends and the date begins is known only beside the open tasks, so both are in ``MoveTask``.

Tests: tests/core/words/test_changes.py.
"""

from __future__ import annotations

from core.words.dates.phrases import whole_time_phrase
from core.words.dates.sentence import sentence_of, tokens_of
from core.words.intents import MoveTask, SkipTask
from core.words.named_task import named_task, split_date
from core.words.phrasebooks.books import requests
from core.words.phrasebooks.patterns import lazy_pattern, lazy_phrase, one_of

MAX_WORDS = 20
"""Words of such a request. It bounds the work to find the task in it."""


def read_move(text: str) -> MoveTask | None:
    """The request that the text is; None for other texts."""
    found = _MOVE.fullmatch(text)
    if found is None or len(text.split()) > MAX_WORDS:
        return None
    return MoveTask(words=next(group for group in found.groups() if group), typed=text)


def says_it_waits(text: str) -> bool:
    """Whether the text says that something need not be done now: "the rent can wait"."""
    return _WAITS.fullmatch(text) is not None


def read_skip(text: str) -> SkipTask | None:
    """The request to leave out the next time of a task; None for other texts. To skip what does not repeat is
    to do it at another time, which is not said.
    """
    off = _OFF_ONCE.fullmatch(text)
    found = off or _SKIP.fullmatch(text)
    task = named_task(next(group for group in found.groups() if group)) if found else None
    if task is None or not task.title:
        return None
    if off:
        title, day = split_date(task.title)
        return SkipTask(title=title, days_ahead=days_ahead(text), day=day, is_off=True, typed=text)
    later = MoveTask(words=task.title, typed=text)
    return SkipTask(title=task.title, days_ahead=days_ahead(text), otherwise=later, typed=text)


def days_ahead(text: str) -> int | None:
    """0 if the text says today, 1 if it says tomorrow; None for any other day."""
    return 0 if _TODAY.search(text) else 1 if _TOMORROW.search(text) else None


def date_in(words: str) -> str | None:
    """The words after the title, without "to": what was meant as a date; None if they are something else.

    Empty for no words: then no date was said.
    """
    said = _TO.sub("", words.strip()).strip()
    parts = (said, *said.split())
    is_date = any(whole_time_phrase(sentence_of(tokens_of(part))) for part in parts)
    return said if not said or is_date or _LIKE_A_DATE.search(said) else None


def means_all(words: str) -> bool:
    """Whether the words begin with all tasks instead of one: "everything to tomorrow"."""
    return _ALL.match(words) is not None


_ALL = lazy_pattern(rf"(?:{one_of(requests.EVERYTHING)})(?= |$)")
_MOVE = lazy_phrase(*requests.MOVE, *requests.CAN_WAIT)
_WAITS = lazy_phrase(*requests.CAN_WAIT)
_SKIP = lazy_phrase(*requests.SKIP)
_OFF_ONCE = lazy_phrase(*requests.OFF_ONCE)
_TODAY = lazy_pattern(rf"\b(?:{one_of(requests.SAYS_TODAY)})\b")
_TOMORROW = lazy_pattern(rf"\b(?:{one_of(requests.SAYS_TOMORROW)})\b")
_TO = lazy_pattern(rf"^(?:{one_of(requests.BEFORE_A_DATE)})")
_LIKE_A_DATE = lazy_pattern(rf"\d|\b(?:{one_of(requests.LIKE_A_DATE)})\b")
