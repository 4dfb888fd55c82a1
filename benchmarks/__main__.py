"""Runs all measurements of ``make bench`` and prints the table. ``--postgresql``: those of oO in this process
run on a PostgreSQL that keeps what it commits, instead of on files of SQLite.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import tempfile
from collections.abc import Callable, Coroutine, Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import Any

from benchmarks.answers import measure_answers, measure_hanging_llm
from benchmarks.api import measure_api
from benchmarks.calendars import measure_calendar
from benchmarks.deployment import new_database
from benchmarks.first_sync import measure_first_sync
from benchmarks.pages import measure_pages
from benchmarks.reminders import measure_reminders
from benchmarks.scan import measure_scan
from benchmarks.start import measure_start
from benchmarks.table import Row, show
from bot.cli import loop
from tests.servers import postgres

BY_PROCESS = (measure_start, measure_first_sync)
"""oO in a process of its own; the platforms' local servers run here, on asyncio's event loop."""

ON_ANY_DATABASE = (measure_answers, measure_api, measure_pages, measure_hanging_llm)
"""oO in this process, on its own event loop, and on a database of ``new_database``."""

IN_PROCESS = (*ON_ANY_DATABASE, measure_scan, measure_reminders, measure_calendar)
"""oO in this process, on its own event loop."""

Measurements = Mapping[Callable[..., list[Row]], Sequence[Callable[[Path], Coroutine[Any, Any, list[Row]]]]]
"""Measurements by what runs them."""

EVERYTHING: Measurements = {asyncio.run: BY_PROCESS, loop.run: IN_PROCESS}


def measure(measurements: Measurements) -> list[Row]:
    """Run each measurement in a fresh folder."""
    rows: list[Row] = []
    for run, some in measurements.items():
        for measured in some:
            with tempfile.TemporaryDirectory() as folder:
                rows += run(measured(Path(folder)))
    return rows


def measure_on_postgresql() -> list[Row]:
    """Run the measurements of oO in this process, each on a fresh database of one server."""
    server = postgres.start(**postgres.DURABLE)
    numbers = count()

    def url(_: Path) -> str:
        name = f"bench{next(numbers)}"
        server.execute(f"CREATE DATABASE {name}")
        return server.url(name)

    reset = new_database.set(url)
    try:
        return measure({loop.run: ON_ANY_DATABASE})
    finally:
        new_database.reset(reset)
        postgres.stop(server)


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("--postgresql", action="store_true", help="on PostgreSQL; else on files of SQLite")
    logging.basicConfig(level=logging.WARNING)
    show(measure_on_postgresql() if parser.parse_args().postgresql else measure(EVERYTHING))


if __name__ == "__main__":
    main()
