"""The plots of the page: what they show has to be seen."""

from __future__ import annotations

import re

from bot.evaluate.plots import HEIGHT, TOP, over_time
from core.bandit.evaluation.evaluate import Look
from core.bandit.evaluation.intervals import Interval


def heights(plot: str) -> list[float]:
    """The places of the band's corners, from the top: the upper edge from left to right, then back."""
    found = re.search(r'class="band" points="([^"]+)"', plot)
    assert found
    return [float(point.split(",")[1]) for point in found[1].split()]


def test_the_first_looks_do_not_flatten_what_is_known_in_the_end() -> None:
    wide, narrow = Interval(low=-1, high=1), Interval(low=0.1, high=0.2)
    looks = [Look(decisions=10, interval=wide), *(Look(decisions=n, interval=narrow) for n in (500, 1000))]

    first, _, upper, lower, _, last = heights(over_time("a policy", looks, 0.15))

    assert lower - upper > (HEIGHT - TOP) / 2
    assert (first, last) == (TOP, HEIGHT)
