"""Evaluates the log for the operator's page: four times a day, in a process of its own with a low priority.
So neither a tap nor the memory of this process pays for it.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta

from core.deciding.evaluation_summary import store_summary, stored_summary, summarise
from core.dependencies import Dependencies
from core.store import NOBODY

log = logging.getLogger(__name__)

REFRESH_AFTER = timedelta(hours=6)
"""Age at which figures are computed anew."""

MAX_SECONDS = 1800.0
"""How long an evaluation may take."""

COMMAND = (sys.executable, "-m", "bot", "evaluate", "--json")
NICENESS = 15


async def evaluate_if_due(deps: Dependencies, command: Sequence[str] = COMMAND) -> bool:
    """Whether the log was evaluated now. ``command`` prints a report as `oo evaluate --json` does.

    Raises ``ValueError`` if it prints something else, ``OSError`` and ``TimeoutError``; the next run tries it
    again.
    """
    async with deps.store.read() as unit:
        last = await stored_summary(unit)
    if last and deps.clock.now() - last.made_at < REFRESH_AFTER:
        return False
    summary = summarise(json.loads(await _output(command)), deps.clock.now())
    async with deps.store.begin(NOBODY) as unit:
        await store_summary(unit, summary)
    return True


async def _output(command: Sequence[str]) -> bytes:
    """What ``command`` prints. The process never outlives this function."""
    process = await asyncio.create_subprocess_exec(
        *command, stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE
    )
    try:
        with suppress(ProcessLookupError, PermissionError):
            os.setpriority(os.PRIO_PROCESS, process.pid, NICENESS)
        async with asyncio.timeout(MAX_SECONDS):
            printed, _ = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode:
        raise ValueError(f"the evaluation ended with {process.returncode}")
    return printed
