"""Words that join a task to those that were added before: "and hoovering on sunday", "also ironing".

Tests: tests/core/words/test_further_tasks.py.
"""

from __future__ import annotations

from dataclasses import dataclass

from core.words.phrasebooks.books import requests, wishes
from core.words.phrasebooks.patterns import lazy_pattern, one_of

_SURE = lazy_pattern(rf"(?:{one_of(wishes.ALSO_ADD)})[,:]? +(?P<rest>\S.*)")
_AND = lazy_pattern(rf"(?:{one_of(requests.AND)}) +(?P<rest>\S.*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """A text without the words that join it to what was said before."""

    rest: str
    is_sure: bool
    """Whether even a few bare words after them are a task: after "also", not after "and"."""


def after_joint(text: str) -> Joined | None:
    """The text after "and" or "also" at its beginning; None for other texts."""
    sure = _SURE.fullmatch(text)
    found = sure or _AND.fullmatch(text)
    return Joined(rest=found["rest"], is_sure=sure is not None) if found else None
