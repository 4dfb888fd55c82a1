import asyncio
import gzip
import json
import logging
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from urllib.parse import urlencode, urlsplit

import pytest
from aiohttp import ClientSession

from adapters.slack import EVENTS_PATH, Slack
from adapters.slack.signature import RequestVerifier
from core.chat import Said
from core.errors import SettingsError
from tests.adapters.inbox import NOW, Inbox, StillClock
from tests.adapters.slack.conftest import COMMANDS, built, served
from tests.servers.slack import Person, SlackServer
from tests.servers.slack.signed_http import sign

EVENT = {
    "type": "event_callback",
    "team_id": "T00000001",
    "event_id": "Ev1",
    "event": {
        "type": "message",
        "channel_type": "im",
        "channel": "D00000001",
        "user": "U1",
        "text": "CANARY words",
        "ts": "1.2",
    },
}


@pytest.fixture
async def url(server: SlackServer, inbox: Inbox, ann: Person) -> AsyncIterator[str]:
    """Where a channel without Socket Mode listens."""
    slack = built(server, inbox, "http")
    async with served(server, slack) as url:
        await slack.start(COMMANDS)
        yield url
        await slack.stop()


async def test_the_url_is_verified(server: SlackServer, url: str) -> None:
    assert await server.verify_url()


@pytest.mark.parametrize("secret", ["", None])
def test_without_a_secret_it_does_not_even_start(
    server: SlackServer, inbox: Inbox, secret: str | None
) -> None:
    with pytest.raises(SettingsError, match="SLACK_SIGNING_SECRET"):
        Slack(
            "xoxb-1", api_url=server.api_url, accept=inbox.accept, clock=StillClock(), signing_secret=secret
        )


async def test_forgeries_are_refused(server: SlackServer, url: str, inbox: Inbox) -> None:
    forge = server.forge
    answers = [
        await forge.unsigned(),
        await forge.without_timestamp(),
        await forge.wrong_signature(),
        await forge.wrong_signature(""),
        await forge.wrong_signature("v0=" + "0" * 1000),
        await forge.wrong_signature("v1=" + "0" * 64),
        await forge.non_ascii_signature(),
        await forge.stale(),
        await forge.stale(-61),
        *[await forge.junk_timestamp(junk) for junk in ("abc", "-1", "²³", "1e9", "9" * 13, " 1803891600")],
        await forge.other_body(),
    ]

    assert {answer.status for answer in answers} == {401}
    assert {answer.text for answer in answers} == {""}
    assert inbox.updates == []


async def test_a_little_early_and_a_little_late_is_in_time(server: SlackServer, url: str) -> None:
    assert (await server.forge.stale(299)).status == 200
    assert (await server.forge.stale(-59)).status == 200


async def test_a_request_counts_once(server: SlackServer, url: str, ann: Person, inbox: Inbox) -> None:
    await ann.dm("hello")
    await ann.slash("/oo", "tip")

    assert {answer.status for answer in await server.forge.replay(20)} == {401}
    assert len(inbox.updates) == 2


async def test_what_was_not_taken_may_come_again_in_the_same_second(
    server: SlackServer, url: str, ann: Person, inbox: Inbox
) -> None:
    inbox.refuse = OSError("disk full")
    await ann.slash("/oo", "tip")
    inbox.refuse = None

    assert [answer.status for answer in await server.forge.replay()] == [200]
    assert len(inbox.updates) == 1


def test_signatures_are_forgotten_after_ten_minutes_and_when_there_are_too_many() -> None:
    class Clock:
        time = NOW

        def now(self) -> datetime:
            return self.time

    clock = Clock()
    verifier = RequestVerifier("secret", clock, max_age_seconds=10_000, max_remembered=3)

    def admitted(body: bytes) -> bool:
        at = str(int(NOW.timestamp()))
        return verifier.verify(body, timestamp=at, signature=sign("secret", at, body))

    assert [admitted(body) for body in (b"1", b"2", b"3", b"1")] == [True, True, True, False]
    assert [admitted(body) for body in (b"4", b"4", b"3")] == [True, False, False]
    clock.time += timedelta(seconds=601)
    assert [admitted(body) for body in (b"4", b"4")] == [True, False]


