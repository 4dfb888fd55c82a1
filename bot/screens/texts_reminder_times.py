"""What oO says about a reminder without a usable time; the markup is that of ``bot/screens/markup.py``.

Tests: tests/scenarios/test_reminder_without_time.py.
"""

from __future__ import annotations

from bot.languages.sentences import translate

NOTHING_RINGS = (
    "Added: **{title}**.\n"
    "You named no time, so nothing will ring yet. When shall I remind you? Tap or type a time."
)
LEFT_WITHOUT = "Fine, **{title}** is on your list, and nothing will ring."
HINTS = {
    "no_time_to_come": (
        '"{value}" is no time at which I could remind you. Try: in 20 minutes, at 15:00, or tomorrow 9am.'
    ),
}
"""Help with input that can't be used, by the hint of its ``BadInput``."""

translate(__name__)
