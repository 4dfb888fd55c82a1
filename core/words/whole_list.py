"""Requests about the whole list, or a part: "clear my list", "move everything from today to tomorrow",
"delete all invoices".

Tests: tests/core/words/test_whole_list.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from core.records import TaskPatch
from core.words.intents import ChangeAll
from core.words.named_task import named_task
from core.words.new_dates import new_date
from core.words.phrasebooks.books import requests
from core.words.phrasebooks.patterns import LazyPhrase, lazy_pattern, lazy_phrase, one_of

MAX_REQUEST = 120
"""Code points."""

_What = Literal["remove", "complete", "move"]


def read_whole_list(text: str, *, now: datetime, zone: ZoneInfo) -> ChangeAll | None:
    """The request that the text is; None for other texts, and for a date that is none."""
    if len(text) > MAX_REQUEST or not _NAMES_ALL.search(text):
        return None
    for what, phrase in _PHRASES:
        if found := phrase.fullmatch(text):
            return _asked(what, found, now, zone)
    return None


def read_all_named(text: str, *, now: datetime, zone: ZoneInfo) -> ChangeAll | None:
    """The request about all tasks with some words: "delete all invoices"; None for other texts."""
    if len(text) > MAX_REQUEST or not _NAMES_SOME.search(text):
        return None
    for what, phrase in _NAMED_PHRASES:
        found = phrase.fullmatch(text)
        if found and named_task(found["title"]):
            asked = _asked(what, found, now, zone)
            return replace(asked, title=found["title"], typed=text) if asked else None
    return None


def _asked(what: _What, found: re.Match[str], now: datetime, zone: ZoneInfo) -> ChangeAll | None:
    groups = {name.rstrip("234"): said for name, said in found.groupdict().items() if said}
    named = "overdue" if "late" in groups else "today" if "today" in groups else groups.get("before", "")
    scope = groups.get("scope") or named.removesuffix("'s").removesuffix("’s")
    if what != "move":
        is_bare = not scope and _BARE.fullmatch(groups.get("all", "")) is not None
        return ChangeAll(what=what, scope=scope, may_be_account=is_bare and what == "remove")
    to = groups.get("to") or groups.get("by") or ""
    patch = new_date(to, now=now, zone=zone)
    return ChangeAll(what=what, scope=scope, patch=patch, to=to) if patch and _is_date(patch) else None


def _is_date(patch: TaskPatch) -> bool:
    """Whether it is a date for many tasks: a recurrence is none."""
    return patch == TaskPatch(due=patch.due, on=patch.on, at=patch.at, delay=patch.delay)


def _phrases(tasks: str) -> Iterator[tuple[_What, LazyPhrase]]:
    """What each language asks for, with its own words for the tasks: those of the constant ``tasks``."""
    whats: tuple[tuple[_What, str], ...] = (
        ("move", "MOVE_ALL"),
        ("complete", "COMPLETE_ALL"),
        ("remove", "REMOVE_ALL"),
    )
    for book in requests.books.values():
        for what, constant in whats:
            for pattern in getattr(book, constant):
                yield what, lazy_phrase(pattern.replace("<all>", f"(?:{getattr(book, tasks) or '(?!)'})"))


_PHRASES, _NAMED_PHRASES = tuple(_phrases("ALL_TASKS")), tuple(_phrases("ALL_NAMED"))
_NAMES_ALL = lazy_pattern(re.sub(r"\?P<\w+>", "?:", one_of(requests.ALL_TASKS)))
"""In every text that a phrase matches: to compile them all takes longer."""

_NAMES_SOME = lazy_pattern(re.sub(r"\?P<\w+>", "?:", one_of(requests.ALL_NAMED)))
"""Likewise."""

_BARE = lazy_phrase(*requests.BARE_ALL)
