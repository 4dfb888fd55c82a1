"""What goes over the wire to a model server: straight there, and back in an answer of bounded size."""

from __future__ import annotations

import logging
import ssl
from collections.abc import AsyncIterator
from functools import cache
from typing import cast

import httpx

from adapters.llm.giving_up import leave

LARGEST_ANSWER = 256 * 1024

# At INFO httpx writes addresses into the log, with a password if there is one; at DEBUG all write prompts.
TALKATIVE = ("httpx", "httpcore", "openai")


@cache
def roots() -> ssl.SSLContext:
    """This machine's root certificates; to read them takes a while, during which nothing else happens."""
    return ssl.create_default_context()


def trusted(url: str) -> ssl.SSLContext:
    """Whom to trust on the way to ``url``: the roots, which take 2 MB, if it is encrypted; else nobody."""
    return roots() if url.lower().startswith("https:") else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


class Wire(httpx.AsyncHTTPTransport):
    """An HTTP transport that breaks off an answer of more than ``largest`` bytes, and never unpacks a small
    one into a big one.
    """

    def __init__(self, largest: int = LARGEST_ANSWER, trust: ssl.SSLContext | None = None) -> None:
        self._largest = largest
        for name in TALKATIVE:
            logger = logging.getLogger(name)
            logger.setLevel(max(logger.level, logging.WARNING))
        super().__init__(verify=trust or roots(), trust_env=False)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send the request; the answer's body is still to be read."""
        leave()
        request.headers["Accept-Encoding"] = "identity"
        response = await super().handle_async_request(request)
        response.headers.pop("Content-Encoding", None)
        response.stream = _Bounded(cast(httpx.AsyncByteStream, response.stream), self._largest)
        return response


class _Bounded(httpx.AsyncByteStream):
    def __init__(self, stream: httpx.AsyncByteStream, largest: int) -> None:
        self._stream = stream
        self._largest = largest

    async def __aiter__(self) -> AsyncIterator[bytes]:
        left = self._largest
        async for chunk in self._stream:
            left -= len(chunk)
            if left < 0:
                raise httpx.ReadError("the answer is too large")
            yield chunk

    async def aclose(self) -> None:
        await self._stream.aclose()


def client(wire: Wire, seconds: float | None = None) -> httpx.AsyncClient:
    """A client on ``wire``: no proxy, no netrc, no redirect. ``seconds`` bounds each step of a request."""
    return httpx.AsyncClient(transport=wire, trust_env=False, follow_redirects=False, timeout=seconds)
