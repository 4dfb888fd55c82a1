"""A CalDAV account with two calendars, and people's logins."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from tests.servers.caldav import CalDavServer


@pytest_asyncio.fixture
async def dav(tmp_path: Path) -> AsyncIterator[CalDavServer]:
    async with CalDavServer(tmp_path) as server:
        server.add_calendar("office")
        server.add_calendar("home")
        yield server
