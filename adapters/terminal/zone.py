"""The system's time zone, unless it is UTC.

Tests: tests/scenarios/test_terminal.py.
"""

from __future__ import annotations

import warnings

import tzlocal


def system_zone() -> str | None:
    """The IANA name of the machine's zone; None if it is unset, unreadable or UTC.

    Servers and containers run in UTC wherever the person lives, so the person must be asked.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            name = tzlocal.get_localzone_name()
    except (LookupError, OSError, ValueError):
        return None
    return None if name in (None, "UTC", "Etc/UTC", "local") else name
