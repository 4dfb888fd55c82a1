"""Plays a policy in a world: it decides, rewards arrive late or never; the expected reward is averaged."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from typing import Protocol

import numpy as np

from benchmarks.peers.worlds import Round, Setting, World
from core.bandit.arrays import FloatArray, Indices


class Player(Protocol):
    """The interface of compared policies. One that does not know its probabilities returns 1 for its pick."""

    def distribution(self, features: FloatArray, *, person: str, at: float) -> FloatArray:
        """Probabilities (k,) of candidates ``features`` (k, d); ``at`` in days."""
        ...

    def learn(self, x: FloatArray, reward: float, *, person: str, at: float) -> None:
        """A reward in [0, 1] for the candidate ``x`` (d,) that was shown at ``at``, in days."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reward:
    person: str
    x: FloatArray
    reward: float
    at: float


@cache
def oracle(setting: Setting, seed: int) -> float:
    """Mean expected reward of always showing the candidate with the highest expected reward."""
    return _play(World(setting, seed), lambda current: current.means.argmax(axis=1), lambda *_: None)


def play(player: Player, setting: Setting, seed: int) -> float:
    """Mean expected reward of ``player`` over all rounds, including those before it has learned."""
    names = [f"p{number}" for number in range(setting.people)]
    due: defaultdict[int, list[_Reward]] = defaultdict(list)
    played = 0

    def choose(current: Round) -> Indices:
        for reward in due.pop(played, ()):
            player.learn(reward.x, reward.reward, person=reward.person, at=reward.at)
        picks = [
            draw(player.distribution(features, person=name, at=current.at), draw_point)
            for name, features, draw_point in zip(
                names, current.features, current.draw_point.tolist(), strict=True
            )
        ]
        return np.array(picks)

    def receive(current: Round, picks: Indices, rewards: FloatArray) -> None:
        nonlocal played
        played += 1
        for row in np.flatnonzero(current.delays >= 0).tolist():
            x, reward = current.features[row, picks[row]], float(rewards[row])
            due[played + int(current.delays[row])].append(
                _Reward(person=names[row], x=x, reward=reward, at=current.at)
            )

    return _play(World(setting, seed), choose, receive)


def _play(
    world: World, choose: Callable[[Round], Indices], receive: Callable[[Round, Indices, FloatArray], None]
) -> float:
    everybody = np.arange(world.setting.people)
    total = 0.0
    for _ in range(world.setting.rounds):
        current = world.next_round()
        picks = choose(current)
        total += float(current.means[everybody, picks].mean())
        receive(current, picks, world.show(current, picks))
    return total / world.setting.rounds


def draw(probabilities: FloatArray, draw_point: float) -> int:
    """The candidate at ``draw_point`` in [0, 1) of the cumulative ``probabilities`` (k,)."""
    cumulative = list(accumulate(probabilities.tolist()))
    return min(bisect_right(cumulative, draw_point), len(cumulative) - 1)
