"""A proxy between oO and a service, which does harm on the way.

    async with Proxy(to_port(server_port)) as proxy:
        await proxy.begin(ResetAfter())
        ...                         # oO talks to proxy.port
        await proxy.end()

It knows bytes and, where a fault needs it, where an HTTP message ends. What a fault did to a connection
stays: one that swallowed bytes is dead for ever, as in a network. New connections are well once it is over.

Tests: tests/servers/test_proxy.py.
"""

from __future__ import annotations

import asyncio
import socket
import struct
from abc import abstractmethod
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Self, TypeAlias

from tests.servers.http_frames import is_upgrade, whole_message

Streams: TypeAlias = tuple[asyncio.StreamReader, asyncio.StreamWriter]
CHUNK = 1 << 16


class Link:
    """One connection of oO's, and its other half at the service."""

    def __init__(self, oo: Streams, service: Streams, number: int) -> None:
        self.from_oo, self.to_oo = oo
        self.from_service, self.to_service = service
        self.number = number
        """Links are numbered in the order in which oO opened them."""
        self.asked = bytearray()
        """What oO has sent and no fault has dealt with yet."""
        self.answered = bytearray()
        """The same of the service."""
        self.last_asked = b""
        """The bytes that oO sent last."""
        self.is_dead = False
        """Nothing gets through any more, and nobody is told."""
        self.is_socket = False
        """It began as HTTP, and became a WebSocket."""

    async def ask(self, data: bytes) -> None:
        """Pass bytes on to the service."""
        self.last_asked = data
        self.to_service.write(data)
        await self.to_service.drain()

    async def answer(self, data: bytes) -> None:
        """Pass bytes on to oO."""
        self.to_oo.write(data)
        await self.to_oo.drain()

    def reset(self) -> None:
        """Cut oO off with a reset (RST)."""
        _reset(self.to_oo)
        self.to_service.transport.abort()

    async def hang_up(self) -> None:
        """End the connection properly (FIN), on both sides."""
        self.to_service.transport.abort()
        self.to_oo.close()
        with suppress(OSError):
            await self.to_oo.wait_closed()


class Fault:
    """What happens to bytes. This one is none: everything passes."""

    refuses = False
    """Whether nobody listens."""

    async def opened(self, link: Link) -> None:
        """A connection was opened, and nothing said."""

    async def asked(self, link: Link, data: bytes) -> None:
        """oO sent ``data``."""
        await link.ask(data)

    async def answered(self, link: Link, data: bytes) -> None:
        """The service sent ``data``."""
        await link.answer(data)


