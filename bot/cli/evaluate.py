"""``oo evaluate`` as the command line runs it."""

from __future__ import annotations

from pathlib import Path

from bot.app import opened
from bot.evaluate.gather import gather
from bot.evaluate.page import page
from bot.evaluate.report import Report, report
from bot.settings import Settings

SEED = 0
"""Deals the folds of the reward model: the same log gives the same figures."""


async def evaluate(settings: Settings) -> Report:
    """Read the decision log and evaluate it. The log stays as it is; the database of an earlier oO is
    brought up to date first.
    """
    async with opened(settings) as app:
        return report(await gather(app.store, app.deps.rules.reward_wait), seed=SEED)


def write_page(found: Report, file: Path) -> None:
    """Write the HTML page, over one that may be there. Raises ``OSError``."""
    file.write_text(page(found), encoding="utf-8")