HOSTILE: dict[str, bytes] = {
    "no JSON": b"{event_id: 7}",
    "not UTF-8": b"\xff\xfe\xfd",
    "no object": b"[1, 2]",
    "huge number": b'{"event_id": ' + b"9" * 5000 + b"}",
    "deep": b'{"event": ' + b"[" * 100_000,
    "half": json.dumps(EVENT).encode()[:-5],
    "other shapes": b'{"team": 5, "user": 5}',
    "more shapes": b'{"authorizations": [5]}',
}


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE)
async def test_malformed_bodies_are_refused(server: SlackServer, url: str, inbox: Inbox, body: bytes) -> None:
    assert (await server.forge.raw(body)).status == 400
    assert (await server.forge.raw(body, signed=False)).status == 401
    form = urlencode({"payload": body.decode(errors="replace")}).encode()
    assert (await server.forge.raw(form, content_type="application/x-www-form-urlencoded")).status == 400
    assert inbox.updates == []


@pytest.mark.parametrize(
    "body",
    [b"", b"ssl_check=1&token=x", b"payload=", b"&".join(b"a=1" for _ in range(200)), b"payload=%FF&=&&"],
)
async def test_odd_forms_do_no_harm(server: SlackServer, url: str, inbox: Inbox, body: bytes) -> None:
    answer = await server.forge.raw(body, content_type="application/x-www-form-urlencoded")

    assert answer.status in {200, 400}
    assert inbox.updates == []


async def test_a_hundred_kilobytes_are_taken_and_a_flood_is_not(
    server: SlackServer, url: str, inbox: Inbox
) -> None:
    large = json.dumps(EVENT | {"event": EVENT["event"] | {"text": "x" * 100_000}}).encode()  # type: ignore[operator]  # it is a dict in there

    assert (await server.forge.raw(large)).status == 200
    for signed in (False, True):
        assert (await server.forge.huge((1 << 20) + 1, signed=signed)).status in {413, 0}
    async with ClientSession() as session, session.post(url, data=endless()) as answer:
        assert answer.status == 413
    [said] = inbox.updates
    assert isinstance(said, Said)
    assert len(said.text) == 100_000


async def endless() -> AsyncIterator[bytes]:
    for _ in range(300):
        yield b" " * 4096


async def test_a_compressed_body_is_not_unpacked(server: SlackServer, url: str) -> None:
    bomb = gzip.compress(b" " * 10_000_000)
    async with (
        ClientSession() as session,
        session.post(url, data=bomb, headers={"Content-Encoding": "gzip"}) as answer,
    ):
        assert answer.status == 400


async def test_a_request_that_breaks_off_does_no_harm(server: SlackServer, url: str, inbox: Inbox) -> None:
    _, writer = await asyncio.open_connection("127.0.0.1", urlsplit(url).port)
    writer.write(f"POST {EVENTS_PATH} HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{{".encode())
    await writer.drain()
    writer.close()
    await writer.wait_closed()

    assert (await server.forge.raw(json.dumps(EVENT).encode())).status == 200
    assert len(inbox.updates) == 1


async def test_nothing_of_a_request_is_logged(
    server: SlackServer, url: str, inbox: Inbox, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    body = json.dumps(EVENT).encode()
    assert (await server.forge.raw(body, signed=False)).status == 401
    assert (await server.forge.raw(body[:-1])).status == 400
    inbox.refuse = ValueError("CANARY in an error")
    assert (await server.forge.raw(body)).status == 503
    inbox.refuse = None
    assert (await server.forge.raw(body)).status == 200

    assert "the inbox did not take an update: ValueError" in caplog.messages
    assert "CANARY" not in caplog.text
