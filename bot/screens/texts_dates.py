"""Words around dates, times and numbers; the dates themselves are written by ``bot/languages/forms.py``.

Tests: tests/bot/screens/test_dates.py.
"""

from __future__ import annotations

from bot.languages.catalogue import plural
from bot.languages.sentences import translate

TODAY, TOMORROW, YESTERDAY = "today", "tomorrow", "yesterday"
ON_WEEKDAY = "on {day}"
ON_DATE = "on {day}"
"""A date such as ``Sun 28 Mar`` in a sentence."""
SINCE_NEAR = "since {day}"
"""``since yesterday``."""
SINCE_DATE = "since {day}"
UNTIL_WEEKDAY = "{day}"
UNTIL_DATE = "{day}"
"""What follows "silent until"."""
MOMENT = "{day} {time}"
"""In a list."""
AT_TIME = plural("at {time}", "at {time}")
"""The form is chosen by the hour, here and below: Spanish says "a la 1:00", but "a las 2:00"."""
AT_MOMENT = plural("{day} at {time}", "{day} at {time}")
"""In a sentence: ``today at 18:30``, ``on Sunday at 9:00``."""
UNDER, OVER = "under {share}", "over {share}"
COUNTS = {
    "minute": plural("a minute", "{count} minutes"),
    "hour": plural("an hour", "{count} hours"),
    "day": plural("a day", "{count} days"),
    "week": plural("a week", "{count} weeks"),
    "task": plural("a task", "{count} tasks"),
    "open task": plural("an open task", "{count} open tasks"),
    "tip": plural("a tip", "{count} tips"),
}
"""What can be counted, by its English name."""

translate(__name__)
