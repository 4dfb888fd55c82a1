"""Where the jobs run."""

from __future__ import annotations

import pytest

from tests.core.worlds import Scene, scene
from tests.fakes.store import FakeStore


@pytest.fixture
async def here() -> Scene:
    """Ada, with Todoist connected."""
    found = scene(FakeStore(), todoist=True)
    await found.person()
    await found.connect()
    return found
