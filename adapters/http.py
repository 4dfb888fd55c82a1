"""The one HTTP server: ``/healthz``, ``/readyz``, ``/metrics``, and the routes that others bring: webhooks,
OAuth callbacks, the API.

It uses aiohttp, which Slack's Socket Mode needs anyway. It listens on loopback by default.

Tests: tests/adapters/test_http.py.
"""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError
from aiohttp.typedefs import Middleware
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest

from core.errors import traceback_summary

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Readiness = Callable[[], Awaitable[Mapping[str, bool]]]

MAX_BODY_BYTES = 1024 * 1024

log = logging.getLogger(__name__)


_NO_REQUEST = (HttpProcessingError, web.RequestPayloadError, ConnectionResetError)
"""Faults of whoever sends a request."""


class _RequestLog:
    """What aiohttp logs about requests, without anything of the requests: they hold tokens."""

    def debug(self, message: str, *values: object, **options: object) -> None:
        """Nothing: aiohttp's debugging lines quote requests."""

    def exception(self, message: str, *values: object, exc_info: object = None) -> None:
        """One line for a bug; none of those bytes for what is no HTTP."""
        fault = exc_info if isinstance(exc_info, BaseException) else sys.exc_info()[1]
        if fault is None or isinstance(fault, _NO_REQUEST):
            log.info("a request was no HTTP, or broke off: %s", type(fault).__name__)
        else:
            log.error("unexpected %s", traceback_summary(fault))


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One method of one path."""

    method: str
    """In capitals, such as ``POST``. ``GET`` answers ``HEAD`` as well."""
    path: str
    """As in aiohttp: ``/v1/tasks/{task_id}``."""
    handler: Handler
    """Reads the body itself, up to ``MAX_BODY_BYTES``; aiohttp answers 413 to a larger one. A compressed body
    comes as it was sent.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpLimits:
    """How long, in seconds, somebody may keep a connection without a whole request."""

    headers: float = 30.0
    """For the headers of a request, and between two requests."""
    body: float = 30.0
    """For the body after the headers. The answer may take longer."""
    rest: float = 5.0
    """For the rest of a body that nobody reads, after the answer."""


class _TooSlow(web.RequestPayloadError):
    """The body did not arrive in time."""


@web.middleware
async def _refuse_broken_bodies(request: web.Request, handler: Handler) -> web.StreamResponse:
    """400 for a body that ends early, or whose chunks are none; 408 for one that comes too slowly."""
    try:
        return await handler(request)
    except _TooSlow:
        answer = web.HTTPRequestTimeout()
        answer.force_close()
        raise answer from None
    except web.RequestPayloadError:
        raise web.HTTPBadRequest from None


def _bound_bodies(seconds: float) -> Middleware:
    """Whoever reads a body gets an error once it has taken ``seconds`` and is not complete."""

    @web.middleware
    async def bound(request: web.Request, handler: Handler) -> web.StreamResponse:
        if request.content.is_eof():
            return await handler(request)

        def end() -> None:
            if not request.content.is_eof():
                request.content.set_exception(_TooSlow())

        timer = asyncio.get_running_loop().call_later(seconds, end)
        try:
            return await handler(request)
        finally:
            timer.cancel()

    return bound


class HttpServer:
    """Serves the operator's pages and ``routes``."""

    def __init__(
        self,
        host: str,
        port: int,
        *,
        routes: Sequence[Route],
        readiness: Readiness,
        registry: CollectorRegistry,
        refresh: Callable[[], Awaitable[None]],
        limits: HttpLimits = HttpLimits(),
    ) -> None:
        """``refresh`` updates the metrics in ``registry``. Raises ``ValueError`` for a route given twice."""
        self._host = host
        self._port = port
        self._readiness = readiness
        self._registry = registry
        self._refresh = refresh
        self._app = web.Application(
            client_max_size=MAX_BODY_BYTES, middlewares=[_refuse_broken_bodies, _bound_bodies(limits.body)]
        )
        every = (*self._own_routes(), *routes)
        if len({(route.method, route.path) for route in every}) < len(every):
            raise ValueError("two routes have the same method and path")
        for route in every:
            self._add(route)
        self._runner = web.AppRunner(
            self._app,
            access_log=None,
            logger=_RequestLog(),
            auto_decompress=False,  # what claims to be compressed is either no such thing, or may be a bomb
            handle_signals=False,
            shutdown_timeout=1.0,
            # It counts from the beginning of a connection, so it bounds the headers as well.
            keepalive_timeout=limits.headers,
            lingering_time=limits.rest,
        )

    async def start(self) -> int:
        """Listen; returns the port. Raises ``OSError`` when the address is taken."""
        await self._runner.setup()
        site = web.TCPSite(self._runner, self._host, self._port)
        await site.start()
        port: int = self._runner.addresses[0][1]
        return port

    async def stop(self) -> None:
        """Finish open requests and close."""
        await self._runner.cleanup()

    def _own_routes(self) -> tuple[Route, ...]:
        return (
            Route(method="GET", path="/healthz", handler=self._healthz),
            Route(method="GET", path="/readyz", handler=self._readyz),
            Route(method="GET", path="/metrics", handler=self._metrics),
        )

    def _add(self, route: Route) -> None:
        if route.method == "GET":
            self._app.router.add_get(route.path, route.handler)
        else:
            self._app.router.add_route(route.method, route.path, route.handler)

    async def _healthz(self, request: web.Request) -> web.Response:
        return web.json_response({"status": "ok"})

    async def _readyz(self, request: web.Request) -> web.Response:
        parts = dict(await self._readiness())
        if wanted := [part for part in request.query.getall("part", []) if part]:
            if not set(wanted) <= parts.keys():
                raise web.HTTPNotFound
            parts = {part: parts[part] for part in wanted}
        return web.json_response(parts, status=200 if all(parts.values()) else 503)

    async def _metrics(self, request: web.Request) -> web.Response:
        await self._refresh()
        page = generate_latest(self._registry)
        return web.Response(body=page, headers={"Content-Type": CONTENT_TYPE_LATEST})
