"""Times of day in settings: ``9``, ``9:30``, ``9am``, ``21.30``, ``9 Uhr``."""

from __future__ import annotations

import re
from datetime import time

from core.text import clean, refuse
from core.words.phrasebooks.books import times
from core.words.phrasebooks.patterns import one_of

_NAMED = dict.fromkeys(times.words("NOON"), time(12)) | dict.fromkeys(times.words("MIDNIGHT"), time(0))
_TIME = re.compile(
    r"(?P<hour>[0-9]{1,2})(?:[:.h](?P<minute>[0-9]{2}))?h?"
    rf"\s?(?:(?P<half>[ap])\.?m\.?|{one_of(times.O_CLOCK)})?",
    re.IGNORECASE,
)


def parse_time(text: str) -> time:
    """The time of day. Raises ``BadInput("not_a_time")``, also for 24:00 and 13pm."""
    wanted = clean(text, 40).lower().replace("’", "'")
    at = _NAMED.get(wanted, _read(wanted))
    if at is None:
        raise refuse("not_a_time", text)
    return at


def format_time(at: time) -> str:
    """``9:00``; ``parse_time`` reads the same time from it."""
    return f"{at.hour}:{at.minute:02}"


def _read(wanted: str) -> time | None:
    found = _TIME.fullmatch(wanted)
    if found is None:
        return None
    hour, minute, half = int(found["hour"]), int(found["minute"] or 0), found["half"]
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half.lower() == "p" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None
