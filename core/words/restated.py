"""A task on the list that is named with another date: "the dentist is on friday", "oma at 15:00".

Tests: tests/core/words/test_restated.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from core.records import UNCHANGED, TaskPatch
from core.words.corrections import without_correcting
from core.words.dates.phrases import find_time_phrases
from core.words.dates.sentence import sentence_of, tokens_of
from core.words.intents import ChangeTask
from core.words.named_task import listed_task, named_task, split_date
from core.words.new_dates import new_date
from core.words.numbered import places_in
from core.words.phrasebooks.books import corrections
from core.words.phrasebooks.patterns import lazy_pattern, lazy_phrase, one_of, only_group
from core.words.placed_dates import MAX_PLACE_WORDS
from core.words.plain_tasks import plain_task
from core.words.tasks import TaskDraft

MAX_LENGTH = 100
"""Code points of a text that tells the date of a task."""

_RESTATED = tuple(lazy_pattern(pattern) for pattern in corrections.RESTATED)
_ASIDES = lazy_pattern(rf"(?: (?:{one_of(corrections.ASIDES)}))+$")
_PLANNED, _PLANNED_IT = lazy_phrase(*corrections.PLANNED), lazy_phrase(*corrections.PLANNED_IT)


def read_restated(text: str, *, now: datetime, zone: ZoneInfo) -> ChangeTask | None:
    """The change of "the dentist is on friday", "bike not until sunday", if it fits an open task."""
    for found in (pattern.fullmatch(text) for pattern in _RESTATED if len(text) <= MAX_LENGTH):
        task = named_task(found["title"]) if found else None
        if found and task and task.title and (change := _dated(text, task.title, found["value"], now, zone)):
            return change
    return None


def read_planned(text: str, *, now: datetime, zone: ZoneInfo) -> ChangeTask | None:
    """The change of "I'll do the dentist tomorrow", "do the first one on friday", if it fits an open task."""
    ways = _planned(text) if len(text) <= MAX_LENGTH else ()
    return next((change for name, when in ways if (change := _dated(text, name, when, now, zone))), None)


def read_dated(text: str, *, now: datetime, zone: ZoneInfo) -> ChangeTask | None:
    """The change of "garage tomorrow", if it fits an open task."""
    name, when = split_date(text)
    task = listed_task(name) if when else None
    return _dated(text, task.title, when, now, zone) if task and task.title else None


def _dated(text: str, title: str, when: str, now: datetime, zone: ZoneInfo) -> ChangeTask | None:
    """The change of the task to a date, if the words of that are one."""
    patch = new_date(when, now=now, zone=zone) if when else None
    if patch is None or patch.due is None or patch.repeats is not UNCHANGED or patch.delay:
        return None
    return ChangeTask(title=title, patch=patch, only_if_it_fits=True, typed=text)


def _planned(text: str) -> Iterator[tuple[str, str]]:
    """Each way to read the text as words of a title and of a date."""
    if it := _PLANNED_IT.fullmatch(text):
        yield "", only_group(it)
    found = _PLANNED.fullmatch(text)
    words, *after = [group for group in found.groups() if group] if found else [""]
    ways = ((words, after[0]),) if after else (*_after_places(words), split_date(words))
    for name, when in ways:
        if task := listed_task(name):
            yield task.title, when


def _after_places(words: str) -> Iterator[tuple[str, str]]:
    """A place in a list, and what follows it: "one" is part of "the first one", and no hour."""
    parts = words.split()
    for end in range(min(MAX_PLACE_WORDS, len(parts) - 1), 0, -1):
        if places_in(" ".join(parts[:end])):
            yield " ".join(parts[:end]), " ".join(parts[end:])


def without_asides(title: str) -> str:
    """The title without words at its end that only say that something has changed: "dentist after all"."""
    return _ASIDES.sub("", title)


def restated_time(text: str, draft: TaskDraft, *, now: datetime, zone: ZoneInfo) -> TaskPatch | None:
    """The time of day of a plain to-do that says nothing else than its title and that; None for others.

    A text that names a day may mean one more task, as one that asks for a reminder does.
    """
    text = without_correcting(text)
    plain = plain_task(text, now=now, zone=zone)
    is_plain = plain is not None and plain.draft == draft == TaskDraft(title=draft.title, due=draft.due)
    return _time_in(text, now, zone) if is_plain else None


def _time_in(text: str, now: datetime, zone: ZoneInfo) -> TaskPatch | None:
    tokens = tokens_of(text)
    found = [when for when in find_time_phrases(sentence_of(tokens)) if when.dated or when.timed or when.span]
    if len(found) != 1 or found[0].dated or found[0].lead == "this":
        return None
    words = " ".join(token.typed for token in tokens[found[0].first : found[0].end])
    patch = new_date(words, now=now, zone=zone)
    is_time = patch is not None and patch == TaskPatch(at=patch.at, other_half=patch.other_half)
    return patch if is_time else None
