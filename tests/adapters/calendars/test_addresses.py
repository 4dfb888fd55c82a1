"""Which addresses of calendars are understood."""

from __future__ import annotations

import pytest

from adapters.calendars.addresses import calendar_url
from core.errors import CalendarUnusable


@pytest.mark.parametrize(
    ("typed", "url"),
    [
        ("https://example.org/my.ics", "https://example.org/my.ics"),
        ("webcal://example.org/my.ics", "https://example.org/my.ics"),
        ("WEBCAL://Example.org/My.ics", "https://example.org/My.ics"),
        ("webcals://example.org/my.ics", "https://example.org/my.ics"),
        ("http://example.org:8080/a?key=1&b=%20", "http://example.org:8080/a?key=1&b=%20"),
        ("<https://example.org/my.ics>", "https://example.org/my.ics"),
        ("https://example.org/my.ics#top", "https://example.org/my.ics"),
        ("https://calendar.google.com/calendar/ical/a%40b.org/private-1/basic.ics",) * 2,
    ],
)
def test_an_address_is_http_and_webcal_is_https(typed: str, url: str) -> None:
    found = str(calendar_url(typed))
    assert found in (url, url.replace("%40", "@"))


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("file:///etc/passwd", "bad_scheme"),
        ("ftp://example.org/my.ics", "bad_scheme"),
        ("gopher://example.org/", "bad_scheme"),
        ("javascript://example.org/", "bad_scheme"),
        ("example.org/my.ics", "bad_address"),
        ("https://", "bad_address"),
        ("https:///my.ics", "bad_address"),
        ("https://exa mple.org/", "bad_address"),
        ("https://exa\x00mple.org/", "bad_address"),
        ("https://example.org/\x00", "bad_address"),
        ("https://example.org/\x1b[31m", "bad_address"),
        ("https://example.org/\u202ecsi", "bad_address"),
        ("https://example.org/\u00ad", "bad_address"),
        ("https://example.org/\ud800", "bad_address"),
        ("https://example.org/a\r\nHost: x", "bad_address"),
        ("https://[::1/", "bad_address"),
        ("https://example.org:99999/", "bad_address"),
        ("https://example.org:abc/", "bad_address"),
        ("https://xn--/", "bad_address"),
        ("https://a\u200b.org/", "bad_address"),
        ("https://[::1]:1]/", "bad_address"),
        ("https://example.org/" + "a" * 3000, "bad_address"),
        ("", "bad_address"),
    ],
)
def test_anything_else_is_refused(typed: str, reason: str) -> None:
    with pytest.raises(CalendarUnusable) as refused:
        calendar_url(typed)
    assert refused.value.reason == reason
