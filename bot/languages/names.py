"""Names of languages, by CLDR: as their speakers say them, and as people of other languages do.

Tests: tests/bot/languages/test_names.py.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from bot.languages.active import active
from bot.languages.language import SOURCE, spoken
from core.text import capitalized

if TYPE_CHECKING:
    from babel import Locale

_WORD = re.compile(r"[^\W_]+")


@cache
def own_name(code: str) -> str:
    """The name of a language in that language, as a label: ``Deutsch``, ``Français``."""
    return capitalized(str(_locale(code).languages[code]))


def name_of(tag: str) -> str:
    """The name of any language in the active one: ``German``, ``allemand``; the tag if CLDR has none."""
    names = _locale(active().code).languages
    return str(names.get(tag.partition("-")[0].lower(), tag))


def tag_named(typed: str) -> str | None:
    """The tag of the language that somebody names, in any of the languages that oO speaks: ``german``,
    ``auf Deutsch``, ``de-AT``, ``Klingon`` (``tlh``). None if no word names one.
    """
    if typed.partition("-")[0].lower() in _locale(SOURCE).languages:
        return typed
    words = [word.casefold() for word in _WORD.findall(typed)]
    found = [_tags()[word] for word in words if word in _tags()]
    ours = [tag for tag in found if tag in spoken()]
    return next(iter([*ours, *found]), None)


@cache
def _tags() -> dict[str, str]:
    """Names of languages in one word, and their tags."""
    return {
        name.casefold(): tag
        for code in spoken()
        for tag, name in _locale(code).languages.items()
        if "_" not in tag and _WORD.fullmatch(name)
    }


def _locale(code: str) -> Locale:
    from babel import Locale  # takes 20 ms, which nobody needs at start

    return Locale.parse(code)
