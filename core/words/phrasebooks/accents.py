"""Patterns in which accents may be omitted, as people do who type on a phone.

Tests: tests/core/words/test_spanish.py.
"""

from __future__ import annotations

import unicodedata

_OPTIONAL = str.maketrans(
    {letter: f"[{letter}{unicodedata.normalize('NFD', letter)[0]}]" for letter in "áéíóúüñàâçèêëîïôùû"}
)


def loosely(*patterns: str) -> tuple[str, ...]:
    """The patterns with every accent optional. Accented letters must not stand in brackets."""
    return tuple(one.translate(_OPTIONAL) for one in patterns)


def without_accents(text: str) -> str:
    """The text with its letters bare, as it is typed in haste."""
    return "".join(one for one in unicodedata.normalize("NFD", text) if not unicodedata.combining(one))
