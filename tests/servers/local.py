"""The room all local HTTP servers of the tests share: listen on 127.0.0.1, record every call, play faults.

A fault is what a server does instead of answering. It is planned for a number of calls and, if wished, only
for those whose `METHOD /path` matches; a late fault strikes after the work is done: only the answer is lost.
"""

import asyncio
import json
import math
import re
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NoReturn, Self

from aiohttp import web

from tests.waiting import WAIT_LIMIT

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Fault = Handler


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One request as it arrived, kept whether or not it was answered."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes

    @property
    def name(self) -> str:
        """`METHOD /path`: what faults and waits are matched against."""
        return f"{self.method} {self.path}"

    @property
    def json(self) -> Any:
        """The body, parsed; ValueError if it is no JSON."""
        return json.loads(self.body)


@dataclass(slots=True, kw_only=True)
class _Planned:
    fault: Fault
    on: re.Pattern[str]
    left: float
    late: bool


@dataclass(slots=True)
class Faults:
    """What goes wrong next, first planned first."""

    _planned: list[_Planned] = field(default_factory=list)

    def plan(self, fault: Fault, *, on: str = "", times: float = 1, late: bool = False) -> None:
        """Let `fault` answer the next `times` calls whose `METHOD /path` matches the expression `on`."""
        self._planned.append(_Planned(fault=fault, on=re.compile(on), left=times, late=late))

    def always(self, fault: Fault, *, on: str = "") -> None:
        """Let `fault` answer every matching call until `clear`."""
        self.plan(fault, on=on, times=math.inf)

    def clear(self) -> None:
        """Forget everything planned: the server is well again."""
        self._planned.clear()

    def take(self, call: Call) -> _Planned | None:
        """The fault due for `call`, counted as played; None if there is none."""
        for planned in self._planned:
            if planned.left > 0 and planned.on.search(call.name):
                planned.left -= 1
                return planned
        return None


def status(code: int, *, body: str = "", content_type: str = "text/html", **headers: str) -> Fault:
    """Answer with this status; a header is given as `Retry_After="2"`."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}

    async def answer(_request: web.Request) -> web.Response:
        return web.Response(status=code, text=body, content_type=content_type, headers=named)

    return answer


async def hang(_request: web.Request) -> NoReturn:
    """Accept the request and never answer it."""
    await asyncio.Event().wait()
    raise AssertionError("nobody sets the event")


async def close(request: web.Request) -> web.StreamResponse:
    """Read the request, then close the connection without a byte of answer."""
    _transport(request).abort()
    return web.Response()


async def half_body(request: web.Request) -> web.StreamResponse:
    """Promise a kilobyte of JSON and close the connection in the middle of it."""
    response = web.StreamResponse(headers={"Content-Type": "application/json", "Content-Length": "1024"})
    await response.prepare(request)
    await response.write(b'{"results": [{"id": "6X')
    _transport(request).close()
    return response


async def garbage(_request: web.Request) -> web.Response:
    """Answer 200 with JSON's content type and bytes that are no JSON and no UTF-8."""
    return web.Response(body=b"\xff\xfe<html>{{not json", content_type="application/json")


async def nothing(_request: web.Request) -> web.Response:
    """Answer 200 with an empty body."""
    return web.Response(content_type="application/json")


class LocalServer:
    """An aiohttp application on a free port of 127.0.0.1; `stop` and `start` keep the port."""

    def __init__(self, routes: Iterable[web.RouteDef], *, max_body: int = 1 << 20) -> None:
        self.calls: list[Call] = []
        self.faults = Faults()
        self._routes = tuple(routes)
        self._max_body = max_body
        self._port = 0
        self._runner: web.AppRunner | None = None
        self._called = asyncio.Condition()

    @property
    def url(self) -> str:
        """The root without a slash at its end."""
        return f"http://127.0.0.1:{self._port}"

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_exc: object) -> None:
        await self.stop()

    async def start(self) -> None:
        """Listen; a second start listens where the first one did."""
        app = web.Application(middlewares=[self._serve], client_max_size=self._max_body)
        app.add_routes(self._routes)
        self._runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=0.05)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self._port).start()
        self._port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        """Stop listening and drop every open connection."""
        if self._runner:
            await self._runner.cleanup()
            self._runner = None

    def calls_of(self, pattern: str) -> list[Call]:
        """The calls so far whose `METHOD /path` matches the regular expression."""
        return [call for call in self.calls if re.search(pattern, call.name)]

    async def expect_calls(self, pattern: str, *, count: int = 1, within: float = WAIT_LIMIT) -> list[Call]:
        """The matching calls as soon as there are `count`; TimeoutError after `within` seconds."""
        async with asyncio.timeout(within), self._called:
            await self._called.wait_for(lambda: len(self.calls_of(pattern)) >= count)
        return self.calls_of(pattern)

    @web.middleware
    async def _serve(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        call = await self._record(request)
        planned = self.faults.take(call)
        if planned is None:
            return await handler(request)
        if planned.late:
            await handler(request)
        return await planned.fault(request)

    async def _record(self, request: web.Request) -> Call:
        call = Call(
            method=request.method,
            path=request.path,
            query=dict(request.query),
            headers=dict(request.headers),
            body=await request.read(),
        )
        async with self._called:
            self.calls.append(call)
            self._called.notify_all()
        return call


def _transport(request: web.Request) -> asyncio.Transport:
    transport = request.transport
    if not isinstance(transport, asyncio.Transport):
        raise ConnectionError("the caller has already gone")
    return transport
