"""The API as routes of the HTTP server: aiohttp's requests in, its responses out.

Tests: tests/scenarios/test_http_api.py.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

from adapters.http import Route
from bot.api.problems import Kind, Problem
from bot.api.service import Api
from bot.api.wire import MAX_BODY_BYTES, RawAnswer, RawRequest

CHUNK_BYTES = 64 * 1024
BODY_TIMEOUT_SECONDS = 30.0
WRITE_TIMEOUT_SECONDS = 30.0
"""For a part of a stream: so long a client may leave what was sent unread."""
GONE_SECONDS = 1.0
"""So late a client that has gone is noticed while nothing happens; its place is free then."""


def api_routes(api: Api, *, behind_proxy: bool) -> tuple[Route, ...]:
    """One route for everything below ``/v1``: the API itself answers what it does not know."""

    async def handle(request: web.Request) -> web.StreamResponse:
        answer = await api.answer(raw_request(request, behind_proxy=behind_proxy))
        if answer.stream and request.method != "HEAD":
            return await _streamed(request, answer, answer.stream)
        return response_of(answer)

    return (Route(method="*", path="/v1/{rest:.*}", handler=handle),)


async def _streamed(
    request: web.Request, answer: RawAnswer, stream: Callable[[], AsyncGenerator[bytes]]
) -> web.StreamResponse:
    """Send what comes, until it ends, or nobody reads: then the connection is closed.

    No more is held than one part: the next is made when the kernel has taken the last.
    """
    headers = {**answer.headers, "Content-Type": answer.content_type or "", "X-Accel-Buffering": "no"}
    response = web.StreamResponse(status=answer.status, headers=headers)
    response.force_close()
    async with aclosing(stream()) as parts:
        try:
            await response.prepare(request)
            while (part := await _next_part(parts, request)) is not None:
                async with asyncio.timeout(WRITE_TIMEOUT_SECONDS):
                    await response.write(part)
        except (ConnectionError, TimeoutError):
            if request.transport:
                request.transport.abort()
    return response


async def _next_part(parts: AsyncGenerator[bytes], request: web.Request) -> bytes | None:
    """The next part; None at the end, or when the client has gone, which aiohttp tells only who writes."""
    coming = asyncio.ensure_future(anext(parts, None))
    try:
        while not coming.done() and request.transport is not None:
            await asyncio.wait({coming}, timeout=GONE_SECONDS)
        return coming.result() if coming.done() else None
    finally:
        if not coming.done():
            coming.cancel()
            await asyncio.wait({coming})


def response_of(answer: RawAnswer) -> web.Response:
    """The answer as aiohttp sends it."""
    headers = dict(answer.headers)
    if answer.content_type:
        headers["Content-Type"] = answer.content_type
    return web.Response(status=answer.status, body=answer.body or None, headers=headers)


def raw_request(request: web.Request, *, behind_proxy: bool) -> RawRequest:
    """The request as aiohttp has read it. Reading its body raises ``Problem`` if it does not arrive."""
    return RawRequest(
        method=request.method,
        path=request.path,
        query=tuple(request.query.items()),
        headers=_headers(request),
        address=_address(request, behind_proxy=behind_proxy),
        read_body=lambda: _body(request),
    )


def _headers(request: web.Request) -> dict[str, str]:
    """By their names in lower case. One that stands twice is a list (RFC 9110): two tokens are no token."""
    return {name.lower(): ", ".join(request.headers.getall(name)) for name in request.headers}


def _address(request: web.Request, *, behind_proxy: bool) -> str:
    """Where the request comes from: the last address that the proxy has added, else the connection's."""
    lines = request.headers.getall("X-Forwarded-For", []) if behind_proxy else []
    # A proxy adds its own to the list, or as a further line after what the client has sent.
    return ", ".join(lines).rpartition(",")[2].strip() or request.remote or ""


async def _body(request: web.Request) -> bytes | None:
    """The body; None if it is larger than ``MAX_BODY_BYTES``. No more than that is held in memory.

    Raises ``Problem`` if it does not arrive.
    """
    if (request.content_length or 0) > MAX_BODY_BYTES:
        return None
    try:
        async with asyncio.timeout(BODY_TIMEOUT_SECONDS):
            return await _read(request)
    except (web.RequestPayloadError, HttpProcessingError, ConnectionError, TimeoutError) as fault:
        raise Problem(Kind.BAD_REQUEST, "The body did not arrive.") from fault


async def _read(request: web.Request) -> bytes | None:
    chunks, size = [], 0
    async for chunk in request.content.iter_chunked(CHUNK_BYTES):
        size += len(chunk)
        if size > MAX_BODY_BYTES:
            return None
        chunks.append(chunk)
    return b"".join(chunks)
