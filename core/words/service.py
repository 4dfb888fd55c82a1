"""What people ask about oO itself: their data, the settings, their time zone, how something is done.

Tests: tests/core/words/test_service.py.
"""

from __future__ import annotations

from core.scheduling.timezones import find_zone
from core.words.intents import DeleteData, ExportTasks, Help, Intent, SetTimezone, ShowPrivacy, ShowSettings
from core.words.phrasebooks.books import service
from core.words.phrasebooks.patterns import LazyPhrase, lazy_phrase

_ASKED: tuple[tuple[LazyPhrase, Intent], ...] = (
    (lazy_phrase(*service.DELETE_DATA), DeleteData()),
    (lazy_phrase(*service.EXPORT_ALL), ExportTasks(text="")),
    (lazy_phrase(*service.PRIVACY), ShowPrivacy()),
    (lazy_phrase(*service.SETTINGS), ShowSettings()),
    (lazy_phrase(*service.ASK_TIMEZONE), SetTimezone(place="")),
    (lazy_phrase(*service.HOW_TO), Help()),
)
_TIMEZONE = lazy_phrase(*service.TIMEZONE)


def asked_of_service(text: str) -> Intent | None:
    """What the text asks about oO itself; None for other texts."""
    asked = next((intent for pattern, intent in _ASKED if pattern.fullmatch(text)), None)
    return asked or _moved(text)


def _moved(text: str) -> SetTimezone | None:
    """The place where the person is, if it is one in the database of time zones: "I live in Lisbon"."""
    place = _place(text)
    return SetTimezone(place=place) if place and not isinstance(find_zone(place), tuple) else None


def may_be_in(text: str) -> SetTimezone | None:
    """The place where the person says to be, which may be none: "I'm in Lyon", "I'm in a meeting"."""
    place = _place(text)
    return SetTimezone(place=place, only_if_known=True) if place else None


def _place(text: str) -> str:
    found = _TIMEZONE.fullmatch(text)
    return next((group for group in found.groups() if group), "") if found else ""
