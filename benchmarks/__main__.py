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


async def measure() -> list[Row]:
    """Each measurement in a folder of its own."""
    rows: list[Row] = []
    for run in (measure_start, measure_answers, measure_scan, measure_hanging_llm):
        with tempfile.TemporaryDirectory() as folder:
            rows += await run(Path(folder))
    return rows


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING)
    show(asyncio.run(measure()))
