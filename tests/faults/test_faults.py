"""A selection of the matrix: the faults that lose or repeat things most easily.

``python -m tests.faults`` plays all of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from tests.faults import cells
from tests.faults.channels import Mail, Slack, Telegram
from tests.faults.engines import Model, Nats, Postgresql
from tests.faults.house import house
from tests.faults.kinds import KINDS
from tests.faults.matrix import PAGE, existing
from tests.faults.service import BAD, Service, Word
from tests.faults.sources import Feed, Todoist
from tests.scenarios.models import LITELLM

SELECTION: Mapping[type[Service], Mapping[str, Sequence[Word]]] = {
    Telegram: {"reset after": [Word.UNKNOWN], "429": [Word.LATER, Word.DONE]},
    Slack: {"refused": [Word.LATER]},
    Todoist: {"reset after": [Word.DONE, Word.LATER]},
    Feed: {"wrong type": [Word.WITHOUT]},
    Nats: {"half-open": [Word.DONE, Word.LATER]},
    Mail: {"reset after": [Word.UNKNOWN], "garbage": [Word.LATER]},
}
"""With the verdicts that are possible, on a busy machine as well."""


async def expect_good(folder: Path, selection: Mapping[type[Service], Mapping[str, Sequence[Word]]]) -> None:
    """Play these cells on one oO; every promise is kept, and the verdict is one of those expected."""
    services = {chosen(): faults for chosen, faults in selection.items()}
    kinds = {kind.name: kind for kind in KINDS}
    async with house(folder, [*services]) as here:
        for service, faults in services.items():
            for fault, words in faults.items():
                cell = await cells.run(here, service, kinds[fault])
                assert cell.is_good, (cell, here.log.lines[-cell.lines :])
                assert cell.outcome.word in words, cell


async def test_no_fault_of_a_service_loses_or_repeats_anything(tmp_path: Path) -> None:
    await expect_good(tmp_path, SELECTION)


async def test_no_fault_of_the_database_loses_or_repeats_anything(tmp_path: Path) -> None:
    await expect_good(tmp_path, {Postgresql: {"reset after": [Word.LATER], "503": [Word.LATER]}})


@pytest.mark.parametrize("fault", ["hang"])
@LITELLM[0]
async def test_a_tip_comes_without_the_language_model(tmp_path: Path, fault: str) -> None:
    await expect_good(tmp_path, {Model: {fault: [Word.WITHOUT]}})


def test_the_page_shows_every_cell() -> None:
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    table = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    head = next(row for row in table if "Telegram" in row)
    shown = {
        (service, row[0])
        for row in table
        if len(row) == len(head) and row[0]
        for service, words in zip(head, row, strict=True)
        if words != "–"
    }
    shown |= {("SQLite", row[0]) for row in table if len(row) == 2}
    assert [cell for cell in existing() if cell not in shown] == []
    words = {words.split(",")[0] for row in table if len(row) == len(head) for words in row[1:]}
    assert words.isdisjoint({one.value for one in BAD})
