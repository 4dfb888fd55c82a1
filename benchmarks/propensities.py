"""``python -m benchmarks.propensities``: verifies logged propensities by the mean importance weight.

Every policy serves logs of 20,000 decisions for heterogeneous people and learns from them. Each decision is
drawn as oO draws it and weighted for the uniform policy: 1/k over the propensity of the drawn candidate. The
expectation is 1 if propensities are correct. Where a policy is certain, single weights reach k/floor and the
mean of one log varies by 0.02, so there are several logs; a deviation of three standard errors is
significant.
"""

from __future__ import annotations

import argparse
import math

import numpy as np
from rich.console import Console
from rich.table import Table

from core.bandit import make_policy
from core.bandit.arrays import Matrix, Vector
from core.bandit.policy import draw
from core.bandit.rules import RULES
from core.bandit.standalone.learner import BanditPolicy

DECISIONS = 20_000
_PEOPLE, _DIMENSION, _CANDIDATES = 40, 8, 8
_KINDS = 3  # values of the first column, the arms of the policy without a model
_DECISIONS_A_DAY = 3 * _PEOPLE


class Environment:
    """Simulated people with individual preferences, candidates and rewards."""

    def __init__(self, seed: int) -> None:
        self._rng = np.random.default_rng(seed)
        self._tastes = self._rng.normal(size=_DIMENSION) * 0.3
        self._people = self._tastes + self._rng.normal(size=(_PEOPLE, _DIMENSION)) * 0.3

    def candidates(self) -> Matrix:
        """Features (k, d) of the next decision's candidates; k varies."""
        k = int(self._rng.integers(2, _CANDIDATES + 1))
        rows = self._rng.normal(size=(k, _DIMENSION)) * 0.5
        rows[:, 0] = self._rng.integers(_KINDS, size=k)
        return rows

    def reward(self, person: int, x: Vector) -> float:
        """1 or 0, with a probability that is logistic in ``x``."""
        return float(self._rng.random() < 1 / (1 + math.exp(-float(x @ self._people[person]))))


def weights(policy: BanditPolicy, log: int) -> Vector:
    """Importance weights (n,) of the uniform policy in one log of ``policy``; ``log`` is its seed."""
    environment = Environment(log)
    found = np.empty(DECISIONS)
    for number in range(DECISIONS):
        person, rows, at = number % _PEOPLE, environment.candidates(), number / _DECISIONS_A_DAY
        probabilities = policy.distribution(rows, person=str(person), at=at)
        chosen = draw(probabilities, log * DECISIONS + number)
        found[number] = 1 / len(rows) / probabilities[chosen]
        policy.learn(rows[chosen], environment.reward(person, rows[chosen]), person=str(person), at=at)
    return found


def main() -> None:
    """Print one table; exit 1 if a mean deviates significantly from 1, or by more than 0.02."""
    parser = argparse.ArgumentParser(prog="benchmarks.propensities", description=__doc__)
    parser.add_argument("--logs", type=int, default=10)
    logs = parser.parse_args().logs
    table = Table(title=f"importance weight of the uniform policy, {logs} logs of {DECISIONS:,} decisions")
    table.add_column("policy", no_wrap=True)
    for head in ("mean", "standard error", "of one log", "largest", "effective sample of one"):
        table.add_column(head, justify="right")
    off = False
    for name in [*RULES, "recovering-softmax"]:
        settings = {"columns": (0,)} if name == "recovering-softmax" else {}
        found = np.stack([weights(make_policy(name, _DIMENSION, **settings), log) for log in range(logs)])
        mean, error = found.mean(), found.std() / math.sqrt(found.size)
        off |= bool(abs(mean - 1) > min(max(3 * error, 1e-9), 0.02))
        effective = (found.sum(axis=1) ** 2 / (found**2).sum(axis=1)).mean()
        one = found.std() / math.sqrt(DECISIONS)
        figures = (f"{mean:.4f}", f"{error:.4f}", f"{one:.4f}", f"{found.max():.1f}", f"{effective:.0f}")
        table.add_row(name, *figures)
    Console().print(table)
    raise SystemExit(bool(off))


if __name__ == "__main__":
    main()
