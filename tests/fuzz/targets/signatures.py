"""Signatures: none that oO or its platforms did not make is ever accepted."""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import UTC, datetime

from adapters.slack.signature import RequestVerifier
from adapters.telegram.webhook import Webhook
from adapters.todoist.webhook import _is_signed
from bot.web.cookies import read_cookie, set_cookie
from bot.web.csrf import csrf_token, is_csrf_token, is_own_origin
from core.errors import SettingsError
from core.people.mail_links import MailLinks, read_confirm, read_stop, read_tap, read_why
from core.people.sessions import SESSION_LASTS
from core.records import SessionKind
from tests.fuzz.target import Target, by_name, choice, chosen, text_of
from tests.fuzz.targets.keys import SIGNER

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
KEY = b"the key of a test"


class _Clock:
    def now(self) -> datetime:
        """Always the same."""
        return NOW


# --- Of requests -------------------------------------------------------------------------------------------


def _signatures(data: bytes) -> None:
    """``timestamp signature body``, of which SIGNED stands for the right signature."""
    text, _, body = data.partition(b"\n")
    stamp, _, signature = text.decode("utf-8", "surrogateescape").partition(" ")
    verifier = RequestVerifier(KEY.decode(), _Clock())
    right = (
        "v0="
        + hmac.new(KEY, b"v0:" + stamp.encode("utf-8", "replace") + b":" + body, hashlib.sha256).hexdigest()
    )
    given = signature.replace("SIGNED", right)
    accepted = verifier.verify(body, timestamp=stamp, signature=given)
    is_fresh = (
        stamp.isascii()
        and stamp.isdecimal()
        and len(stamp) <= 12
        and -60 <= NOW.timestamp() - int(stamp) <= 300
    )
    assert accepted == (given == right and is_fresh)
    assert not verifier.verify(body, timestamp=stamp, signature=given), "a repeat is accepted"
    assert len(verifier._seen) <= 1
    todoist = base64.b64encode(hmac.digest(KEY, body, hashlib.sha256)).decode()
    for one in (signature, signature.replace("SIGNED", todoist)):
        assert _is_signed(body, one, KEY) == (one == todoist)
    _webhook(signature)


def _webhook(secret: str) -> None:
    try:
        found = Webhook(url="https://oo.example", secret=secret)
    except SettingsError as fault:
        assert len(secret) < 8 or secret not in str(fault)
    else:
        assert secret.isascii()
        assert found.address == "https://oo.example/telegram/webhook"


_STAMP = int(NOW.timestamp())

SIGNATURES = Target(
    name="signatures",
    run=_signatures,
    seeds=lambda: [
        f"{_STAMP} SIGNED\n{{}}".encode(),
        f"{_STAMP - 299} SIGNED\na=b".encode(),
        f"{_STAMP - 301} SIGNED\n".encode(),
        f"{_STAMP + 61} v0=SIGNED\n".encode(),
        b"1e9 SIGNED\n",
    ],
    words=lambda: ("SIGNED", "v0=", str(_STAMP), f"0{_STAMP}", f"+{_STAMP}"),
    max_bytes=400,
)


# --- Of links, cookies and forms ---------------------------------------------------------------------------

_LINKS = MailLinks(signer=SIGNER, root="")
_MADE = {
    "TAP": _LINKS.tap("account", "token.1").rpartition("/")[2],
    "WHY": _LINKS.why("account", "decision").rpartition("/")[2],
    "STOP": _LINKS.stop("account").rpartition("/")[2],
    "CONFIRM": _LINKS.confirm("code").rpartition("/")[2],
    "CSRF": csrf_token("session 1", SIGNER),
    "COOKIE": set_cookie(
        "oo_session", "secret", SIGNER, lasts=SESSION_LASTS[SessionKind.PERSON], is_https=True
    )
    .partition("=")[2]
    .partition(";")[0],
}


def _links(data: bytes) -> None:
    kind, rest = chosen(data, tuple(_MADE))
    typed = text_of(rest)
    for text in {typed, typed.replace(kind, _MADE[kind])}:
        assert (read_tap(SIGNER, text) is not None) == (text == _MADE["TAP"])
        assert (read_why(SIGNER, text) is not None) == (text == _MADE["WHY"])
        assert (read_stop(SIGNER, text) is not None) == (text == _MADE["STOP"])
        assert (read_confirm(SIGNER, text) is not None) == (text == _MADE["CONFIRM"])
        assert is_csrf_token(text, "session 1", SIGNER) == (text == _MADE["CSRF"])
        assert not is_csrf_token(text, "session 2", SIGNER)
        found = read_cookie(text, "oo_session", SIGNER, is_https=True)
        assert found in (None, "secret")
        assert found is None or f"__Host-oo_session={_MADE['COOKIE']}" in "".join(text.split())
        _origin(text)


def _origin(text: str) -> None:
    own = is_own_origin(text, host="localhost:8080", root="https://oo.example")
    assert not own or text.lower().rstrip("/?#").startswith(("https://oo.example", "http://localhost:8080"))
    origin, _, host = text.partition(" ")
    if is_own_origin(origin, host=host, root="https://oo.example"):
        assert (
            "evil" not in origin.partition("://")[2].partition("/")[0].partition("@")[2] or "@" not in origin
        )


LINKS = Target(
    name="links",
    run=_links,
    seeds=lambda: [
        *(choice(number, kind) for number, kind in enumerate(_MADE)),
        choice(5, "a=b; __Host-oo_session=COOKIE; c=d"),
        choice(5, "__Host-oo_session=COOKIE; __Host-oo_session=COOKIE"),
        *(
            choice(0, text)
            for text in (
                "https://oo.example",
                "http://localhost:8080",
                "http://127.0.0.1:80 127.0.0.1:80",
                "null",
                "http://[::1]:80 [::1]:80",
            )
        ),
    ],
    words=lambda: (
        *_MADE,
        "__Host-oo_session=",
        "; ",
        "https://oo.example",
        "http://",
        "[",
        "]",
        "@",
        "=",
        ".",
    ),
    max_bytes=700,
)

TARGETS = by_name(SIGNATURES, LINKS)
