"""python-telegram-bot's ``Bot``, fit for unattended work: updates stay raw, nothing personal is logged."""

from __future__ import annotations

import json
import logging
import os
from functools import partial

import httpx
from telegram import Bot
from telegram.error import TelegramError
from telegram.request import HTTPXRequest

from adapters.telegram.parse import ALLOWED_UPDATES

POLL_SECONDS = 30
CONNECT_SECONDS = 5.0
ANSWER_SECONDS = 10.0
CONNECTIONS = 256

# httpx writes the bot's token into the log at INFO, the other two write what people say at DEBUG.
TALKATIVE = ("httpx", "httpcore", "telegram")


class Unreadable(TelegramError):
    """What came back is no answer of Telegram's."""


class Request(HTTPXRequest):
    """The library's HTTP client, except that an unreadable answer is an error and not a log line."""

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, object]:
        """The object that Telegram answered with. Raises ``Unreadable`` if it's nothing of the kind."""
        try:
            answer = json.loads(payload.decode("utf-8", "replace"))
        except (ValueError, RecursionError):
            raise Unreadable("no answer of Telegram's") from None  # the cause quotes the payload
        match answer:
            case {"ok": True, "result": _} | {"ok": False}:
                return dict(answer)
        raise Unreadable("no answer of Telegram's")


class Api(Bot):
    """The Bot API."""

    async def updates(self, offset: int | None) -> list[object]:
        """What happened, as plain JSON; waits up to ``POLL_SECONDS`` for it. Confirms all before ``offset``.

        ``Bot.get_updates`` would fail on the whole batch for one malformed update, and log that batch.
        """
        asked = {"offset": offset, "timeout": POLL_SECONDS, "allowed_updates": list(ALLOWED_UPDATES)}
        batch = await self._post("getUpdates", asked, read_timeout=POLL_SECONDS + ANSWER_SECONDS)
        if not isinstance(batch, list):
            raise Unreadable("no answer of Telegram's")
        return batch

    async def close_connections(self) -> None:
        """Close what is open; harmless when nothing is. ``Bot.shutdown`` needs a successful start first."""
        for request in self._request:
            await request.shutdown()


def build_api(token: str, url: str) -> Api:
    """The Bot API under ``url`` for the bot with ``token``.

    Raises the level of the loggers that would give the token or people's words away, and opts in to the
    library's coming type of ``retry_after`` in the environment, the one place where it can be done.
    """
    for name in TALKATIVE:
        logger = logging.getLogger(name)
        logger.setLevel(max(logger.level, logging.WARNING))
    os.environ.setdefault("PTB_TIMEDELTA", "true")
    root = url.rstrip("/")
    connect = partial(
        Request,
        connect_timeout=CONNECT_SECONDS,
        read_timeout=ANSWER_SECONDS,
        httpx_kwargs={"verify": httpx.create_ssl_context()},  # shared: each would load every root certificate
    )
    return Api(
        token,
        base_url=f"{root}/bot",
        base_file_url=f"{root}/file/bot",
        request=connect(connection_pool_size=CONNECTIONS),
        get_updates_request=connect(connection_pool_size=1),
    )
