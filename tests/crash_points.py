"""A crash-point sweep: ends a process at the k-th line of oO's own code that it executes (T1); on
PostgreSQL, before the k-th statement, and before and after each end of a transaction.

A scenario is a module with these functions, each with a folder that holds all its state:
``async prepare(folder)`` makes the state before. ``async act(folder, arm)`` calls ``arm()``, and what
follows gets killed. ``async check(folder, finished)`` starts as after a restart, asserts what must hold, and
returns a name for the outcome; ``finished`` is whether ``act`` came to its end. Equal states, in rows and
files, are checked once: a scenario takes its randomness from a seed.

``sweep`` runs it in a process of its own, which forks a child for each k, so that nothing is imported twice.
What a kill leaves is the bytes in the folder, so it ends the process once for all lines in a row between
which no byte has changed. ``python -m tests.crash_points SCENARIO FOLDER`` takes every line of every package,
which lasts for minutes. With ``--statements`` it takes a new PostgreSQL and every statement; ``sweep_server``
does so at the ends of transactions only.

Tests: tests/core/delivery/test_crashes.py.
"""

from __future__ import annotations

import asyncio
import hashlib
import importlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import traceback
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Coroutine, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path
from types import FrameType, ModuleType
from typing import Any

from sqlalchemy import Engine, event

from adapters.storage.asyncio_engine import AsyncConnection
from tests.databases import CHOSEN, choose
from tests.servers import postgres

ROOT = Path(__file__).parent.parent
OURS = ("core/", "adapters/", "jobs/", "bot/")
KILLED = 137
ONCE_PER_CHANGE = "--once-per-change"
STATEMENTS = "--statements"


@dataclass(frozen=True, slots=True, kw_only=True)
class Swept:
    """The result of a sweep."""

    points: int
    """How many lines were executed: each is a point at which the process might end."""
    kills: int
    """How often the process was ended."""
    states: int
    """How many different states that left."""
    outcomes: dict[str, int]
    """At how many lines each outcome was found."""


