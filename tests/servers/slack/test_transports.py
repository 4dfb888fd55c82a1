"""Socket Mode and signed HTTP below the SDK: single-use URLs, ten sockets, acks that come late or never."""

import asyncio
import json
from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientSession, ClientWebSocketResponse, WSServerHandshakeError, web

from tests.servers.slack import SlackServer
from tests.servers.slack.bolt_app import client
from tests.waiting import WAIT_LIMIT

EVENT = {"type": "app_uninstalled"}


@pytest.fixture
async def slack() -> AsyncIterator[SlackServer]:
    async with SlackServer(retry_after=(0.0, 0.05)) as server:
        yield server


@pytest.fixture
async def session() -> AsyncIterator[ClientSession]:
    async with ClientSession() as opened:
        yield opened


async def _socket(slack: SlackServer, session: ClientSession) -> ClientWebSocketResponse:
    url = (await client(slack).apps_connections_open(app_token=slack.app_token))["url"]
    return await session.ws_connect(url)


async def test_a_socket_url_is_good_for_one_connection(slack: SlackServer, session: ClientSession) -> None:
    url = (await client(slack).apps_connections_open(app_token=slack.app_token))["url"]
    first = await session.ws_connect(url)
    assert (await first.receive_json())["type"] == "hello"
    with pytest.raises(WSServerHandshakeError, match="403"):
        await session.ws_connect(url)


async def test_the_eleventh_socket_is_sent_away(slack: SlackServer, session: ClientSession) -> None:
    sockets = [await _socket(slack, session) for _ in range(11)]
    first = [await socket.receive_json() for socket in sockets]
    assert [hello["num_connections"] for hello in first[:10]] == list(range(1, 11))
    assert first[10]["reason"] == "too_many_websockets"


async def test_a_late_ack_counts_as_none(slack: SlackServer, session: ClientSession) -> None:
    socket = await _socket(slack, session)
    await socket.receive_json()
    slack.ack_within = 0.1
    delivery = await slack.send_event(EVENT)
    slack.ack_within = WAIT_LIMIT
    first = await socket.receive_json()
    await socket.send_json({"envelope_id": first["envelope_id"]})
    second = await socket.receive_json()
    await socket.send_json({"envelope_id": second["envelope_id"]})
    await slack.expect_that(lambda: delivery.acknowledged)
    assert first["envelope_id"] != second["envelope_id"]
    assert [(each["retry_attempt"], each["retry_reason"]) for each in (first, second)] == [
        (0, ""),
        (1, "timeout"),
    ]
    assert slack.sockets.unknown_acks == [first["envelope_id"]]


async def test_taps_are_not_tried_again(slack: SlackServer, session: ClientSession) -> None:
    await _socket(slack, session)
    slack.ack_within = 0.1
    delivery = await slack.send("interactive", {"type": "block_actions"})
    assert [ack.problem for ack in delivery.attempts] == ["timeout"]
    with pytest.raises(TimeoutError):
        await slack.expect_that(lambda: len(delivery.attempts) > 1, within=0.2)


@pytest.mark.parametrize(
    ("path", "problems"),
    [
        ("/slow", ["http_timeout"] * 3),
        ("/broken", ["http_error"] * 3),
        ("/never-again", ["http_error"]),
        ("/fine", [None]),
    ],
)
async def test_http_attempts_follow_the_answer(
    slack: SlackServer, path: str, problems: list[str | None]
) -> None:
    heard: list[web.Request] = []

    async def answer(request: web.Request) -> web.Response:
        heard.append(request)
        assert json.loads(await request.text())["event"] == EVENT
        if request.path == "/slow":
            await asyncio.Event().wait()
        headers = {"X-Slack-No-Retry": "1"} if request.path == "/never-again" else {}
        return web.Response(status=200 if request.path in ("/fine", "/slow") else 500, headers=headers)

    server = web.Application()
    server.router.add_post("/{any}", answer)
    runner = web.AppRunner(server, access_log=None, shutdown_timeout=0.05)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    slack.use_http(f"http://127.0.0.1:{runner.addresses[0][1]}{path}")
    slack.ack_within = 0.1 if path == "/slow" else WAIT_LIMIT
    delivery = await slack.send_event(EVENT)
    await slack.expect_that(lambda: len(delivery.attempts) == len(problems))
    await runner.cleanup()
    assert [ack.problem for ack in delivery.attempts] == problems
    retries = [request.headers.get("X-Slack-Retry-Num") for request in heard]
    assert retries == [None, "1", "2"][: len(problems)]
