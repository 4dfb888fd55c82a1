"""Priorities in words: "p1", "urgent", "high priority", "hohe Priorität", "priorité haute".

Tests: tests/core/words/test_patches.py.
"""

from __future__ import annotations

import re

from core.records import TaskPatch
from core.words.phrasebooks.books import requests
from core.words.phrasebooks.patterns import lazy_phrase, one_of

_LEVELS = {
    1: lazy_phrase(r"p ?1|1|!!!", *requests.HIGH),
    2: lazy_phrase(r"p ?2|2|!!", *requests.MEDIUM),
    3: lazy_phrase(r"p ?3|3|!"),
    4: lazy_phrase(r"p ?4|4", *requests.LOW),
}
_NAME, _OF = one_of(requests.PRIORITY_NAMES), one_of(requests.OF_PRIORITY)
_NOUN = re.compile(rf"^(?:(?:{_NAME})[: ]+(?:{_OF})?)|[ :]+(?:{_NAME})$", re.IGNORECASE)
_STEPS = {1: lazy_phrase(*requests.RAISED), -1: lazy_phrase(*requests.LOWERED)}


def priority_of(words: str) -> TaskPatch | None:
    """The change of priority that the words mean; None for other words."""
    said = words.strip(" .!?,") or words
    level = _NOUN.sub("", said).strip()
    for step, pattern in _STEPS.items():
        if pattern.fullmatch(level):
            return TaskPatch(priority_step=step)
    found = next((number for number, pattern in _LEVELS.items() if pattern.fullmatch(level)), None)
    return TaskPatch(priority=found) if found else None
