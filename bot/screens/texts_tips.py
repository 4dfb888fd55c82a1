"""Further words about tips. Markup as in ``texts.py``.

Tests: tests/scenarios/test_todoist_changes.py.
"""

from __future__ import annotations

from bot.languages.sentences import translate

GONE_MOVED = "It is due {due} now."
"""After the title of a repeating task that has moved on since."""

translate(__name__)
