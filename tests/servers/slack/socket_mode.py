"""Socket Mode: single-use URLs, hello, envelopes and their acks, and the requests to reconnect."""

import asyncio
import itertools
import json
from typing import Any, Literal

from aiohttp import WSMsgType, web

from tests.servers.slack.changes import Changes
from tests.servers.slack.dispatcher import AttemptResult, DeliveryAttempt
from tests.servers.slack.records import APP_ID

MOST_SOCKETS = 10
_HOST = "applink-local"


class SocketTransport:
    """The app's open sockets; envelopes go to them in turn."""

    def __init__(self, *, changes: Changes) -> None:
        self.sockets: list[web.WebSocketResponse] = []
        self.unknown_acks: list[str] = []
        self._changes = changes
        self._transports: list[asyncio.Transport] = []
        self._tickets: set[str] = set()
        self._numbers = itertools.count(1)
        self._turns = itertools.count()
        self._waiting: dict[str, asyncio.Future[Any]] = {}

    def routes(self) -> list[web.RouteDef]:
        """Where sockets are opened."""
        return [web.get("/link/", self._connect)]

    def open(self) -> str:
        """Path and query of a new URL, good for one connection."""
        ticket = f"ticket-{next(self._numbers)}"
        self._tickets.add(ticket)
        return f"/link/?ticket={ticket}&app_id={APP_ID}"

    async def transmit(self, attempt: DeliveryAttempt, *, within: float) -> AttemptResult:
        """Send an envelope and wait for its ack."""
        if not self.sockets:
            return AttemptResult(problem="connection_failed")
        socket = self.sockets[next(self._turns) % len(self.sockets)]
        answered = asyncio.get_running_loop().create_future()
        self._waiting[attempt.envelope_id] = answered
        try:
            async with asyncio.timeout(within):
                await socket.send_json(_envelope(attempt))
                return AttemptResult(response=await answered)
        except TimeoutError:
            return AttemptResult(problem="timeout")
        except ConnectionError:
            return AttemptResult(problem="connection_failed")
        finally:
            self._waiting.pop(attempt.envelope_id, None)

    async def ask_to_reconnect(
        self, reason: Literal["warning", "refresh_requested", "link_disabled"]
    ) -> None:
        """Send `disconnect` to every socket and use them no more."""
        leaving, self.sockets = self.sockets, []
        for socket in leaving:
            await socket.send_json(_disconnect(reason))

    def drop(self) -> None:
        """Break every connection without a word, as a dying network does."""
        for transport in self._transports:
            transport.abort()

    async def _connect(self, request: web.Request) -> web.StreamResponse:
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            return web.Response(status=403, text="this URL is unknown or was used")
        self._tickets.discard(ticket)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        if len(self.sockets) >= MOST_SOCKETS:
            await socket.send_json(_disconnect("too_many_websockets"))
            await socket.close()
            return socket
        if isinstance(request.transport, asyncio.Transport):
            await self._serve(socket, request.transport)
        return socket

    async def _serve(self, socket: web.WebSocketResponse, transport: asyncio.Transport) -> None:
        await socket.send_json(_hello(len(self.sockets) + 1))
        self.sockets.append(socket)
        self._transports.append(transport)
        self._changes.notify()
        try:
            async for frame in socket:
                if frame.type is WSMsgType.TEXT:
                    self._acknowledge(json.loads(frame.data))
        finally:
            self._transports.remove(transport)
            if socket in self.sockets:
                self.sockets.remove(socket)
            self._changes.notify()

    def _acknowledge(self, ack: dict[str, Any]) -> None:
        answered = self._waiting.get(ack["envelope_id"])
        if answered is None or answered.done():
            self.unknown_acks.append(ack["envelope_id"])
        else:
            answered.set_result(ack.get("payload"))


def _envelope(attempt: DeliveryAttempt) -> dict[str, Any]:
    """What goes over the socket; only events carry the number of the attempt."""
    interactive = attempt.kind == "interactive" and attempt.payload["type"] == "view_submission"
    envelope = {
        "envelope_id": attempt.envelope_id,
        "type": attempt.kind,
        "payload": attempt.payload,
        "accepts_response_payload": interactive or attempt.kind == "slash_commands",
    }
    if attempt.kind == "events_api":
        envelope |= {"retry_attempt": attempt.number, "retry_reason": attempt.reason}
    return envelope


def _hello(connections: int) -> dict[str, Any]:
    debug = {"host": _HOST, "build_number": 1, "approximate_connection_time": 18060}
    return {
        "type": "hello",
        "num_connections": connections,
        "connection_info": {"app_id": APP_ID},
        "debug_info": debug,
    }


def _disconnect(reason: str) -> dict[str, Any]:
    return {"type": "disconnect", "reason": reason, "debug_info": {"host": _HOST}}
