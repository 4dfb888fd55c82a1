"""A strict local push service (RFC 8030, 8188, 8291, 8292), and the browsers that subscribed there.

async with PushService() as service:
    phone = service.subscribe(channel.public_key)
    ...
    (shown,) = await phone.expect_messages()
    shown.content["title"]

It refuses whatever a real one refuses, decrypts as a browser does, and keeps what it delivered. A message for
a browser that is offline waits: a later one with the same topic replaces it, and its TTL ends it.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
from aiohttp import web
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from jwt.utils import base64url_decode, base64url_encode

from adapters.clock import SystemRandomSource, random_bytes
from tests.servers.local import LocalServer
from tests.waiting import WAIT_LIMIT

MAX_BODY = 4096
DAY = timedelta(days=1)
URGENCIES = {"very-low", "low", "normal", "high"}


class Refused(Exception):
    """A request that a real push service refuses too."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status


@dataclass(frozen=True, slots=True, kw_only=True)
class Pushed:
    """A message as the browser decrypted it."""

    text: str
    ttl: int
    urgency: str
    topic: str | None
    size: int
    """Bytes of the encrypted body."""
    claims: dict[str, Any]
    """What the sender signed."""

    @property
    def content(self) -> Any:
        """The text as JSON."""
        return json.loads(self.text)


@dataclass(slots=True, kw_only=True)
class Browser:
    """A browser with a subscription."""

    name: str
    endpoint: str
    sender_key: str
    """The key that it subscribed with: nobody else may send."""
    key: ec.EllipticCurvePrivateKey = field(repr=False)
    secret: bytes = field(repr=False)
    online: bool = True
    gone: int | None = None
    """The status by which its push service says that it is gone."""
    shown: list[Pushed] = field(default_factory=list)
    waiting: list[tuple[datetime, Pushed]] = field(default_factory=list)
    changed: asyncio.Condition = field(default_factory=asyncio.Condition, repr=False)

    @property
    def p256dh(self) -> str:
        """Its public key."""
        return _text(self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))

    @property
    def auth(self) -> str:
        """Its shared secret."""
        return _text(self.secret)

    def as_json(self) -> dict[str, Any]:
        """What ``PushSubscription.toJSON()`` gives to a page."""
        keys = {"p256dh": self.p256dh, "auth": self.auth}
        return {"endpoint": self.endpoint, "expirationTime": None, "keys": keys}

    async def expect_messages(self, count: int = 1) -> list[Pushed]:
        """What it has got, as soon as it has got that many."""
        async with asyncio.timeout(WAIT_LIMIT), self.changed:
            await self.changed.wait_for(lambda: len(self.shown) >= count)
        return self.shown


