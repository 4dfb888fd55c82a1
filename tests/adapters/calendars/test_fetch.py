"""Servers that people name are asked within limits."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from adapters import public_addresses
from adapters.calendars import fetch
from adapters.calendars.addresses import calendar_url
from adapters.calendars.fetch import MAX_RETRY_AFTER, Answer, Fetcher, Login
from adapters.public_addresses import is_public
from core.errors import CalendarUnusable, SourceBusy, SourceDisconnected, SourceUnavailable
from tests.adapters.test_public_addresses import Names
from tests.servers import local
from tests.servers.feeds import FeedServer, calendar


@pytest_asyncio.fixture
async def server() -> AsyncIterator[FeedServer]:
    async with FeedServer() as feeds:
        feeds.feeds["/a.ics"] = calendar("UID:1")
        feeds.feeds["/a.gz.ics"] = calendar("UID:1")
        yield feeds


async def get(url: str, fetcher: Fetcher | None = None, login: Login | None = None) -> Answer:
    return await (fetcher or Fetcher(allow_private=True)).request("GET", calendar_url(url), login=login)


async def reason(url: str, fetcher: Fetcher | None = None) -> str:
    with pytest.raises(CalendarUnusable) as refused:
        await get(url, fetcher)
    return refused.value.reason


async def test_a_feed_is_fetched_packed_or_not(server: FeedServer) -> None:
    assert (await get(server.at("/a.ics"))).body == (await get(server.at("/a.gz.ics"))).body
    assert server.calls[0].headers["Accept-Encoding"] == "gzip"


@pytest.mark.parametrize("host", ["127.1", "2130706433", "0", "a..b", "a" * 300 + ".org"])
async def test_what_can_be_no_name_is_no_address(host: str) -> None:
    assert await reason(f"http://{host}/a.ics") == "bad_address"


# --- Whom oO asks ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "127.1", "[::1]", "0.0.0.0"])  # noqa: S104
async def test_this_machine_is_not_asked_unless_that_is_allowed(server: FeedServer, host: str) -> None:
    url = server.at("/a.ics").replace("127.0.0.1", host)
    with pytest.raises(SourceUnavailable):
        await get(url, Fetcher())
    assert server.calls == []


async def test_a_name_for_this_machine_is_recognised(server: FeedServer) -> None:
    url = server.at("/a.ics").replace("127.0.0.1", "calendar.example.org")
    assert await reason(url, Fetcher(resolver=Names(["127.0.0.1"]))) == "private"
    assert server.calls == []


async def test_the_connection_is_made_to_the_address_that_was_checked(server: FeedServer) -> None:
    """Resolved once for each connection: what the name means afterwards is not asked."""
    url = server.at("/a.ics").replace("127.0.0.1", "calendar.example.org")
    names = Names(["127.0.0.1"])  # a second question would fail
    assert (await get(url, Fetcher(allow_private=True, resolver=names))).status == 200


@pytest.mark.parametrize(
    "target",
    ["http://10.0.0.1/x", "http://169.254.169.254/latest/meta-data", "http://[::1]/", "http://inside/"],
)
async def test_a_redirect_to_a_private_address_is_not_followed(
    server: FeedServer, target: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def is_public_here(address: str) -> bool:
        return address == "127.0.0.1" or is_public(address)

    monkeypatch.setattr(public_addresses, "is_public", is_public_here)
    monkeypatch.setattr(fetch, "is_public", is_public_here)
    server.redirects["/away.ics"] = target
    fetcher = Fetcher(resolver=Names(["10.1.1.1"]))
    assert await reason(server.at("/away.ics"), fetcher) == "private"
    assert len(server.calls) == 1


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://example.org/", ""])
async def test_a_redirect_to_anything_but_http_is_not_followed(server: FeedServer, target: str) -> None:
    server.redirects["/away.ics"] = target
    assert await reason(server.at("/away.ics")) == "bad_redirect"


async def test_redirects_are_followed_a_few_times(server: FeedServer) -> None:
    server.redirects |= {"/1.ics": "/2.ics", "/2.ics": server.at("/a.ics"), "/loop.ics": "/loop.ics"}
    assert (await get(server.at("/1.ics"))).url.path == "/a.ics"
    assert await reason(server.at("/loop.ics")) == "too_many_redirects"
    assert len(server.calls_of("loop")) == 6


async def test_a_password_goes_only_to_the_server_that_it_is_meant_for(server: FeedServer) -> None:
    async with FeedServer() as other:
        other.feeds["/a.ics"] = calendar()
        server.redirects["/away.ics"] = other.at("/a.ics")
        await get(server.at("/away.ics"), login=Login(name="ann", password="p"))
        assert "Authorization" in server.calls[0].headers
        assert "Authorization" not in other.calls[0].headers


# --- How much, and how long --------------------------------------------------------------------------------


async def test_a_huge_answer_is_cut_off_while_it_comes(server: FeedServer) -> None:
    assert await reason(server.at("/huge.ics"), Fetcher(allow_private=True, max_bytes=1 << 20)) == "too_large"
    assert server.sent_bytes < 40 << 20


async def test_a_packed_bomb_is_not_unpacked(server: FeedServer) -> None:
    fetcher = Fetcher(allow_private=True, max_bytes=1 << 20)
    assert await reason(server.at("/bomb.ics"), fetcher) == "too_large"


async def test_slow_bytes_end_with_the_time(server: FeedServer) -> None:
    assert await reason(server.at("/slow.ics"), Fetcher(allow_private=True, seconds=0.4)) == "too_slow"


async def test_a_server_that_hangs_ends_with_the_time(server: FeedServer) -> None:
    server.faults.plan(local.hang)
    assert await reason(server.at("/a.ics"), Fetcher(allow_private=True, seconds=0.3)) == "too_slow"


# --- What servers answer -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (local.status(401), SourceDisconnected),
        (local.status(403), SourceDisconnected),
        (local.status(404), CalendarUnusable),
        (local.status(410), CalendarUnusable),
        (local.status(429), SourceBusy),
        (local.status(503), SourceBusy),
        (local.status(500), SourceUnavailable),
        (local.status(502), SourceUnavailable),
        (local.status(304), SourceUnavailable),
        (local.status(204), SourceUnavailable),
        (local.close, SourceUnavailable),
        (local.half_body, SourceUnavailable),
        (local.status(200, Content_Encoding="br", body="x"), CalendarUnusable),
        (local.status(200, Content_Encoding="gzip", body="no gzip"), CalendarUnusable),
    ],
)
async def test_a_refusal_becomes_an_error_of_the_core(
    server: FeedServer, fault: local.Fault, expected: type[SourceUnavailable]
) -> None:
    server.faults.always(fault)
    with pytest.raises(SourceUnavailable) as raised:
        await get(server.at("/a.ics?key=s3cret"))
    assert type(raised.value) is expected
    assert "s3cret" not in repr(raised.value)
    assert raised.value.__cause__ is None


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120.0),
        ("0", 0.0),
        ("999999999", MAX_RETRY_AFTER),
        ("soon", 300.0),
        ("-5", 300.0),
        ("", 300.0),
        ("Mon, 01 Jan 2029 00:01:00 GMT", 60.0),
    ],
)
async def test_a_server_that_asks_to_wait_is_heard(server: FeedServer, header: str, seconds: float) -> None:
    server.faults.plan(local.status(429, Retry_After=header, Date="Mon, 01 Jan 2029 00:00:00 GMT"))
    with pytest.raises(SourceBusy) as busy:
        await get(server.at("/a.ics"))
    assert busy.value.retry_after == seconds


async def test_nobody_listens(server: FeedServer) -> None:
    await server.stop()
    with pytest.raises(SourceUnavailable):
        await get(server.at("/a.ics"))


async def test_a_password_is_not_sent_in_clear_unless_the_network_is_the_operator_s() -> None:
    with pytest.raises(CalendarUnusable) as refused:
        await get("http://example.org/a.ics", Fetcher(), Login(name="ann", password="p"))
    assert refused.value.reason == "insecure"
