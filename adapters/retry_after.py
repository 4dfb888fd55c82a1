"""How long a server asks to wait: the header ``Retry-After`` (RFC 9110, 10.2.3), which may hold anything.

Tests: tests/adapters/test_retry_after.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime


def seconds_to_wait(
    headers: Mapping[str, str], *, otherwise: float, at_most: float, at_least: float = 0.0
) -> float:
    """The seconds that ``Retry-After`` asks for, as a number or a date, within these limits.

    A date is compared with the answer's ``Date``, so that a wrong local clock does not matter. ``otherwise``:
    what is waited if the header is missing or makes no sense.
    """
    said = headers.get("Retry-After", "").strip()
    if said.isascii() and said.isdecimal():
        wait = float(said)
    else:
        ends, begins = _moment(said), _moment(headers.get("Date", ""))
        wait = (ends - begins).total_seconds() if ends and begins else otherwise
    return min(max(wait, at_least), at_most)


def _moment(said: str) -> datetime | None:
    """The instant of an HTTP date; None for anything else. Without a zone it is in UTC."""
    try:
        found = parsedate_to_datetime(said)
    except (ValueError, TypeError, OverflowError, IndexError):  # all of them for some texts
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
