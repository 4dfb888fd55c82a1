"""``python -m benchmarks.coverage``: error and interval coverage of each estimator on logs with a known true
value.

There are two environments. In one the reward model is well specified, in the other misspecified, as in
practice. Estimators that rely on the model have no required coverage there.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from rich.console import Console
from rich.table import Table

from core.bandit.arrays import Flags, FloatArray
from core.bandit.evaluation.evaluate import Evaluation, evaluate
from core.bandit.evaluation.intervals import Interval
from core.bandit.evaluation.logged import LoggedDecisions

DIMENSION = 6
MAX_CANDIDATES = 8
FLOOR = 0.1
DONE, IGNORED = 1.0, -0.0625
NOMINAL_COVERAGE = Interval(low=0.92, high=0.98)
NEED_A_RIGHT_MODEL = ("DM", "Switch-DR")
CAN_BE_CLIPPED = ("IPS", "SNIPS", "DR", "SNDR")
BERNSTEIN = "guaranteed, looking once"
SEQUENCE = "guaranteed, at every look"
ASYMPTOTIC = "SNDR, its sequence now"


@dataclass(frozen=True, slots=True, kw_only=True)
class Environment:
    """How reactions depend on features."""

    name: str
    nonlinearity: float
    """Coefficient of a term that a linear model cannot represent."""

    def success_probabilities(self, x: FloatArray) -> FloatArray:
        """Probabilities of *done* (…,) for candidates ``x`` (…, d)."""
        linear = 0.3 + 0.12 * x[..., 0] - 0.08 * x[..., 1] + 0.05 * x[..., 2]
        nonlinear = np.sign(x[..., 0] * x[..., 1]) * np.abs(x[..., 3])
        return np.asarray(linear + self.nonlinearity * nonlinear)


ENVIRONMENTS = (
    Environment(name="the model is right", nonlinearity=0.0),
    Environment(name="the model is wrong", nonlinearity=0.15),
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class DecisionPoints:
    """n decision points, the truth about them, and what two policies do."""

    x: FloatArray
    """Features (n, k, d)."""
    available: Flags
    """(n, k)"""
    success_probabilities: FloatArray
    """(n, k)"""
    served: FloatArray
    """Probabilities under the behaviour policy, (n, k)."""
    evaluated: FloatArray
    """Probabilities under the evaluated policy, (n, k)."""

    @property
    def truth(self) -> float:
        """Mean expected reward of the evaluated policy."""
        return float(
            (self.evaluated * (IGNORED + (DONE - IGNORED) * self.success_probabilities)).sum(axis=1).mean()
        )


def decision_points(environment: Environment, n: int, rng: np.random.Generator) -> DecisionPoints:
    """n independent contexts."""
    x = rng.uniform(-1, 1, size=(n, MAX_CANDIDATES, DIMENSION))
    available = np.arange(MAX_CANDIDATES) < rng.integers(2, MAX_CANDIDATES + 1, size=(n, 1))
    served = _policy(1.5 * x[..., 2] + x[..., 4], available)
    evaluated = _policy(2.5 * x[..., 0] - 2 * x[..., 1] + x[..., 3], available)
    return DecisionPoints(
        x=x,
        available=available,
        success_probabilities=environment.success_probabilities(x),
        served=served,
        evaluated=evaluated,
    )


def _policy(scores: FloatArray, available: Flags) -> FloatArray:
    """Softmax with a floor over the available candidates, (n, k)."""
    odds = np.exp(scores) * available
    uniform = available / available.sum(axis=1, keepdims=True)
    return np.asarray((1 - FLOOR) * odds / odds.sum(axis=1, keepdims=True) + FLOOR * uniform)


def log(environment: Environment, n: int, rng: np.random.Generator) -> LoggedDecisions:
    """A log of n decisions with draws and rewards."""
    points = decision_points(environment, n, rng)
    drawn = (points.served.cumsum(axis=1) < rng.uniform(size=(n, 1))).sum(axis=1)
    rows = np.arange(n)
    done = rng.uniform(size=n) < points.success_probabilities[rows, drawn]
    return LoggedDecisions(
        features=points.x[points.available],
        offsets=np.concatenate(([0], points.available.sum(axis=1).cumsum())),
        action=drawn,
        pscore=points.served[rows, drawn],
        reward=np.where(done, DONE, IGNORED),
        action_dist=points.evaluated[points.available],
    )


@dataclass(slots=True, kw_only=True)
class Tally:
    """Results of one estimator over all logs."""

    errors: list[float] = field(default_factory=list)
    """Estimate minus truth."""
    widths: list[float] = field(default_factory=list)
    """Of the intervals."""
    covered: list[bool] = field(default_factory=list)
    """Whether the interval contains the truth."""

    def add(self, value: float, interval: Interval, truth: float, *, covered: bool | None = None) -> None:
        """Add the result of one log. ``covered``: overrides whether ``interval`` contains ``truth``."""
        self.errors.append(value - truth)
        self.widths.append(interval.high - interval.low)
        self.covered.append(truth in interval if covered is None else covered)

    @property
    def coverage(self) -> float:
        """Share of the intervals that contain the truth."""
        return float(np.mean(self.covered))


def tallies(environment: Environment, *, logs: int, decisions: int, seed: int) -> dict[str, Tally]:
    """Evaluate many logs of one environment; results by the estimator's name in the table."""
    rng = np.random.default_rng(seed)
    truth = decision_points(environment, 200_000, rng).truth
    found = defaultdict[str, Tally](Tally)
    for number in range(logs):
        _add(found, evaluate(log(environment, decisions, rng).compact().sample(seed=number)), truth)
    return found


