"""Words that take back what was done: "no I didn't", "put it back on the list", "that was a mistake".

Tests: tests/core/words/test_taking_back.py.
"""

from __future__ import annotations

from typing import Literal

from core.words import sayings
from core.words.intents import Undo
from core.words.named_task import NamedTask, named_task
from core.words.phrasebooks.patterns import LazyPhrase


def read_taking_back(text: str) -> Undo | None:
    """What the text takes back; None for other texts. "Bring back the bike" may be a to-do."""
    if sayings.NOT_AFTER_ALL.fullmatch(text):
        return Undo(of="last")
    for of, phrase in _OF:
        if found := phrase.fullmatch(text):
            words = next((group for group in found.groups() if group), "")
            task = named_task(words) if words else NamedTask(title="")
            return Undo(of=of, title=task.title) if task else None
    return None


_OF: tuple[tuple[Literal["done", "off"], LazyPhrase], ...] = (
    ("done", sayings.NOT_DONE),
    ("off", sayings.BRING_BACK),
)
