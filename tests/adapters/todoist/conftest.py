"""A local Todoist, and the provider that reads it."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest

from adapters.todoist import Todoist
from tests.servers.todoist_sync import SyncingTodoist

TOKEN = "t0ken-CANARY"
NOW = datetime(2026, 10, 1, 8, 0, tzinfo=UTC)


@pytest.fixture
async def server() -> AsyncIterator[SyncingTodoist]:
    async with SyncingTodoist(token=TOKEN, zone="Europe/Berlin", clock=lambda: NOW) as running:
        yield running


@pytest.fixture
def limits() -> dict[str, Any]:
    """Of the provider below; a test may override it by a parameter of this name."""
    return {}


@pytest.fixture
async def todoist(server: SyncingTodoist, limits: dict[str, Any]) -> AsyncIterator[Todoist]:
    provider = Todoist(TOKEN, f"{server.url}/", **limits)
    yield provider
    await provider.close()
