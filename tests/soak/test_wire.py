"""The wire to a platform: what it cuts off is counted, whether it had read it or not."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import pytest

from tests.soak import wire
from tests.soak.wire import Wire

REQUEST = b"POST /bot1/sendMessage HTTP/1.1\r\nContent-Length: 0\r\n\r\n"
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"


@asynccontextmanager
async def connection(url: str) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    host, port = url.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    yield reader, writer
    writer.close()
    with suppress(OSError):
        await writer.wait_closed()


@pytest.mark.parametrize("is_read", [True, False])
async def test_a_request_that_is_cut_off_is_counted(monkeypatch: pytest.MonkeyPatch, is_read: bool) -> None:
    """Also one that had been sent, and that nobody had read yet: the platform never sees it."""
    monkeypatch.setattr(wire, "NOTICED_SECONDS", 0.1)
    seen, arrived = list[bytes](), asyncio.Event()

    async def platform(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while chunk := await reader.read(1000):
            seen.append(chunk)
            arrived.set()
            if len(seen) == 1:
                writer.write(ANSWER)
        writer.close()
        await writer.wait_closed()

    server = await asyncio.start_server(platform, "127.0.0.1", 0)
    async with server, Wire(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", lambda _: None) as here:
        async with connection(here.url) as (reader, writer):
            writer.write(REQUEST)
            assert await reader.read(1000) == ANSWER
            assert await here.cut() == []
            assert await reader.read(1000) == b""
        await here.expect_idle()
        async with connection(here.url) as (reader, writer):
            arrived.clear()
            writer.write(REQUEST)
            while not (arrived.is_set() if is_read else here.connections):  # noqa: ASYNC110 - nothing tells when
                await asyncio.sleep(0)
            assert await here.cut() == ["POST /bot1/sendMessage"]
            assert await reader.read(1000) == b""
        await here.expect_idle()
    assert len(seen) == (2 if is_read else 1)
