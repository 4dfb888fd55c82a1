"""HTTP to a model server: a direct connection, and responses of bounded size.

Tests: tests/adapters/llm/test_checking.py, tests/adapters/llm/test_cloud.py.
"""

from __future__ import annotations

import logging
import ssl
from collections.abc import AsyncIterator
from functools import cache
from typing import cast

import httpx

from adapters.llm.cancellation import mark_sent

MAX_RESPONSE_BYTES = 256 * 1024

# At INFO httpx logs URLs, passwords included; at DEBUG all of them log prompts.
VERBOSE_LOGGERS = ("httpx", "httpcore", "openai")


@cache
def root_certificates() -> ssl.SSLContext:
    """The root certificates of this machine. Reading them blocks for a while."""
    return ssl.create_default_context()


def ssl_context_for(url: str) -> ssl.SSLContext:
    """The root certificates for ``https``; otherwise none, which saves reading them (2 MB)."""
    is_encrypted = url.lower().startswith("https:")
    return root_certificates() if is_encrypted else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


class BoundedTransport(httpx.AsyncHTTPTransport):
    """Aborts a response of more than ``max_bytes``, and never decompresses one."""

    def __init__(self, max_bytes: int = MAX_RESPONSE_BYTES, trust: ssl.SSLContext | None = None) -> None:
        self._max_bytes = max_bytes
        for name in VERBOSE_LOGGERS:
            logger = logging.getLogger(name)
            logger.setLevel(max(logger.level, logging.WARNING))
        super().__init__(verify=trust or root_certificates(), trust_env=False)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send the request. The body of the response is read later, through its stream."""
        mark_sent()
        request.headers["Accept-Encoding"] = "identity"
        response = await super().handle_async_request(request)
        response.headers.pop("Content-Encoding", None)
        response.stream = _BoundedStream(cast(httpx.AsyncByteStream, response.stream), self._max_bytes)
        return response


class _BoundedStream(httpx.AsyncByteStream):
    def __init__(self, stream: httpx.AsyncByteStream, max_bytes: int) -> None:
        self._stream = stream
        self._max_bytes = max_bytes

    async def __aiter__(self) -> AsyncIterator[bytes]:
        remaining = self._max_bytes
        async for chunk in self._stream:
            remaining -= len(chunk)
            if remaining < 0:
                raise httpx.ReadError("the answer is too large")
            yield chunk

    async def aclose(self) -> None:
        await self._stream.aclose()


def http_client(transport: BoundedTransport, timeout: float | None = None) -> httpx.AsyncClient:
    """A client without proxy, netrc and redirects. ``timeout`` limits each step of a request, in seconds."""
    return httpx.AsyncClient(transport=transport, trust_env=False, follow_redirects=False, timeout=timeout)
