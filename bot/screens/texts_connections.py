"""What oO says about the state of connected accounts. Markup as in ``texts.py``.

Tests: tests/bot/screens/test_connections.py.
"""

from __future__ import annotations

from bot.languages.sentences import translate

CONNECTION = "**{name}** {state}"
CONNECTION_OF = "**{name}** ({account}) {state}"
CONNECTION_NAMES = {
    "todoist": "Todoist",
    "calendar": "Calendar",
    "caldav_calendar": "CalDAV",
    "email": "E-mail",
}
"""By the provider under whose name the secret is kept."""
CONNECTION_STATES = {
    "connected": "connected",
    "expiring": "connected; the access ends soon",
    "expired": "to be connected again: /connect",
    "revoked": "to be connected again: /connect",
    "error": "doesn't answer properly at the moment",
    "missing": "to be connected again: /connect",
}
"""By ``TokenStatus``."""

translate(__name__)
