"""The short form of the deterministic simulation (T4), and whether its checks see what they are to see.

``python -m tests.nemesis`` is the long form; a seed that has failed is kept here.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from core.records import DeliveryState, Trigger
from tests.nemesis import loop
from tests.nemesis.checks import CHECKS, Evidence, broken
from tests.nemesis.loop import Life
from tests.nemesis.world import Outcome, Spec, simulate

SHORT = Spec(seed=1, days=1, people=2, replicas=2)

KEPT: tuple[Spec, ...] = ()
"""Seeds that have failed, with what was wrong then."""


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    return simulate(SHORT, tmp_path_factory.mktemp("nemesis"))


def test_whatever_goes_wrong_by_a_seed_all_that_oo_promises_holds(outcome: Outcome) -> None:
    assert not outcome.broken, f"{SHORT.command()}: {outcome.broken}"
    assert outcome.troubles
    assert outcome.counts["messages"] > outcome.counts["lines"] > 0


@pytest.mark.parametrize("spec", KEPT, ids=lambda spec: spec.command())
def test_what_went_wrong_by_a_seed_once_does_so_no_more(spec: Spec, tmp_path: Path) -> None:
    assert not simulate(spec, tmp_path).broken


def test_equal_seeds_give_equal_lives(outcome: Outcome, tmp_path: Path) -> None:
    again = simulate(SHORT, tmp_path)

    assert again.digest == outcome.digest
    assert again.troubles == outcome.troubles


async def test_the_long_wait_of_a_simulation_takes_no_time() -> None:
    began = time.monotonic()

    async def a_year() -> float:
        await asyncio.sleep(365 * 86_400)
        return asyncio.get_running_loop().time()

    assert await asyncio.to_thread(loop.run, a_year()) == 365 * 86_400
    assert time.monotonic() - began < 86_400
