"""A world, and browsers in it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from adapters.storage.store import open_store
from tests.bot.web.browser import Browser, browser_of
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
def stranger(world: Scene) -> Browser:
    """A browser that is not signed in."""
    return browser_of(world)


@pytest.fixture
async def ada(world: Scene) -> Browser:
    """Ada's browser, signed in."""
    browser = browser_of(world)
    await browser.sign_in(await world.person())
    return browser
