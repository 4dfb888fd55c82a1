"""What oO asks about a task that is wanted several times a day; the markup is that of ``bot/screens/markup.py``.

Tests: tests/scenarios/test_times_a_day.py.
"""

from __future__ import annotations

from bot.languages.sentences import translate

ASK = "**{title}**: at which times of the day? Each of them becomes a task that repeats daily."
AT_MOST = "> {most} times a day are the most I can do."
EXAMPLE = "> Tap, or send other times: /add {title} every day at 9:00 and 18:00"
EXAMPLE_REMIND = "> Tap, or send other times: remind me every day at 9:00 and 18:00: {title}"
WITHOUT_TIMES = "Without a time"

translate(__name__)
