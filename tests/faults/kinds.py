"""The faults of the matrix, and how each looks on the wire of a service.

Tests: tests/faults/test_faults.py.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from tests.servers.http_frames import http_answer
from tests.servers.proxy import (
    Fault,
    HalfAnswer,
    HalfOpen,
    Hang,
    Latency,
    Proxy,
    Refused,
    ResetAfter,
    ResetBefore,
    SaysInstead,
    Slow,
)

RETRY_AFTER = 2
"""Seconds that a service asks oO to wait."""

NOBODY_DID = False
MAYBE_DONE = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of fault."""

    name: str
    meaning: str
    may_be_done: bool
    """Whether the service may have done what oO asked, as far as oO can see."""


KINDS = (
    Kind(name="latency", meaning="each way takes 0.2 s longer", may_be_done=MAYBE_DONE),
    Kind(name="slow bytes", meaning="the answer comes one byte at a time", may_be_done=MAYBE_DONE),
    Kind(name="refused", meaning="nobody listens", may_be_done=MAYBE_DONE),
    Kind(name="reset before", meaning="reset before the request was read", may_be_done=MAYBE_DONE),
    Kind(name="reset after", meaning="done, and reset before the answer", may_be_done=MAYBE_DONE),
    Kind(name="half answer", meaning="done, and the answer ends in the middle", may_be_done=MAYBE_DONE),
    Kind(name="hang", meaning="done, and never answered", may_be_done=MAYBE_DONE),
    Kind(
        name="half-open", meaning="connections of before are dead, new ones are well", may_be_done=MAYBE_DONE
    ),
    Kind(name="429 and when", meaning="too many requests, with a time to wait", may_be_done=NOBODY_DID),
    Kind(name="429", meaning="too many requests, without a time", may_be_done=NOBODY_DID),
    Kind(name="500", meaning="an internal error", may_be_done=MAYBE_DONE),
    Kind(name="502", meaning="a bad gateway", may_be_done=MAYBE_DONE),
    Kind(name="503", meaning="unavailable", may_be_done=MAYBE_DONE),
    Kind(name="garbage", meaning="bytes of no protocol", may_be_done=MAYBE_DONE),
    Kind(name="no JSON", meaning="200, and a body that can't be read", may_be_done=MAYBE_DONE),
    Kind(name="empty", meaning="200 without a body; or hung up without a byte", may_be_done=MAYBE_DONE),
    Kind(name="wrong type", meaning="200 with a page to sign in to a network", may_be_done=MAYBE_DONE),
    Kind(name="TLS", meaning="the port speaks TLS, and oO does not", may_be_done=MAYBE_DONE),
)
"""All of them. A ``Wire`` has those that exist in its protocol."""

GARBAGE = b"\x00\xff\xfe{{<not http>\r\n\r\n" * 3
NO_JSON = b"\xff\xfe<html>{{not json"
PORTAL = b"<html><title>Hotel</title><form>Sign in to the network</form></html>"
TLS_ALERT = b"\x15\x03\x03\x00\x02\x02\x46"
"""What a TLS server says to whom speaks no TLS: fatal, protocol version."""

Make = Callable[[Proxy], Fault]

