"""Runs all measurements of ``make bench`` and prints the table."""

from __future__ import annotations

import asyncio
import logging
import tempfile
from pathlib import Path

from benchmarks.answers import measure_answers, measure_hanging_llm
from benchmarks.api import measure_api
from benchmarks.calendars import measure_calendar
from benchmarks.first_sync import measure_first_sync
from benchmarks.pages import measure_pages
from benchmarks.reminders import measure_reminders
from benchmarks.scan import measure_scan
from benchmarks.start import measure_start
from benchmarks.table import Row, show
from bot.cli import loop

BY_PROCESS = (measure_start, measure_first_sync)
"""oO in a process of its own; the platforms' local servers run here, on asyncio's event loop."""

IN_PROCESS = (
    measure_answers,
    measure_api,
    measure_pages,
    measure_scan,
    measure_reminders,
    measure_calendar,
    measure_hanging_llm,
)
"""oO in this process, on its own event loop."""


def measure() -> list[Row]:
    """Run each measurement in a fresh folder."""
    rows: list[Row] = []
    for run, measurements in ((asyncio.run, BY_PROCESS), (loop.run, IN_PROCESS)):
        for measured in measurements:
            with tempfile.TemporaryDirectory() as folder:
                rows += run(measured(Path(folder)))
    return rows


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING)
    show(measure())
