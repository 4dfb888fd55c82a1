"""Addresses for e-mail, checked by their form alone: nothing is looked up.

Tests: tests/core/words/test_mail_addresses.py.
"""

from __future__ import annotations

import re

from core.text import clean

MAX_ADDRESS = 254
"""Code points; RFC 5321."""
MAX_LOCAL_PART = 64
"""Octets before the @."""

_CANDIDATE = re.compile(r"[^\s<>(),;:\"“”„«»']+@[^\s<>(),;:\"“”„«»']+")


def mail_address(typed: str) -> str | None:
    """The address in its normal form: Unicode in NFC, the domain in lower case. None if it is none.

    Accepted are ``ann@example.org``, ``<ann@example.org>`` and ``mailto:ann@example.org``.
    """
    from email_validator import EmailNotValidError, validate_email  # only when somebody connects an address

    text = typed.strip().removeprefix("<").removesuffix(">").strip()
    text = text[len("mailto:") :] if text.lower().startswith("mailto:") else text
    if len(text) > MAX_ADDRESS or text != clean(text, MAX_ADDRESS):
        return None
    try:
        found = validate_email(text, check_deliverability=False)
    except EmailNotValidError:
        return None
    is_short = len(found.local_part.encode()) <= MAX_LOCAL_PART and len(found.normalized) <= MAX_ADDRESS
    return found.normalized if is_short else None


def address_in(words: str) -> str | None:
    """What looks like an address among ``words``, as it stands there; None if nothing or more does."""
    found = _CANDIDATE.findall(words)
    return found[0].rstrip(".!?") if len(found) == 1 else None


def address_id(address: str) -> str:
    """What tells accounts apart: no server in practice knows upper from lower case."""
    return address.casefold()


def in_ascii(address: str) -> str:
    """The address as SMTP takes it: the domain in ASCII. What stands before the @ stays."""
    import idna

    local, _, domain = address.rpartition("@")
    if domain.isascii():
        return address
    return f"{local}@{idna.encode(domain, uts46=True).decode()}"
