"""Databases for tests: empty ones, and what makes them cheap.

The migrations run once in a test process; whoever needs an empty database gets a copy of what they made. SQL
is compiled once in a test process as well.
"""

from __future__ import annotations

import asyncio
import os
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from adapters.storage.asyncio_engine import create_async_engine
from adapters.storage.store import open_store
from tests.schemas import check_schemas
from tests.servers import postgres

CHOSEN = "database_url"
"""The file that names the database chosen for a folder."""

ON_POSTGRESQL = os.environ.get("OO_TESTS_ON") == "postgresql"
"""Whether every folder has a database on a real PostgreSQL."""


class CompiledSql(dict[tuple[Any, ...], Any]):
    """Compiled statements of every database: the dialect, first in a key, is another object in each.

    None may join tables of two schemas.
    """

    def get(self, key: tuple[Any, ...], default: Any = None) -> Any:
        return super().get(key[1:], default)

    def __setitem__(self, key: tuple[Any, ...], compiled: Any) -> None:
        check_schemas(compiled.statement)
        super().__setitem__(key[1:], compiled)


def compile_once() -> None:
    """From now on, a statement is compiled once and not once in each database."""
    shared = {"compiled_cache": CompiledSql()}
    connecting = partial(create_async_engine, execution_options=shared)
    pytest.MonkeyPatch().setattr("adapters.storage.sqlite.create_async_engine", connecting)


@cache
def migrated() -> bytes:
    """The file that the migrations make out of nothing."""
    with TemporaryDirectory() as folder, ThreadPoolExecutor(1) as aside:  # a loop may run in this thread
        file = Path(folder) / "oo.db"
        aside.submit(asyncio.run, _migrate(file)).result()
        return file.read_bytes()


async def _migrate(file: Path) -> None:
    await (await open_store(f"sqlite:///{file}")).close()


def url_in(folder: Path) -> str:
    """The URL of the test's database: the one that was chosen for the folder, else ``oo.db`` in it, made if
    it is missing. ``OO_TESTS_ON=postgresql`` chooses a database on a real PostgreSQL for every folder.
    """
    url = place_in(folder)
    if url.startswith("sqlite:"):
        empty_database(folder / "oo.db")
    return url


def place_in(folder: Path) -> str:
    """As ``url_in``, but that no file is made: whoever opens it first makes it, as for a new user."""
    chosen = folder / CHOSEN
    if not chosen.exists() and ON_POSTGRESQL:
        choose(folder, postgres.borrowed_database())
    return chosen.read_text() if chosen.exists() else f"sqlite:///{folder}/oo.db"


def choose(folder: Path, url: str) -> None:
    """Let ``url_in`` return ``url`` for the folder from now on."""
    (folder / CHOSEN).write_text(url)


def empty_database(file: Path) -> None:
    """Write an empty database with all tables to ``file``, unless there is one already."""
    if not file.exists():
        file.write_bytes(migrated())
