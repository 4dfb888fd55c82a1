"""The phrasebooks of all languages, read together: English first, then the others by their codes.

Each folder beside this file is a language. A *chapter* is the module of one name in every folder; each has
the same constants, and one that is missing is an ``AttributeError`` with its name as soon as oO starts.

Tests: tests/core/words/test_phrasebooks.py.
"""

from __future__ import annotations

from functools import cache, cached_property
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from core.words import phrasebooks


@cache
def languages() -> tuple[str, ...]:
    """The codes of the languages with a phrasebook."""
    found = (one.name for one in iter_modules(phrasebooks.__path__) if one.ispkg)
    return tuple(sorted(found, key=lambda code: (code != "en", code)))


class Chapter:
    """What all languages have in the module of one name: ``talk.GREETING`` has the patterns of each.

    A text stands for one pattern, and is empty if the language has none.
    """

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, constant: str) -> tuple[str, ...]:
        if constant.startswith("_"):
            raise AttributeError(constant)
        values = (getattr(book, constant) for book in self.books.values())
        return tuple(
            one for value in values for one in ((value,) if isinstance(value, str) else value) if one
        )

    def words(self, constant: str) -> frozenset[str]:
        """The words of all languages' lists under this name."""
        return frozenset(" ".join(getattr(self, constant)).split())

    @cached_property
    def books(self) -> dict[str, Any]:
        """The module of each language, by its code."""
        path = f"{phrasebooks.__name__}.{{}}.{self._name}"
        return {code: import_module(path.format(code)) for code in languages()}


changes = Chapter("changes")
corrections = Chapter("corrections")
occasions = Chapter("occasions")
questions = Chapter("questions")
requests = Chapter("requests")
schedules = Chapter("schedules")
service = Chapter("service")
small_talk = Chapter("small_talk")
spelling = Chapter("spelling")
talk = Chapter("talk")
telling = Chapter("telling")
times = Chapter("times")
wishes = Chapter("wishes")