class Proxy:
    """Listens on a free port of 127.0.0.1."""

    def __init__(self, connect: Callable[[], Awaitable[Streams]]) -> None:
        """``connect`` opens a connection to the service."""
        self._connect = connect
        self._server: asyncio.Server | None = None
        self._links: set[Link] = set()
        self._fault = Fault()
        self.port = 0
        self.opened = 0
        """How many connections there were."""
        self.struck = 0
        """How often the fault has met bytes or a connection of oO's; refused ones are not seen."""

    @property
    def fault(self) -> Fault:
        """What happens to bytes now."""
        return self._fault

    async def __aenter__(self) -> Self:
        await self._listen()
        return self

    async def __aexit__(self, *_exc: object) -> None:
        await self._refuse()

    async def begin(self, fault: Fault) -> None:
        """Play ``fault`` from now on, on connections that are open as well."""
        self._fault, self.struck = fault, 0
        if fault.refuses:
            await self._refuse()

    async def end(self) -> None:
        """Let everything pass again. What is dead stays dead."""
        self._fault = Fault()
        if self._server is None:
            await self._listen()

    async def _listen(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def _refuse(self) -> None:
        server, self._server = self._server, None
        if server:
            server.close()
        for link in self._links:
            link.reset()
        while self._links:  # noqa: ASYNC110 - each ends by itself, in the next rounds of the loop
            await asyncio.sleep(0)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            service = await self._connect()
        except OSError:
            _reset(writer)
            return
        self.opened += 1
        link = Link((reader, writer), service, self.opened)
        self._links.add(link)
        try:
            await self._pass_on(link)
        finally:
            self._links.discard(link)
            link.to_service.transport.abort()
            link.to_oo.transport.abort()

    async def _pass_on(self, link: Link) -> None:
        with suppress(OSError, asyncio.IncompleteReadError):
            if type(self._fault) is not Fault:
                self.struck += 1
            await self._fault.opened(link)
            asking = asyncio.create_task(self._pump(link, link.from_oo, is_asking=True))
            answering = asyncio.create_task(self._pump(link, link.from_service, is_asking=False))
            try:
                await asyncio.wait({asking, answering}, return_when=asyncio.FIRST_COMPLETED)
                if link.is_dead:  # the service has gone, and oO does not learn it
                    await asyncio.wait({asking})
            finally:
                for task in (asking, answering):
                    task.cancel()
                await asyncio.gather(asking, answering, return_exceptions=True)

    async def _pump(self, link: Link, source: asyncio.StreamReader, *, is_asking: bool) -> None:
        while data := await source.read(CHUNK):
            if link.is_dead:
                continue
            if not is_asking and is_upgrade(data):
                link.is_socket = True
            if is_asking and type(self._fault) is not Fault:
                self.struck += 1
            await (self._fault.asked if is_asking else self._fault.answered)(link, data)


def to_port(port: int) -> Callable[[], Awaitable[Streams]]:
    """Connects to a port of 127.0.0.1."""
    return lambda: asyncio.open_connection("127.0.0.1", port)


def to_socket(path: str) -> Callable[[], Awaitable[Streams]]:
    """Connects to a UNIX socket."""
    return lambda: asyncio.open_unix_connection(path)


def _reset(writer: asyncio.StreamWriter) -> None:
    """Close so that the other side gets an RST instead of a FIN."""
    sock = writer.get_extra_info("socket")
    if sock is not None:
        with suppress(OSError):
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


# --- Faults of every protocol ------------------------------------------------------------------------------


class Latency(Fault):
    """Everything comes late."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds

    async def asked(self, link: Link, data: bytes) -> None:
        await asyncio.sleep(self._seconds)
        await link.ask(data)

    async def answered(self, link: Link, data: bytes) -> None:
        await asyncio.sleep(self._seconds)
        await link.answer(data)


class Slow(Fault):
    """The answer comes byte by byte."""

    def __init__(self, proxy: Proxy, seconds: float) -> None:
        """``seconds`` between two bytes."""
        self._proxy = proxy
        self._seconds = seconds

    async def answered(self, link: Link, data: bytes) -> None:
        sent = 0
        while sent < len(data) and self._proxy.fault is self:
            await link.answer(data[sent : sent + 1])
            sent += 1
            await asyncio.sleep(self._seconds)
        await link.answer(data[sent:])


class Refused(Fault):
    """Nobody listens, and open connections are cut."""

    refuses = True


class ResetBefore(Fault):
    """Cut as soon as oO says something: the service never reads it."""

    async def asked(self, link: Link, data: bytes) -> None:
        link.reset()


class Afterwards(Fault):
    """The service has done it, and something happens to its answer."""

    def __init__(self, when: Callable[[bytes], bool] = lambda _: True) -> None:
        """``when``: whether what oO said last is what the fault is about, such as the end of a mail."""
        self._when = when

    async def answered(self, link: Link, data: bytes) -> None:
        if self._when(link.last_asked):
            await self.strike(link, data)
        else:
            await link.answer(data)

    @abstractmethod
    async def strike(self, link: Link, data: bytes) -> None:
        """Deal with the answer ``data``."""


class ResetAfter(Afterwards):
    """The answer is lost: the connection is cut in its place."""

    async def strike(self, link: Link, data: bytes) -> None:
        link.reset()


class HalfAnswer(Afterwards):
    """The answer ends in the middle: of its body, if it is HTTP."""

    async def strike(self, link: Link, data: bytes) -> None:
        if link.is_socket:
            await link.answer(data)
            return
        link.answered += data
        answer = bytes(link.answered)
        found = whole_message(answer)
        if answer.startswith(b"HTTP/") and found is None:
            return
        body = found.body_at if found else 0
        await link.answer(answer[: body + (len(answer) - body) // 2])
        await link.hang_up()


class Hang(Afterwards):
    """The answer never comes."""

    async def strike(self, link: Link, data: bytes) -> None:
        link.is_dead = True


class HalfOpen(Fault):
    """The service has gone from every connection that was open, and oO was not told. New ones are well."""

    def __init__(self, proxy: Proxy) -> None:
        self._last = proxy.opened

    async def asked(self, link: Link, data: bytes) -> None:
        if link.number <= self._last:
            link.is_dead = True
        else:
            await link.ask(data)

    async def answered(self, link: Link, data: bytes) -> None:
        if link.number <= self._last:
            link.is_dead = True
        else:
            await link.answer(data)


class SaysInstead(Fault):
    """Somebody else answers, or the service says no: at once to HTTP's whole requests, and then hangs up or
    goes on. The service itself hears nothing.
    """

    def __init__(self, answer: bytes, *, at_once: bool = False, hangs_up: bool = True) -> None:
        """``at_once``: also before oO has said something, as in protocols where the service speaks first."""
        self._answer = answer
        self._at_once = at_once
        self._hangs_up = hangs_up

    async def opened(self, link: Link) -> None:
        if self._at_once:
            await self._say(link)

    async def asked(self, link: Link, data: bytes) -> None:
        if link.is_socket:
            await link.ask(data)
            return
        link.asked += data
        if self._is_whole(bytes(link.asked)):
            link.asked.clear()
            await self._say(link)

    async def answered(self, link: Link, data: bytes) -> None:
        if link.is_socket or not self._at_once:
            await link.answer(data)

    def _is_whole(self, asked: bytes) -> bool:
        is_http = asked.partition(b"\r\n")[0].endswith(b" HTTP/1.1")
        return not is_http or whole_message(asked) is not None

    async def _say(self, link: Link) -> None:
        await link.answer(self._answer)
        if self._hangs_up:
            await link.hang_up()
