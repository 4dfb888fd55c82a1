"""A language as somebody writes it: of its tag, the part that chooses words and the part that chooses forms.

Tests: tests/bot/languages/test_language.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

FOLDER = Path(__file__).parent
CATALOGUE = "messages.po"

SOURCE = "en"
"""The language in which sentences are written in the code; it needs no catalogue."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """One of the languages that oO speaks, as it is written in one territory."""

    code: str
    """Names the catalogue: ``de``."""

    territory: str | None = None
    """Chooses the forms of dates and times: ``US``, ``AT``. None: those that most speakers read."""

    @property
    def tag(self) -> str:
        """``de``, ``en-US``."""
        return f"{self.code}-{self.territory}" if self.territory else self.code


ENGLISH = Language(code=SOURCE)


@cache
def spoken() -> tuple[str, ...]:
    """The codes of all languages that oO speaks, English first."""
    return (SOURCE, *sorted(folder.parent.name for folder in FOLDER.glob(f"*/{CATALOGUE}")))


@lru_cache(maxsize=256)
def language_of(tag: str | None) -> Language:
    """The language that oO speaks with somebody whose channel or choice says ``tag``; English if it speaks
    none like it.

    ``tag`` is an IETF tag in any case: ``de``, ``en-US``, ``pt_BR``, ``zh-Hant-TW``.
    """
    return spoken_like(tag) or ENGLISH


def spoken_like(tag: str | None) -> Language | None:
    """The language of ``tag``; None if oO does not speak it."""
    code = (tag or "").replace("_", "-").partition("-")[0].lower()
    return Language(code=code, territory=territory_of(tag)) if code in spoken() else None


def territory_of(tag: str | None) -> str | None:
    """The country in a tag: ``CH`` of ``de-CH``; None if it names none."""
    parts = (tag or "").replace("_", "-").split("-")[1:]
    return next((part.upper() for part in parts if len(part) == 2 and part.isalpha()), None)
