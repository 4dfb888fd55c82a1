"""MCP as a route of the HTTP server. Who asks is checked as by the API, before the SDK reads a byte.

Tests: tests/scenarios/test_mcp_http.py.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from aiohttp import web

from adapters.http import Route
from bot.api.faults import problem_answer
from bot.api.problems import Kind, Problem
from bot.api.service import Api
from bot.api.wire import RawAnswer, RawRequest
from bot.cli.api_server import raw_request, response_of
from bot.mcp.exchange import caller_of, exchanged
from bot.mcp.server import server_of
from core.people.tokens import Caller

PATH = "/mcp"


def mcp_routes(api: Api, *, root: str, behind_proxy: bool) -> tuple[Route, ...]:
    """One route, for ``POST``: there are no streams and no sessions to end.

    ``root`` is where browsers reach the server.
    """
    server = server_of(api, _admitted)
    own = origin_of(root)

    async def answer(request: RawRequest) -> RawAnswer:
        try:
            _check_origin(request, own)
            caller, body = await api.receive(request)
        except Problem as problem:
            return problem_answer(problem)
        return await exchanged(server, request, body, caller)

    async def handle(request: web.Request) -> web.StreamResponse:
        return response_of(await answer(raw_request(request, behind_proxy=behind_proxy)))

    return (Route(method="POST", path=PATH, handler=handle),)


async def _admitted(request: Any) -> Caller:
    return caller_of(request)


def origin_of(url: str) -> str:
    """As a browser says it in ``Origin``."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}".lower()


def _check_origin(request: RawRequest, own: str) -> None:
    """Raises ``Problem`` for a page of another site, whatever name it has given this machine."""
    if request.headers.get("origin", own).lower() != own:
        raise Problem(Kind.FOREIGN_PAGE)
