"""Measure everything and print the table."""

from __future__ import annotations

import asyncio
import logging
import tempfile
from pathlib import Path

from benchmarks.answers import measure_answers, measure_hanging_llm
from benchmarks.scan import measure_scan
from benchmarks.start import measure_start
from benchmarks.table import Row, show
from bot.cli import loop

BY_PROCESS = (measure_start,)  # the local platforms run here, on asyncio's own loop
IN_PROCESS = (measure_answers, measure_scan, measure_hanging_llm)


def measure() -> list[Row]:
    """Each measurement in a folder of its own."""
    rows: list[Row] = []
    for run, measurements in ((asyncio.run, BY_PROCESS), (loop.run, IN_PROCESS)):
        for measured in measurements:
            with tempfile.TemporaryDirectory() as folder:
                rows += run(measured(Path(folder)))
    return rows


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING)
    show(measure())