class PushService(LocalServer):
    """Listens on 127.0.0.1, without TLS."""

    def __init__(self, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:  # noqa: TID251
        super().__init__([web.post("/push/{name}", self._push)])
        self.browsers: dict[str, Browser] = {}
        self.refusals: list[str] = []
        self._now = now

    def subscribe(self, sender_key: str) -> Browser:
        """A new browser."""
        name = SystemRandomSource().secret()
        browser = Browser(
            name=name,
            endpoint=f"{self.url}/push/{name}",
            sender_key=sender_key,
            key=ec.generate_private_key(ec.SECP256R1()),
            secret=random_bytes(16),
        )
        self.browsers[name] = browser
        return browser

    async def connect(self, browser: Browser) -> None:
        """The browser comes online and gets what waits and has not ended."""
        browser.online = True
        waiting, browser.waiting = browser.waiting, []
        for ends_at, message in waiting:
            if ends_at > self._now():
                await self._show(browser, message)

    async def _push(self, request: web.Request) -> web.Response:
        try:
            browser = self._known(request.match_info["name"])
            message = self._checked(request, browser, await request.read())
        except Refused as refusal:
            self.refusals.append(str(refusal))
            return web.json_response({"message": str(refusal)}, status=refusal.status)
        await self._deliver(browser, message)
        return web.Response(status=201, headers={"Location": f"{self.url}/message/{len(self.calls)}"})

    def _known(self, name: str) -> Browser:
        browser = self.browsers.get(name)
        status = browser.gone if browser and browser.gone else 404
        if browser is None or browser.gone:
            raise Refused(status, "no such subscription")
        return browser

    def _checked(self, request: web.Request, browser: Browser, body: bytes) -> Pushed:
        claims = self._sender(request.headers.get("Authorization", ""), browser)
        ttl = request.headers.get("TTL", "")
        _demand(re.fullmatch(r"[0-9]{1,9}", ttl), 400, "no TTL")
        _demand(request.headers.get("Content-Encoding") == "aes128gcm", 400, "not aes128gcm")
        urgency = request.headers.get("Urgency", "normal")
        _demand(urgency in URGENCIES, 400, "no such urgency")
        topic = request.headers.get("Topic")
        _demand(topic is None or re.fullmatch(r"[A-Za-z0-9_-]{1,32}", topic), 400, "no topic")
        _demand(len(body) <= MAX_BODY, 413, "too large")
        text = decrypted(body, browser.key, browser.secret)
        return Pushed(text=text, ttl=int(ttl), urgency=urgency, topic=topic, size=len(body), claims=claims)

    def _sender(self, header: str, browser: Browser) -> dict[str, Any]:
        found = re.fullmatch(r"vapid t=([\w.-]+), ?k=([\w-]+)", header)
        _demand(found, 401, "no VAPID")
        assert found
        token, key = found.groups()
        _demand(key == browser.sender_key, 403, "not the key of the subscription")
        point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), base64url_decode(key))
        try:
            options: Any = {"verify_exp": False, "require": ["aud", "exp"]}
            claims = jwt.decode(token, point, algorithms=["ES256"], audience=self.url, options=options)
        except jwt.InvalidTokenError as fault:
            raise Refused(401, f"token: {fault}") from fault
        ends_at = datetime.fromtimestamp(claims["exp"], UTC)
        _demand(self._now() < ends_at <= self._now() + DAY, 401, "the token ended, or lasts for too long")
        _demand(re.match(r"mailto:\S+@\S+|https://\S+", claims.get("sub", "")), 401, "no contact")
        return dict(claims)

    async def _deliver(self, browser: Browser, message: Pushed) -> None:
        if browser.online:
            await self._show(browser, message)
            return
        browser.waiting = [
            one for one in browser.waiting if not message.topic or one[1].topic != message.topic
        ]
        if message.ttl:
            browser.waiting.append((self._now() + timedelta(seconds=message.ttl), message))

    async def _show(self, browser: Browser, message: Pushed) -> None:
        async with browser.changed:
            browser.shown.append(message)
            browser.changed.notify_all()


def decrypted(body: bytes, key: ec.EllipticCurvePrivateKey, secret: bytes) -> str:
    """The text of a body, as the browser with that key reads it. Raises ``Refused``."""
    _demand(len(body) >= 21 and body[20] == 65 and len(body) >= 86 + 17, 400, "no header of aes128gcm")
    salt, size, sender = body[:16], int.from_bytes(body[16:20], "big"), body[21:86]
    _demand(len(body) - 86 <= size, 400, "more than one record")
    try:
        point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sender)
    except ValueError as fault:
        raise Refused(400, "no key of a sender") from fault
    own = key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    material = _derived(
        key.exchange(ec.ECDH(), point), salt=secret, info=b"WebPush: info\x00" + own + sender, length=32
    )
    aead = AESGCM(_derived(material, salt=salt, info=b"Content-Encoding: aes128gcm\x00", length=16))
    nonce = _derived(material, salt=salt, info=b"Content-Encoding: nonce\x00", length=12)
    try:
        padded = aead.decrypt(nonce, body[86:], None)
    except InvalidTag as fault:
        raise Refused(400, "it can't be decrypted") from fault
    text, delimiter, padding = padded.rpartition(b"\x02")
    _demand(delimiter and not padding.strip(b"\x00"), 400, "no delimiter of the last record")
    return text.decode()


def _derived(material: bytes, *, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(algorithm=SHA256(), length=length, salt=salt, info=info).derive(material)


def _demand(holds: object, status: int, why: str) -> None:
    if not holds:
        raise Refused(status, why)


def _text(data: bytes) -> str:
    return base64url_encode(data).decode()
