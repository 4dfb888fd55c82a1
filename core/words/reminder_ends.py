"""Requests to end a reminder, whose task stays: "cancel the reminder", "don't remind me about lunch".

Tests: tests/core/words/test_reminder_ends.py.
"""

from __future__ import annotations

from core.words.intents import EndReminder
from core.words.named_task import named_task
from core.words.phrasebooks.books import requests
from core.words.phrasebooks.patterns import LazyPhrase, lazy_phrase

_END = lazy_phrase(*requests.END_REMINDER)
_END_ALL = lazy_phrase(*requests.END_REMINDERS)
_NO_REMINDER = lazy_phrase(*requests.NO_REMINDER)


def read_reminder_end(text: str) -> EndReminder | None:
    """The request that the text is; None for other texts. "Don't remind me about …" may name a topic."""
    if _END_ALL.fullmatch(text):
        return EndReminder(one_of_all=True)
    found = _read(_END, text)
    return found or _read(_NO_REMINDER, text, only_if_it_fits=True)


def _read(phrase: LazyPhrase, text: str, *, only_if_it_fits: bool = False) -> EndReminder | None:
    found = phrase.fullmatch(text)
    if found is None:
        return None
    words = next((group for group in found.groups() if group), "")
    task = named_task(words) if words else None
    if words and task is None:  # "cancel the reminder for everything"
        return None if only_if_it_fits else EndReminder(one_of_all=True)
    return EndReminder(title=task.title if task else "", only_if_it_fits=only_if_it_fits)
