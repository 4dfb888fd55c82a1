"""The HTTP server: webhooks of the channels, ``/healthz``, ``/readyz``, ``/metrics``.

It uses aiohttp, which Slack's Socket Mode needs anyway. It serves nothing personal, and listens on loopback
by default.

Tests: tests/scenarios/test_webhook.py.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest

Handler = Callable[[web.Request], Awaitable[web.Response]]
Readiness = Callable[[], Awaitable[Mapping[str, bool]]]

MAX_BODY_BYTES = 1024 * 1024


class HttpServer:
    """Serves webhooks and the operator's pages."""

    def __init__(
        self,
        host: str,
        port: int,
        *,
        posts: Mapping[str, Handler],
        readiness: Readiness,
        registry: CollectorRegistry,
        refresh: Callable[[], Awaitable[None]],
    ) -> None:
        """``posts``: handlers of POST requests by path. ``refresh`` updates the metrics in ``registry``."""
        self._host = host
        self._port = port
        self._readiness = readiness
        self._registry = registry
        self._refresh = refresh
        self._app = web.Application(client_max_size=MAX_BODY_BYTES)
        self._app.router.add_get("/healthz", self._healthz)
        self._app.router.add_get("/readyz", self._readyz)
        self._app.router.add_get("/metrics", self._metrics)
        for path, handler in posts.items():
            self._app.router.add_post(path, handler)
        self._runner = web.AppRunner(self._app, access_log=None, handle_signals=False, shutdown_timeout=1.0)

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

    async def _healthz(self, request: web.Request) -> web.Response:
        return web.json_response({"status": "ok"})

    async def _readyz(self, request: web.Request) -> web.Response:
        parts = dict(await self._readiness())
        return web.json_response(parts, status=200 if all(parts.values()) else 503)

    async def _metrics(self, request: web.Request) -> web.Response:
        await self._refresh()
        page = generate_latest(self._registry)
        return web.Response(body=page, headers={"Content-Type": CONTENT_TYPE_LATEST})
