"""What oO says about silenced notifications.

Tests: tests/scenarios/test_silenced.py.
"""

from __future__ import annotations

from bot.languages.sentences import translate

ASK = (
    "One question about Slack: may I see when you have silenced notifications there, and wait until they are on"
    " again? I would also follow your time zone there.\n"
    "> I look only before I write on my own, and keep only the latest answer. /privacy switches it off."
)
YES = "Yes, wait"
NO = "No"
IS_ON = "While you have silenced notifications in Slack, I wait. Reminders still ring at their time, without a sound."
IS_OFF = "Fine, I don't look."
WHYNOT_SILENCED = "you had silenced notifications in Slack{until}"
PLAN_SILENCED = "{at} instead of {planned} (notifications silenced until {at})"

translate(__name__)
