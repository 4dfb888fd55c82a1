"""A local Todoist, and the provider that reads it."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from adapters.todoist import Todoist
from tests.adapters.todoist.syncing import SyncingTodoist

TOKEN = "t0ken-CANARY"
NOW = datetime(2026, 10, 1, 8, 0, tzinfo=UTC)


@pytest.fixture
async def server() -> AsyncIterator[SyncingTodoist]:
    async with SyncingTodoist(token=TOKEN, zone="Europe/Berlin", clock=lambda: NOW) as running:
        yield running


@pytest.fixture
async def todoist(server: SyncingTodoist) -> AsyncIterator[Todoist]:
    provider = Todoist(TOKEN, f"{server.url}/")
    yield provider
    await provider.close()
