"""How long a decision and an update take, in microseconds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from time import perf_counter

import numpy as np

from benchmarks.peers.play import Player, draw
from benchmarks.peers.worlds import WORLDS, Floats, World

_ROUNDS = 5
_WARM_UP = 200  # turns at the start of each round
_SECONDS = 1.0  # for the decisions and updates of one player in a round


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """Percentiles in microseconds."""

    p50: float
    p99: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Latency:
    """Of one decision, from features to pick, where others are made before and after it; of one that follows
    an update and is followed by one; and of one update.
    """

    decide: Spread
    between: Spread
    update: Spread


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Turn:
    person: str
    features: Floats
    at: float
    whim: float
    reward: float


def measure_latency(players: Mapping[str, Player], *, decisions: int) -> dict[str, Latency]:
    """All players in rounds, by name: of each figure the round with the lowest median counts, as whatever
    else the machine did meanwhile is none of theirs.
    """
    worlds = {name: _turns() for name in players}
    rounds: dict[str, list[Latency]] = {name: [] for name in players}
    for _ in range(_ROUNDS):
        for name, player in players.items():
            rounds[name].append(_round(player, worlds[name], decisions=decisions // _ROUNDS))
    return {name: _quietest(found) for name, found in rounds.items()}


def _round(player: Player, turns: Iterator[_Turn], *, decisions: int) -> Latency:
    """A hundred people take turns, each reward following its decision, until that is enough or time is up;
    then as many decide without a reward.
    """
    between: list[float] = []
    updated: list[float] = []
    end = perf_counter() + _SECONDS
    for turn in islice(turns, decisions + _WARM_UP):
        started = perf_counter()
        pick = _decided(player, turn)
        between.append(perf_counter() - started)
        x = turn.features[pick]
        started = perf_counter()
        player.learn(x, turn.reward, person=turn.person, at=turn.at)
        updated.append(perf_counter() - started)
        if len(updated) > 2 * _WARM_UP and started > end:
            break
    decided: list[float] = []
    for turn in islice(turns, len(updated)):
        started = perf_counter()
        _decided(player, turn)
        decided.append(perf_counter() - started)
    return Latency(
        decide=_spread(decided[_WARM_UP:]),
        between=_spread(between[_WARM_UP:]),
        update=_spread(updated[_WARM_UP:]),
    )


def _quietest(rounds: Sequence[Latency]) -> Latency:
    return Latency(
        decide=_least(one.decide for one in rounds),
        between=_least(one.between for one in rounds),
        update=_least(one.update for one in rounds),
    )


def _least(spreads: Iterable[Spread]) -> Spread:
    return min(spreads, key=lambda spread: spread.p50)


def _decided(player: Player, turn: _Turn) -> int:
    return draw(player.distribution(turn.features, person=turn.person, at=turn.at), turn.whim)


def _turns() -> Iterator[_Turn]:
    world = World(WORLDS["differing"], seed=0)
    while True:
        met = world.meet()
        rewards = world.show(met, met.means.argmax(axis=1))
        for number, features in enumerate(met.features):
            yield _Turn(
                person=f"p{number}",
                features=features,
                at=met.at,
                whim=float(met.whim[number]),
                reward=float(rewards[number]),
            )


def _spread(seconds: list[float]) -> Spread:
    p50, p99 = np.percentile(seconds, (50, 99)).tolist()
    return Spread(p50=p50 * 1e6, p99=p99 * 1e6)
