"""``python -m benchmarks.evaluation``: time and memory to evaluate ten million logged decisions, with and
without a reward model.
"""

from __future__ import annotations

import argparse
import resource
import time

import numpy as np

from benchmarks.table import Row, show
from core.bandit.evaluation.evaluate import evaluate
from core.bandit.evaluation.logged import Sample
from core.bandit.evaluation.reward_model import ModelPredictions


def measure(decisions: int) -> list[Row]:
    """Seconds with and without a model, and the peak memory of this process, the log included."""
    rng = np.random.default_rng(0)
    weights = rng.exponential(size=decisions)
    rewards = rng.choice(np.array([-0.25, 0.0, 1.0]), size=decisions)
    light = Sample(weights=weights, rewards=rewards)
    q_policy = rng.normal(0.25, 0.05, size=decisions)
    modelled = Sample(
        weights=weights,
        rewards=rewards,
        model=ModelPredictions(q_logged=np.full(decisions, 0.2), q_policy=q_policy),
    )
    rows = []
    for what, sample in (("IPS, SNIPS", light), ("all six", modelled)):
        start = time.perf_counter()
        evaluate(sample)
        seconds = time.perf_counter() - start
        rows.append(Row(what=f"{what}, {decisions:,} decisions", value=seconds, goal=60, unit="s"))
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return [*rows, Row(what="memory at most", value=megabytes, goal=2000, unit="MB")]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m benchmarks.evaluation", description=__doc__)
    parser.add_argument("--decisions", type=int, default=10_000_000)
    show(measure(parser.parse_args().decisions))
