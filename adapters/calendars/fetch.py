"""HTTP towards servers that people name: limited in time, size and redirects, and in whom it asks.

No error holds an address or anything that a server wrote: an address of a feed is a secret.

Tests: tests/adapters/calendars/test_fetch.py.
"""

from __future__ import annotations

import asyncio
import base64
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field

import aiohttp
from aiohttp.abc import AbstractResolver
from multidict import CIMultiDictProxy
from yarl import URL

from adapters.calendars import MAX_BYTES
from adapters.public_addresses import PrivateAddress, PublicResolver, is_literal, is_public
from adapters.retry_after import seconds_to_wait
from core.errors import CalendarUnusable, SourceBusy, SourceDisconnected, SourceUnavailable

ANSWER_SECONDS = 20.0
MAX_REDIRECTS = 5
DEFAULT_RETRY_AFTER = 300.0
MAX_RETRY_AFTER = 24 * 3600.0

_CHUNK = 1 << 16
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_GONE = frozenset({404, 410})
_REFUSED = frozenset({401, 403})
_BUSY = frozenset({429, 503})


@dataclass(frozen=True, slots=True, kw_only=True)
class Login:
    """A name and a password, sent only to the server that they are meant for."""

    name: str
    password: str = field(repr=False)

    @property
    def header(self) -> dict[str, str]:
        """The header of HTTP's basic authentication."""
        token = base64.b64encode(f"{self.name}:{self.password}".encode()).decode()
        return {"Authorization": f"Basic {token}"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a server answered."""

    status: int
    headers: CIMultiDictProxy[str]
    body: bytes
    url: URL
    """Where it came from, after redirects."""


class Fetcher:
    """Asks servers, each time over a new connection."""

    def __init__(
        self,
        *,
        allow_private: bool = False,
        seconds: float = ANSWER_SECONDS,
        max_bytes: int = MAX_BYTES,
        resolver: AbstractResolver | None = None,
    ) -> None:
        """``allow_private``: also addresses that are not of the public internet. ``seconds``: for everything
        that one request takes, its redirects included.
        """
        self._allow_private = allow_private
        self._seconds = seconds
        self.max_bytes = max_bytes
        self._resolver = resolver

    async def request(
        self,
        method: str,
        url: URL,
        *,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
        login: Login | None = None,
        good: frozenset[int] = frozenset({200}),
    ) -> Answer:
        """The answer of ``url``, whose status is one of ``good``.

        Raises ``CalendarUnusable``, ``SourceDisconnected`` (401, 403), ``SourceBusy`` (429, 503) or
        ``SourceUnavailable``.
        """
        try:
            async with asyncio.timeout(self._seconds), self._session() as session:
                return await self._follow(session, method, url, headers or {}, body, login, good)
        except TimeoutError:
            raise CalendarUnusable("too_slow") from None
        except aiohttp.ClientConnectorDNSError as fault:
            private = isinstance(fault.os_error, PrivateAddress)
            raise CalendarUnusable("private" if private else "unknown_host") from None
        except (aiohttp.InvalidURL, UnicodeError):  # a host that no name can be, such as 127.1
            raise CalendarUnusable("bad_address") from None
        except (aiohttp.ClientError, OSError, ValueError) as fault:
            raise SourceUnavailable(f"the calendar's server can't be asked: {type(fault).__name__}") from None

    def _session(self) -> aiohttp.ClientSession:
        resolver = self._resolver if self._allow_private else PublicResolver(self._resolver)
        connector = aiohttp.TCPConnector(resolver=resolver, use_dns_cache=False, limit=4)
        return aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            headers={"Accept-Encoding": "gzip", "User-Agent": "oO"},
        )

    async def _follow(
        self,
        session: aiohttp.ClientSession,
        method: str,
        url: URL,
        headers: Mapping[str, str],
        body: bytes | None,
        login: Login | None,
        good: frozenset[int],
    ) -> Answer:
        origin = url.origin()
        for _ in range(MAX_REDIRECTS + 1):
            self._check(url, login)
            sent = {**headers, **login.header} if login else headers
            async with session.request(
                method, url, headers=sent, data=body, allow_redirects=False
            ) as response:
                if response.status not in _REDIRECTS:
                    return await self._answer(response, url, good)
                target = _target(url, response.headers.get("Location", ""))
            if target.origin() != origin:
                login = None
            url = target
        raise CalendarUnusable("too_many_redirects")

    def _check(self, url: URL, login: Login | None) -> None:
        if login and url.scheme == "http" and not self._allow_private:
            raise CalendarUnusable("insecure")
        host = url.host or ""
        if not self._allow_private and is_literal(host) and not is_public(host):
            raise CalendarUnusable("private")

    async def _answer(self, response: aiohttp.ClientResponse, url: URL, good: frozenset[int]) -> Answer:
        if response.status in good:
            body = await self._body(response)
            return Answer(status=response.status, headers=response.headers, body=body, url=url)
        if response.status in _REFUSED:
            raise SourceDisconnected(f"the calendar's server answered {response.status}")
        if response.status in _BUSY:
            raise SourceBusy(_retry_after(response))
        if response.status in _GONE:
            raise CalendarUnusable("gone")
        raise SourceUnavailable(f"the calendar's server answered {response.status}")

    async def _body(self, response: aiohttp.ClientResponse) -> bytes:
        """The body, unpacked while it comes: what is too large is never held."""
        packing = response.headers.get("Content-Encoding", "identity").strip().lower()
        if packing not in ("identity", "", "gzip", "x-gzip"):
            raise CalendarUnusable("not_a_calendar")
        unpack = zlib.decompressobj(wbits=31) if "gzip" in packing else None
        found = bytearray()
        try:
            async for chunk in response.content.iter_chunked(_CHUNK):
                room = self.max_bytes - len(found) + 1
                found += unpack.decompress(chunk, room) if unpack else chunk[:room]
                if len(found) > self.max_bytes:
                    raise too_large(self.max_bytes)
        except zlib.error:
            raise CalendarUnusable("not_a_calendar") from None
        if unpack and not unpack.eof:
            raise CalendarUnusable("cut_off")
        return bytes(found)


def too_large(limit: int) -> CalendarUnusable:
    """The error for what is larger than ``limit`` bytes."""
    return CalendarUnusable("too_large", size=f"{limit >> 20} MB")


def _target(url: URL, location: str) -> URL:
    """Where a redirect leads. It must not leave http(s), nor go from https to http."""
    try:
        target = url.join(URL(location)).with_fragment(None)
    except ValueError:
        raise CalendarUnusable("bad_redirect") from None
    if not location or target.scheme not in ("http", "https") or not target.host:
        raise CalendarUnusable("bad_redirect")
    if (url.scheme, target.scheme) == ("https", "http"):
        raise CalendarUnusable("bad_redirect")
    return target


def _retry_after(response: aiohttp.ClientResponse) -> float:
    return seconds_to_wait(response.headers, otherwise=DEFAULT_RETRY_AFTER, at_most=MAX_RETRY_AFTER)
