"""Who may open the operator's page: those whom the configuration names, and perhaps who sits at this machine.

It is checked at each request, so a changed configuration ends sessions.

Tests: tests/bot/web/test_oidc.py.
"""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

from bot.api.wire import RawRequest
from bot.web.page import Site

ON_THIS_MACHINE = "on this machine"
"""The name of an operator who did not sign in."""

_FORWARDED = frozenset({"forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-real-ip"})
"""Headers of proxies: the browser is somewhere else then."""


def may_operate(name: str, request: RawRequest, site: Site) -> bool:
    """Whether the operator of that name may still open the page."""
    if name == ON_THIS_MACHINE:
        return is_on_this_machine(request, site)
    return name in site.operators.names


def is_on_this_machine(request: RawRequest, site: Site) -> bool:
    """Whether that is enough, and a browser on this machine asks for an address of this machine.

    Any other host name may be one that a site has pointed here.
    """
    if not site.operator_on_loopback or not _FORWARDED.isdisjoint(request.headers):
        return False
    host = urlsplit(f"//{request.headers.get('host', '')}").hostname or ""
    return _is_loopback(request.address) and (host == "localhost" or _is_loopback(host))


def _is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False
