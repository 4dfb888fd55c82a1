"""Which addresses oO may ask on behalf of a person: it asks from inside the operator's network.

An address is checked when it has been resolved, and the connection is made to exactly that address: a name
that means something else a moment later (DNS rebinding) gains nothing.

Tests: tests/adapters/test_public_addresses.py.
"""

from __future__ import annotations

import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver

_NAT64 = IPv6Network("64:ff9b::/96")
_UNICAST = IPv6Network("2000::/3")
"""All that the public internet uses of IPv6, but for ``_NAT64``."""


class PrivateAddress(OSError):
    """A name means only addresses that oO must not ask."""


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet, also the one inside a translated address."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, IPv6Address) and found not in _UNICAST and found not in _NAT64:
        return False
    return all(one.is_global and not one.is_multicast for one in (found, *_inside(found)))


def _inside(address: IPv4Address | IPv6Address) -> list[IPv4Address]:
    """The IPv4 addresses to which an IPv6 address leads."""
    if isinstance(address, IPv4Address):
        return []
    found = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if address in _NAT64:
        found.append(IPv4Address(int(address) & 0xFFFFFFFF))
    return [one for one in found if one]


def is_literal(host: str) -> bool:
    """Whether a host is an IP address, which is never resolved."""
    try:
        ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return True


class PublicResolver(AbstractResolver):
    """Resolves names to their public addresses only."""

    def __init__(self, inner: AbstractResolver | None = None) -> None:
        self._inner = inner or ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """The public addresses of ``host``. Raises ``PrivateAddress`` if it has none."""
        found = await self._inner.resolve(host, port, family)
        public = [one for one in found if is_public(one["host"])]
        if not public:
            raise PrivateAddress("no public address")
        return public

    async def close(self) -> None:
        """Close the inner resolver."""
        await self._inner.close()
