"""Hands an encrypted message to a push service.

The address of a push service comes from a browser, which may be anybody's. So it must be https on the public
internet, no redirect is followed, no byte of an answer's body is read, and everything takes bounded time.

Tests: tests/adapters/web_push/test_channel.py.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

import aiohttp
from aiohttp.abc import AbstractResolver
from yarl import URL

from adapters.public_addresses import PublicResolver, is_literal, is_public
from adapters.web_push.failures import FAILURES, failure, failure_of
from core.errors import Unreachable

CONNECT_SECONDS, ANSWER_SECONDS = 5.0, 10.0
CONNECTIONS = 32


class PushServices:
    """Each is asked over a new connection: of one that rested, nobody knows what arrives."""

    def __init__(
        self,
        *,
        allow_private: bool = False,
        seconds: float = ANSWER_SECONDS,
        resolver: AbstractResolver | None = None,
    ) -> None:
        """``allow_private``: also unencrypted ones, and ones inside private networks and on this machine."""
        self._allow_private = allow_private
        self._seconds = seconds
        self._resolver = resolver
        self._session: aiohttp.ClientSession | None = None

    async def post(self, endpoint: str, body: bytes, headers: Mapping[str, str]) -> None:
        """Returns if the message was accepted. Raises ``SendFailed``."""
        url = self.checked(endpoint)
        try:
            async with (
                asyncio.timeout(self._seconds),
                self._connected().post(url, data=body, headers=headers, allow_redirects=False) as answer,
            ):
                refused = failure_of(answer.status, answer.headers)
                answer.close()
        except FAILURES as fault:
            raise failure(fault) from None  # its message may quote the address
        if refused:
            raise refused

    def checked(self, endpoint: str) -> URL:
        """The address of a browser at its push service. Raises ``Unreachable`` if oO must not ask it."""
        try:
            url = URL(endpoint)
            host = url.host or ""
        except ValueError:
            raise Unreachable("no address") from None
        if not host or url.user or url.scheme not in ("https", "http"):
            raise Unreachable("no address")
        if not self._allow_private and (url.scheme != "https" or (is_literal(host) and not is_public(host))):
            raise Unreachable("an address that must not be asked")
        return url

    async def close(self) -> None:
        """Close the connections."""
        if self._session:
            await self._session.close()
            self._session = None

    def _connected(self) -> aiohttp.ClientSession:
        if self._session is None:
            resolver = self._resolver if self._allow_private else PublicResolver(self._resolver)
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(
                    resolver=resolver, use_dns_cache=False, limit=CONNECTIONS, force_close=True
                ),
                timeout=aiohttp.ClientTimeout(total=None, sock_connect=CONNECT_SECONDS),
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=False,
                headers={"User-Agent": "oO"},
            )
        return self._session
