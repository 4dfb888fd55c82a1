"""Streamable HTTP: one request, one answer.

The SDK's transport wants to be called by an ASGI server. Here it is called by hand, without sessions and
streams: oO keeps its one HTTP server, and nothing lives on between two requests.
Tests: tests/scenarios/test_mcp_http.py.
"""

from __future__ import annotations

import asyncio
from collections.abc import MutableMapping
from typing import Any

from mcp.server.lowlevel import Server
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager

from bot.api.wire import MAX_BODY_BYTES, RawAnswer, RawRequest
from core.people.tokens import Caller

Message = MutableMapping[str, Any]


async def exchanged(server: Server[Any], request: RawRequest, body: bytes, caller: Caller) -> RawAnswer:
    """The answer of ``server`` to a message of ``caller``, whom ``caller_of`` finds in the SDK's request."""
    transport = StreamableHTTPSessionManager(
        server, json_response=True, stateless=True, max_request_body_size=MAX_BODY_BYTES
    )
    sent: list[Message] = []
    unread = [body]

    async def receive() -> Message:
        if not unread:
            await asyncio.Event().wait()  # until the client hangs up, which changes nothing
        return {"type": "http.request", "body": unread.pop()}

    async def send(message: Message) -> None:
        sent.append(message)

    async with transport.run():
        await transport.handle_request(_scope(request, caller), receive, send)
    return _answer(sent)


def caller_of(request: Any) -> Caller:
    """Who sent the request, as the SDK has it."""
    caller: Caller = request.state.caller
    return caller


def _scope(request: RawRequest, caller: Caller) -> Message:
    headers = [
        (name.encode("ascii", "replace"), value.encode("utf-8", "surrogateescape"))
        for name, value in request.headers.items()
    ]
    return {
        "type": "http",
        "method": request.method,
        "path": request.path,
        "query_string": b"",
        "headers": headers,
        "state": {"caller": caller},
    }


def _answer(sent: list[Message]) -> RawAnswer:
    start, *rest = sent
    headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in start["headers"]}
    body = b"".join(one.get("body", b"") for one in rest)
    return RawAnswer(
        status=start["status"],
        body=body,
        content_type=headers.get("content-type") if body else None,
        headers={"Cache-Control": "no-store"},
    )
