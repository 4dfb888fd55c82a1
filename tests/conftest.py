"""For every test: no test is timed, a found example is the same on every machine, and so are the zones.

The migrations run once in a test session; a test that needs an empty database gets a copy of what they made.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import pytest_asyncio
from hypothesis import settings

from adapters.storage.store import open_store
from core.scheduling.timezones import use_packaged_rules

settings.register_profile("oo", deadline=None, derandomize=True)
settings.load_profile("oo")
use_packaged_rules()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def migrated(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The file that the migrations make out of nothing."""
    file = tmp_path_factory.mktemp("migrated") / "oo.db"
    await (await open_store(f"sqlite:///{file}")).close()
    return file.read_bytes()


@pytest.fixture
def database_url(tmp_path: Path, migrated: bytes) -> str:
    """An empty database with all tables: ``oo.db`` in the test's folder."""
    file = tmp_path / "oo.db"
    file.write_bytes(migrated)
    return f"sqlite:///{file}"
