"""A policy at play in a world: it decides, rewards arrive late or never, and its true reward is added up."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from typing import Protocol

import numpy as np

from benchmarks.peers.worlds import Floats, Indices, Round, Setting, World


class Player(Protocol):
    """What a policy must do to be compared; one that doesn't know its probabilities gives its pick a 1."""

    def distribution(self, features: Floats, *, person: str, at: float) -> Floats:
        """Probabilities (k,) of candidates ``features`` (k, d); ``at`` in days."""
        ...

    def learn(self, x: Floats, reward: float, *, person: str, at: float) -> None:
        """A reward in [0, 1] for the candidate ``x`` (d,) that was shown at ``at``, in days."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reward:
    person: str
    x: Floats
    reward: float
    at: float


@cache
def oracle(setting: Setting, seed: int) -> float:
    """Mean expected reward of always showing the truly best candidate."""
    return _play(World(setting, seed), lambda met: met.means.argmax(axis=1), lambda *_: None)


def play(player: Player, setting: Setting, seed: int) -> float:
    """Mean expected reward of ``player`` in this world, learning included."""
    names = [f"p{number}" for number in range(setting.people)]
    due: defaultdict[int, list[_Reward]] = defaultdict(list)
    played = 0

    def choose(met: Round) -> Indices:
        for reward in due.pop(played, ()):
            player.learn(reward.x, reward.reward, person=reward.person, at=reward.at)
        picks = [
            draw(player.distribution(features, person=name, at=met.at), whim)
            for name, features, whim in zip(names, met.features, met.whim.tolist(), strict=True)
        ]
        return np.array(picks)

    def hear(met: Round, picks: Indices, rewards: Floats) -> None:
        nonlocal played
        played += 1
        for row in np.flatnonzero(met.delays >= 0).tolist():
            x, reward = met.features[row, picks[row]], float(rewards[row])
            due[played + int(met.delays[row])].append(
                _Reward(person=names[row], x=x, reward=reward, at=met.at)
            )

    return _play(World(setting, seed), choose, hear)


def _play(
    world: World, choose: Callable[[Round], Indices], hear: Callable[[Round, Indices, Floats], None]
) -> float:
    everybody = np.arange(world.setting.people)
    total = 0.0
    for _ in range(world.setting.rounds):
        met = world.meet()
        picks = choose(met)
        total += float(met.means[everybody, picks].mean())
        hear(met, picks, world.show(met, picks))
    return total / world.setting.rounds


def draw(probabilities: Floats, whim: float) -> int:
    """The candidate at ``whim`` in [0, 1) of the cumulative ``probabilities`` (k,)."""
    cumulative = list(accumulate(probabilities.tolist()))
    return min(bisect_right(cumulative, whim), len(cumulative) - 1)
