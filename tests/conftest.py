"""For every test: no test is timed, a found example is the same on every machine, and so are the zones."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from core.scheduling.timezones import use_packaged_rules
from tests.databases import compile_once, empty_database
from tests.operators_log import restored_logging

settings.register_profile("oo", deadline=None, derandomize=True)
settings.load_profile("oo")
use_packaged_rules()
compile_once()


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    """An empty database with all tables: ``oo.db`` in the test's folder."""
    file = tmp_path / "oo.db"
    empty_database(file)
    return f"sqlite:///{file}"


@pytest.fixture(autouse=True)
def levels_of_loggers() -> Iterator[None]:
    """A command that runs within a test sets them for its process."""
    with restored_logging():
        yield
