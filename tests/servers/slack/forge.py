"""Requests that Slack would never send: what a stranger who found the app's URL may try.

Every method returns the app's answer. None of these may be 5xx, and none may act on the person's behalf.
"""

import asyncio
import json
from collections.abc import Callable
from typing import Any

from aiohttp import ClientConnectionError

from tests.servers.slack.signed_http import Answer, HttpTransport, Posted


class Forge:
    """Hostile HTTP against the app's URL; bodies are events unless given."""

    def __init__(self, transport: HttpTransport, event: Callable[[], dict[str, Any]]) -> None:
        self._transport = transport
        self._event = event

    async def unsigned(self) -> Answer:
        """Neither time stamp nor signature."""
        return await self._without("X-Slack-Request-Timestamp", "X-Slack-Signature")

    async def without_timestamp(self) -> Answer:
        """A signature, but no time stamp."""
        return await self._without("X-Slack-Request-Timestamp")

    async def wrong_signature(self, signature: str = "v0=" + "0" * 64) -> Answer:
        """A signature that fits no body."""
        return await self._sent({"X-Slack-Signature": signature})

    async def non_ascii_signature(self) -> Answer:
        """Bytes beyond ASCII in the signature: `hmac.compare_digest` raises TypeError on such strings."""
        return await self.wrong_signature("v0=" + "é" * 64)

    async def stale(self, seconds: float = 301) -> Answer:
        """A correct signature that is too old; negative seconds lie in the future."""
        body = self._body()
        at = str(int(self._transport.clock() - seconds))
        return await self._transport.post(
            Posted(body=body, headers=self._transport.headers(body, timestamp=at))
        )

    async def junk_timestamp(self, timestamp: str = "abc") -> Answer:
        """A correct signature over a time stamp that is no number."""
        body = self._body()
        return await self._transport.post(
            Posted(body=body, headers=self._transport.headers(body, timestamp=timestamp))
        )

    async def other_body(self) -> Answer:
        """The signature of one event over another one."""
        headers = self._transport.headers(self._body())
        return await self._transport.post(Posted(body=self._body(), headers=headers))

    async def replay(self, times: int = 1) -> list[Answer]:
        """The last request, as it was, again at once; LookupError if there was none."""
        if self._transport.last is None:
            raise LookupError("nothing was posted yet")
        last = self._transport.last
        return list(await asyncio.gather(*(self._transport.post(last) for _ in range(times))))

    async def huge(self, size: int = 10_000_000, *, signed: bool = False) -> Answer:
        """A body of `size` bytes; status 0 if the app hangs up instead of answering."""
        try:
            return await self.raw(b"a" * size, signed=signed)
        except ClientConnectionError:
            return Answer(status=0, text="")

    async def raw(
        self, body: bytes, *, content_type: str = "application/json", signed: bool = True
    ) -> Answer:
        """Any body at all, by default well signed."""
        headers = self._transport.headers(body, content_type)
        wrong = {} if signed else {"X-Slack-Signature": "v0=" + "0" * 64}
        return await self._transport.post(Posted(body=body, headers=headers | wrong))

    def _body(self) -> bytes:
        return json.dumps(self._event()).encode()

    async def _sent(self, changed: dict[str, str]) -> Answer:
        body = self._body()
        return await self._transport.post(Posted(body=body, headers=self._transport.headers(body) | changed))

    async def _without(self, *names: str) -> Answer:
        body = self._body()
        headers = self._transport.headers(body)
        kept = {name: value for name, value in headers.items() if name not in names}
        return await self._transport.post(Posted(body=body, headers=kept))
