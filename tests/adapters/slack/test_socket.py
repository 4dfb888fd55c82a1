import asyncio

import pytest
from aiohttp import web

from adapters.slack import Limits, Slack
from adapters.slack.channel import next_pause
from core.chat import Said
from tests.adapters.inbox import Inbox
from tests.adapters.slack.conftest import COMMANDS, built, expect_that
from tests.servers.local import close, status
from tests.servers.slack import Person, SlackServer


@pytest.fixture
async def slack(server: SlackServer, idle: Slack) -> Slack:
    """A channel that is connected by Socket Mode."""
    await idle.start(COMMANDS)
    await server.expect_connection()
    return idle


async def reached(server: SlackServer, ann: Person) -> bool:
    """Whether the channel hears of what is said once it's connected."""
    await server.expect_connection()
    return (await ann.dm("still there?")).acknowledged


@pytest.mark.parametrize("reason", ["warning", "refresh_requested"])
async def test_slack_may_move_it_to_another_connection(
    server: SlackServer, slack: Slack, ann: Person, reason: str
) -> None:
    [first] = server.sockets.sockets

    await server.ask_to_reconnect(reason)  # type: ignore[arg-type]  # one of two words

    assert await reached(server, ann)
    assert first not in server.sockets.sockets
    assert not first.closed  # what is still on its way there is not lost
    assert slack.healthy


@pytest.mark.parametrize("limits", [Limits(linger=0.0)])
async def test_the_old_connection_is_given_up_at_last(server: SlackServer, slack: Slack, ann: Person) -> None:
    [first] = server.sockets.sockets

    await server.ask_to_reconnect()

    await server.expect_that(lambda: first.closed)
    assert await reached(server, ann)


async def test_a_broken_connection_is_replaced(server: SlackServer, slack: Slack, ann: Person) -> None:
    server.sockets.drop()
    await server.expect_that(lambda: not server.sockets.sockets)

    assert await reached(server, ann)
    assert slack.healthy


async def test_a_lost_handshake_costs_a_url_and_no_more(
    server: SlackServer, slack: Slack, ann: Person
) -> None:
    async def lost(request: web.Request) -> web.Response:
        """The URL is used up, and the answer never arrives."""
        server.sockets._tickets.discard(request.query["ticket"])
        return await close(request)  # type: ignore[return-value]  # it never returns

    server.faults.plan(lost, on="/link/")
    server.sockets.drop()
    await server.expect_that(lambda: not server.sockets.sockets)

    assert await reached(server, ann)
    assert len(server.calls_of("apps.connections.open")) == 3


async def test_a_slack_that_is_away_for_a_while_is_found_again(
    server: SlackServer, slack: Slack, ann: Person
) -> None:
    await server.stop()
    await expect_that(lambda: not slack.healthy)
    assert slack.last_error == "ClientConnectorError"

    await server.start()

    assert await reached(server, ann)
    assert slack.healthy


def test_pauses_grow_while_no_connection_lasts() -> None:
    pauses = [0.0]
    for _ in range(9):
        pauses.append(next_pause(pauses[-1], 1.0, Limits()))

    assert pauses == [0, 0.25, 0.5, 1, 2, 4, 8, 16, 30, 30]
    assert next_pause(30, 60.0, Limits()) == 0


@pytest.mark.parametrize("limits", [Limits(max_pause=0.01)])
async def test_it_never_stops_trying(server: SlackServer, idle: Slack, ann: Person) -> None:
    server.faults.plan(status(503), on="/link/", times=10)
    server.faults.plan(status(503), on="auth.test", times=10)

    await idle.start(COMMANDS)

    assert await reached(server, ann)
    assert len(server.calls_of("apps.connections.open")) == 11


async def test_words_that_are_no_envelope_are_passed_over(
    server: SlackServer, slack: Slack, ann: Person, inbox: Inbox
) -> None:
    [connection] = server.sockets.sockets
    for words in (
        "Ping from applink-1",
        "[",
        "[1]",
        "{}",
        '{"envelope_id": 5, "payload": {}}',
        "[" * 100_000,
    ):
        await connection.send_str(words)
    await connection.send_bytes(b"\xff")
    await connection.send_json({"envelope_id": "e1", "payload": {"team": 5}, "type": "interactive"})

    assert await reached(server, ann)
    assert len(inbox.updates) == 1
    assert server.sockets.unknown_acks == []


async def test_what_is_being_taken_in_is_finished_and_confirmed_before_a_stop(
    server: SlackServer, ann: Person
) -> None:
    begun, go = asyncio.Event(), asyncio.Event()

    class Slow(Inbox):
        async def accept(self, update: object) -> None:
            begun.set()
            await go.wait()

    slack = built(server, Slow())
    await slack.start(COMMANDS)
    await server.expect_connection()
    saying = asyncio.create_task(ann.dm("hello"))
    await begun.wait()

    asyncio.get_running_loop().call_later(0.05, go.set)
    await slack.stop()

    assert (await saying).acknowledged


async def test_there_is_no_url_in_socket_mode(server: SlackServer, slack: Slack, inbox: Inbox) -> None:
    class Request:
        """Never looked at."""

    answer = await slack.events(Request())  # type: ignore[arg-type]  # never looked at

    assert answer.status == 404
    assert not any(isinstance(update, Said) for update in inbox.updates)
