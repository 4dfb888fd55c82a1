"""Requests to take a task off the list: "delete the dentist task", "streich Milch von der Liste".

"Cancel my gym membership" may be a to-do as well. It is a request only if it fits an open task
(``only_if_it_fits`` in ``RemoveTask``), which the words alone can't tell.

Tests: tests/core/words/test_changes.py.
"""

from __future__ import annotations

from core.words.intents import RemoveTask, Undo
from core.words.named_task import listed_task
from core.words.phrasebooks.books import requests
from core.words.phrasebooks.patterns import LazyPhrase, lazy_phrase


def read_removal(text: str) -> RemoveTask | None:
    """The request that the text is; None for other texts, and for what names no single task."""
    for phrase in _REMOVALS:
        if found := phrase.fullmatch(text):
            return _removal(phrase, next(group for group in found.groups() if group), text)
    return None


def _removal(phrase: LazyPhrase, words: str, text: str) -> RemoveTask | None:
    task = listed_task(words)
    if task is None:
        return None
    if phrase is _FROM_LIST:
        return RemoveTask(title=task.title)
    if not task.title:
        return _of_it(phrase)
    is_sure = task.is_surely_a_task and phrase is not _FOR_IT
    return RemoveTask(title=task.title, only_if_it_fits=not is_sure, typed="" if is_sure else text)


def _of_it(phrase: LazyPhrase) -> RemoveTask | None:
    """ "Delete it" means the task; "cancel that" may mean what was done last; "forget it" means nothing."""
    if phrase is _DELETE:
        return RemoveTask(title="")
    return RemoveTask(title="", only_if_it_fits=True, otherwise=Undo()) if phrase is _CANCEL else None


_FROM_LIST = lazy_phrase(*requests.FROM_LIST)
_DELETE = lazy_phrase(*requests.DELETE)
_CANCEL = lazy_phrase(*requests.CANCEL)
_FOR_IT = lazy_phrase(*requests.FOR_IT)
_FORGET = lazy_phrase(*requests.FORGET)
_REMOVALS = (_FROM_LIST, _DELETE, _CANCEL, _FORGET, _FOR_IT)
