"""Logs with a true value that is known by hand: two or three candidates with different success rates."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.bandit.evaluation.logged import LoggedDecisions


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """Per candidate: probability under the behaviour policy, under the evaluated policy, and of success."""

    served: tuple[float, ...]
    evaluated: tuple[float, ...]
    chances: tuple[float, ...]


MOMENTS = (
    Moment(served=(0.7, 0.3), evaluated=(0.2, 0.8), chances=(0.2, 0.6)),
    Moment(served=(0.5, 0.3, 0.2), evaluated=(0.1, 0.3, 0.6), chances=(0.3, 0.5, 0.4)),
)
TRUTH = (0.2 * 0.2 + 0.8 * 0.6 + 0.1 * 0.3 + 0.3 * 0.5 + 0.6 * 0.4) / 2
SERVED = (0.7 * 0.2 + 0.3 * 0.6 + 0.5 * 0.3 + 0.3 * 0.5 + 0.2 * 0.4) / 2

PLACES = 5  # candidates of both moments, one after the other


def log(n: int, seed: int, *, blind: bool = False) -> LoggedDecisions:
    """n decisions; ``blind``: features that carry no information."""
    rng = np.random.default_rng(seed)
    which = rng.integers(0, 2, size=n)
    evaluated: list[float] = []
    features, action, pscore, reward, counts = [], [], [], [], []
    for kind in which:
        moment = MOMENTS[kind]
        drawn = rng.choice(len(moment.served), p=moment.served)
        features.append(np.eye(PLACES)[kind * 2 : kind * 2 + len(moment.served)])
        counts.append(len(moment.served))
        action.append(drawn)
        pscore.append(moment.served[drawn])
        reward.append(float(rng.uniform() < moment.chances[drawn]))
        evaluated += moment.evaluated
    together = np.concatenate(features)
    return LoggedDecisions(
        features=np.zeros_like(together) if blind else together,
        offsets=np.concatenate(([0], np.cumsum(counts))),
        action=np.array(action),
        pscore=np.array(pscore),
        reward=np.array(reward),
        action_dist=np.array(evaluated),
    )
