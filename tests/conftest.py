"""For every test: no test is timed, a found example is the same on every machine, and so are the zones."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from core.scheduling.timezones import use_packaged_rules
from tests.databases import ON_POSTGRESQL, compile_once, empty_database
from tests.operators_log import restored_logging
from tests.servers import postgres

OF_A_FILE = "of_a_sqlite_file"

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


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL, leave out what is about a file."""
    left_out = [item for item in items if ON_POSTGRESQL and item.get_closest_marker(OF_A_FILE)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if not item.get_closest_marker(OF_A_FILE)]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what was left out; that workers of xdist deselected it is not shown otherwise."""
    if ON_POSTGRESQL:
        terminalreporter.write_line(f"on PostgreSQL, without the tests with the marker {OF_A_FILE}")


@pytest.fixture(autouse=True)
def databases_are_given_back() -> Iterator[None]:
    """The next test takes those on a server; making new ones would cost ten times as much."""
    yield
    if ON_POSTGRESQL:
        postgres.take_back()


@pytest.fixture(autouse=True)
def levels_of_loggers() -> Iterator[None]:
    """A command that runs within a test sets them for its process."""
    with restored_logging():
        yield