SLOW_SECONDS, LATE_SECONDS = 0.25, 0.2
"""Between two bytes, and more each way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wire:
    """How the faults look in one protocol."""

    makes: Mapping[str, Make]

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """Those that exist in this protocol."""
        return tuple(kind for kind in KINDS if kind.name in self.makes)


def _on_every_wire(tls: SaysInstead, garbage: SaysInstead, portal: SaysInstead) -> dict[str, Make]:
    return {
        "latency": lambda _: Latency(LATE_SECONDS),
        "slow bytes": lambda proxy: Slow(proxy, SLOW_SECONDS),
        "refused": lambda _: Refused(),
        "reset before": lambda _: ResetBefore(),
        "reset after": lambda _: ResetAfter(),
        "half answer": lambda _: HalfAnswer(),
        "hang": lambda _: Hang(),
        "half-open": HalfOpen,
        "garbage": lambda _: garbage,
        "wrong type": lambda _: portal,
        "TLS": lambda _: tls,
    }


def _says(status: str, body: bytes = b"", content_type: str = "text/html", **headers: str) -> Make:
    answer = http_answer(status, body, content_type, **headers)
    return lambda _: SaysInstead(answer)


def _json(value: object) -> bytes:
    return json.dumps(value).encode()


def http(too_many: bytes = b"", too_many_and_when: bytes = b"") -> Wire:
    """HTTP with JSON. The bodies of 429 are those of the service."""
    usual = _on_every_wire(
        SaysInstead(TLS_ALERT), SaysInstead(GARBAGE), SaysInstead(http_answer("200 OK", PORTAL))
    )
    page = "<html><h1>{}</h1></html>"
    broken = {
        code: _says(f"{code} {words}", page.format(words).encode())
        for code, words in (
            ("500", "Internal Server Error"),
            ("502", "Bad Gateway"),
            ("503", "Service Unavailable"),
        )
    }
    return Wire(
        makes=MappingProxyType(
            usual
            | broken
            | {
                "429 and when": _says(
                    "429 Too Many Requests",
                    too_many_and_when,
                    "application/json",
                    Retry_After=str(RETRY_AFTER),
                ),
                "429": _says("429 Too Many Requests", too_many, "application/json"),
                "no JSON": _says("200 OK", NO_JSON, "application/json"),
                "empty": _says("200 OK", b"", "application/json"),
            }
        )
    )


TELEGRAM = http(
    _json({"ok": False, "error_code": 429, "description": "Too Many Requests"}),
    _json(
        {
            "ok": False,
            "error_code": 429,
            "description": f"Too Many Requests: retry after {RETRY_AFTER}",
            "parameters": {"retry_after": RETRY_AFTER},
        }
    ),
)
SLACK = http(_json({"ok": False, "error": "ratelimited"}), _json({"ok": False, "error": "ratelimited"}))
HTTP = http()


def raw(*, speaks_first: bool, effect: Callable[[bytes], bool], too_many: bytes, unavailable: bytes) -> Wire:
    """A protocol of its own. ``speaks_first``: the service does. ``effect``: whether oO has just said what
    has an effect, so that the loss of that answer is what matters.
    """

    def says(answer: bytes) -> SaysInstead:
        return SaysInstead(answer, at_once=speaks_first)

    portal = http_answer("400 Bad Request", PORTAL)
    makes = _on_every_wire(says(TLS_ALERT), says(GARBAGE), says(portal))
    makes["reset after"] = lambda _: ResetAfter(effect)
    makes["half answer"] = lambda _: HalfAnswer(effect)
    makes["hang"] = lambda _: Hang(effect)
    makes["429"] = lambda _: says(too_many)
    makes["503"] = lambda _: says(unavailable)
    makes["empty"] = lambda _: says(b"")
    return Wire(makes=MappingProxyType(makes))


def _postgresql_error(state: str, words: str) -> bytes:
    fields = b"".join(
        code + value.encode() + b"\0"
        for code, value in ((b"S", "FATAL"), (b"V", "FATAL"), (b"C", state), (b"M", words))
    )
    return b"E" + (len(fields) + 5).to_bytes(4, "big") + fields + b"\0"


POSTGRESQL = raw(
    speaks_first=False,
    effect=lambda asked: b"COMMIT" in asked,
    too_many=_postgresql_error("53300", "sorry, too many clients already"),
    unavailable=_postgresql_error("57P03", "the database system is starting up"),
)
NATS = raw(
    speaks_first=True,
    effect=lambda asked: b"PUB oo.events" in asked,
    too_many=b"-ERR 'maximum connections exceeded'\r\n",
    unavailable=b"-ERR 'Server Shutdown'\r\n",
)
SMTP = raw(
    speaks_first=True,
    effect=lambda asked: asked.endswith(b".\r\n"),
    too_many=b"421 4.7.0 Too many connections, try again later\r\n",
    unavailable=b"554 5.3.2 No SMTP service here\r\n",
)
