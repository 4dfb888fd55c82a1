"""What can go wrong between a bot and the platform, played on request.

A fault with `delivers` lets the method take effect first: the bot cannot see it, the person can.
`but_delivers` turns that round, since a 502 may come from before or after the work.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import ClassVar, TypeAlias

from aiohttp import web

from tests.servers.telegram.errors import too_many_requests

Respond: TypeAlias = Callable[[web.Request, web.Response], Awaitable[web.StreamResponse]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One way to fail."""

    name: str
    delivers: bool
    respond: Respond

    SERVER_502: ClassVar["Fault"]
    CLOSE_BEFORE_REQUEST: ClassVar["Fault"]
    CLOSE_AFTER_REQUEST: ClassVar["Fault"]
    HANG: ClassVar["Fault"]
    HALF_BODY: ClassVar["Fault"]
    GARBAGE: ClassVar["Fault"]

    @classmethod
    def refuse_429(cls, retry_after: int) -> "Fault":
        """Too many requests, nothing delivered, whatever the real counters say."""
        refusal = too_many_requests(retry_after)

        async def respond(_: web.Request, __: web.Response) -> web.StreamResponse:
            return web.json_response(refusal.body(), status=429, headers=refusal.headers())

        return cls(name="429", delivers=False, respond=respond)

    @classmethod
    def slow(cls, seconds: float) -> "Fault":
        """Delivered at once, answered properly `seconds` later."""

        async def respond(_: web.Request, answer: web.Response) -> web.StreamResponse:
            await asyncio.sleep(seconds)
            return answer

        return cls(name="slow", delivers=True, respond=respond)

    def but_delivers(self, delivers: bool) -> "Fault":
        """The same fault on the other side of the work."""
        return replace(self, delivers=delivers)


class Faults:
    """The faults waiting for the next calls of each method."""

    def __init__(self) -> None:
        self._waiting: dict[str, deque[Fault]] = {}

    def next(self, method: str, fault: Fault, *, times: int = 1) -> None:
        """Play `fault` on the next `times` calls of `method` that have no fault yet."""
        self._waiting.setdefault(method.lower(), deque()).extend([fault] * times)

    def take(self, method: str) -> Fault | None:
        """The fault for this call, if one is waiting."""
        waiting = self._waiting.get(method.lower())
        return waiting.popleft() if waiting else None

    def clear(self) -> None:
        """Forget all that wait."""
        self._waiting.clear()


async def _bad_gateway(_: web.Request, __: web.Response) -> web.StreamResponse:
    return web.Response(status=502, text="<html><h1>502 Bad Gateway</h1></html>", content_type="text/html")


async def _garbage(_: web.Request, __: web.Response) -> web.StreamResponse:
    return web.Response(text="\x00<<<not JSON", content_type="application/json")


async def _hang(_: web.Request, __: web.Response) -> web.StreamResponse:
    """Until the client goes away or the server stops."""
    never: asyncio.Future[web.StreamResponse] = asyncio.get_running_loop().create_future()
    return await never


async def _close(request: web.Request, answer: web.Response) -> web.StreamResponse:
    if request.transport is not None:
        request.transport.close()
    return await _hang(request, answer)


async def _half_body(request: web.Request, answer: web.Response) -> web.StreamResponse:
    body = answer.body
    if not isinstance(body, bytes):
        raise TypeError("an answer of the Bot API is made of bytes")
    half = web.StreamResponse(headers={"Content-Type": "application/json", "Content-Length": str(len(body))})
    await half.prepare(request)
    await half.write(body[: len(body) // 2])
    return await _close(request, answer)


Fault.SERVER_502 = Fault(name="502", delivers=False, respond=_bad_gateway)
Fault.CLOSE_BEFORE_REQUEST = Fault(name="close before", delivers=False, respond=_close)
Fault.CLOSE_AFTER_REQUEST = Fault(name="close after", delivers=True, respond=_close)
Fault.HANG = Fault(name="hang", delivers=True, respond=_hang)
Fault.HALF_BODY = Fault(name="half body", delivers=True, respond=_half_body)
Fault.GARBAGE = Fault(name="garbage", delivers=True, respond=_garbage)
