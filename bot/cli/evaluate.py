"""The command ``oo evaluate``.

Tests: tests/bot/test_evaluate.py.
"""

from __future__ import annotations

from pathlib import Path

from bot.app import open_app
from bot.evaluate.gather import gather
from bot.evaluate.page import page
from bot.evaluate.report import EvaluationReport, report
from bot.settings import Settings

SEED = 0
"""Seed of the folds for cross-fitting: the same log gives the same figures."""


async def evaluate(settings: Settings) -> EvaluationReport:
    """Read the decision log and evaluate it. The log is not changed, except that a database of an earlier oO
    is migrated first.
    """
    async with open_app(settings) as app:
        return report(await gather(app.store, app.deps.rules.reward_wait), seed=SEED)


def write_page(found: EvaluationReport, file: Path) -> None:
    """Write the HTML page, replacing an existing file. Raises ``OSError``."""
    file.write_text(page(found), encoding="utf-8")
