import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from aiohttp import web

from adapters.http import MAX_BODY_BYTES
from adapters.slack import EVENTS_PATH, Limits, Slack
from tests.adapters.inbox import NOW, Inbox, StillClock
from tests.servers.slack import Person, SlackServer
from tests.waiting import WAIT_LIMIT


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A command as the bot knows it."""

    name: str


COMMANDS = tuple(Command(name=name) for name in ("tip", "tasks", "add", "help"))
TRANSPORTS = ("socket", "http")


@pytest.fixture
async def server() -> AsyncIterator[SlackServer]:
    async with SlackServer(clock=NOW.timestamp, post_burst=1000, retry_after=(0.0, 0.02, 0.02)) as server:
        yield server


@pytest.fixture
async def strict() -> AsyncIterator[SlackServer]:
    """A Slack on the real clock, with its real limit of messages."""
    async with SlackServer(clock=time.time) as server:
        yield server


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def ann(server: SlackServer) -> Person:
    return server.user("U1", name="Ann")


@pytest.fixture
def dm(ann: Person) -> str:
    """The address of Ann's direct message."""
    return ann.channel.id


def built(server: SlackServer, inbox: Inbox, transport: str = "socket", **options: Any) -> Slack:
    """A channel that is not started."""
    return Slack(
        server.bot_token,
        api_url=server.api_url,
        accept=inbox.accept,
        clock=StillClock(),
        app_token=server.app_token if transport == "socket" else None,
        signing_secret=server.signing_secret,
        **options,
    )


@asynccontextmanager
async def served(server: SlackServer, slack: Slack) -> AsyncIterator[str]:
    """The channel's URL in an HTTP server, to which the local Slack posts from now on."""
    app = web.Application(client_max_size=MAX_BODY_BYTES)
    app.router.add_post(EVENTS_PATH, slack.events)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.05)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}{EVENTS_PATH}"
    server.use_http(url)
    try:
        yield url
    finally:
        await runner.cleanup()


@pytest.fixture
def limits() -> Limits:
    """Of the channels below; a test may override it by a parameter of this name."""
    return Limits()


@pytest.fixture
async def idle(server: SlackServer, inbox: Inbox, limits: Limits) -> AsyncIterator[Slack]:
    """A channel that was built and not started; stopped after the test, whether it was started or not."""
    slack = built(server, inbox, limits=limits)
    yield slack
    await slack.stop()


@pytest.fixture(params=TRANSPORTS)
async def slack(
    request: pytest.FixtureRequest, server: SlackServer, inbox: Inbox, limits: Limits
) -> AsyncIterator[Slack]:
    """A channel that listens, by either transport."""
    slack = built(server, inbox, request.param, limits=limits)
    async with served(server, slack) if request.param == "http" else _connected(server, slack):
        await slack.start(COMMANDS)
        yield slack
        await slack.stop()


async def expect_that(reached: Callable[[], bool]) -> None:
    """Wait for a state that nobody announces."""
    async with asyncio.timeout(WAIT_LIMIT):
        while not reached():  # noqa: ASYNC110 - nothing there tells when
            await asyncio.sleep(0.01)


@asynccontextmanager
async def _connected(server: SlackServer, slack: Slack) -> AsyncIterator[None]:
    yield
