"""``python -m benchmarks.promotion``: error rate and delay of promotions when the log is examined every day.

Simulated logs with known effects are examined as ``oo promote`` does. Two features have the same effect; the
incumbent uses one of them. The *equal* shadow uses the other: it chooses differently and earns the same. The
*worse* one uses an irrelevant feature, the *better* one uses both.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from statistics import median

import numpy as np
from rich.console import Console
from rich.table import Table

from core.bandit.arrays import Flags, FloatArray, Indices
from core.bandit.evaluation.guess import count_known_before
from core.bandit.evaluation.intervals import Interval
from core.bandit.evaluation.paired import PairedLog, excess
from core.deciding.promotion import ERROR_RATE, examine, significance_level
from core.dependencies import Rules

MAX_CANDIDATES = 8
DECISIONS_A_DAY = 50
DAY = timedelta(days=1)
ERROR_LIMITS = {"equal": ERROR_RATE, "worse": ERROR_RATE}
MIN_POWER = 0.5
"""A better shadow must be promoted in more than this share of the runs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Environment:
    """How people react, and how policies choose."""

    name: str
    base: float
    """Probability of *done* for a candidate with zero features."""
    effect: float
    """Coefficient of each of the two relevant features in that probability."""
    otherwise: tuple[float, ...]
    """Rewards of the other reactions, equally likely."""
    sharpness: float
    """Inverse temperature of the policies' softmax."""
    floor: float
    """Of the policies."""
    fading: float = 0.0
    """Share of the probability of *done* that is lost by the last day."""


