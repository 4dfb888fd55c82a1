"""``python -m benchmarks.peers.floor``: cost and benefit of a floor: reward, and effective sample size of
the log for the evaluation of other policies.

The importance weight of a decision is w = q/p, with p the probability under the behaviour policy and q under
the evaluated one. E[w] = 1, so the effective sample is a share 1 / E[w²] of the decisions. Over the draw
that expectation is Σ q²/p, averaged here over all decisions.
"""

from __future__ import annotations

import argparse
from dataclasses import replace

import numpy as np

from benchmarks.peers.play import oracle, play
from benchmarks.peers.worlds import DIMENSION, ROUNDS, WORLDS
from core.bandit.arrays import FloatArray
from core.bandit.rules import InverseGap, Rule, rule_of
from core.bandit.standalone.learner import Learner

FLOORS = (0.01, 0.02, 0.05, 0.1)
EVALUATED = ("uniform", "thompson", "epsilon-greedy")
_WORLDS = ("strangers", "silence", "many")


class WatchedLearner:
    """oO's learner; for every decision the rules in ``EVALUATED`` are computed as well."""

    def __init__(self, floor: float) -> None:
        self._served = _WatchedRule(InverseGap(floor=floor))
        self._learner = Learner(dimension=DIMENSION, rule=self._served)
        self.distribution = self._learner.distribution
        self.learn = self._learner.learn

    def effective(self) -> list[float]:
        """Effective samples, % of the decisions, in the order of ``EVALUATED``."""
        squares = np.array(self._served.squares)
        return [float(100 / mean) for mean in squares.mean(axis=0)]


class _WatchedRule:
    """A rule that records Σ q²/p of every decision for each rule in ``EVALUATED``."""

    def __init__(self, rule: Rule) -> None:
        self._rule = rule
        self._evaluated = [rule_of(name) for name in EVALUATED]
        self.floor = rule.floor
        self.squares: list[list[float]] = []

    def probabilities(self, features: FloatArray, scores: FloatArray, covariance: FloatArray) -> FloatArray:
        """The probabilities of the wrapped rule."""
        served = self._rule.probabilities(features, scores, covariance)
        others = (rule.probabilities(features, scores, covariance) for rule in self._evaluated)
        self.squares.append([float((other**2 / served).sum()) for other in others])
        return served


def main() -> None:
    """Print one table."""
    parser = argparse.ArgumentParser(prog="benchmarks.peers.floor", description=__doc__)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    given = parser.parse_args()
    print("world       floor  reward  effective sample, % of the decisions:", *EVALUATED, sep="  ")
    for world in _WORLDS:
        setting = replace(WORLDS[world], rounds=given.rounds)
        for floor in FLOORS:
            players = [WatchedLearner(floor) for _ in range(given.seeds)]
            rewards = [100 * play(one, setting, n) / oracle(setting, n) for n, one in enumerate(players)]
            effective = np.mean([one.effective() for one in players], axis=0)
            print(
                f"{world:10}  {floor:5}  {np.mean(rewards):6.1f}", *(f"{share:6.1f}" for share in effective)
            )


if __name__ == "__main__":
    main()
