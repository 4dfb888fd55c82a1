"""How long a task takes: "takes 2 hours", "(30 min)", "~45m", "dauert eine halbe Stunde", "environ 1 heure".

Tests: tests/core/words/test_patches.py.
"""

from __future__ import annotations

from core.words.dates.amounts import read_amount
from core.words.phrasebooks.books import wishes
from core.words.phrasebooks.patterns import lazy_pattern, one_of

MAX_ESTIMATE = 24 * 60
"""Minutes. What takes longer is a project."""

_ABOUT = lazy_pattern(rf"^(?:(?:{one_of(wishes.ABOUT_AN_AMOUNT)}|[~≈])\s*)+")


def minutes_of(words: str) -> int | None:
    """The minutes of an amount such as ``about 2 hours``, 1 to ``MAX_ESTIMATE``; None for other words."""
    amount = read_amount(_ABOUT.sub("", words.strip(" ,;.:!")))
    if amount is None or amount.months or amount.days:
        return None
    return amount.whole_minutes if 0 < amount.whole_minutes <= MAX_ESTIMATE else None
