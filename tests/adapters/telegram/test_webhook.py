import asyncio
import gzip
import json
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer, make_mocked_request

from adapters.http import MAX_BODY_BYTES
from adapters.telegram import WEBHOOK_PATH, Telegram, Webhook
from core.chat import Said
from core.errors import SettingsError
from tests.adapters.inbox import Inbox, StillClock
from tests.adapters.telegram.conftest import MENU, built
from tests.servers.telegram import TelegramServer
from tests.waiting import WAIT_LIMIT

SECRET = "s3cret-CANARY_0123456789"
HEADER = "X-Telegram-Bot-Api-Secret-Token"
PERSON = {"id": 42, "is_bot": False}
CHAT = {"id": 42, "type": "private"}
UPDATE = {"update_id": 7, "message": {"message_id": 1, "from": PERSON, "chat": CHAT, "text": "CANARY words"}}


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """oO's HTTP server with the channel behind it, as the world sees it."""

    channel: Telegram
    url: str
    port: int

    async def post(self, body: bytes | str | AsyncIterator[bytes], **headers: str) -> int:
        """The status that a request gets; the right secret goes along unless ``secret`` is another."""
        sent = {HEADER: headers.pop("secret", SECRET), **headers}
        async with (
            aiohttp.ClientSession() as session,
            session.post(self.url, data=body, headers=sent) as answer,
        ):
            return answer.status


@asynccontextmanager
async def opened(server: TelegramServer, inbox: Inbox) -> AsyncIterator[Door]:
    async def answer(request: web.Request) -> web.Response:
        return await channel.webhook(request)

    app = web.Application(client_max_size=MAX_BODY_BYTES)
    app.router.add_post(WEBHOOK_PATH, answer)
    async with TestServer(app, host="127.0.0.1") as listening:
        webhook = Webhook(url=str(listening.make_url("/")), secret=SECRET)
        channel = built(server, inbox, webhook=webhook)
        await channel.start(MENU)
        yield Door(channel=channel, url=webhook.address, port=listening.port or 0)
        await channel.stop()


@pytest.fixture
async def door(server: TelegramServer, inbox: Inbox) -> AsyncIterator[Door]:
    async with opened(server, inbox) as door:
        yield door


async def test_what_telegram_posts_arrives(server: TelegramServer, inbox: Inbox, door: Door) -> None:
    await server.user(42).send("hello")
    [said] = await inbox.expect_updates()

    assert isinstance(said, Said)
    assert said.text == "hello"
    assert door.channel.healthy
    [registered] = server.called("setWebhook")
    assert registered.params["url"] == door.url
    assert registered.params["secret_token"] == SECRET
    assert registered.params["allowed_updates"][0] == "message"


async def test_without_a_webhook_nothing_may_be_posted(idle: Telegram) -> None:
    with pytest.raises(web.HTTPNotFound):
        await idle.webhook(make_mocked_request("POST", WEBHOOK_PATH))


async def test_what_is_not_taken_is_posted_again(server: TelegramServer, door: Door, inbox: Inbox) -> None:
    inbox.refuse = OSError("disk full")
    await server.user(42).send("hello")
    await inbox.expect_updates(count=0, refused=2)

    inbox.refuse = None

    assert len(await inbox.expect_updates()) == 1
    await server.expect_that(lambda: server.webhook_attempts[-1].status == 200)
    assert {attempt.status for attempt in server.webhook_attempts} == {503, 200}


async def test_what_is_not_for_oo_is_confirmed(server: TelegramServer, door: Door, inbox: Inbox) -> None:
    await server.send_raw({"message": {"message_id": 1, "text": "from nobody"}})
    await server.expect_that(lambda: server.webhook_attempts)

    assert server.webhook_attempts[-1].status == 200
    assert (door.channel.ignored, inbox.updates) == (1, [])


async def test_polling_takes_over_from_a_webhook(
    server: TelegramServer, idle: Telegram, inbox: Inbox
) -> None:
    async with opened(server, inbox):
        pass

    await idle.start(MENU)

    await server.user(42).send("hello")
    await inbox.expect_updates()
    await server.expect_that(lambda: server.is_polled)


@pytest.mark.parametrize("secret", ["", "wrong", SECRET + "x", SECRET[:-1], "ä\udcff", SECRET.upper()])
@pytest.mark.parametrize("body", [json.dumps(UPDATE), "{not json"])
async def test_without_the_secret_nothing_is_even_read(
    door: Door, inbox: Inbox, secret: str, body: str
) -> None:
    raw = (
        b"POST %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n%s: %s\r\nContent-Length: %d\r\n\r\n%s"
        % (
            WEBHOOK_PATH.encode(),
            HEADER.encode(),
            secret.encode("utf-8", "surrogateescape"),
            len(body),
            body.encode(),
        )
    )

    assert (await exchanged(door, raw)).startswith(b"HTTP/1.1 403")
    assert inbox.updates == []


