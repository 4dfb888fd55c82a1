"""Signed HTTP: the Events API, interactions and slash commands as Slack posts them to an app's URL."""

import asyncio
import hashlib
import hmac
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from aiohttp import ClientConnectionError, ClientResponse, ClientSession, ClientTimeout

from tests.servers.slack.dispatcher import AttemptResult, DeliveryAttempt
from tests.servers.slack.limits import Clock
from tests.waiting import WAIT_LIMIT

_JSON = "application/json"
_FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """A request as it went out."""

    body: bytes
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back."""

    status: int
    text: str
    no_retry: bool = False


def sign(secret: str, timestamp: str, body: bytes) -> str:
    """`X-Slack-Signature`: HMAC-SHA256 over `v0:timestamp:body`; docs.slack.dev, verifying requests."""
    signed = b":".join([b"v0", timestamp.encode(), body])
    return f"v0={hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()}"


class HttpTransport:
    """Posts to the app's URL; `last` is the newest request, for replays."""

    def __init__(self, *, url: str, secret: str, clock: Clock) -> None:
        self.url = url
        self.secret = secret
        self.clock = clock
        self.last: Posted | None = None
        self._session: ClientSession | None = None

    async def transmit(self, attempt: DeliveryAttempt, *, within: float) -> AttemptResult:
        """Post the parcel; any 2xx acknowledges it."""
        encoded = _encoded(attempt)
        retry = {"X-Slack-Retry-Num": str(attempt.number), "X-Slack-Retry-Reason": attempt.reason}
        headers = self.headers(encoded.body, encoded.content_type) | (retry if attempt.number else {})
        try:
            answer = await self.post(Posted(body=encoded.body, headers=headers), within=within)
        except TimeoutError:
            return AttemptResult(problem="http_timeout")
        except ClientConnectionError:
            return AttemptResult(problem="connection_failed")
        if not 200 <= answer.status < 300:
            return AttemptResult(problem="http_error", response=answer.status, no_retry=answer.no_retry)
        return AttemptResult(response=_decoded(answer.text))

    async def post(self, posted: Posted, *, within: float = WAIT_LIMIT) -> Answer:
        """Post exactly this."""
        self.last = posted
        session = self._open()
        timeout = ClientTimeout(total=within)
        async with session.post(
            self.url,
            data=io.BytesIO(posted.body),
            headers=posted.headers,
            timeout=timeout,
            allow_redirects=False,
        ) as response:
            return await _answer(response)

    async def verify_url(self) -> bool:
        """Whether the app answers the `url_verification` challenge as it has to."""
        challenge = "3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P"
        body = json.dumps({"type": "url_verification", "token": "t", "challenge": challenge}).encode()
        answer = await self.post(Posted(body=body, headers=self.headers(body, _JSON)))
        return answer.status == 200 and _decoded(answer.text) in (challenge, {"challenge": challenge})

    def headers(self, body: bytes, content_type: str = _JSON, *, timestamp: str = "") -> dict[str, str]:
        """Content type, time stamp (now unless given) and signature."""
        at = timestamp or str(int(self.clock()))
        return {
            "Content-Type": content_type,
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            "X-Slack-Request-Timestamp": at,
            "X-Slack-Signature": sign(self.secret, at, body),
        }

    async def close(self) -> None:
        """Close all connections."""
        if self._session:
            await self._session.close()
            self._session = None
            # aiohttp closes the transports in the next round of the loop
            await asyncio.sleep(0)

    def _open(self) -> ClientSession:
        self._session = self._session or ClientSession()
        return self._session


async def _answer(response: ClientResponse) -> Answer:
    no_retry = response.headers.get("X-Slack-No-Retry") == "1"
    return Answer(status=response.status, text=await response.text(), no_retry=no_retry)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Encoded:
    body: bytes
    content_type: str


def _encoded(attempt: DeliveryAttempt) -> _Encoded:
    if attempt.kind == "events_api":
        return _Encoded(body=json.dumps(attempt.payload).encode(), content_type=_JSON)
    fields = {"payload": json.dumps(attempt.payload)} if attempt.kind == "interactive" else attempt.payload
    return _Encoded(body=urlencode(fields).encode(), content_type=_FORM)


def _decoded(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text or None
