"""Inputs that once showed a defect, and the seeds of every target: nothing is wrong with them any more.

``regressions/TARGET/NAME`` holds the bytes as they were found. A hang ends in the time limit of the suite.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fuzz.oracles import judge
from tests.fuzz.target import MODULES, REGRESSIONS, target

MOST_SEEDS = 20
"""Of one target: the search itself begins with all."""

PATIENCE = 60.0
"""Seconds of processor time for one input: a machine may be slow, and coverage be measured."""


def inputs_of(name: str) -> list[Path]:
    """What was found by fuzzing that target, and kept."""
    return sorted(path for path in (REGRESSIONS / name).glob("*") if path.is_file())


@pytest.mark.parametrize("name", MODULES)
def test_what_was_found_stays_mended(name: str) -> None:
    one = target(name)
    seeds = list(one.seeds())
    assert seeds
    for seed in seeds[:: max(1, len(seeds) // MOST_SEEDS)]:
        judge(one, seed, max_seconds=PATIENCE)
    for path in inputs_of(name):
        judge(one, path.read_bytes(), max_seconds=PATIENCE)


def test_every_regression_belongs_to_a_target() -> None:
    assert {path.name for path in REGRESSIONS.iterdir() if path.is_dir()} <= set(MODULES)
    assert sum(len(inputs_of(name)) for name in MODULES) > 10
