"""The system's time zone, when it says more than UTC."""

from __future__ import annotations

import warnings

import tzlocal


def system_zone() -> str | None:
    """The IANA name of the zone this machine is set to; None where it is unset, unreadable, or plain UTC.

    Servers and containers run in UTC without anybody living there: that is a question to ask, not an answer.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            name = tzlocal.get_localzone_name()
    except (LookupError, OSError, ValueError):
        return None
    return None if name in (None, "UTC", "Etc/UTC", "local") else name
