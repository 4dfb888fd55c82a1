"""Todoist's webhooks: ``POST /todoist/webhook`` says that something has changed in an account.

Nothing of a request is used before its signature was compared: HMAC-SHA256 of the body with the client's
secret, in base64. The events themselves are not used, as they may come late and in any order: they only say
whose tasks are to be read again. Todoist repeats a delivery that was not answered with 200, under one id.

Tests: tests/scenarios/test_todoist_webhooks.py.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
from collections.abc import Awaitable, Callable

from aiohttp import web

from core.errors import StoreUnavailable

WEBHOOK_PATH = "/todoist/webhook"
MAX_BODY_BYTES = 256 * 1024
SIGNATURE_HEADER = "X-Todoist-Hmac-SHA256"
DELIVERY_HEADER = "X-Todoist-Delivery-ID"
_ID = re.compile(r"[A-Za-z0-9_.:-]{1,128}")

Changed = Callable[[str, str], Awaitable[None]]
"""Called with the account's id and the delivery's. Raises ``StoreUnavailable``: then Todoist repeats it."""


def webhook(client_secret: str, changed: Changed) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    """The handler. 200 if the delivery is known now; 401, 413 or 400 if it is none of Todoist's.

    503 while the store can't be used.
    """
    key = client_secret.encode()

    async def answer(request: web.Request) -> web.StreamResponse:
        body = await _body(request)
        if not _is_signed(body, request.headers.get(SIGNATURE_HEADER, ""), key):
            return web.Response(status=401)
        account, delivery = _account_of(body), request.headers.get(DELIVERY_HEADER, "")
        if account is None or not _ID.fullmatch(delivery):
            return web.Response(status=400)
        try:
            await changed(account, delivery)
        except StoreUnavailable:
            return web.Response(status=503)
        return web.Response(status=200)

    return answer


async def _body(request: web.Request) -> bytes:
    """The raw body. Raises 413 for a larger one, and 400 for a compressed or broken one."""
    if "Content-Encoding" in request.headers:
        raise web.HTTPBadRequest
    body = bytearray()
    try:
        async for chunk in request.content.iter_chunked(1 << 16):
            body += chunk
            if len(body) > MAX_BODY_BYTES:
                raise web.HTTPRequestEntityTooLarge(max_size=MAX_BODY_BYTES, actual_size=len(body))
    except web.RequestPayloadError:
        raise web.HTTPBadRequest from None
    return bytes(body)


def _is_signed(body: bytes, signature: str, key: bytes) -> bool:
    expected = base64.b64encode(hmac.digest(key, body, hashlib.sha256))
    return hmac.compare_digest(signature.encode("utf-8", "surrogateescape"), expected)


def _account_of(body: bytes) -> str | None:
    """The id of the account that the event is about; None if the body is no event."""
    try:
        event = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(event, dict) or not isinstance(event.get("event_name"), str):
        return None
    user = event.get("user_id")
    found = str(user) if isinstance(user, str | int) and not isinstance(user, bool) else ""
    return found if _ID.fullmatch(found) else None
