"""Slack's Web API for unattended work: nothing is retried, nothing personal is logged.

Tests: tests/adapters/slack/test_sending.py, tests/adapters/slack/test_refusals.py.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Protocol

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters.pace import OwnPaces
from adapters.slack.failures import FAILURES, send_failure
from adapters.slack.gate import of_method
from core.errors import FileUnusable, NotSent, SendRejected, SendUnknown
from core.ports import PaceBook

_CHUNK = 64 * 1024

SCOPES = ("chat:write", "commands", "files:read", "files:write", "im:history", "im:write", "users:read")
"""What the app must be allowed to do."""

OPTIONAL_SCOPES = ("dnd:read",)
"""What the app asks for and does without: see ``adapters/slack/notifications.py``."""


EXPIRED = "token_expired"
_TOKEN_REFUSED = frozenset({EXPIRED, "account_inactive", "invalid_auth", "token_revoked"})
"""Codes with which Slack refuses a token, whatever it is used for."""


class TokenSource(Protocol):
    """The bot token of one workspace."""

    async def get(self) -> str:
        """A token to use now.

        Raises ``Unreachable`` if the workspace has none, and ``NotSent`` if there is none now.
        """
        ...

    async def another(self, refused: str, refusal: SendRejected) -> str:
        """Another token than the one that Slack refused. Raises as ``get``, and ``refusal``."""
        ...


class FixedToken:
    """The token in the operator's settings."""

    def __init__(self, token: str) -> None:
        self._token = token

    async def get(self) -> str:
        """The token."""
        return self._token

    async def another(self, refused: str, refusal: SendRejected) -> str:
        """There is none. Raises ``refusal``."""
        raise refusal


class Sessions:
    """The HTTP session that all workspaces share; opened at its first use."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._session: aiohttp.ClientSession | None = None

    def open(self) -> aiohttp.ClientSession:
        """The session."""
        if self._session is None:
            timeout = aiohttp.ClientTimeout(total=self._limits.answer, connect=self._limits.connect)
            self._session = aiohttp.ClientSession(timeout=timeout, trust_env=True)
        return self._session

    async def close(self) -> None:
        """Close it; harmless when it is not open."""
        if self._session:
            await self._session.close()
            await asyncio.sleep(0)  # aiohttp closes its transports in the loop's next round


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
    """Its name."""
    team_id: str
    missing: tuple[str, ...]
    """Scopes that the app lacks, as far as Slack says."""
    lacking: tuple[str, ...] = ()
    """The same of optional scopes."""


class Api:
    """The methods of the Web API. Every call raises only ``SendFailed`` and its subclasses.

    After a 429 a method raises ``NotSent`` without a request, until the time that Slack asked for is over.
    """

    def __init__(
        self,
        token: str | TokenSource,
        url: str,
        limits: Limits,
        sessions: Sessions | None = None,
        *,
        workspace_id: str = "",
    ) -> None:
        """``workspace_id``: empty for the operator's own workspace."""
        self.url = url
        self.book: PaceBook = OwnPaces()
        """What Slack demanded, as other processes know it too."""
        self._workspace_id = workspace_id
        self._tokens = FixedToken(token) if isinstance(token, str) else token
        self._limits = limits
        # The default handler posts a second time when a response is lost.
        self._client = AsyncWebClient(base_url=url, retry_handlers=[], logger=quiet_logger("slack_sdk"))
        self._client.proxy = None  # the session reads it from the environment, and NO_PROXY too
        self._sessions = sessions or Sessions(limits)

    def using(self, tokens: TokenSource, workspace_id: str) -> Api:
        """The API of another workspace. Both share the session, and are closed together."""
        other = Api(tokens, self.url, self._limits, self._sessions, workspace_id=workspace_id)
        other.book = self.book
        return other

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
        has = {scope.strip() for scope in granted.split(",")} if granted else {*SCOPES, *OPTIONAL_SCOPES}
        return Identity(
            bot=str(body.get("user")),
            team=str(body.get("team")),
            team_id=str(body.get("team_id")),
            missing=tuple(sorted({*SCOPES} - has)),
            lacking=tuple(sorted({*OPTIONAL_SCOPES} - has)),
        )

    async def upload(self, url: str, content: bytes) -> None:
        """Post a file's content to the URL that Slack gave for it. Nobody sees the file yet."""
        try:
            async with self._sessions.open().post(url, data=content) as answer:
                answer.raise_for_status()
                await answer.read()
        except FAILURES as exc:
            raise send_failure(exc) from None

    async def download(self, url: str, *, max_bytes: int) -> bytes:
        """The content of a file at an address of Slack's. Raises ``FileUnusable`` if it is larger.

        Without access, Slack redirects to a page for signing in; redirects are not followed.
        """
        content, token = bytearray(), await self._tokens.get()
        try:
            async with self._sessions.open().get(
                url, headers={"Authorization": f"Bearer {token}"}, allow_redirects=False
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
        self._refuse_while_held("apps.connections.open")
        opened = _body(await self._attempt("apps.connections.open", app_token))
        url = str(opened.get("url"))
        try:
            return await self._sessions.open().ws_connect(
                url,
                heartbeat=self._limits.heartbeat,
                timeout=aiohttp.ClientWSTimeout(ws_close=self._limits.close),
            )
        except FAILURES as exc:
            raise send_failure(exc) from None  # the cause's text has the URL

    async def close(self) -> None:
        """Close what is open; harmless when nothing is."""
        await self._sessions.close()

    async def _call(
        self,
        method: str,
        *,
        params: dict[str, str | int] | None = None,
        json: dict[str, object] | None = None,
    ) -> AsyncSlackResponse:
        self._refuse_while_held(method)
        token = await self._tokens.get()
        try:
            return await self._attempt(method, token, params=params, json=json)
        except SendRejected as refusal:
            if str(refusal) not in _TOKEN_REFUSED:
                raise
            token = await self._tokens.another(token, refusal)
        # The refused request had no effect, so it may be repeated.
        return await self._attempt(method, token, params=params, json=json)

    async def _attempt(
        self,
        method: str,
        token: str,
        *,
        params: dict[str, str | int] | None = None,
        json: dict[str, object] | None = None,
    ) -> AsyncSlackResponse:
        self._client.session = self._sessions.open()
        self._client.token = token  # read before the call first waits
        try:
            return await self._client.api_call(method, params=params, json=json)
        except FAILURES as exc:
            failure = send_failure(exc)
            if isinstance(failure, NotSent):
                self._hold(method, failure.retry_after)
            raise failure from None  # the cause quotes the response

    def _hold(self, method: str, seconds: float) -> None:
        if seconds > 0:
            self.book.hold(of_method(method, self._workspace_id), seconds)

    def _refuse_while_held(self, method: str) -> None:
        left = self.book.left(of_method(method, self._workspace_id))
        if left > 0:
            raise NotSent("ratelimited", retry_after=left)


def quiet_logger(name: str, least: int = logging.WARNING) -> logging.Logger:
    """A library's logger at WARNING or above: below, it writes what people say."""
    logger = logging.getLogger(name)
    logger.setLevel(max(logger.level, least))
    return logger


def _body(answer: AsyncSlackResponse) -> Mapping[str, object]:
    if not isinstance(answer.data, dict):
        raise SendUnknown("no answer of Slack's")
    return answer.data
