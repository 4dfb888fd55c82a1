"""What oO asks on behalf of people, and what it never asks."""

from __future__ import annotations

import socket
from typing import Any

import pytest
from aiohttp.abc import AbstractResolver, ResolveResult

from adapters.public_addresses import PrivateAddress, PublicResolver, is_public


@pytest.mark.parametrize("address", ["93.184.216.34", "8.8.8.8", "2606:2800:220:1:248:1893:25c8:1946"])
def test_addresses_of_the_internet_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "127.1.2.3", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254"),  # noqa: S104
        *("100.64.0.1", "192.0.2.1", "198.18.0.1", "224.0.0.1", "255.255.255.255", "240.0.0.1"),
        *("::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1", "ff02::1", "2001:db8::1"),
        *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a00:1", "2002:7f00:1::"),
        *("::127.0.0.1", "::a00:1", "64:ff9b:1::7f00:1", "100::1", "4000::1", "5f00::1"),
        *("2002:c0a8:101::", "not an address", ""),
    ],
)
def test_private_addresses_are_not_public_however_they_are_written(address: str) -> None:
    assert not is_public(address)


class Names(AbstractResolver):
    """Answers one list after the other."""

    def __init__(self, *answers: list[str]) -> None:
        self._answers = list(answers)

    async def resolve(self, host: str, port: int = 0, family: Any = socket.AF_INET) -> list[ResolveResult]:
        answer = self._answers.pop(0)
        return [
            ResolveResult(hostname=host, host=one, port=port, family=family, proto=0, flags=0)
            for one in answer
        ]

    async def close(self) -> None:
        """Nothing."""


async def test_only_public_addresses_of_a_name_are_used() -> None:
    resolver = PublicResolver(Names(["10.0.0.1", "8.8.8.8", "::1"]))
    assert [one["host"] for one in await resolver.resolve("example.org", 443)] == ["8.8.8.8"]


async def test_a_name_that_turns_private_is_refused_the_next_time() -> None:
    resolver = PublicResolver(Names(["8.8.8.8"], ["127.0.0.1"]))
    assert await resolver.resolve("example.org", 443)
    with pytest.raises(PrivateAddress):
        await resolver.resolve("example.org", 443)
