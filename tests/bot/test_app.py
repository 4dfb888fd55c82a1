"""The start of oO, where another process keeps the database busy for a while."""

from __future__ import annotations

import pytest

from bot.app import when_free
from core.errors import StoreBusy, StoreUnreachable


class Step:
    """Fails so often."""

    def __init__(self, *faults: Exception) -> None:
        self.faults = list(faults)
        self.is_done = False

    async def __call__(self) -> None:
        if self.faults:
            raise self.faults.pop(0)
        self.is_done = True


async def test_a_step_is_taken_when_the_database_is_free() -> None:
    step = Step(StoreBusy("there"), StoreBusy("there"))
    await when_free(step, attempts=3)
    assert step.is_done


async def test_a_database_that_stays_busy_ends_the_start() -> None:
    step = Step(*[StoreBusy("there")] * 3)
    with pytest.raises(StoreBusy):
        await when_free(step, attempts=3)
    assert step.faults == []


async def test_a_database_that_is_away_ends_it_at_once() -> None:
    step = Step(StoreUnreachable("there"), StoreUnreachable("there"))
    with pytest.raises(StoreUnreachable):
        await when_free(step, attempts=3)
    assert len(step.faults) == 1
