"""Cookies: signed, out of reach of scripts, and not sent with requests that other sites make.

Tests: tests/bot/web/test_service.py.
"""

from __future__ import annotations

from datetime import timedelta

from core.signing import Signer

SESSION_COOKIE = "oo_session"
"""Holds the secret of a session."""
VISITOR_COOKIE = "oo_visitor"
"""Names a browser that is not signed in, so that its forms can have a CSRF token."""

VISITOR_LASTS = timedelta(days=1)


def set_cookie(name: str, value: str, signer: Signer, *, lasts: timedelta, is_https: bool) -> str:
    """The header's value for a cookie that ``read_cookie`` reads."""
    text = signer.sign(_purpose(name), value.encode())
    return f"{full_name(name, is_https=is_https)}={text}; Max-Age={int(lasts.total_seconds())}" + _flags(
        is_https
    )


def drop_cookie(name: str, *, is_https: bool) -> str:
    """The header's value that makes the browser forget a cookie."""
    return f"{full_name(name, is_https=is_https)}=; Max-Age=0" + _flags(is_https)


def read_cookie(header: str, name: str, signer: Signer, *, is_https: bool) -> str | None:
    """The value in a header ``Cookie``; None without it, if it stands twice, or if oO did not sign it."""
    wanted = full_name(name, is_https=is_https)
    pairs = (part.strip().partition("=") for part in header.split(";"))
    found = [value for key, _, value in pairs if key == wanted]
    payload = signer.verify(_purpose(name), found[0]) if len(found) == 1 else None
    return payload.decode() if payload is not None else None


def full_name(name: str, *, is_https: bool) -> str:
    """Under https with the prefix that keeps other hosts from setting it."""
    return f"__Host-{name}" if is_https else name


def _purpose(name: str) -> str:
    return f"cookie {name}"


def _flags(is_https: bool) -> str:
    return "; Path=/; HttpOnly; SameSite=Lax" + ("; Secure" if is_https else "")
