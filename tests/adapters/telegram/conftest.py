import ssl
from collections.abc import AsyncIterator

import httpx
import pytest

from adapters.telegram import Command, Telegram, polling
from tests.adapters.inbox import Inbox, StillClock
from tests.servers.telegram import Person, TelegramServer

TLS = ssl.create_default_context()
MENU = (Command(name="tip", description="One good tip"), Command(name="help", description="What I can do"))


@pytest.fixture(autouse=True)
def _in_a_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """No pauses worth mentioning, and not all root certificates for every channel that speaks plain HTTP."""
    monkeypatch.setattr(httpx, "create_ssl_context", lambda: TLS)
    monkeypatch.setattr(polling, "FIRST_PAUSE", 0.02)


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
    channel = Telegram(server.token, api_url=server.url, accept=inbox.accept, clock=StillClock())
    yield channel
    await channel.stop()


@pytest.fixture
async def telegram(idle: Telegram) -> Telegram:
    await idle.start(MENU)
    return idle
