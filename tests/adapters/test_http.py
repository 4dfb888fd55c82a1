"""The one HTTP server: its own pages, and the routes that others bring."""

from __future__ import annotations

import asyncio
import gzip
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress

import aiohttp
import pytest
from aiohttp import web
from prometheus_client import CollectorRegistry

from adapters.http import HttpLimits, HttpServer, Readiness, Route
from tests.waiting import WAIT_LIMIT


def server(
    routes: Sequence[Route],
    *,
    ready: bool = True,
    readiness: Readiness | None = None,
    limits: HttpLimits = HttpLimits(),  # noqa: B008 - frozen
) -> HttpServer:
    async def only_database() -> dict[str, bool]:
        return {"database": ready}

    async def refresh() -> None:
        return

    return HttpServer(
        "127.0.0.1",
        0,
        routes=routes,
        readiness=readiness or only_database,
        registry=CollectorRegistry(),
        refresh=refresh,
        limits=limits,
    )


@asynccontextmanager
async def listening(one: HttpServer) -> AsyncIterator[aiohttp.ClientSession]:
    port = await one.start()
    try:
        async with aiohttp.ClientSession(f"http://127.0.0.1:{port}") as session:
            yield session
    finally:
        await one.stop()


async def named(request: web.Request) -> web.StreamResponse:
    return web.Response(text=f"{request.method} {request.match_info.get('name', '')}")


async def test_a_route_answers_its_method_and_path_only() -> None:
    routes = [
        Route(method="PUT", path="/things/{name}", handler=named),
        Route(method="GET", path="/things/{name}", handler=named),
    ]
    async with listening(server(routes)) as session:
        seen = {}
        for method in ("PUT", "GET", "HEAD", "POST"):
            async with session.request(method, "/things/one") as response:
                seen[method] = (response.status, await response.text())

    assert seen["PUT"] == (200, "PUT one")
    assert seen["GET"] == (200, "GET one")
    assert seen["HEAD"] == (200, "")
    assert seen["POST"][0] == 405


async def test_two_routes_for_the_same_request_are_refused() -> None:
    route = Route(method="GET", path="/healthz", handler=named)

    with pytest.raises(ValueError, match="two routes"):
        server([route])


async def failing(request: web.Request) -> web.StreamResponse:
    raise ZeroDivisionError("SECRET")


async def test_nothing_of_a_request_is_logged_not_even_of_one_that_is_no_http(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    one = server([Route(method="GET", path="/fails", handler=failing)])
    port = await one.start()
    for request in (
        b"SECRET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nAuthorization: SECRET\x00\r\n\r\n",
        b"GET / HTTP/1.1\r\nAuthorization SECRET\r\n\r\n",
        b"GET /" + b"SECRET" * 10_000 + b" HTTP/1.1\r\n\r\n",
        b"GET /fails HTTP/1.1\r\nHost: x\r\nAuthorization: SECRET\r\n\r\n",
    ):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(request)
        assert (await reader.readline()).split()[1] in (b"400", b"500")
        writer.close()
    await one.stop()

    assert "SECRET" not in caplog.text
    assert "unexpected ZeroDivisionError at test_http.py:" in caplog.text


@pytest.mark.parametrize(("ready", "status"), [(True, 200), (False, 503)])
async def test_it_says_whether_it_lives_and_whether_it_is_ready(ready: bool, status: int) -> None:
    async with listening(server([], ready=ready)) as session:
        async with session.get("/healthz") as response:
            assert response.status == 200
        async with session.get("/readyz") as response:
            assert (response.status, await response.json()) == (status, {"database": ready})
        async with session.get("/metrics") as response:
            assert response.status == 200


async def test_it_says_of_one_part_alone_whether_it_is_ready() -> None:
    async def parts() -> dict[str, bool]:
        return {"database": True, "telegram": False}

    async with listening(server([], readiness=parts)) as session:
        for part, status in (("database", 200), ("telegram", 503), ("slack", 404), ("", 503)):
            async with session.get("/readyz", params={"part": part}) as response:
                assert (part, response.status) == (part, status)


async def test_it_says_of_several_parts_whether_all_are_ready() -> None:
    async def parts() -> dict[str, bool]:
        return {"serving": True, "database": True, "telegram": False}

    async with listening(server([], readiness=parts)) as session:
        for query, status in (
            ("part=serving&part=database", 200),
            ("part=database&part=telegram", 503),
            ("part=database&part=slack", 404),
            ("part=&part=database", 200),
        ):
            async with session.get(f"/readyz?{query}") as response:
                assert (query, response.status) == (query, status)


async def counting(request: web.Request) -> web.StreamResponse:
    return web.Response(text=str(len(await request.read())))


@pytest.mark.parametrize("path", ["/reads", "/nothing", "/nowhere", "/healthz"])
@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("Content-Encoding: gzip\r\nContent-Length: 8", b"not gzip"),
        ("Content-Encoding: deflate\r\nContent-Length: 3", b"\xff\xff\xff"),
        ("Content-Encoding: br\r\nContent-Length: 2", b"xx"),
        ("Content-Encoding: zstd\r\nContent-Length: 2", b"xx"),
        ("Content-Encoding: gzip, gzip\r\nContent-Length: 2", b"xx"),
        ("Content-Encoding: no such thing\r\nContent-Length: 2", b"xx"),
        ("Content-Encoding: gzip\r\nTransfer-Encoding: chunked", b"2\r\nxx\r\n0\r\n\r\n"),
        ("Content-Length: 10", b"ends"),
        ("Transfer-Encoding: chunked", b"ZZ\r\nends"),
        ("Transfer-Encoding: chunked", b"5\r\nends"),
        ("Transfer-Encoding: gzip, chunked", b"4\r\nends\r\n0\r\n\r\n"),
        ("Content-Length: -1", b"ends"),
    ],
)
async def test_a_body_that_is_not_what_it_claims_is_no_error_of_ours(
    caplog: pytest.LogCaptureFixture, path: str, head: str, body: bytes
) -> None:
    one = server(
        [
            Route(method="POST", path="/reads", handler=counting),
            Route(method="POST", path="/nothing", handler=named),
        ]
    )
    port = await one.start()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"POST {path} HTTP/1.1\r\nHost: x\r\n{head}\r\n\r\n".encode() + body)
    writer.write_eof()
    answered = (await reader.read()).split(b" ")
    assert answered[1:2] in ([], [b"200"], [b"400"], [b"404"], [b"405"])
    writer.close()
    await one.stop()
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []


