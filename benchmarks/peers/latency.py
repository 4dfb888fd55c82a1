"""Latency of a decision and of an update, in microseconds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from time import perf_counter

import numpy as np

from benchmarks.peers.play import Player, draw
from benchmarks.peers.worlds import WORLDS, World
from core.bandit.arrays import FloatArray

_ROUNDS = 5
_WARM_UP = 200  # steps at the start of each round that are not counted
_ROUND_SECONDS = 1.0  # time limit for the decisions and updates of one player in a round


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """Percentiles, in microseconds."""

    p50: float
    p99: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Latency:
    """Latencies of one player."""

    decide: Spread
    """A decision, from features to pick, among decisions without updates."""
    between: Spread
    """A decision right after an update."""
    update: Spread


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Step:
    person: str
    features: FloatArray
    at: float
    draw_point: float
    reward: float


def measure_latency(players: Mapping[str, Player], *, decisions: int) -> dict[str, Latency]:
    """Measure all players in turn for several rounds. Each figure is that of its fastest round, to exclude
    other load on the machine.
    """
    worlds = {name: _steps() for name in players}
    rounds: dict[str, list[Latency]] = {name: [] for name in players}
    for _ in range(_ROUNDS):
        for name, player in players.items():
            rounds[name].append(_round(player, worlds[name], decisions=decisions // _ROUNDS))
    return {name: _fastest_round(found) for name, found in rounds.items()}


def _round(player: Player, steps: Iterator[_Step], *, decisions: int) -> Latency:
    """A hundred people in turn: decisions with an update after each, until there are enough or time is up;
    then as many decisions without updates.
    """
    between: list[float] = []
    updated: list[float] = []
    end = perf_counter() + _ROUND_SECONDS
    for step in islice(steps, decisions + _WARM_UP):
        started = perf_counter()
        pick = _decided(player, step)
        between.append(perf_counter() - started)
        x = step.features[pick]
        started = perf_counter()
        player.learn(x, step.reward, person=step.person, at=step.at)
        updated.append(perf_counter() - started)
        if len(updated) > 2 * _WARM_UP and started > end:
            break
    decided: list[float] = []
    for step in islice(steps, len(updated)):
        started = perf_counter()
        _decided(player, step)
        decided.append(perf_counter() - started)
    return Latency(
        decide=_spread(decided[_WARM_UP:]),
        between=_spread(between[_WARM_UP:]),
        update=_spread(updated[_WARM_UP:]),
    )


def _fastest_round(rounds: Sequence[Latency]) -> Latency:
    return Latency(
        decide=_least(one.decide for one in rounds),
        between=_least(one.between for one in rounds),
        update=_least(one.update for one in rounds),
    )


def _least(spreads: Iterable[Spread]) -> Spread:
    return min(spreads, key=lambda spread: spread.p50)


def _decided(player: Player, step: _Step) -> int:
    return draw(player.distribution(step.features, person=step.person, at=step.at), step.draw_point)


def _steps() -> Iterator[_Step]:
    world = World(WORLDS["differing"], seed=0)
    while True:
        current = world.next_round()
        rewards = world.show(current, current.means.argmax(axis=1))
        for number, features in enumerate(current.features):
            yield _Step(
                person=f"p{number}",
                features=features,
                at=current.at,
                draw_point=float(current.draw_point[number]),
                reward=float(rewards[number]),
            )


def _spread(seconds: list[float]) -> Spread:
    p50, p99 = np.percentile(seconds, (50, 99)).tolist()
    return Spread(p50=p50 * 1e6, p99=p99 * 1e6)
