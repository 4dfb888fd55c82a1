"""What a browser says that it is, in two words.

Tests: tests/bot/web/test_browsers.py.
"""

from __future__ import annotations

_PROGRAMS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
"""In this order: most browsers name others as well."""

_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def browser_name(agent: str) -> str:
    """``Firefox, Linux`` of what it says about itself; empty if it says nothing known. It may be forged."""
    found = (next((name for part, name in table if part in agent), "") for table in (_PROGRAMS, _SYSTEMS))
    return ", ".join(filter(None, found))
