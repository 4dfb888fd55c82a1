"""The wire between one replica and one platform: a TCP proxy that sees each request and may cut it off.

What happens to a request is decided by whoever strikes: before the platform has it, after the platform has
done it and before the replica knows, or just after the replica was told.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Self
from urllib.parse import urlsplit

CHUNK_BYTES = 1 << 16
WAITS_LONG = "/getUpdates"
"""A request that is answered when something happens."""
NOTICED_SECONDS = 1.0
"""How long a replica may take to notice that a connection was closed."""
DONE_SECONDS = 2.0
"""How long a platform may take for a request whose sender has gone; half of one is never answered."""
_REQUEST = re.compile(rb"(?P<method>[A-Z]+) (?P<path>[^\s?]+)\S* HTTP/1\.1\r\n")


class Moment(StrEnum):
    """When a request is struck."""

    BEFORE = "before"
    """The platform never sees it."""
    UNANSWERED = "unanswered"
    """The platform has done it; the answer is lost."""
    ANSWERED = "answered"
    """The answer is on its way to the replica, and arrives."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Strike:
    """What happens to one request."""

    moment: Moment
    act: Callable[[], Awaitable[None]] | None = None
    """Done at that moment, such as a kill. The connection is cut as well, unless the answer goes through."""


OnRequest = Callable[[str], Strike | None]
"""Called with ``METHOD /path`` of each request before it is passed on."""


@dataclass(slots=True, eq=False)
class _Exchange:
    to_platform: asyncio.StreamWriter
    to_replica: asyncio.StreamWriter
    strike: Strike | None = None
    waiting: str | None = None
    """The request that has no answer yet."""
    answered: asyncio.Event = field(default_factory=asyncio.Event)
    """Set with the first piece of each answer."""
    cut_off: list[str] | None = None
    """Once the connection is cut: the requests that get no answer any more."""
    closed: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when nothing more is read of a connection that was cut."""


class Wire:
    """Listens on a free port of this machine and passes everything on to ``url``."""

    def __init__(self, url: str, on_request: OnRequest) -> None:
        self._to = urlsplit(url)
        self._on_request = on_request
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.StreamWriter] = set()
        self._exchanges: list[_Exchange] = []
        self.url = ""

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._connected, "127.0.0.1", 0)
        port = self._server.sockets[0].getsockname()[1]
        self.url = self._to._replace(netloc=f"127.0.0.1:{port}").geturl()
        return self

    async def __aexit__(self, *_exc: object) -> None:
        if self._server:
            self._server.close()
        self._abort()

    @property
    def connections(self) -> int:
        """How many there are."""
        return len(self._exchanges)

    async def expect_idle(self) -> None:
        """Wait until nobody is connected."""
        while self._exchanges:  # noqa: ASYNC110 - nothing tells when
            await asyncio.sleep(0.005)

    async def cut(self) -> list[str]:
        """Close every open connection; returns the requests that get no answer: those that had none yet, and
        those that were sent and not read, or are sent before the replica notices.
        """
        exchanges = [one for one in self._exchanges if one.cut_off is None]
        for one in exchanges:
            one.cut_off = [one.waiting] if one.waiting else []
            one.to_platform.transport.abort()
            with suppress(OSError):
                one.to_replica.write_eof()
        await asyncio.sleep(NOTICED_SECONDS)
        for one in exchanges:
            one.closed.set()
            one.to_replica.transport.abort()
        return [request for one in exchanges for request in one.cut_off or ()]

    def _abort(self) -> None:
        for writer in [*self._open]:
            writer.transport.abort()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            there, to_there = await asyncio.open_connection(self._to.hostname, self._to.port)
        except OSError:
            writer.transport.abort()
            return
        ends = {writer, to_there}
        self._open |= ends
        exchange = _Exchange(to_platform=to_there, to_replica=writer)
        self._exchanges.append(exchange)
        try:
            async with asyncio.TaskGroup() as pumps:
                pumps.create_task(self._requests(reader, to_there, exchange))
                pumps.create_task(self._answers(there, writer, exchange))
        except* _Cut:
            for end in ends:
                end.transport.abort()
        except* (_Ended, OSError):
            for end in ends:
                end.close()  # after what is still to be written
        finally:
            self._open -= ends
            self._exchanges.remove(exchange)

    async def _requests(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, exchange: _Exchange
    ) -> None:
        while chunk := await reader.read(CHUNK_BYTES):
            found = _REQUEST.match(chunk)
            if exchange.cut_off is not None:
                exchange.cut_off += [_name(found)] if found else []
                continue
            if found:
                exchange.waiting = _name(found)
                exchange.answered.clear()
                exchange.strike = self._on_request(exchange.waiting)
            if exchange.strike and exchange.strike.moment is Moment.BEFORE:
                await _act(exchange.strike)
                raise _Cut
            writer.write(chunk)
            await writer.drain()
        if exchange.cut_off is None:
            await self._expect_done(exchange)
        raise _Ended

    async def _expect_done(self, exchange: _Exchange) -> None:
        """The replica has gone: what it has asked the platform to do is done all the same."""
        if exchange.waiting and not exchange.waiting.endswith(WAITS_LONG):
            with suppress(TimeoutError):
                async with asyncio.timeout(DONE_SECONDS):
                    await exchange.answered.wait()

    async def _answers(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, exchange: _Exchange
    ) -> None:
        while (chunk := await reader.read(CHUNK_BYTES)) and exchange.cut_off is None:
            strike, exchange.strike, exchange.waiting = exchange.strike, None, None
            exchange.answered.set()
            if strike and strike.moment is Moment.UNANSWERED:
                await _act(strike)
                raise _Cut
            writer.write(chunk)
            await writer.drain()
            if strike:
                await _act(strike)
        if exchange.cut_off is not None:
            await exchange.closed.wait()
        raise _Ended


def _name(request: re.Match[bytes]) -> str:
    return f"{request['method'].decode()} {request['path'].decode()}"


class _Cut(Exception):
    """The connection was struck."""


class _Ended(Exception):
    """One side has closed the connection."""


async def _act(strike: Strike) -> None:
    if strike.act:
        await strike.act()
