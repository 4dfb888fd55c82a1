"""The address of a calendar, as a person types it.

Tests: tests/adapters/calendars/test_addresses.py.
"""

from __future__ import annotations

from yarl import URL

from core.errors import CalendarUnusable

MAX_URL = 2_000  # code points

_SCHEMES = {"webcal": "https", "webcals": "https", "https": "https", "http": "http"}


def calendar_url(text: str) -> URL:
    """The http(s) URL that a person typed; ``webcal`` is ``https``. Raises ``CalendarUnusable``."""
    typed = text.strip().strip("<>")
    scheme, _, rest = typed.partition("://")
    if not rest or len(typed) > MAX_URL or " " in typed or not typed.isprintable():
        raise CalendarUnusable("bad_address")
    if scheme.lower() not in _SCHEMES:
        raise CalendarUnusable("bad_scheme")
    try:
        url = URL(f"{_SCHEMES[scheme.lower()]}://{rest}").with_fragment(None)
        host = url.host
    except ValueError:
        raise CalendarUnusable("bad_address") from None
    if not host:
        raise CalendarUnusable("bad_address")
    return url
