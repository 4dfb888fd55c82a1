"""Help with words about tasks that can't be used, by hint.

Tests: tests/bot/screens/test_texts_tasks_words.py.
"""

from __future__ import annotations

from bot.languages.sentences import translate

HINTS = {
    "not_a_change": (
        'I didn\'t get "{value}". Try: friday 9am, no date, p1, 2 hours, #home, +House, '
        "note: bring the x-ray, or rename to …"
    ),
    "not_a_date": 'I didn\'t get "{value}" as a date. Try: friday 9am, in 2 weeks, every monday, or no date.',
    "too_many_lines": "That is too long a list: at most {limit} tasks in one message, please.",
}
"""By the hint of a ``BadInput``."""

translate(__name__)
