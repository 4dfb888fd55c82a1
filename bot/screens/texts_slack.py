"""What the pages say from which a Slack workspace installs oO. The first line is the title.

Tests: tests/scenarios/test_slack_install.py.
"""

from __future__ import annotations

from bot.languages.sentences import translate

ADD = "Add to Slack"

INSTALL_PAGES = {
    "offer": (
        "oO for your Slack workspace\n"
        "oO sends one good tip at the right moment, in a direct message. It reads what people write to it, and"
        " the time zone and language of their profile. It writes by itself only to people who have agreed."
    ),
    "installed": (
        "oO is installed\nYou can close this page. In Slack, open oO under Apps and write something to it."
    ),
    "denied": "oO was not installed\nNothing was changed. You can close this page.",
    "invalid": (
        "This link does not work any more\n"
        "A link works once, for ten minutes, and in one browser. Please start again from the first page."
    ),
    "refused": "Slack did not accept this\nNothing was changed. Please start again from the first page.",
    "failed": "That did not work\nI can't finish this now. Please try again in some minutes.",
}
"""By step."""

translate(__name__)
