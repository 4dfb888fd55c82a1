import ssl
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import httpx
import pytest

from adapters.telegram import CHAT_RATE, Command, Limits, Telegram
from tests.adapters.inbox import Inbox, StillClock
from tests.servers.telegram import Person, TelegramServer
from tests.waiting import WAIT_LIMIT

TLS = ssl.create_default_context()
NO_TURN = replace(
    CHAT_RATE, interval=10 * WAIT_LIMIT, max_expected_wait=100 * WAIT_LIMIT, max_wait=100 * WAIT_LIMIT
)
"""After the burst, a message waits for its turn longer than any test runs."""

MENU = (Command(name="tip", description="One good tip"), Command(name="help", description="What I can do"))

QUICK = Limits(first_pause=0.02)


@pytest.fixture(autouse=True)
def _certificates_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The local server speaks plain HTTP, so no channel needs to load the root certificates again."""
    monkeypatch.setattr(httpx, "create_ssl_context", lambda: TLS)


def built(server: TelegramServer, inbox: Inbox, limits: Limits = QUICK, **options: Any) -> Telegram:
    """A channel that is not started."""
    return Telegram(
        server.token, api_url=server.url, accept=inbox.accept, clock=StillClock(), limits=limits, **options
    )


@pytest.fixture
async def server() -> AsyncIterator[TelegramServer]:
    async with TelegramServer(flood=None) as server:
        yield server


@pytest.fixture
def ann(server: TelegramServer) -> Person:
    """Someone who may be written to."""
    person = server.user(42)
    person.chat.has_written = True
    return person


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
async def idle(server: TelegramServer, inbox: Inbox) -> AsyncIterator[Telegram]:
    """A channel that was built and not started; stopped after the test, however it stands then."""
    channel = built(server, inbox)
    yield channel
    await channel.stop()


@pytest.fixture
async def telegram(idle: Telegram) -> Telegram:
    await idle.start(MENU)
    return idle