def _add(found: Mapping[str, Tally], evaluation: Evaluation, truth: float) -> None:
    if evaluation.guaranteed is None:
        raise ValueError("too few decisions in a log: most of the weight is on some of them")
    for estimate in evaluation.estimates:
        found[estimate.name].add(estimate.plain.value, estimate.plain.interval, truth)
        clipped, name = estimate.clipped, f"{estimate.name} clipped"
        if estimate.name in CAN_BE_CLIPPED:
            found[name].add(clipped.value, clipped.interval, truth)
    ips = evaluation.estimate("IPS").plain
    at_all_times = all(truth in look.interval for look in evaluation.looks)
    found[BERNSTEIN].add(ips.value, evaluation.guaranteed, truth)
    found[SEQUENCE].add(ips.value, evaluation.looks[-1].interval, truth, covered=at_all_times)
    sndr = evaluation.estimate("SNDR").plain
    found[ASYMPTOTIC].add(sndr.value, sndr.sequence, truth)


def required_coverage(environment: Environment, name: str) -> Interval | None:
    """The range in which the coverage must lie; None: there is no requirement."""
    if name in (BERNSTEIN, SEQUENCE, ASYMPTOTIC):
        return Interval(low=0.95, high=1.0)
    misspecified = name in NEED_A_RIGHT_MODEL and environment.nonlinearity
    return None if misspecified or name.endswith("clipped") else NOMINAL_COVERAGE


def show(environment: Environment, found: Mapping[str, Tally], decisions: int) -> bool:
    """Print the table of one environment. Returns whether all coverages are as required."""
    logs = len(found["IPS"].covered)
    table = Table(title=f"{environment.name}: {logs} logs of {decisions} decisions")
    for name in ("figure", "bias", "RMSE", "width", "coverage", "promised", "kept"):
        table.add_column(name, justify="left" if name in ("figure", "kept") else "right")
    all_met = True
    for name, tally in found.items():
        required, errors = required_coverage(environment, name), np.array(tally.errors)
        is_met = required is None or tally.coverage in required
        all_met = all_met and is_met
        table.add_row(
            name,
            f"{errors.mean():+.4f}",
            f"{np.sqrt((errors**2).mean()):.4f}",
            f"{np.mean(tally.widths):.4f}",
            f"{tally.coverage:.1%}",
            "none" if required is None else f"{required.low:.0%}–{required.high:.0%}",
            "" if required is None else "yes" if is_met else "NO",
        )
    Console(width=100).print(table)
    return all_met


def main() -> int:
    """Exit status 0 if all coverages are as required, else 1."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.coverage", description=__doc__)
    parser.add_argument("--logs", type=int, default=200, help="logs in each world")
    parser.add_argument("--decisions", type=int, default=2500, help="decisions in each log")
    parser.add_argument("--seed", type=int, default=3)
    asked = parser.parse_args()
    met = [
        show(
            environment,
            tallies(environment, logs=asked.logs, decisions=asked.decisions, seed=asked.seed),
            asked.decisions,
        )
        for environment in ENVIRONMENTS
    ]
    return 0 if all(met) else 1


if __name__ == "__main__":
    raise SystemExit(main())
