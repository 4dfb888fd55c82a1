"""Several requests in one message: one on each line, or joined in one sentence.

Tests: tests/core/words/test_several.py.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice

from core.words.intents import (
    AddQuiet,
    AddTask,
    BreakDown,
    ChangeTask,
    Complete,
    Greeting,
    Intent,
    MoveTask,
    RemindBefore,
    RemoveTask,
    SetBrief,
    SetCap,
    SetQuiet,
    SetReview,
    SetTimes,
    Several,
    SkipTask,
    Thanks,
)
from core.words.lines import MAX_LINES
from core.words.phrasebooks.books import requests
from core.words.phrasebooks.patterns import lazy_pattern, one_of

MAX_SENTENCE = 300
"""Code points of a sentence in which several requests are looked for."""

_MAX_REQUESTS = 8  # in one sentence
_MAX_LINE = 400
_SETTINGS = AddQuiet | SetBrief | SetCap | SetQuiet | SetReview | SetTimes
_REQUESTS = (BreakDown, ChangeTask, Complete, MoveTask, RemindBefore, RemoveTask, SkipTask)
_AND = one_of((*requests.AND, *requests.THEN))
_ALSO = one_of((*requests.THEN, *requests.ALSO))
_JOINT = lazy_pattern(rf"\s*[,;.]\s+(?:(?:{_AND}|{_ALSO}) )*|\s+(?:{_AND})\s+(?:(?:{_ALSO}) )*")


def requests_of_lines(
    text: str, intent_of: Callable[[str], Intent | None], *, otherwise: Intent | None
) -> Several | None:
    """The requests of a text with one on each line; None if a line is something else, or none is a request.

    Greetings and thanks are left out. ``otherwise`` is what the text means if no request fits an open task.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not 2 <= len(lines) <= MAX_LINES or any(len(line) > _MAX_LINE for line in lines):
        return None
    asked: list[_Part] = []
    for line in lines:
        intent = intent_of(line)
        if isinstance(intent, Greeting | Thanks):
            continue
        if intent is None or not _is_one_of_several(intent):
            return None
        asked.append(_Part(words=line, intent=intent))
    return _several(asked, otherwise, is_sentence=False)


def requests_of_sentence(
    text: str,
    request_of: Callable[[str], Intent | None],
    *,
    planned: Callable[[str], Intent | None],
    otherwise: Callable[[], Intent | None],
) -> Several | None:
    """The requests of "delete the dentist, move rent to friday and add milk"; None for other texts.

    ``request_of`` is the request, or the wish for a task in so many words, that a part of the sentence is.
    The first part has to be a request: "call Bob and delete the photos" is a to-do. Beside what is done, a
    part may also be a task with a date (``planned``): "stamps done, garage tomorrow".
    """
    if len(text) > MAX_SENTENCE or _JOINT.search(text) is None:
        return None
    asked = _parts(text, request_of)
    if len(asked) < 2 or not isinstance(asked[0].intent, _REQUESTS):
        asked = _parts(text, lambda part: request_of(part) or planned(part))
        if len(asked) < 2 or not any(isinstance(part.intent, Complete) for part in asked):
            return None
    return _several(asked, otherwise(), is_sentence=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """A part of a text, and what it asks for."""

    words: str
    intent: Intent


def _parts(text: str, request_of: Callable[[str], Intent | None]) -> list[_Part]:
    """The parts of the sentence, each as short as possible; none if one is no request."""
    joints = [one for one in islice(_JOINT.finditer(text), 2 * _MAX_REQUESTS) if _is_between(one, request_of)]
    starts, ends = [0, *(one.end() for one in joints)], [*(one.start() for one in joints), len(text)]
    verb = text.split()[0]
    parts = [_part(text[start:end], verb, request_of) for start, end in zip(starts, ends, strict=True)]
    found = [part for part in parts if part]
    return found if len(found) == len(parts) <= _MAX_REQUESTS else []


def _is_between(joint: re.Match[str], request_of: Callable[[str], Intent | None]) -> bool:
    """Whether a request begins after the joint; else the joint is part of a title."""
    before, after = joint.string[: joint.start()], joint.string[joint.end() :]
    intent = request_of(after)
    if intent is not None:
        return _is_one_of_several(intent)
    first = request_of(before) if before.strip() else None
    is_deed = isinstance(first, Complete) and bool(first.deed) and first.deed != before.split()[0].lower()
    if not is_deed and not isinstance(first, ChangeTask):
        return False
    return isinstance(request_of(f"{before.split()[0]} {after}"), type(first))


def _part(words: str, verb: str, request_of: Callable[[str], Intent | None]) -> _Part | None:
    """The request of some words; for a change also with the verb of the first ("… and rent to monday")."""
    intent = request_of(words)
    if intent is None:
        words = f"{verb} {words}"
        intent = request_of(words)
    return _Part(words=words, intent=intent) if intent and _is_one_of_several(intent) else None


def _is_one_of_several(intent: Intent) -> bool:
    """Whether it can be asked for beside others: it names its task, or is a task."""
    if isinstance(intent, AddTask):
        return bool(intent.drafts)
    if isinstance(intent, MoveTask | _SETTINGS):
        return True
    return isinstance(intent, _REQUESTS) and bool(intent.title)


def _several(asked: list[_Part], otherwise: Intent | None, *, is_sentence: bool) -> Several | None:
    if len(asked) < 2 or not any(isinstance(part.intent, (*_REQUESTS, _SETTINGS)) for part in asked):
        return None
    return Several(
        asked=tuple(part.intent for part in asked),
        typed=tuple(part.words for part in asked),
        is_sentence=is_sentence,
        otherwise=otherwise,
    )
