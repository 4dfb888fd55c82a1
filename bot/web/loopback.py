"""Whether a request comes from the machine itself, and through no proxy: then it may be the operator's.

Three things must agree: the connection, the name by which the browser calls oO (else any web site could point
a name of its own here), and the absence of every header that proxies add.

Tests: tests/bot/web/test_loopback.py.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from bot.api.wire import RawRequest
from bot.config.hosts import is_loopback

LOOPBACK = "loopback"
"""The operator's name for such a request."""

PROXY_HEADERS = frozenset(
    (
        "forwarded",
        "via",
        "x-real-ip",
        "x-client-ip",
        "x-cluster-client-ip",
        "x-original-forwarded-for",
        "true-client-ip",
        "cf-connecting-ip",
        "cf-ray",
        "fly-client-ip",
        "fastly-client-ip",
        "x-envoy-external-address",
        "x-appengine-user-ip",
        "x-azure-clientip",
        "tailscale-user-login",
    )
)
PROXY_PREFIXES = ("x-forwarded", "x-proxy")


def is_from_this_machine(request: RawRequest) -> bool:
    """Whether nothing says that the request was passed on from elsewhere."""
    hosts = request.address, _host(request.headers.get("host", ""))
    return all(map(is_loopback, hosts)) and not any(map(_is_of_a_proxy, request.headers))


def _host(header: str) -> str:
    try:
        return urlsplit(f"//{header}").hostname or ""
    except ValueError:
        return ""


def _is_of_a_proxy(name: str) -> bool:
    return name.lower() in PROXY_HEADERS or name.lower().startswith(PROXY_PREFIXES)
