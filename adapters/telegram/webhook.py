"""The webhook: Telegram posts one update at a time and repeats it until the response is 200.

Nothing of a request is read or logged before its secret was compared.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from aiohttp import web

from adapters.telegram.intake import Intake, NotTaken
from adapters.telegram.parse import update_number
from core.errors import SettingsError

WEBHOOK_PATH = "/telegram/webhook"
_SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """Where Telegram reaches oO."""

    url: str
    """Public; without a path of its own, ``WEBHOOK_PATH`` is added."""
    secret: str = field(repr=False)
    """Telegram sends it with every request."""

    def __post_init__(self) -> None:
        if not _SECRET.fullmatch(self.secret):
            fault = "TELEGRAM_WEBHOOK_SECRET may hold 1 to 256 of the characters A-Z, a-z, 0-9, _ and -"
            raise SettingsError((fault,))

    @property
    def address(self) -> str:
        """The URL with ``WEBHOOK_PATH``, unless it names a path of its own."""
        return self.url if urlsplit(self.url).path.strip("/") else self.url.rstrip("/") + WEBHOOK_PATH


def secret_of(token: str) -> str:
    """A secret that every process with the bot's token knows, and nobody without it."""
    return hmac.new(token.encode(), b"oO: secret of the webhook", hashlib.sha256).hexdigest()


async def answer(request: web.Request, webhook: Webhook, intake: Intake) -> web.Response:
    """Store the update: 200 if stored, 503 if Telegram must repeat it; 403, 413 or 400 if not Telegram's."""
    given = request.headers.get(_SECRET_HEADER, "")
    if not hmac.compare_digest(given.encode("utf-8", "surrogateescape"), webhook.secret.encode()):
        return web.Response(status=403)
    try:
        raw = json.loads(await _body(request))
    except (ValueError, RecursionError, web.RequestPayloadError):
        return web.Response(status=400)
    if update_number(raw) is None:
        return web.Response(status=400)
    try:
        await intake.take(raw)
    except NotTaken:
        return web.Response(status=503)
    return web.Response(status=200)


async def _body(request: web.Request) -> bytes:
    """The body. Raises ``ValueError`` for a compressed one, which Telegram never sends.

    aiohttp answers 413 to one above the server's limit.
    """
    if "Content-Encoding" in request.headers:
        raise ValueError("compressed")
    return await request.read()
