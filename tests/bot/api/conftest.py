"""A world, and the program of somebody in it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from adapters.storage.store import open_store
from tests.bot.api.program import Program, program_of
from tests.core.worlds import Scene, scene
from tests.fakes.store import FakeStore


@pytest.fixture
def world() -> Scene:
    """A world on a store in memory."""
    return scene(FakeStore(), llm=True)


@pytest.fixture
async def real_world(database_url: str) -> AsyncIterator[Scene]:
    """A world on a real database."""
    storage = await open_store(database_url)
    yield scene(storage, llm=True)
    await storage.close()


@pytest.fixture
async def ada(world: Scene) -> Program:
    """The program of Ada, who agreed and is in Berlin."""
    return await program_of(world, await world.person())


@pytest.fixture
async def real_ada(real_world: Scene) -> Program:
    """As ``ada``, on a real database."""
    return await program_of(real_world, await real_world.person())
