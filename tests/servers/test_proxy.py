"""The proxy does to bytes what it says."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp import web

from tests.servers.http_frames import http_answer, whole_message
from tests.servers.local import LocalServer
from tests.servers.proxy import (
    HalfAnswer,
    HalfOpen,
    Hang,
    Latency,
    Proxy,
    Refused,
    ResetAfter,
    ResetBefore,
    SaysInstead,
    Slow,
    to_port,
)
from tests.waiting import WAIT_LIMIT

BODY = "x" * 40


@pytest.fixture
async def server() -> AsyncIterator[LocalServer]:
    async def answer(_request: web.Request) -> web.Response:
        return web.Response(text=BODY)

    async with LocalServer([web.post("/", answer)]) as running:
        yield running


@pytest.fixture
async def proxy(server: LocalServer) -> AsyncIterator[Proxy]:
    async with Proxy(to_port(int(server.url.rsplit(":", 1)[1]))) as running:
        yield running


@pytest.fixture
async def client() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


async def asked(client: aiohttp.ClientSession, proxy: Proxy, seconds: float = WAIT_LIMIT) -> str:
    """What the server answers through the proxy."""
    limit = aiohttp.ClientTimeout(total=seconds)
    async with client.post(f"http://127.0.0.1:{proxy.port}/", data=b"y" * 10, timeout=limit) as answer:
        return await answer.text()


async def test_without_a_fault_everything_passes(
    client: aiohttp.ClientSession, proxy: Proxy, server: LocalServer
) -> None:
    assert await asked(client, proxy) == BODY
    assert await asked(client, proxy) == BODY
    assert (len(server.calls), proxy.opened) == (2, 1)


async def test_what_is_late_or_slow_is_whole(client: aiohttp.ClientSession, proxy: Proxy) -> None:
    for fault in (Latency(0.01), Slow(proxy, 0.0)):
        await proxy.begin(fault)
        assert await asked(client, proxy) == BODY
        assert proxy.struck > 0
        await proxy.end()


async def test_a_refused_connection_is_refused_and_open_ones_are_cut(
    client: aiohttp.ClientSession, proxy: Proxy
) -> None:
    await asked(client, proxy)
    await proxy.begin(Refused())
    with pytest.raises(aiohttp.ClientConnectorError):
        await asked(client, proxy)
    await proxy.end()
    assert await asked(client, proxy) == BODY


@pytest.mark.parametrize(("fault", "calls"), [(ResetBefore(), 0), (ResetAfter(), 1), (HalfAnswer(), 1)])
async def test_an_answer_is_lost_before_or_after_the_work(
    client: aiohttp.ClientSession,
    proxy: Proxy,
    server: LocalServer,
    fault: ResetBefore | ResetAfter | HalfAnswer,
    calls: int,
) -> None:
    await proxy.begin(fault)
    with pytest.raises((aiohttp.ClientOSError, aiohttp.ClientPayloadError, aiohttp.ServerDisconnectedError)):
        await asked(client, proxy)
    assert len(server.calls) == calls
    await proxy.end()
    assert await asked(client, proxy) == BODY


async def test_a_dead_connection_stays_dead_and_a_new_one_is_well(
    client: aiohttp.ClientSession, proxy: Proxy, server: LocalServer
) -> None:
    await proxy.begin(Hang())
    with pytest.raises(TimeoutError):
        await asked(client, proxy, 0.2)
    assert len(server.calls) == 1
    await proxy.end()
    assert await asked(client, proxy) == BODY
    await proxy.begin(HalfOpen(proxy))
    with pytest.raises(TimeoutError):
        await asked(client, proxy, 0.2)
    assert await asked(client, proxy) == BODY
    assert len(server.calls) == 3


async def test_another_answer_comes_in_place_of_the_servers(
    client: aiohttp.ClientSession, proxy: Proxy, server: LocalServer
) -> None:
    await proxy.begin(SaysInstead(http_answer("503 Service Unavailable", b"no", Retry_After="7")))
    async with client.post(f"http://127.0.0.1:{proxy.port}/", data=b"y" * 200_000) as answer:
        assert (answer.status, answer.headers["Retry-After"], await answer.text()) == (503, "7", "no")
    assert server.calls == []


async def test_where_the_service_speaks_first_so_does_the_fault(proxy: Proxy) -> None:
    await proxy.begin(SaysInstead(b"421 busy\r\n", at_once=True))
    reader, writer = await asyncio.open_connection("127.0.0.1", proxy.port)
    assert await asyncio.wait_for(reader.read(), WAIT_LIMIT) == b"421 busy\r\n"
    writer.close()


def test_where_a_message_ends() -> None:
    head = b"POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\n"
    assert [whole_message(part) for part in (b"", head[:-1], head, head + b"ab")] == [None] * 4
    found = whole_message(head + b"abcd")
    assert found is not None
    assert (found.body_at, found.end) == (len(head), len(head) + 3)
    chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n"
    assert whole_message(chunked) is None
    assert whole_message(chunked + b"0\r\n\r\n") is not None
    assert whole_message(b"HTTP/1.1 204 No Content\r\n\r\n") is not None
