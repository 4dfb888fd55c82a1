"""Both stores, empty and with one person."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from adapters.storage.store import open_store
from core.store import Store
from tests.contracts.store.records import person
from tests.fakes.store import FakeStore


@pytest.fixture(params=["sqlite", "fake"])
async def empty(request: pytest.FixtureRequest, database_url: str) -> AsyncIterator[Store]:
    if request.param == "fake":
        yield FakeStore()
        return
    storage = await open_store(database_url)
    yield storage
    await storage.close()


@pytest.fixture
async def store(empty: Store) -> Store:
    """Knows Ada."""
    async with empty.begin() as unit:
        await unit.people.add(person())
    return empty
