"""``oo simulate`` as the command line runs it: a progress bar while it lasts, an orderly end."""

from __future__ import annotations

import asyncio
import signal
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from bot.settings import Settings
from bot.simulate.report import Report
from bot.simulate.run import Plan
from bot.simulate.run import simulate as run
from core.errors import OoError


async def simulate(settings: Settings, plan: Plan, *, keep: Path | None) -> Report:
    """Simulate with the configured policy. Raises ``OoError`` when it is stopped."""
    living = asyncio.ensure_future(_with_progress(settings, plan, keep))
    # Ended on the spot, it would leave its database behind, in memory.
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, living.cancel)
    try:
        return await living
    except asyncio.CancelledError:
        raise OoError("the simulation was stopped") from None


async def _with_progress(settings: Settings, plan: Plan, keep: Path | None) -> Report:
    """With a bar that grows by the day, if somebody is there to see it."""
    console = Console(stderr=True)
    if not console.is_terminal:
        return await run(settings, plan, keep=keep, on_day=lambda _: None)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("days"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        bar = progress.add_task(f"{plan.people} people", total=plan.days)
        return await run(settings, plan, keep=keep, on_day=lambda _: progress.advance(bar))