def sweep(scenario: str, folder: Path, *within: str) -> Swept:
    """Sweep the module ``scenario`` at lines of files whose path begins with one of ``within``.

    Raises ``AssertionError`` with what a child has printed.
    """
    command = [sys.executable, "-m", "tests.crash_points", scenario, str(folder), *within, ONCE_PER_CHANGE]
    own = {name: value for name, value in os.environ.items() if name != "OO_TESTS_ON"}  # files are swept here
    ended = subprocess.run(command, cwd=ROOT, env=own, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return Swept(**json.loads(ended.stdout.splitlines()[-1]))


def sweep_server(scenario: ModuleType, folder: Path, *, statements: bool = False) -> Swept:
    """Sweep ``scenario`` on a PostgreSQL: before and after each end of a transaction, and with ``statements``
    also before each statement. What a kill leaves is what the server then holds, so every point is a kill.
    """
    before = folder / "before"
    before.mkdir()
    choose(before, postgres.new_database(migrated=True))
    asyncio.run(scenario.prepare(before))
    counting, found = _Calls(0, statements=statements), folder / "calls"
    here = _copied(before, folder / "counted")
    assert _in_child(_count, scenario, here, found, counting) == 0, "it never came to its end"
    points = int(found.read_text())
    _dropped(here)
    outcomes: Counter[str] = Counter()
    for point in range(1, points + 2):
        here = _copied(before, folder / str(point))
        code = _in_child(scenario.act, here, _Calls(point, statements=statements))
        assert code == (KILLED if point <= points else 0), f"call {point}: the child ended with {code}"
        assert _in_child(_check, scenario, here, code == 0) == 0, f"call {point}"
        outcomes[(here / "outcome").read_text()] += 1
        _dropped(here)
    return Swept(points=points, kills=points, states=points + 1, outcomes=dict(sorted(outcomes.items())))


async def _count(scenario: ModuleType, here: Path, found: Path, counting: _Calls) -> None:
    await scenario.act(here, counting)
    counting.save(found)


def _copied(before: Path, here: Path) -> Path:
    """All state of a scenario, once more: its files, and its database."""
    shutil.copytree(before, here)
    choose(here, postgres.copy_of((before / CHOSEN).read_text()))
    return here


def _dropped(here: Path) -> None:
    postgres.drop((here / CHOSEN).read_text())
    shutil.rmtree(here)


class _Calls:
    """Called by a scenario: from then on it counts the calls of the database, and ends the process at the one
    with the number ``point``; 0: at none.
    """

    def __init__(self, point: int, *, statements: bool) -> None:
        self.seen = 0
        self._point = point
        self._statements = statements

    def __call__(self) -> None:
        if self._statements:
            event.listen(Engine, "before_cursor_execute", self._at_statement)
        commit, rollback = AsyncConnection.commit, AsyncConnection.rollback
        AsyncConnection.commit = self._around(commit)  # type: ignore[assignment,method-assign]
        AsyncConnection.rollback = self._around(rollback)  # type: ignore[assignment,method-assign]

    def _at_statement(self, *_: Any) -> None:
        self._at_call()

    def _around(
        self, end: Callable[[AsyncConnection], Coroutine[Any, Any, None]]
    ) -> Callable[[AsyncConnection], Coroutine[Any, Any, None]]:
        async def ended(connection: AsyncConnection) -> None:
            self._at_call()
            await end(connection)
            self._at_call()

        return ended

    def save(self, file: Path) -> None:
        file.write_text(str(self.seen))

    def _at_call(self) -> None:
        self.seen += 1
        if self.seen == self._point:
            os._exit(KILLED)


def _sweep(scenario: ModuleType, folder: Path, within: Sequence[str], *, once_per_change: bool) -> Swept:
    before = folder / "before"
    before.mkdir()
    asyncio.run(scenario.prepare(before))  # here, so that its children need not import anything
    versions = _watched(scenario, folder, within)
    points = [
        point
        for point, version in enumerate(versions, 1)
        if not once_per_change or point == 1 or version != versions[point - 2]
    ]
    outcomes: Counter[str] = Counter()
    checked: dict[tuple[str, bool], str] = {}
    for point, following in pairwise([*points, len(versions) + 1, len(versions) + 2]):
        here = folder / str(point)
        shutil.copytree(before, here)
        code = _in_child(scenario.act, here, _Killer(point, within))
        assert code == (KILLED if point <= len(versions) else 0), f"line {point}: the child ended with {code}"
        state = _fingerprint(here), code == 0
        if state not in checked:
            assert _in_child(_check, scenario, here, code == 0) == 0, f"line {point}"
            checked[state] = (here / "outcome").read_text()
        outcomes[checked[state]] += following - point
        shutil.rmtree(here)
    return Swept(
        points=len(versions),
        kills=len(points),
        states=len(checked),
        outcomes=dict(sorted(outcomes.items())),
    )


def _watched(scenario: ModuleType, folder: Path, within: Sequence[str]) -> list[str]:
    """What the files hold before each line of ``act``, as a digest; nothing is ended."""
    here, found = folder / "watched", folder / "versions.json"
    shutil.copytree(folder / "before", here)
    assert _in_child(_watch, scenario, here, found, within) == 0, "it never came to its end"
    versions: list[str] = json.loads(found.read_text())
    shutil.rmtree(here)
    return versions


async def _watch(scenario: ModuleType, here: Path, found: Path, within: Sequence[str]) -> None:
    watcher = _Watcher(here, within)
    await scenario.act(here, watcher)
    sys.settrace(None)
    watcher.save(found)


def _fingerprint(folder: Path) -> str:
    """Of all rows of the databases, read from copies with their logs, and of all other files."""
    digest = hashlib.sha256()
    for file in sorted(folder.iterdir()):
        if file.suffix == ".db":
            copy = folder / "copy"
            copy.mkdir()
            for part in folder.glob(f"{file.name}*"):
                shutil.copy(part, copy)
            with closing(sqlite3.connect(copy / file.name)) as connection:
                for line in connection.iterdump():
                    digest.update(line.encode())
            shutil.rmtree(copy)
        elif file.suffix not in (".db-wal", ".db-shm"):
            digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()


async def _check(scenario: ModuleType, folder: Path, finished: bool) -> None:
    (folder / "outcome").write_text(await scenario.check(folder, finished))


class _Tracer(ABC):
    """Called by a scenario: from then on it sees each line of ours before it is executed."""

    def __init__(self, within: Sequence[str]) -> None:
        self._within = tuple(f"{ROOT / path}{os.sep if path.endswith('/') else ''}" for path in within)

    def __call__(self) -> None:
        sys.settrace(self._on_call)

    def _on_call(self, frame: FrameType, event: str, argument: object) -> Any:
        return self._on_event if frame.f_code.co_filename.startswith(self._within) else None

    def _on_event(self, frame: FrameType, event: str, argument: object) -> Any:
        if event == "line":
            self.at_line()
        return self._on_event

    @abstractmethod
    def at_line(self) -> None:
        """A line of ours is about to be executed."""


class _Killer(_Tracer):
    """Ends the process at its line ``point``, as a kill would end it."""

    def __init__(self, point: int, within: Sequence[str]) -> None:
        super().__init__(within)
        self._left = point

    def at_line(self) -> None:
        self._left -= 1
        if self._left == 0:
            os._exit(KILLED)


class _Watcher(_Tracer):
    """Stores what the files hold before each line: all that a kill there would leave."""

    def __init__(self, folder: Path, within: Sequence[str]) -> None:
        super().__init__(within)
        self._folder = folder
        self.versions: list[str] = []

    def at_line(self) -> None:
        digest = hashlib.sha256()
        for file in sorted(self._folder.iterdir()):
            if file.suffix != ".db-shm":  # an index that SQLite makes anew after a kill
                digest.update(file.name.encode() + file.read_bytes())
        self.versions.append(digest.hexdigest())

    def save(self, file: Path) -> None:
        file.write_text(json.dumps(self.versions))


def _in_child(work: Callable[..., Coroutine[Any, Any, None]], *arguments: object) -> int:
    """Run ``work`` in a forked process; returns its exit code."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    code = 1
    try:
        asyncio.run(work(*arguments))
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    _, name, place, *paths = sys.argv
    scenario = importlib.import_module(name)
    within = [path for path in paths if not path.startswith("--")] or OURS
    if STATEMENTS in paths:
        swept = sweep_server(scenario, Path(place), statements=True)
    else:
        swept = _sweep(scenario, Path(place), within, once_per_change=ONCE_PER_CHANGE in paths)
    print(json.dumps(asdict(swept)))  # noqa: T201
