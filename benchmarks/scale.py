"""``python -m benchmarks.scale``: what one tip and one tap cost, the pieces of docs/reference/scale.md.

Processor time, not time on the clock, so that a busy machine says the same. One person with 50 open tasks
asks for tips and taps *Done*, *Snooze* and so on; updates take the whole way through the inbox.

Tests: tests/benchmarks/test_scale.py.
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable, Iterable
from contextlib import AbstractAsyncContextManager, closing
from dataclasses import dataclass
from pathlib import Path
from time import process_time
from typing import Any

from benchmarks.answers import tapped
from benchmarks.deployment import Deployment, add_history, add_person, running_deployment
from benchmarks.table import Row, show
from bot.cli import loop
from core.chat import Update

TASKS = 50
TIMES = 100
WARM_UP = 5


@dataclass(slots=True)
class Commits:
    """Counts transactions that may write."""

    begin: Callable[..., AbstractAsyncContextManager[Any]]
    count: int = 0

    def __call__(self, *people: str) -> AbstractAsyncContextManager[Any]:
        self.count += 1
        return self.begin(*people)


async def measure_scale(folder: Path, *, times: int = TIMES) -> list[Row]:
    """Processor time and commits of a tip and of a tap, and the disk space of a decision."""
    async with running_deployment(folder) as deployment:
        person = await add_person(deployment, "ann", tasks=TASKS)
        tokens = await add_history(deployment, person, decisions=times + WARM_UP)
        await deployment.app.intake.start(deployment.app.router)
        commits = Commits(deployment.app.store.begin)
        counted: Any = deployment.app.store
        counted.begin = commits
        asked = [deployment.said("ann", "/tip", number) for number in range(1, times + WARM_UP + 1)]
        before = _size(folder)
        tips = await _cost(deployment, commits, asked)
        grown = (_size(folder) - before) / len(asked)
        taps = await _cost(deployment, commits, [tapped(deployment, *one) for one in enumerate(tokens)])
    return [
        Row(what=f"/tip with {TASKS} tasks: processor time", value=tips[0], goal=None, unit="ms"),
        Row(what="/tip: commits", value=tips[1], goal=None, unit=""),
        Row(what="a tap: processor time", value=taps[0], goal=None, unit="ms"),
        Row(what="a tap: commits", value=taps[1], goal=None, unit=""),
        Row(what="disk space of a decision with its tip", value=grown / 1000, goal=None, unit="kB"),
    ]


async def _cost(deployment: Deployment, commits: Commits, updates: Iterable[Update]) -> tuple[float, float]:
    """Milliseconds of processor time and commits of one update, after a few that do not count."""
    every = list(updates)
    first, rest = every[:WARM_UP], every[WARM_UP:]
    await _answer(deployment, first)
    before, started = commits.count, process_time()
    await _answer(deployment, rest)
    return (process_time() - started) / len(rest) * 1000, (commits.count - before) / len(rest)


async def _answer(deployment: Deployment, updates: Iterable[Update]) -> None:
    for update in updates:
        await deployment.app.intake.accept(update)
        await deployment.app.intake.wait_until_answered()


def _size(folder: Path) -> int:
    """Bytes of the pages of the database that are used."""
    with closing(sqlite3.connect(folder / "oo.db")) as connection:
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        (free,) = connection.execute("PRAGMA freelist_count").fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    return int(size * (pages - free))


def main() -> None:
    """Measure in a fresh folder and print the table."""
    with tempfile.TemporaryDirectory() as folder:
        show(loop.run(measure_scale(Path(folder))))


if __name__ == "__main__":
    main()
