"""Socket Mode: Slack delivers over a WebSocket that oO opens; every envelope is confirmed on it.

The SDK's client is not used. After a lost handshake it retries the used-up URL without end, it closes the old
connection before it opens the next, and it leaves tasks running when it is stopped.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Coroutine, Mapping
from contextlib import suppress
from http import HTTPStatus

import aiohttp

from adapters.slack.api import Api
from adapters.slack.intake import Intake

log = logging.getLogger(__name__)

STOP_TIMEOUT_SECONDS = 0.3


class Socket:
    """The connection to Slack; two of them while Slack replaces one by the next."""

    def __init__(self, api: Api, app_token: str, intake: Intake, linger_seconds: float) -> None:
        """``linger_seconds``: how long a connection that Slack is about to end is still read."""
        self._api = api
        self._app_token = app_token
        self._intake = intake
        self._linger_seconds = linger_seconds
        self._connections: set[asyncio.Task[None]] = set()
        self._answers: set[asyncio.Task[None]] = set()

    async def open(self) -> asyncio.Event:
        """Open a connection; an earlier one stays open until Slack ends it. Raises ``SendFailed``.

        The returned event is set when Slack asks for a new connection, or this one breaks.
        """
        socket = await self._api.socket(self._app_token)
        ended = asyncio.Event()
        _start(self._connections, self._read(socket, ended))
        return ended

    async def close(self) -> None:
        """Let updates that are being stored finish, briefly, then close everything."""
        if self._answers:
            await asyncio.wait(self._answers, timeout=STOP_TIMEOUT_SECONDS)
        left = self._answers | self._connections
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)

    async def _read(self, socket: aiohttp.ClientWebSocketResponse, ended: asyncio.Event) -> None:
        """Read until the connection breaks; after Slack's ``disconnect``, for a limited time."""
        try:
            with suppress(TimeoutError):
                async with asyncio.timeout(None) as lingering:
                    async for frame in socket:
                        if self._is_disconnect(socket, frame):
                            ended.set()
                            lingering.reschedule(asyncio.get_running_loop().time() + self._linger_seconds)
        finally:
            ended.set()
            await socket.close()

    def _is_disconnect(self, socket: aiohttp.ClientWebSocketResponse, frame: aiohttp.WSMessage) -> bool:
        """Whether Slack announces the connection's end. An envelope is handed to a task of its own."""
        match _parsed(frame):
            case {"envelope_id": str(envelope_id), "payload": {} as payload}:
                _start(self._answers, self._confirm(socket, envelope_id, payload))
            case {"type": "disconnect"}:
                return True
        return False

    async def _confirm(
        self, socket: aiohttp.ClientWebSocketResponse, envelope_id: str, payload: Mapping[str, object]
    ) -> None:
        if await self._intake.take(payload) is not HTTPStatus.OK:
            return
        try:
            await socket.send_json({"envelope_id": envelope_id})
        except ConnectionError:
            log.info("a connection broke before an update was confirmed: Slack will repeat it")


def _parsed(frame: aiohttp.WSMessage) -> object:
    """The frame's JSON; None if it has none."""
    if frame.type is not aiohttp.WSMsgType.TEXT:
        return None
    try:
        return json.loads(frame.data)
    except (ValueError, RecursionError):
        return None


def _start(tasks: set[asyncio.Task[None]], work: Coroutine[None, None, None]) -> None:
    """Run ``work`` as a task, referenced by ``tasks`` until it is done."""
    task = asyncio.create_task(work)
    tasks.add(task)
    task.add_done_callback(tasks.discard)
