"""Days of the week that come again and again, in a sentence.

Tests: tests/scenarios/test_settings_undo.py.
"""

from __future__ import annotations

from bot.screens import texts_settings
from bot.screens.dates import listed


def days_words(days: tuple[int, ...]) -> str:
    """``weekdays``, ``Mondays and Fridays``; where a language has it, with the preposition."""
    names = {(0, 1, 2, 3, 4): texts_settings.WEEKDAYS, (5, 6): texts_settings.WEEKENDS}
    return names.get(days) or listed([texts_settings.DAYS[day] for day in days])
