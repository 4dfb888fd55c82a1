"""python-telegram-bot's ``Bot`` for unattended work: updates stay raw JSON, nothing personal is logged.

Tests: tests/adapters/telegram/test_channel.py.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from typing import Any

import httpx
from telegram import Bot
from telegram.error import RetryAfter, TelegramError, TimedOut
from telegram.request import HTTPXRequest

from adapters.telegram.parse import ALLOWED_UPDATES

MAX_RETRY_AFTER = 86_400
"""Seconds that Telegram is believed to ask for; of much greater numbers no time can be made."""

# httpx writes the bot's token into the log at INFO; the other two write what people say at DEBUG.
VERBOSE_LOGGERS = ("httpx", "httpcore", "telegram")

UPLOAD_SECONDS = 60.0

DEFAULT_RETRY_AFTER = 5
"""Seconds to wait after a 429 that does not say how long, such as that of a gateway before Telegram."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Time limits in seconds, and how many requests may run at once."""

    first_attempt: float = 2.0
    """For the first attempt to connect, which delays the start of the process."""
    connect: float = 5.0
    answer: float = 10.0
    poll: int = 30
    """How long Telegram may hold a long poll open."""
    first_pause: float = 0.25
    """After the first failed attempt; each further pause is twice as long."""
    max_pause: float = 30.0
    connections: int = 256

    @property
    def whole(self) -> float:
        """For a request from start to end; its steps take less, unless somebody sends byte by byte."""
        return self.connect + 2 * self.answer


_SUCCESS = b'{"ok":true,"result":'
"""How Telegram's answers begin."""


class Unreadable(TelegramError):
    """The response is not one of Telegram's."""


class Request(HTTPXRequest):
    """The library's HTTP client; an unreadable response is an error instead of a log line.

    Every request ends: the library limits each step, so an answer that comes byte by byte would take hours.
    """

    __slots__ = ("_seconds",)

    def __init__(self, seconds: float, **options: Any) -> None:
        """``seconds`` for a whole request, and ``UPLOAD_SECONDS`` more for one with a file."""
        super().__init__(**options)
        self._seconds = seconds

    async def do_request(self, *args: Any, **options: Any) -> tuple[int, bytes]:
        """As the library's, within the limit. 429 always says how long to wait.

        Raises ``Unreadable`` for a refusal that came as a success.
        """
        request = options.get("request_data")
        more = UPLOAD_SECONDS if request and request.contains_files else 0.0
        try:
            async with asyncio.timeout(self._seconds + more):
                code, payload = await super().do_request(*args, **options)
        except TimeoutError as fault:
            raise TimedOut from fault
        if code == HTTPStatus.TOO_MANY_REQUESTS and not _says_when(payload):
            raise RetryAfter(DEFAULT_RETRY_AFTER)
        is_sure = code >= HTTPStatus.MULTIPLE_CHOICES or payload.startswith(_SUCCESS)
        if not is_sure and "result" not in self.parse_json_payload(payload):
            raise Unreadable("no answer of Telegram's")
        return code, payload

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, object]:
        """The object in Telegram's response. Raises ``Unreadable`` if there is none."""
        try:
            answer = json.loads(payload.decode("utf-8", "replace"))
        except (ValueError, RecursionError):
            raise Unreadable("no answer of Telegram's") from None  # the cause quotes the payload
        match answer:
            case {"ok": True, "result": _}:
                return dict(answer)
            case {"ok": False}:
                return _refusal(answer)
        raise Unreadable("no answer of Telegram's")


def _refusal(answer: Mapping[str, object]) -> dict[str, object]:
    """What the library reads of a refusal, with values from which it can make an exception."""
    found: dict[str, object] = {"ok": False}
    match answer:
        case {"description": str(description)}:
            found["description"] = description
    match answer:
        case {"parameters": {"retry_after": int(seconds)}} if seconds > 0:
            found["parameters"] = {"retry_after": min(seconds, MAX_RETRY_AFTER)}
        case {"parameters": {"migrate_to_chat_id": int(chat)}}:
            found["parameters"] = {"migrate_to_chat_id": chat}
    return found


def _says_when(payload: bytes) -> bool:
    """Whether a refusal for too many requests says how many seconds to wait."""
    try:
        answer = Request.parse_json_payload(payload)
    except Unreadable:
        return False
    match answer:
        case {"parameters": {"retry_after": int()}}:
            return True
    return False


class Api(Bot):
    """The Bot API."""

    download_seconds = 10.0
    """Time limit for each part of a download."""

    async def updates(self, offset: int | None, limits: Limits) -> list[object]:
        """New updates as plain JSON; waits up to ``limits.poll`` for one. Confirms all before ``offset``.

        ``Bot.get_updates`` would fail on the whole batch for one malformed update, and log that batch.
        """
        query = {"offset": offset, "timeout": limits.poll, "allowed_updates": list(ALLOWED_UPDATES)}
        batch = await self._post("getUpdates", query, read_timeout=limits.poll + limits.answer)
        if not isinstance(batch, list):
            raise Unreadable("no answer of Telegram's")
        return batch

    async def close_connections(self) -> None:
        """Close what is open; harmless when nothing is. ``Bot.shutdown`` needs a successful start first."""
        for request in self._request:
            await request.shutdown()


def build_api(token: str, url: str, limits: Limits) -> Api:
    """The Bot API under ``url`` for the bot with ``token``.

    Side effects: raises the level of the loggers that would reveal the token or people's words, and opts in
    to the library's coming type of ``retry_after``, which only an environment variable can do.
    """
    for name in VERBOSE_LOGGERS:
        logger = logging.getLogger(name)
        logger.setLevel(max(logger.level, logging.WARNING))
    os.environ.setdefault("PTB_TIMEDELTA", "true")
    root = url.rstrip("/")
    connect = partial(
        Request,
        connect_timeout=limits.connect,
        read_timeout=limits.answer,
        httpx_kwargs={"verify": httpx.create_ssl_context()},  # shared: each would load every root certificate
    )
    return Api(
        token,
        base_url=f"{root}/bot",
        base_file_url=f"{root}/file/bot",
        request=connect(limits.whole, connection_pool_size=limits.connections),
        get_updates_request=connect(limits.whole + limits.poll, connection_pool_size=1),
    )
