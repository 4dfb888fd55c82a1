"""Where browsers come back from Todoist, with a code or a refusal.

The page names nobody and nothing of the request. Nothing of it is logged: the address holds a code.

Tests: tests/scenarios/test_connecting.py.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiohttp import web

MAX_CODE_CHARACTERS = 512

SAFE_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class BrowserPage:
    """What the browser shows."""

    html: str
    status: int


ComeBack = Callable[[str, str | None, str], Awaitable[BrowserPage]]
"""Takes the state, the code (None: the person said no), and what languages the browser accepts."""


def callback(come_back: ComeBack) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    """The handler of the address that is registered with Todoist's app."""

    async def answer(request: web.Request) -> web.StreamResponse:
        code = request.query.get("code", "")
        usable = code if 0 < len(code) <= MAX_CODE_CHARACTERS and "error" not in request.query else None
        page = await come_back(
            request.query.get("state", ""), usable, request.headers.get("Accept-Language", "")
        )
        return web.Response(
            text=page.html,
            status=page.status,
            content_type="text/html",
            charset="utf-8",
            headers=SAFE_HEADERS,
        )

    return answer