async def test_a_compressed_body_is_not_unpacked() -> None:
    routes = [Route(method="POST", path="/reads", handler=counting)]
    bomb = gzip.compress(bytes(50_000_000))
    async with (
        listening(server(routes)) as session,
        session.post("/reads", data=bomb, headers={"Content-Encoding": "gzip"}) as response,
    ):
        assert (response.status, await response.text()) == (200, str(len(bomb)))


# --- Whoever is slow ---------------------------------------------------------------------------------------


async def reading(request: web.Request) -> web.StreamResponse:
    return web.Response(text=str(len(await request.read())))


async def pondering(request: web.Request) -> web.StreamResponse:
    body = await request.read()
    await asyncio.sleep(3 * QUICK.body)
    return web.Response(text=f"{len(body)} bytes")


QUICK = HttpLimits(headers=0.2, body=0.2, rest=0.2)
SLOW_ROUTES = [
    Route(method="POST", path="/read", handler=reading),
    Route(method="POST", path="/ponder", handler=pondering),
]


@asynccontextmanager
async def connected(limits: HttpLimits) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    one = server(SLOW_ROUTES, limits=limits)
    port = await one.start()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        yield reader, writer
    finally:
        writer.close()
        await one.stop()


async def trickle(writer: asyncio.StreamWriter, *parts: bytes) -> None:
    """Send the parts and then one byte after the other, without an end."""
    writer.write(b"".join(parts))
    with suppress(ConnectionError):
        while True:
            await writer.drain()
            await asyncio.sleep(QUICK.headers / 10)
            writer.write(b"x")


POST = b"POST /read HTTP/1.1\r\nHost: oo\r\nContent-Length: 100000\r\n"


@pytest.mark.parametrize(
    ("sent", "answer"),
    [
        (b"", b""),
        (b"POST /read HTTP/1.1\r\nX-Slow: ", b""),
        (POST + b"\r\n", b"408"),
        (POST.replace(b"Content-Length: 100000", b"Transfer-Encoding: chunked") + b"\r\nfffff\r\n", b"408"),
    ],
)
async def test_a_request_that_trickles_in_is_ended(sent: bytes, answer: bytes) -> None:
    async with connected(QUICK) as (reader, writer), asyncio.timeout(WAIT_LIMIT):
        sending = asyncio.create_task(trickle(writer, sent))
        with suppress(ConnectionError):
            received = await reader.read()
            assert answer in received
        sending.cancel()


async def test_a_connection_without_a_further_request_is_ended() -> None:
    async with connected(QUICK) as (reader, writer), asyncio.timeout(WAIT_LIMIT):
        writer.write(b"GET /healthz HTTP/1.1\r\nHost: oo\r\n\r\n")
        assert (await reader.read()).startswith(b"HTTP/1.1 200")


async def test_an_answer_may_take_longer_than_its_request() -> None:
    async with connected(QUICK) as (reader, writer), asyncio.timeout(WAIT_LIMIT):
        writer.write(POST.replace(b"/read", b"/ponder").replace(b"100000", b"5") + b"\r\nhello")
        assert b"5 bytes" in await reader.read()
