"""A new date for a task by its place in a list: "the second one at 5pm", "die zweite auf Freitag".

Tests: tests/core/words/test_placed_dates.py.
"""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from core.records import TaskPatch
from core.words.dates.phrases import whole_time_phrase
from core.words.dates.sentence import sentence_of, tokens_of
from core.words.intents import ChangeTask
from core.words.new_dates import new_date
from core.words.numbered import places_in
from core.words.phrasebooks.books import requests
from core.words.phrasebooks.patterns import lazy_pattern, one_of

MAX_PLACE_WORDS = 4
MAX_WORDS = 12


def read_placed_date(text: str, *, now: datetime, zone: ZoneInfo) -> ChangeTask | None:
    """The change that the text is; None for other texts, and for a date alone ("the first of may")."""
    words = text.split()
    if len(words) > MAX_WORDS or whole_time_phrase(sentence_of(tokens_of(text))):
        return None
    for end in range(min(MAX_PLACE_WORDS, len(words) - 2), 0, -1):
        title, value = " ".join(words[:end]), " ".join(words[end:])
        if places_in(title) and words[end].casefold() in _BEFORE_DATES:
            patch = new_date(_TO.sub("", value), now=now, zone=zone)
            return _change(title, patch, text) if patch else None
    return None


def _change(title: str, patch: TaskPatch, text: str) -> ChangeTask:
    return ChangeTask(title=title, patch=patch, only_if_it_fits=True, typed=text)


_TO = lazy_pattern(rf"^(?:{one_of(requests.MOVED_TO)})\b")
_BEFORE_DATES = requests.words("BEFORE_NEW_DATES")
