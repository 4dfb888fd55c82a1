"""``python -m benchmarks.promotion``: looked at every day, how often is a shadow promoted that is not better,
and how soon one that is?

Logs with planted effects, examined as ``oo promote`` does. Two features matter alike; the
incumbent goes by one of them. The *equal* shadow goes by the other: it chooses otherwise and earns the same.
The *worse* one goes by a feature that means nothing, the *better* one by both.
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
from core.bandit.evaluation.guess import settled_before
from core.bandit.evaluation.intervals import Interval
from core.bandit.evaluation.paired import Paired, excess
from core.deciding.promotion import ERROR, allowance, examine
from core.dependencies import Rules

MAX_CANDIDATES = 8  # candidates
DECISIONS_A_DAY = 50  # decisions
DAY = timedelta(days=1)
ERROR_LIMITS = {"equal": ERROR, "worse": ERROR}
MIN_POWER = 0.5
"""Of the runs, a shadow that is better must be promoted in more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Environment:
    """How people react. ``base`` is the chance of *done*, ``effect`` what each of the two features changes in
    it, ``otherwise`` what other reactions are worth; ``fading``: how much is lost by the last day;
    ``sharpness``: how far policies are from choosing evenly, ``floor`` what they keep for that.
    """

    name: str
    base: float
    effect: float
    otherwise: tuple[float, ...]
    sharpness: float
    floor: float
    fading: float = 0.0


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
    """n moments: who is there (n, k), what was drawn and earned (n,), and the incumbent's distribution (n, k)
    beside each shadow's.
    """

    drawn: Indices
    rewards: FloatArray
    served: FloatArray
    shadows: Mapping[str, FloatArray]

    def paired(self, name: str) -> Paired:
        """As ``oo promote`` gathers it."""
        rows, other = np.arange(self.drawn.size), self.shadows[name]
        starts = np.arange(0, other.size, MAX_CANDIDATES)
        days = rows / DECISIONS_A_DAY
        return Paired(
            weights=other[rows, self.drawn] / self.served[rows, self.drawn],
            rewards=self.rewards,
            excess=excess(self.served.ravel(), other.ravel(), starts),
            settled=settled_before(days, days + Rules().reward_wait / DAY),
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
    """Softmax with a floor, over the candidates that are there."""
    odds = np.exp(environment.sharpness * scores) * available
    even = available / available.sum(axis=1, keepdims=True)
    return np.asarray(
        (1 - environment.floor) * odds / odds.sum(axis=1, keepdims=True) + environment.floor * even
    )


def day_of_promotion(paired: Paired, days: int, error: float) -> float:
    """The first day on which it is promoted, looking every day; infinite if none."""
    looks = (
        day
        for day in range(1, days + 1)
        if examine(paired.first(day * DECISIONS_A_DAY), error=error).promotes
    )
    return next(looks, math.inf)


def runs(environment: Environment, *, number: int, days: int, seed: int) -> dict[str, list[float]]:
    """The days of promotion of each shadow."""
    rng, found = np.random.default_rng(seed), dict[str, list[float]]()
    for _ in range(number):
        log = simulate_log(environment, days, rng)
        for name in log.shadows:
            error = allowance(name, (tuple(log.shadows),))
            found.setdefault(name, []).append(day_of_promotion(log.paired(name), days, error))
    return found


def promotion_rate(days: Iterable[float]) -> float:
    """The share of runs in which there was a promotion."""
    return float(np.mean([math.isfinite(day) for day in days]))


def wilson_interval(hits: int, number: int) -> Interval:
    """Rates that are credible at 95 % after ``hits`` among ``number`` (Wilson 1927)."""
    z2, share = 1.96**2, hits / number
    middle, width = (
        share + z2 / (2 * number),
        math.sqrt(z2 * (share * (1 - share) + z2 / (4 * number)) / number),
    )
    return Interval(
        low=max(0.0, (middle - width) / (1 + z2 / number)),
        high=min(1.0, (middle + width) / (1 + z2 / number)),
    )


def meets_promise(environment: Environment, name: str, days: Sequence[float]) -> bool:
    """Whether what is promised of this shadow holds; nobody is better where nobody reacts."""
    if name in ERROR_LIMITS or not environment.effect:
        return promotion_rate(days) < ERROR
    return promotion_rate(days) > MIN_POWER


def show(environment: Environment, found: Mapping[str, Sequence[float]], days: int) -> bool:
    """Print the table of one world; whether all that is promised held."""
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
            f"over {MIN_POWER:.0%}" if better else f"under {ERROR:.0%}",
            "yes" if held else "NO",
        )
    Console(width=100).print(table)
    return kept


def main() -> int:
    """0 if all that is promised held."""
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
