"""A Telegram that answers what it is told to, however odd: for what the strict server would never say."""

import asyncio
from collections import defaultdict, deque
from urllib.parse import parse_qs

from aiohttp import web

from tests.servers.local import LocalServer

BOT = {"id": 123456, "is_bot": True, "first_name": "oO", "username": "oo_bot"}


class ScriptedTelegram(LocalServer):
    """``script[method]`` holds results, or whole bodies as bytes, for the next calls; then all is well."""

    def __init__(self) -> None:
        super().__init__([web.post("/bot{token}/{method}", self._answer)])
        self.script: defaultdict[str, deque[object]] = defaultdict(deque)

    def sent(self, method: str) -> list[dict[str, str]]:
        """The form parameters of every call of ``method``."""
        calls = self.calls_of(f"/{method}$")
        return [{name: values[0] for name, values in parse_qs(call.body.decode()).items()} for call in calls]

    async def _answer(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        if self.script[method]:
            return _response(self.script[method].popleft())
        if method == "getUpdates":
            await asyncio.Event().wait()
        return _response(BOT if method == "getMe" else True)


def _response(result: object) -> web.Response:
    if isinstance(result, bytes):
        return web.Response(body=result, content_type="application/json")
    return web.json_response({"ok": True, "result": result})
