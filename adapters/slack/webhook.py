"""The URL that Slack posts to without Socket Mode: events, taps, forms and commands.

Nothing of a request is parsed or logged before its signature was checked over the raw body.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from http import HTTPStatus
from urllib.parse import parse_qsl

from aiohttp import web

from adapters.slack.intake import Intake
from adapters.slack.signature import RequestVerifier

EVENTS_PATH = "/slack/events"
MAX_FIELDS = 100


async def answer(request: web.Request, verifier: RequestVerifier, intake: Intake) -> web.Response:
    """Store a payload: 200 if stored, 503 if Slack must repeat it; 401, 413 or 400 if it is not Slack's."""
    body = await _body(request)
    signature = request.headers.get("X-Slack-Signature", "")
    timestamp = request.headers.get("X-Slack-Request-Timestamp", "")
    if not verifier.verify(body, timestamp=timestamp, signature=signature):
        return web.Response(status=HTTPStatus.UNAUTHORIZED)
    try:
        payload = _payload(body, request.content_type)
    except (ValueError, RecursionError):
        return web.Response(status=HTTPStatus.BAD_REQUEST)
    match payload:
        case {"type": "url_verification", "challenge": str(challenge)}:
            return web.json_response({"challenge": challenge})
    status = await intake.take(payload)
    if status is HTTPStatus.SERVICE_UNAVAILABLE:
        verifier.forget(signature)
    return web.Response(status=status)


def _payload(body: bytes, content_type: str) -> Mapping[str, object]:
    """The JSON, or the form, or the JSON in the form. Raises ``ValueError`` or ``RecursionError``."""
    text = body.decode()
    if content_type != "application/json":
        fields = dict(parse_qsl(text, keep_blank_values=True, max_num_fields=MAX_FIELDS))
        if "payload" not in fields:
            return fields
        text = fields["payload"]
    payload = json.loads(text)
    if not isinstance(payload, dict):
        raise ValueError("no object")  # noqa: TRY004 - a mistake of the sender
    return payload


async def _body(request: web.Request) -> bytes:
    """The raw body. Raises 413 for one above the server's limit, and 400 for a compressed one, which Slack
    never sends.
    """
    if "Content-Encoding" in request.headers:
        raise web.HTTPBadRequest
    return await request.read()