SILENCE_REWARD, DISMISSED_REWARD = -0.0625, -0.375
ENVIRONMENTS = (
    Environment(
        name="usual",
        base=0.3,
        effect=0.15,
        otherwise=(SILENCE_REWARD, SILENCE_REWARD, DISMISSED_REWARD),
        sharpness=3,
        floor=0.1,
    ),
    Environment(
        name="fading", base=0.5, effect=0.25, otherwise=(SILENCE_REWARD,), sharpness=2, floor=0.1, fading=0.6
    ),
    Environment(
        name="ignored",
        base=0.0,
        effect=0.0,
        otherwise=(SILENCE_REWARD,) * 49 + (DISMISSED_REWARD,),
        sharpness=4,
        floor=0.05,
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Log:
    """n decisions with up to k candidates; unavailable ones have probability 0."""

    drawn: Indices
    """(n,)"""
    rewards: FloatArray
    """(n,)"""
    served: FloatArray
    """Probabilities under the incumbent, (n, k)."""
    shadows: Mapping[str, FloatArray]
    """Probabilities under each shadow, (n, k)."""

    def paired(self, name: str) -> PairedLog:
        """The log for the comparison with shadow ``name``, as ``oo promote`` gathers it."""
        rows, other = np.arange(self.drawn.size), self.shadows[name]
        starts = np.arange(0, other.size, MAX_CANDIDATES)
        days = rows / DECISIONS_A_DAY
        return PairedLog(
            weights=other[rows, self.drawn] / self.served[rows, self.drawn],
            rewards=self.rewards,
            excess=excess(self.served.ravel(), other.ravel(), starts),
            known_before=count_known_before(days, days + Rules().reward_wait / DAY),
        )


def simulate_log(environment: Environment, days: int, rng: np.random.Generator) -> Log:
    """Let the incumbent serve."""
    n = days * DECISIONS_A_DAY
    x = rng.uniform(-1, 1, size=(n, MAX_CANDIDATES, 3))
    available = np.arange(MAX_CANDIDATES) < rng.integers(2, MAX_CANDIDATES + 1, size=(n, 1))
    left = 1 - environment.fading * np.arange(n)[:, None] / n
    chances = left * (environment.base + environment.effect * (x[..., 0] + x[..., 1]))
    served = _policy(environment, x[..., 0], available)
    drawn = (served.cumsum(axis=1) < rng.uniform(size=(n, 1))).sum(axis=1).clip(max=MAX_CANDIDATES - 1)
    done = rng.uniform(size=n) < chances[np.arange(n), drawn]
    return Log(
        drawn=drawn,
        rewards=np.where(done, 1.0, rng.choice(environment.otherwise, size=n)),
        served=served,
        shadows={
            "equal": _policy(environment, x[..., 1], available),
            "worse": _policy(environment, x[..., 2], available),
            "better": _policy(environment, x[..., 0] + x[..., 1], available),
        },
    )


def _policy(environment: Environment, scores: FloatArray, available: Flags) -> FloatArray:
    """Softmax with a floor over the available candidates, (n, k)."""
    odds = np.exp(environment.sharpness * scores) * available
    even = available / available.sum(axis=1, keepdims=True)
    return np.asarray(
        (1 - environment.floor) * odds / odds.sum(axis=1, keepdims=True) + environment.floor * even
    )


def day_of_promotion(paired: PairedLog, days: int, error: float) -> float:
    """The first day on which daily examination promotes the shadow; infinite if there is none."""
    looks = (
        day
        for day in range(1, days + 1)
        if examine(paired.first(day * DECISIONS_A_DAY), error=error).promotes
    )
    return next(looks, math.inf)


def runs(environment: Environment, *, number: int, days: int, seed: int) -> dict[str, list[float]]:
    """The day of promotion in each run, by shadow."""
    rng, found = np.random.default_rng(seed), dict[str, list[float]]()
    for _ in range(number):
        log = simulate_log(environment, days, rng)
        for name in log.shadows:
            error = significance_level(name, (tuple(log.shadows),))
            found.setdefault(name, []).append(day_of_promotion(log.paired(name), days, error))
    return found


def promotion_rate(days: Iterable[float]) -> float:
    """The share of runs with a promotion."""
    return float(np.mean([math.isfinite(day) for day in days]))


def wilson_interval(hits: int, number: int) -> Interval:
    """The 95 % score interval (Wilson, JASA 22, 1927) of a rate with ``hits`` among ``number``."""
    z2, share = 1.96**2, hits / number
    centre, width = (
        share + z2 / (2 * number),
        math.sqrt(z2 * (share * (1 - share) + z2 / (4 * number)) / number),
    )
    return Interval(
        low=max(0.0, (centre - width) / (1 + z2 / number)),
        high=min(1.0, (centre + width) / (1 + z2 / number)),
    )


def meets_promise(environment: Environment, name: str, days: Sequence[float]) -> bool:
    """Whether the rate of promotion is as required; no shadow is better in an environment without effect."""
    if name in ERROR_LIMITS or not environment.effect:
        return promotion_rate(days) < ERROR_RATE
    return promotion_rate(days) > MIN_POWER


def show(environment: Environment, found: Mapping[str, Sequence[float]], days: int) -> bool:
    """Print the table of one environment. Returns whether all rates are as required."""
    title = (
        f"{environment.name}: {len(found['equal'])} runs of {days} days, {DECISIONS_A_DAY} decisions a day"
    )
    table = Table(title=title)
    for name in ("shadow", "promoted", "95 %", "median day", "promised", "kept"):
        table.add_column(name, justify="left" if name in ("shadow", "kept") else "right")
    kept = True
    for name, when in found.items():
        held = meets_promise(environment, name, when)
        kept = kept and held
        sure, middle = wilson_interval(sum(map(math.isfinite, when)), len(when)), median(when)
        better = name not in ERROR_LIMITS and environment.effect
        table.add_row(
            name if better or name in ERROR_LIMITS else f"{name} (alike here)",
            f"{promotion_rate(when):.1%}",
            f"{sure.low:.1%}–{sure.high:.1%}",
            f"{middle:.0f}" if math.isfinite(middle) else "",
            f"over {MIN_POWER:.0%}" if better else f"under {ERROR_RATE:.0%}",
            "yes" if held else "NO",
        )
    Console(width=100).print(table)
    return kept


def main() -> int:
    """Exit status 0 if all rates are as required, else 1."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.promotion", description=__doc__)
    parser.add_argument("--runs", type=int, default=200, help="runs in each world")
    parser.add_argument("--days", type=int, default=60, help="days of each run")
    parser.add_argument("--seed", type=int, default=7)
    asked = parser.parse_args()
    kept = [
        show(environment, runs(environment, number=asked.runs, days=asked.days, seed=asked.seed), asked.days)
        for environment in ENVIRONMENTS
    ]
    return 0 if all(kept) else 1


if __name__ == "__main__":
    raise SystemExit(main())
