"""asyncpg with one trip to the server less for each transaction that writes, and safe from broken messages.

SQLAlchemy begins a transaction, and then the first statement takes its locks: two trips. Here the beginning
takes the locks with it.

asyncpg 0.32 trusts the head of each message. A length below zero takes it back in what it has read, and a
message whose type is zero never ends: it reads the same bytes for ever, and the process hangs. So each head
is checked before, and a connection that says anything else is cut.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from struct import Struct
from typing import Any

import asyncpg
from asyncpg.protocol import Protocol

MIN_LENGTH = 4  # bytes of a message without its type: those of the length itself
MAX_LENGTH = 1 << 30  # PostgreSQL's own limit
_HEAD = Struct("!Bi")  # type, length

_CUT_OPTIONS = {
    "TCP_KEEPIDLE": 10,  # seconds without a byte before the other side is asked whether it is there
    "TCP_KEEPALIVE": 10,  # the same on macOS
    "TCP_KEEPINTVL": 5,
    "TCP_KEEPCNT": 4,
    "TCP_USER_TIMEOUT": 30_000,  # milliseconds that what was sent may stay unconfirmed
}
"""A way that is cut without a word is noticed within half a minute."""


async def connect(dsn: str, **options: Any) -> Connection:
    """As ``asyncpg.connect``."""
    loop: Any = CheckingLoop(asyncio.get_running_loop())
    connection: Connection = await asyncpg.connect(dsn, loop=loop, connection_class=Connection, **options)
    return connection


class Connection(asyncpg.Connection):  # type: ignore[misc]  # it has no types
    """A connection whose next transaction may begin with further statements."""

    __slots__ = ("_begin_with",)

    def __init__(
        self, protocol: Any, transport: asyncio.Transport, _loop: Any, *values: Any, **options: Any
    ) -> None:
        super().__init__(protocol, transport, asyncio.get_running_loop(), *values, **options)
        self._begin_with = ""
        _notice_cuts(transport)
        if not isinstance(transport.get_protocol(), CheckedMessages):  # a way with TLS has a new transport
            checked = CheckedMessages(protocol)
            checked.transport = transport
            transport.set_protocol(checked)

    def begin_with(self, statements: str) -> None:
        """Begin the next transaction with ``statements``; if they fail, it does not begin."""
        self._begin_with = statements

    def transaction(
        self, *, isolation: str | None = None, readonly: bool = False, deferrable: bool = False
    ) -> Transaction:
        """The next transaction; SQLAlchemy asks for it before its first statement."""
        level = f" ISOLATION LEVEL {isolation.replace('_', ' ').upper()}" if isolation else ""
        beginning = f"BEGIN{level}{' READ ONLY' if readonly else ''}; {self._begin_with}"
        self._begin_with = ""
        return Transaction(self, beginning, writes=not readonly)


def _notice_cuts(transport: asyncio.Transport) -> None:
    """Let the system end the connection soon after the server, or the way to it, has gone without a word.
    Without that, a statement would wait for its time limit, and so would whoever needs its people.
    """
    sock = transport.get_extra_info("socket")
    if sock is None or sock.family == socket.AF_UNIX:
        return
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for name, value in _CUT_OPTIONS.items():
        option = getattr(socket, name, None)  # no system has all of them
        if option is not None:
            sock.setsockopt(socket.IPPROTO_TCP, option, value)


class Transaction:
    """The part of a transaction of asyncpg that SQLAlchemy uses."""

    def __init__(self, connection: Connection, beginning: str, *, writes: bool) -> None:
        self._connection = connection
        self._beginning = beginning
        self._writes = writes

    async def start(self) -> None:
        """Begin. After an error the connection is in no transaction, or closed."""
        try:
            await self._connection.execute(self._beginning)
        except asyncpg.PostgresError:
            await self._end_failed()
            raise
        except BaseException:
            self._connection.terminate()  # nobody knows how far the server has come
            raise

    async def _end_failed(self) -> None:
        """The server has begun and then refused a lock; SQLAlchemy takes it for not begun."""
        try:
            await self.rollback()
        except Exception:  # the connection is lost as well; the caller raises what came first
            self._connection.terminate()
        except BaseException:
            self._connection.terminate()
            raise

    async def commit(self) -> None:
        """Commit. Raises as well if a statement had failed and nobody took notice: the server rolls back."""
        if await self._connection.execute("COMMIT") != "COMMIT" and self._writes:
            raise asyncpg.InFailedSQLTransactionError("a statement had failed: nothing is committed")

    async def rollback(self) -> None:
        """Roll back."""
        await self._connection.execute("ROLLBACK")


class CheckedMessages(asyncio.Protocol):
    """Passes on to asyncpg what a server says as long as it is made of messages, else cuts the connection."""

    transport: asyncio.Transport

    def __init__(self, protocol: Any) -> None:
        """``protocol`` is that of asyncpg; if it has read something, then the end of a message."""
        self.protocol = protocol
        self._left = 0
        """Bytes to come of the message that has begun."""
        self._head = b""
        """The first bytes of a message, if the rest of its head is to come."""

    def connection_made(self, transport: Any) -> None:
        """As ``asyncio.Protocol``."""
        self.transport = transport
        self.protocol.connection_made(transport)

    def data_received(self, data: bytes) -> None:
        """As ``asyncio.Protocol``."""
        if self._are_messages(data):
            self.protocol.data_received(data)
        else:
            self.transport.abort()

    def _are_messages(self, data: bytes) -> bool:
        """Whether each message that begins in ``data`` has a type, and a length that may be."""
        at, data = self._left, self._head + data
        while at + _HEAD.size <= len(data):
            kind, length = _HEAD.unpack_from(data, at)
            if not kind or not MIN_LENGTH <= length <= MAX_LENGTH:
                return False
            at += 1 + length
        self._left = max(0, at - len(data))
        self._head = data[at:]
        return True

    def connection_lost(self, exc: Exception | None) -> None:
        """As ``asyncio.Protocol``."""
        self.protocol.connection_lost(exc)

    def pause_writing(self) -> None:
        """As ``asyncio.Protocol``."""
        self.protocol.pause_writing()

    def resume_writing(self) -> None:
        """As ``asyncio.Protocol``."""
        self.protocol.resume_writing()


class CheckingLoop:
    """The event loop while asyncpg connects: what a server says is checked from its first byte on."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop

    def __getattr__(self, name: str) -> Any:
        return getattr(self._loop, name)

    async def create_connection(self, factory: Callable[[], Any], *values: Any, **options: Any) -> Any:
        """As ``asyncio.AbstractEventLoop``."""
        return _unwrapped(await self._loop.create_connection(_checked(factory), *values, **options))

    async def create_unix_connection(self, factory: Callable[[], Any], *values: Any, **options: Any) -> Any:
        """As ``asyncio.AbstractEventLoop``."""
        return _unwrapped(await self._loop.create_unix_connection(_checked(factory), *values, **options))


def _checked(factory: Callable[[], Any]) -> Callable[[], Any]:
    """Another protocol asks whether there is TLS, and reads a single byte."""

    def made() -> Any:
        protocol = factory()
        return CheckedMessages(protocol) if isinstance(protocol, Protocol) else protocol

    return made


def _unwrapped(connected: tuple[Any, Any]) -> tuple[Any, Any]:
    """With the protocol of asyncpg, whose methods it calls."""
    transport, protocol = connected
    return transport, protocol.protocol if isinstance(protocol, CheckedMessages) else protocol
