"""A strict local server of ICS feeds: versions, redirects, slow bytes, bombs, and what a URL may lead to."""

import asyncio
import gzip
import hashlib
from email.utils import format_datetime
from typing import Any

from aiohttp import web

from tests.servers.local import LocalServer

CHUNK = b"X" * (1 << 16)


def calendar(*events: str, name: str = "", zones: str = "") -> str:
    """An iCalendar file with these events, each as lines."""
    head = (
        f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//test//EN\n{f'X-WR-CALNAME:{name}{chr(10)}' if name else ''}"
    )
    body = "".join(f"BEGIN:VEVENT\n{event.strip()}\nEND:VEVENT\n" for event in events)
    return f"{head}{zones}{body}END:VCALENDAR\n".replace("\n", "\r\n")


class FeedServer(LocalServer):
    """Serves `feeds` by path, with an ETag; refuses what oO should not ask."""

    def __init__(self) -> None:
        super().__init__([web.get("/{path:.*}", self._get)])
        self.feeds: dict[str, str] = {}
        self.redirects: dict[str, str] = {}
        self.last_modified: Any = None
        self.sent_bytes = 0

    def at(self, path: str) -> str:
        """The URL of a path."""
        return f"{self.url}{path}"

    async def _get(self, request: web.Request) -> web.StreamResponse:
        path = request.path
        if path in self.redirects:
            return web.Response(status=302, headers={"Location": self.redirects[path]})
        if path == "/huge.ics":
            return await self._endless(request, CHUNK)
        if path == "/slow.ics":
            return await self._endless(request, b"B", seconds=0.05)
        if path == "/bomb.ics":
            packed = gzip.compress(b"X" * (64 << 20))
            return web.Response(body=packed, headers={"Content-Encoding": "gzip"})
        if path not in self.feeds:
            return web.Response(status=404)
        return self._feed(request, self.feeds[path].encode())

    def _feed(self, request: web.Request, body: bytes) -> web.Response:
        etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        headers = {"ETag": etag, "Content-Type": "text/calendar; charset=utf-8"}
        if self.last_modified:
            headers["Last-Modified"] = format_datetime(self.last_modified, usegmt=True)
        if request.headers.get("If-None-Match") == etag:
            return web.Response(status=304, headers=headers)
        if request.path.endswith(".gz.ics"):
            return web.Response(body=gzip.compress(body), headers={**headers, "Content-Encoding": "gzip"})
        return web.Response(body=body, headers=headers)

    async def _endless(
        self, request: web.Request, chunk: bytes, *, seconds: float = 0.0
    ) -> web.StreamResponse:
        """Send until the other side has had enough, at most 50 MB."""
        response = web.StreamResponse(headers={"Content-Type": "text/calendar"})
        await response.prepare(request)
        while self.sent_bytes < 50 << 20:
            await response.write(chunk)
            self.sent_bytes += len(chunk)
            await asyncio.sleep(seconds)
        return response