async def test_a_missing_secret_is_a_wrong_one(door: Door) -> None:
    async with aiohttp.ClientSession() as session, session.post(door.url, json=UPDATE) as answer:
        assert answer.status == 403


HOSTILE: dict[str, bytes] = {
    "empty": b"",
    "no JSON": b"{update_id: 7}",
    "not UTF-8": b"\xff\xfe\xfd",
    "no object": b"[1, 2]",
    "no number": b"{}",
    "true as number": b'{"update_id": true}',
    "huge number": b'{"update_id": ' + b"9" * 5000 + b"}",
    "deep": b'{"update_id": 7, "message": ' + b"[" * 100_000,
    "half": json.dumps(UPDATE).encode()[:-5],
    "infinity": b'{"update_id": Infinity}',
}


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE)
async def test_malformed_bodies_are_refused(door: Door, inbox: Inbox, body: bytes) -> None:
    assert await door.post(body) == 400
    assert inbox.updates == []


async def test_a_hundred_kilobytes_are_taken_and_a_flood_is_not(door: Door, inbox: Inbox) -> None:
    message = {**UPDATE["message"], "text": "x" * 100_000}  # type: ignore[dict-item]  # it is a dict in there

    assert await door.post(json.dumps({**UPDATE, "message": message})) == 200
    assert await door.post(endless()) == 413
    assert len(inbox.updates) == 1


async def endless() -> AsyncIterator[bytes]:
    for _ in range(1000):
        yield b" " * 4096


async def test_a_compressed_body_is_not_unpacked(door: Door) -> None:
    bomb = gzip.compress(b" " * 10_000_000)

    assert await door.post(bomb, **{"Content-Encoding": "gzip"}) == 400

    assert await door.post(b"no gzip", **{"Content-Encoding": "gzip"}) == 400
    assert await door.post(b"no gzip", secret="wrong", **{"Content-Encoding": "gzip"}) == 403


@pytest.mark.parametrize(
    "body",
    [b"Transfer-Encoding: chunked\r\n\r\n5\r\n{", b"Content-Length: 100\r\n\r\n{"],
    ids=["half a chunk", "half a body"],
)
async def test_a_request_that_breaks_off_does_no_harm(door: Door, inbox: Inbox, body: bytes) -> None:
    head = f"POST {WEBHOOK_PATH} HTTP/1.1\r\nHost: localhost\r\n{HEADER}: {SECRET}\r\n".encode()

    assert await exchanged(door, head + body, hang_up=True) == b""
    assert inbox.updates == []
    assert await door.post(json.dumps(UPDATE)) == 200


async def exchanged(door: Door, raw: bytes, *, hang_up: bool = False) -> bytes:
    """The status line that comes back for these very bytes, b"" if the connection is closed without one."""
    reader, writer = await asyncio.open_connection("127.0.0.1", door.port)
    writer.write(raw)
    if hang_up:
        writer.write_eof()
    async with asyncio.timeout(WAIT_LIMIT):
        answer = await reader.readline()
    writer.close()
    await writer.wait_closed()
    return answer


async def test_nothing_of_a_request_is_logged(
    door: Door, inbox: Inbox, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    await door.post(json.dumps(UPDATE), secret="CANARY-guess")
    await door.post(json.dumps(UPDATE))
    await door.post(json.dumps(UPDATE)[:-1])
    inbox.refuse = ValueError("no room")
    await door.post(json.dumps(UPDATE))

    assert "the inbox did not take an update: ValueError" in caplog.messages
    assert "CANARY" not in caplog.text


@pytest.mark.parametrize("secret", ["", "with space", "ä", "x" * 257, "line\n"])
def test_a_secret_that_telegram_would_refuse_is_a_fault_of_the_settings(secret: str) -> None:
    with pytest.raises(SettingsError, match="TELEGRAM_WEBHOOK_SECRET"):
        Webhook(url="https://oo.example", secret=secret)


async def test_a_url_that_telegram_refuses_is_a_fault_of_the_settings(
    server: TelegramServer, inbox: Inbox
) -> None:
    channel = Telegram(
        server.token,
        api_url=server.url,
        accept=inbox.accept,
        clock=StillClock(),
        webhook=Webhook(url="ftp://oo.example", secret=SECRET),
    )
    try:
        with pytest.raises(SettingsError, match=r"TELEGRAM_WEBHOOK_URL.*invalid webhook url"):
            await channel.start(MENU)
    finally:
        await channel.stop()


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://oo.example", "https://oo.example/telegram/webhook"),
        ("https://oo.example/", "https://oo.example/telegram/webhook"),
        ("https://oo.example/bots/oo", "https://oo.example/bots/oo"),
    ],
)
def test_the_path_is_oos_own_unless_another_is_named(url: str, address: str) -> None:
    assert Webhook(url=url, secret=SECRET).address == address
