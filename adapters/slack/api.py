"""Slack's Web API for unattended work: nothing is retried, nothing personal is logged.

Tests: tests/adapters/slack/test_sending.py, tests/adapters/slack/test_refusals.py.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters.slack.failures import FAILURES, send_failure
from core.errors import FileUnusable, NotSent, SendUnknown

_CHUNK = 64 * 1024

SCOPES = ("chat:write", "commands", "files:read", "files:write", "im:history", "im:write", "users:read")
"""What the app must be allowed to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Time limits in seconds."""

    first_attempt: float = 2.0
    """For the first attempt to connect, which delays the start of the process."""
    connect: float = 5.0
    answer: float = 10.0
    heartbeat: float = 20.0
    """Between two pings of a Socket Mode connection."""
    close: float = 0.2
    """For the closing handshake of a WebSocket."""
    linger: float = 30.0
    """How long a connection that Slack is about to end is still read."""
    lookup: float = 1.2
    """For asking about a person: Slack wants taps to be confirmed within 3 s."""
    first_pause: float = 0.25
    """After the first connection that broke; each further pause is twice as long."""
    max_pause: float = 30.0
    steady: float = 10.0
    """A connection that lasted longer resets the pauses."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """The app that a bot token belongs to."""

    bot: str
    team: str
    missing: tuple[str, ...]
    """Scopes that the app lacks, as far as Slack says."""


class Api:
    """The methods of the Web API. Every call raises only ``SendFailed`` and its subclasses.

    After a 429 a method raises ``NotSent`` without a request, until the time that Slack asked for is over.
    """

    def __init__(self, token: str, url: str, limits: Limits) -> None:
        self.url = url
        self._token = token
        self._limits = limits
        # The default handler posts a second time when a response is lost.
        self._client = AsyncWebClient(
            token=token, base_url=url, retry_handlers=[], logger=quiet_logger("slack_sdk")
        )
        self._client.proxy = None  # the session reads it from the environment, and NO_PROXY too
        self._session: aiohttp.ClientSession | None = None
        self._held_until: dict[str, float] = {}

    async def read(self, method: str, **parameters: str | int) -> Mapping[str, object]:
        """Call a method that takes plain parameters."""
        return _body(await self._call(method, params=parameters))

    async def write(self, method: str, **arguments: object) -> Mapping[str, object]:
        """Call a method that takes JSON."""
        return _body(await self._call(method, json=arguments))

    async def identity(self) -> Identity:
        """Ask Slack which app the token belongs to."""
        answer = await self._call("auth.test")
        body, granted = _body(answer), answer.headers.get("x-oauth-scopes")
        missing = set(SCOPES) - {scope.strip() for scope in granted.split(",")} if granted else set()
        return Identity(bot=str(body.get("user")), team=str(body.get("team")), missing=tuple(sorted(missing)))

    async def upload(self, url: str, content: bytes) -> None:
        """Post a file's content to the URL that Slack gave for it. Nobody sees the file yet."""
        try:
            async with self._open_session().post(url, data=content) as answer:
                answer.raise_for_status()
                await answer.read()
        except FAILURES as exc:
            raise send_failure(exc) from None

    async def download(self, url: str, *, max_bytes: int) -> bytes:
        """The content of a file at an address of Slack's. Raises ``FileUnusable`` if it is larger.

        Without access, Slack redirects to a page for signing in; redirects are not followed.
        """
        content = bytearray()
        try:
            async with self._open_session().get(
                url, headers={"Authorization": f"Bearer {self._token}"}, allow_redirects=False
            ) as answer:
                if answer.status != HTTPStatus.OK:
                    gone = answer.status in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE)
                    raise FileUnusable("gone" if gone else "not_allowed")
                async for part in answer.content.iter_chunked(_CHUNK):
                    content += part
                    if len(content) > max_bytes:
                        raise FileUnusable("too_big")
        except FAILURES as exc:
            raise send_failure(exc) from None
        return bytes(content)

    async def socket(self, app_token: str) -> aiohttp.ClientWebSocketResponse:
        """A new connection for Socket Mode. Each URL works once."""
        url = str((await self.read("apps.connections.open", token=app_token)).get("url"))
        try:
            return await self._open_session().ws_connect(
                url,
                heartbeat=self._limits.heartbeat,
                timeout=aiohttp.ClientWSTimeout(ws_close=self._limits.close),
            )
        except FAILURES as exc:
            raise send_failure(exc) from None  # the cause's text has the URL

    async def close(self) -> None:
        """Close what is open; harmless when nothing is."""
        if self._session:
            await self._session.close()
            await asyncio.sleep(0)  # aiohttp closes its transports in the loop's next round

    async def _call(
        self,
        method: str,
        *,
        params: dict[str, str | int] | None = None,
        json: dict[str, object] | None = None,
    ) -> AsyncSlackResponse:
        self._refuse_while_held(method)
        self._client.session = self._open_session()
        try:
            return await self._client.api_call(method, params=params, json=json)
        except FAILURES as exc:
            failure = send_failure(exc)
            if isinstance(failure, NotSent):
                self._hold(method, failure.retry_after)
            raise failure from None  # the cause quotes the response

    def _open_session(self) -> aiohttp.ClientSession:
        if self._session is None:
            timeout = aiohttp.ClientTimeout(total=self._limits.answer, connect=self._limits.connect)
            self._session = aiohttp.ClientSession(timeout=timeout, trust_env=True)
        return self._session

    def _hold(self, method: str, seconds: float) -> None:
        self._held_until[method] = max(self._held_until.get(method, 0.0), _now() + seconds)

    def _refuse_while_held(self, method: str) -> None:
        left = self._held_until.get(method, 0.0) - _now()
        if left > 0:
            raise NotSent("ratelimited", retry_after=left)


def quiet_logger(name: str) -> logging.Logger:
    """A library's logger at WARNING or above: below, it writes what people say."""
    logger = logging.getLogger(name)
    logger.setLevel(max(logger.level, logging.WARNING))
    return logger


def _body(answer: AsyncSlackResponse) -> Mapping[str, object]:
    if not isinstance(answer.data, dict):
        raise SendUnknown("no answer of Slack's")
    return answer.data


def _now() -> float:
    return asyncio.get_running_loop().time()
