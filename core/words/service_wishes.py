"""Wishes that oO fulfils in another way, or not at all: print, share or sort the list, invite somebody, swap.

They look like to-dos, and may be some: whoever answers them offers that as well.

Tests: tests/core/words/test_service_wishes.py.
"""

from __future__ import annotations

from collections.abc import Callable

from core.words.intents import AskService, Intent, Service, SwapTasks
from core.words.phrasebooks.books import service
from core.words.phrasebooks.patterns import LazyPhrase, lazy_phrase

_ASKED: tuple[tuple[LazyPhrase, Service], ...] = (
    (lazy_phrase(*service.INVITE), "invite"),
    (lazy_phrase(*service.PRINT), "print"),
    (lazy_phrase(*service.SHARE), "share"),
    (lazy_phrase(*service.SORT), "sort"),
)
_SWAP = lazy_phrase(*service.SWAP)
MAX_LENGTH = 80  # code points


def read_service_wish(text: str, otherwise: Callable[[], Intent | None]) -> AskService | SwapTasks | None:
    """What the text wants of oO; ``otherwise`` is what a swap means if its words are no tasks."""
    if len(text) > MAX_LENGTH:
        return None
    for pattern, what in _ASKED:
        if pattern.fullmatch(text):
            return AskService(what=what, typed=text)
    found = _SWAP.fullmatch(text)
    if found is None:
        return None
    first, second = (group for group in found.groups() if group)
    return SwapTasks(first=first, second=second, otherwise=otherwise())
