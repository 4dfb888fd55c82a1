"""Hold-out assignment: it has its stated probability and is reproducible from its seed."""

from __future__ import annotations

import math
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from core.policies.holdout_draw import draw_holdout

CHANCES = st.floats(min_value=0.02, max_value=0.98)


@given(CHANCES, st.integers(min_value=0))
def test_over_many_decisions_it_holds_out_as_often_as_it_should(chance: float, seed: int) -> None:
    seeds = Random(seed)
    count = 2000
    held_out = sum(draw_holdout(chance, seeds.getrandbits(63)).held_out for _ in range(count))
    # Six standard errors and one more: never in a lifetime of tests.
    assert abs(held_out - count * chance) < 6 * math.sqrt(count * chance * (1 - chance)) + 1


@given(CHANCES, st.integers(min_value=0, max_value=2**63 - 1))
def test_the_same_seed_falls_the_same_way(chance: float, seed: int) -> None:
    first = draw_holdout(chance, seed)
    assert first == draw_holdout(first.chance, first.seed)
