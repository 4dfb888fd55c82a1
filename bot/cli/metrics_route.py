"""Answers ``GET /metrics``. Prometheus' library is loaded when somebody asks (ADR 0049).

Tests: tests/scenarios/test_webhook.py, tests/bot/cli/test_metrics.py.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from aiohttp import web

from adapters.http import Route

if TYPE_CHECKING:
    from bot.cli.metrics import Metrics


def metrics_route(make: Callable[[], Metrics]) -> Route:
    """The route; ``make`` is called once, when it is first asked."""
    made = cache(make)

    async def answer(request: web.Request) -> web.StreamResponse:
        from prometheus_client import CONTENT_TYPE_LATEST

        page = await made().page()
        return web.Response(body=page, headers={"Content-Type": CONTENT_TYPE_LATEST})

    return Route(method="GET", path="/metrics", handler=answer)
