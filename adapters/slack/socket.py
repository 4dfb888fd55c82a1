"""Socket Mode: Slack delivers over a WebSocket that oO opened, and every envelope is confirmed on it.

The SDK's client was left out: when a handshake is lost it tries the used URL again for ever, it closes the
old connection before it opens the next, and it leaves tasks behind when it is stopped.
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

LINGER_SECONDS = 30.0
GRACE_SECONDS = 0.3


class Socket:
    """The connection to Slack, two of them while Slack moves oO from one to the next."""

    def __init__(self, api: Api, app_token: str, intake: Intake) -> None:
        self._api = api
        self._app_token = app_token
        self._intake = intake
        self._connections: set[asyncio.Task[None]] = set()
        self._answers: set[asyncio.Task[None]] = set()

    async def open(self) -> asyncio.Event:
        """Open a connection; the one before goes on until Slack ends it. Raises ``SendFailed``.

        The event is set when Slack asks for the next one, or this one breaks.
        """
        socket = await self._api.socket(self._app_token)
        ended = asyncio.Event()
        _keep(self._connections, self._read(socket, ended))
        return ended

    async def close(self) -> None:
        """Finish what is being taken in, briefly, and close everything."""
        if self._answers:
            await asyncio.wait(self._answers, timeout=GRACE_SECONDS)
        left = self._answers | self._connections
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)

    async def _read(self, socket: aiohttp.ClientWebSocketResponse, ended: asyncio.Event) -> None:
        """Take in what comes until the connection breaks; after Slack's farewell, no longer than need be."""
        try:
            with suppress(TimeoutError):
                async with asyncio.timeout(None) as lingering:
                    async for frame in socket:
                        if self._is_farewell(socket, frame):
                            ended.set()
                            lingering.reschedule(asyncio.get_running_loop().time() + LINGER_SECONDS)
        finally:
            ended.set()
            await socket.close()

    def _is_farewell(self, socket: aiohttp.ClientWebSocketResponse, frame: aiohttp.WSMessage) -> bool:
        """Whether Slack is about to end the connection; an envelope is set to be taken in."""
        match _parsed(frame):
            case {"envelope_id": str(envelope_id), "payload": {} as payload}:
                _keep(self._answers, self._confirm(socket, envelope_id, payload))
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


def _keep(tasks: set[asyncio.Task[None]], work: Coroutine[None, None, None]) -> None:
    """Start ``work`` and hold on to it until it's done."""
    task = asyncio.create_task(work)
    tasks.add(task)
    task.add_done_callback(tasks.discard)
