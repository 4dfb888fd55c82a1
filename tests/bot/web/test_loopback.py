"""Whether a request comes from this machine, through no proxy."""

from __future__ import annotations

import pytest

from bot.api.wire import RawRequest
from bot.web.loopback import PROXY_HEADERS, is_from_this_machine


async def nothing() -> bytes:
    return b""


def request(address: str = "127.0.0.1", host: str = "127.0.0.1:8080", **headers: str) -> RawRequest:
    sent = {"host": host, **{name.replace("_", "-"): value for name, value in headers.items()}}
    return RawRequest(method="GET", path="/operator", headers=sent, address=address, read_body=nothing)


@pytest.mark.parametrize("address", ["127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"])
@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8080", "localhost:8080", "LOCALHOST", "[::1]:8080"])
def test_who_is_on_this_machine(address: str, host: str) -> None:
    assert is_from_this_machine(request(address, host, user_agent="Firefox"))


@pytest.mark.parametrize(
    "address", ["", "192.168.1.5", "10.0.0.1", "8.8.8.8", "::2", "fe80::1", "unix:", "127.0.0.1, 8.8.8.8"]
)
def test_who_is_elsewhere(address: str) -> None:
    assert not is_from_this_machine(request(address))


@pytest.mark.parametrize(
    "host",
    ["", "oo.example", "127.0.0.1.evil.example", "localhost.evil", "a@8.8.8.8", "[", "[::1", "0.0.0.0:8080"],
)
def test_a_name_that_somebody_else_has_pointed_here_is_not_this_machine(host: str) -> None:
    """Else a web site could read the page through the operator's own browser (DNS rebinding)."""
    assert not is_from_this_machine(request(host=host))


@pytest.mark.parametrize(
    "name", [*sorted(PROXY_HEADERS), "x-forwarded-for", "X-Forwarded-Host", "x-forwarded-proto"]
)
@pytest.mark.parametrize("value", ["", "127.0.0.1", "8.8.8.8"])
def test_whatever_a_proxy_adds_tells_it_whatever_it_says(name: str, value: str) -> None:
    assert not is_from_this_machine(request(**{name: value}))
