"""A real CalDAV server, Radicale, on a local port: its calls are recorded, and faults can be planned."""

import asyncio
import base64
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

from aiohttp import web
from radicale import config
from radicale.app import Application

from tests.servers.local import LocalServer

USER, PASSWORD = "ann", "pass word 1"

_MAKE = """<?xml version="1.0"?>
<mkcol xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><set><prop>
<resourcetype><collection/><C:calendar/></resourcetype><displayname>{name}</displayname>
<C:supported-calendar-component-set>{components}</C:supported-calendar-component-set>
</prop></set></mkcol>"""


Front = Callable[[web.Request, web.Response], None]
"""A server in front of CalDAV, which changes the headers of an answer."""


def nginx(request: web.Request, response: web.Response) -> None:
    """Packs what may be packed, and weakens its version."""
    if "gzip" in request.headers.get("Accept-Encoding", "") and "ETag" in response.headers:
        response.headers["ETag"] = f"W/{response.headers['ETag']}"


def apache(request: web.Request, response: web.Response) -> None:
    """As ``mod_deflate``: what is packed has a version of its own."""
    if "gzip" in request.headers.get("Accept-Encoding", "") and "ETag" in response.headers:
        response.headers["ETag"] = response.headers["ETag"].removesuffix('"') + '-gzip"'


def weakening(request: web.Request, response: web.Response) -> None:
    """Weakens every version, whatever was asked for."""
    if "ETag" in response.headers:
        response.headers["ETag"] = f"W/{response.headers['ETag']}"


def suffixing(request: web.Request, response: web.Response) -> None:
    """Gives every version a suffix, whatever was asked for."""
    if "ETag" in response.headers:
        response.headers["ETag"] = response.headers["ETag"].removesuffix('"') + '-gzip"'


def dropping(request: web.Request, response: web.Response) -> None:
    """Drops every version."""
    response.headers.pop("ETag", None)


class CalDavServer(LocalServer):
    """Radicale with one account. ``front`` stands before it, where it is given."""

    front: Front | None = None

    def __init__(self, folder: Path) -> None:
        super().__init__([web.route("*", "/{path:.*}", self.answer)])
        (folder / "users").write_text(f"{USER}:{PASSWORD}\n")
        settings = config.load()
        settings.update(
            {
                "auth": {
                    "type": "htpasswd",
                    "htpasswd_filename": str(folder / "users"),
                    "htpasswd_encryption": "plain",
                    "delay": "0",
                },
                "storage": {"filesystem_folder": str(folder / "collections")},
                "logging": {"level": "critical"},
            },
            "test",
        )
        self._application = Application(settings)

    def add_calendar(self, name: str, *, components: tuple[str, ...] = ("VEVENT", "VTODO")) -> str:
        """Make a calendar; returns its path."""
        path = f"/{USER}/{name}/"
        listed = "".join(f'<C:comp name="{one}"/>' for one in components)
        status, _, body = self._call("MKCOL", path, _MAKE.format(name=name, components=listed).encode())
        assert status.startswith("201"), (status, body)
        return path

    def put(self, path: str, text: str) -> None:
        """Store a resource, as another program would."""
        status, _, body = self._call("PUT", path, text.replace("\n", "\r\n").encode(), kind="text/calendar")
        assert status[:3] in ("201", "204"), (status, body)

    def get(self, path: str) -> str | None:
        """The text of a resource; None if it is gone."""
        status, _, body = self._call("GET", path, b"")
        return body.decode() if status.startswith("200") else None

    def delete(self, path: str) -> None:
        """Delete a resource, as another program would."""
        self._call("DELETE", path, b"")

    def resources(self, path: str) -> list[str]:
        """The texts of all resources of a calendar."""
        status, _, body = self._call("GET", path, b"")
        return body.decode().split("BEGIN:VTODO")[1:] if status.startswith("200") else []

    def _call(self, method: str, path: str, body: bytes, *, kind: str = "application/xml") -> Any:
        token = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        return self._wsgi(method, path, body, {"Authorization": f"Basic {token}", "Content-Type": kind})

    def _wsgi(self, method: str, path: str, body: bytes, headers: Any) -> tuple[str, list[Any], bytes]:
        environ: dict[str, Any] = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "SCRIPT_NAME": "",
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "CONTENT_LENGTH": str(len(body)),
            "CONTENT_TYPE": headers.get("Content-Type", ""),
            "wsgi.input": BytesIO(body),
            "wsgi.errors": None,
            "wsgi.url_scheme": "http",
        }
        environ |= {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()}
        answered: list[Any] = []
        parts = self._application(environ, lambda status, found: answered.extend([status, found]))
        return answered[0], answered[1], b"".join(parts)

    async def answer(self, request: web.Request) -> web.Response:
        """What the server answers."""
        body = await request.read()
        status, headers, answer = await asyncio.to_thread(
            self._wsgi, request.method, request.path, body, dict(request.headers)
        )
        kept = {
            name: value for name, value in headers if name.lower() not in ("content-length", "connection")
        }
        response = web.Response(status=int(status[:3]), body=answer, headers=kept)
        if self.front:
            self.front(request, response)
        return response
