"""A crash-point sweep: ends a process at the k-th line of oO's own code that it executes, for every k (T1).

A scenario is a module with these functions, each with a folder that holds all its state:
``async prepare(folder)`` makes the state before. ``async act(folder, arm)`` calls ``arm()``, and what
follows gets killed. ``async check(folder, finished)`` starts as after a restart, asserts what must hold, and
returns a name for the outcome; ``finished`` is whether ``act`` came to its end. Equal states, in rows and
files, are checked once: a scenario takes its randomness from a seed.

``sweep`` runs it in a process of its own, which forks a child for each k, so that nothing is imported twice.
``python -m tests.crash_points SCENARIO FOLDER`` sweeps every line of every package, which takes minutes.
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
from collections import Counter
from collections.abc import Callable, Coroutine, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from types import FrameType, ModuleType
from typing import Any

ROOT = Path(__file__).parent.parent
OURS = ("core/", "adapters/", "jobs/", "bot/")
KILLED = 137
MAX_POINTS = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Swept:
    """The result of a sweep."""

    points: int
    """At how many lines the process was ended."""
    states: int
    """How many different states that left."""
    outcomes: dict[str, int]
    """At how many lines each outcome was found."""


def sweep(scenario: str, folder: Path, *within: str) -> Swept:
    """Sweep the module ``scenario`` at lines of files whose path begins with one of ``within``.

    Raises ``AssertionError`` with what a child has printed.
    """
    command = [sys.executable, "-m", "tests.crash_points", scenario, str(folder), *within]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return Swept(**json.loads(ended.stdout.splitlines()[-1]))


def _sweep(scenario: ModuleType, folder: Path, within: Sequence[str]) -> Swept:
    before = folder / "before"
    before.mkdir()
    asyncio.run(scenario.prepare(before))  # here, so that its children need not import anything
    outcomes: Counter[str] = Counter()
    checked: dict[tuple[str, bool], str] = {}
    for point in range(1, MAX_POINTS):
        here = folder / str(point)
        shutil.copytree(before, here)
        code = _in_child(scenario.act, here, _Killer(point, within))
        assert code in (0, KILLED), f"line {point}: the child ended with {code}"
        state = _fingerprint(here), code == 0
        if state not in checked:
            assert _in_child(_check, scenario, here, code == 0) == 0, f"line {point}"
            checked[state] = (here / "outcome").read_text()
        outcomes[checked[state]] += 1
        shutil.rmtree(here)
        if code == 0:
            return Swept(points=point - 1, states=len(checked), outcomes=dict(sorted(outcomes.items())))
    raise AssertionError("it never came to its end")


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


class _Killer:
    """Called by a scenario: from then on the process ends at its line ``point``, as a kill would end it."""

    def __init__(self, point: int, within: Sequence[str]) -> None:
        self._left = point
        self._within = tuple(f"{ROOT / path}{os.sep if path.endswith('/') else ''}" for path in within)

    def __call__(self) -> None:
        sys.settrace(self._on_call)

    def _on_call(self, frame: FrameType, event: str, argument: object) -> Any:
        return self._on_line if frame.f_code.co_filename.startswith(self._within) else None

    def _on_line(self, frame: FrameType, event: str, argument: object) -> Any:
        if event == "line":
            self._left -= 1
            if self._left == 0:
                os._exit(KILLED)
        return self._on_line


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
    print(json.dumps(asdict(_sweep(importlib.import_module(name), Path(place), paths or OURS))))  # noqa: T201
