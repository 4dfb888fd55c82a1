"""``OO_SMTP_URL`` and ``OO_MAIL_FROM``: where mails are handed over, and from whom they are.

Tests: tests/bot/config/test_mail.py.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from urllib.parse import SplitResult, unquote, urlsplit

from bot.config.hosts import is_loopback
from core.text import clean
from core.words.mail_addresses import in_ascii, mail_address

SCHEMES = {
    "smtps": ("tls", 465),
    "smtp+starttls": ("starttls", 587),
    "smtp": ("none", 25),
    "smtp+plain": ("none", 25),
}
"""By the scheme: how the connection is encrypted, and the usual port."""

FORM = "must be smtps://NAME:PASSWORD@HOST:PORT or smtp+starttls://…"
MAX_NAME = 60
MAX_SENDER = 400
_NAMED = re.compile(r"(?P<name>[^<>]*)<(?P<address>[^<>]+)>")


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """The server that takes oO's mails."""

    host: str
    port: int
    security: str
    """``tls``, ``starttls`` or ``none``."""
    login_name: str | None = None
    password: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class MailSender:
    """From whom mails are."""

    name: str
    address: str
    """In ASCII."""


def mail_server(url: str) -> MailServer:
    """Raises ``ValueError`` with a sentence that says what is wrong and quotes nothing of a password."""
    parts, port = _parts(url)
    if parts.scheme not in SCHEMES:
        raise ValueError(FORM)
    security, usual_port = SCHEMES[parts.scheme]
    host = parts.hostname or ""
    if not host:
        raise ValueError(f"{FORM}: the host is missing")
    if parts.path not in ("", "/") or parts.query or parts.fragment:
        raise ValueError(
            f"{FORM}: nothing may follow the port; in a password write %2F for a slash, %3F for ?, %23 for #"
        )
    if parts.password and not parts.username:
        raise ValueError(f"{FORM}: there is a password without a name")
    if parts.username and parts.password is None:
        raise ValueError(f"{FORM}: there is a name without a password")
    _refuse_open_wire(parts, host)
    return MailServer(
        host=host,
        port=usual_port if port is None else port,
        security=security,
        login_name=_unquoted(parts.username),
        password=_unquoted(parts.password),
    )


def _parts(url: str) -> tuple[SplitResult, int | None]:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise ValueError(
            f"{FORM}; write %40 for an @ in the password, %2F for a slash, %3A for a colon"
        ) from None
    if port == 0:
        raise ValueError(f"{FORM}: the port is 0")
    return parts, port


def _unquoted(text: str | None) -> str | None:
    try:
        return unquote(text, errors="strict") if text else None
    except UnicodeDecodeError:
        raise ValueError(f"{FORM}: what follows a % is no UTF-8") from None


def _refuse_open_wire(parts: SplitResult, host: str) -> None:
    """Mails and passwords leave this machine only encrypted, unless somebody insists; passwords never do."""
    if SCHEMES[parts.scheme][0] != "none" or is_loopback(host):
        return
    if parts.scheme == "smtp":
        raise ValueError(
            "smtp:// is not encrypted: use smtps:// or smtp+starttls://"
            " (or smtp+plain:// inside a network that you trust, without a password)"
        )
    if parts.username:
        raise ValueError(
            "smtp+plain:// would send the password unencrypted: use smtps:// or smtp+starttls://"
        )


def mail_sender(text: str) -> MailSender:
    """``oO <oo@example.org>``, or the address alone. Raises ``ValueError``."""
    named = _NAMED.fullmatch(text)
    address = mail_address(named["address"] if named else text)
    if address is None or clean(text, MAX_SENDER) != text:
        raise ValueError("must be an address such as oo@example.org, or oO <oo@example.org>")
    plain = in_ascii(address)
    if not plain.isascii():
        raise ValueError("the part before the @ must be in ASCII, so that every server takes it")
    name = clean(named["name"].strip().strip('"'), MAX_NAME) if named else ""
    return MailSender(name=name or "oO", address=plain)


def missing_for_mail(given: Collection[str]) -> list[str]:
    """A line for each setting, among those ``given``, without which no mail can be sent."""
    if "oo_smtp_url" not in given:
        return []
    needs = {
        "oo_mail_from": "whom the mails are from",
        "oo_public_url": "the links in mails lead there",
        "oo_vault_keys": "the links are signed by a key that follows from it; `oo vault key` makes one",
    }
    return [
        f"{name.upper()}: needed as well when OO_SMTP_URL is set: {why}"
        for name, why in needs.items()
        if name not in given
    ]
