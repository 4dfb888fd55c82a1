"""Where the use cases run: in memory, and where it matters in a file as well."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from adapters.storage.store import open_store
from core.store import Store
from tests.core.worlds import Scene, scene
from tests.fakes.store import FakeStore


@pytest.fixture
async def on_disk(database_url: str) -> AsyncIterator[Store]:
    """The real store, in a file."""
    storage = await open_store(database_url)
    yield storage
    await storage.close()


@pytest.fixture(params=["memory", "disk"])
async def either(request: pytest.FixtureRequest, database_url: str) -> AsyncIterator[Store]:
    """Each of the two stores."""
    if request.param == "memory":
        yield FakeStore()
        return
    storage = await open_store(database_url)
    yield storage
    await storage.close()


@pytest.fixture
def here() -> Scene:
    """A world in memory without a language model or outside tasks."""
    return scene(FakeStore())
