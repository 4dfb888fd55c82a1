"""Measure everything and print the table."""

from __future__ import annotations

import logging
import tempfile
from pathlib import Path

from benchmarks.answers import measure_answers, measure_hanging_llm
from benchmarks.scan import measure_scan
from benchmarks.start import measure_start
from benchmarks.table import Row, show
from bot.loop import run


async def measure() -> list[Row]:
    """Each measurement in a folder of its own."""
    rows: list[Row] = []
    for measured in (measure_start, measure_answers, measure_scan, measure_hanging_llm):
        with tempfile.TemporaryDirectory() as folder:
            rows += await measured(Path(folder))
    return rows


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING)
    show(run(measure()))
