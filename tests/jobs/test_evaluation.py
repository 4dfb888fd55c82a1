"""The job that evaluates the log in another process."""

from __future__ import annotations

import json
import sys

import pytest

from core.deciding.evaluation_summary import stored_summary
from core.records import EvaluationSummary
from jobs.evaluation import REFRESH_AFTER, evaluate_if_due
from tests.core.deciding.test_evaluation_summary import REPORT
from tests.core.worlds import Scene


def printing(text: str, code: int = 0) -> tuple[str, ...]:
    return sys.executable, "-c", f"import sys; print({text!r}); sys.exit({code})"


async def stored(here: Scene) -> EvaluationSummary | None:
    async with here.deps.store.read() as unit:
        return await stored_summary(unit)


async def test_figures_are_computed_once_in_six_hours(here: Scene) -> None:
    command = printing(json.dumps(REPORT))
    assert await evaluate_if_due(here.deps, command)
    first = await stored(here)
    assert first
    assert (first.made_at, first.decisions) == (here.clock.now(), REPORT["decisions"])
    here.clock.move(seconds=REFRESH_AFTER.total_seconds() - 1)
    assert not await evaluate_if_due(here.deps, ("no such program",))
    here.clock.move(seconds=1)
    assert await evaluate_if_due(here.deps, command)


@pytest.mark.parametrize(
    "command",
    [printing("no JSON"), printing("{}"), printing(json.dumps(REPORT), code=1), ("/no/such/program",)],
    ids=["text", "another document", "a failure", "no program"],
)
async def test_an_evaluation_that_fails_keeps_the_figures_and_is_a_fault_of_the_job(
    here: Scene, command: tuple[str, ...]
) -> None:
    await evaluate_if_due(here.deps, printing(json.dumps(REPORT)))
    before = await stored(here)
    here.clock.move(seconds=REFRESH_AFTER.total_seconds())
    with pytest.raises((ValueError, OSError)):
        await evaluate_if_due(here.deps, command)
    assert await stored(here) == before
