"""Every store, empty and with one person."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from adapters.storage.store import open_store
from core.store import Store
from tests.contracts.store.records import person
from tests.fakes.store import FakeStore
from tests.servers.postgres import empty_database


@pytest.fixture(params=["sqlite", "postgresql", "fake"])
async def empty(request: pytest.FixtureRequest) -> AsyncIterator[Store]:
    if request.param == "fake":
        yield FakeStore()
        return
    url = empty_database() if request.param == "postgresql" else request.getfixturevalue("database_url")
    storage = await open_store(url)
    yield storage
    await storage.close()


@pytest.fixture
async def store(empty: Store) -> Store:
    """Knows Ada."""
    async with empty.begin() as unit:
        await unit.people.add(person())
    return empty
