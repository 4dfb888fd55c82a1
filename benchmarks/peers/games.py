"""Rewards of every rival in every world, in % of the oracle's, played in parallel processes."""

from __future__ import annotations

import json
import math
import multiprocessing
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
from scipy.stats import t as student

from benchmarks.peers.play import oracle, play
from benchmarks.peers.rivals import RIVALS, Rival
from benchmarks.peers.worlds import WORLDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Game:
    """One rival in one world with one seed. The fields are keys of the cache file."""

    rival: str
    world: str
    seed: int
    rounds: int

    def play(self) -> float:
        """The rival's reward in % of the oracle's."""
        setting = replace(WORLDS[self.world], rounds=self.rounds)
        rival = next(each for each in RIVALS if each.name == self.rival)
        return 100 * play(rival.make(self.seed), setting, self.seed) / oracle(setting, self.seed)


@dataclass(frozen=True, slots=True, kw_only=True)
class MeanDifference:
    """Paired difference over the seeds that both rivals played."""

    mean: float
    half_width: float
    """Of the 95 % interval; infinite for a single seed."""
    seeds: int


def games(rivals: Iterable[Rival], worlds: Iterable[str], *, seeds: int, rounds: int) -> list[Game]:
    """All games of the rivals that can play, seed by seed."""
    return [
        Game(rival=rival.name, world=world, seed=seed, rounds=rounds)
        for seed in range(seeds)
        for world in worlds
        for rival in rivals
        if rival.can_play
    ]


def play_all(all_games: list[Game], *, processes: int) -> Iterator[tuple[Game, float]]:
    """Each game with its reward, as they finish."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=context) as pool:
        running = {pool.submit(game.play): game for game in all_games}
        for done in as_completed(running):
            yield running[done], done.result()


class GameCache:
    """Plays games and stores their rewards in ``file``, if given, so that a run can be resumed. Rewards
    depend on the seed alone, not on the load of the machine.
    """

    def __init__(self, file: Path | None, *, processes: int = 2) -> None:
        self._file = file
        self._processes = processes
        lines = file.read_text().splitlines() if file and file.exists() else []
        rows = map(json.loads, lines)
        self._known = {Game(**row["game"]): float(row["reward"]) for row in rows}

    def play(self, planned: list[Game]) -> Iterator[tuple[Game, float]]:
        """Each game with its reward: first the cached ones, then the others as they finish."""
        yield from ((game, self._known[game]) for game in planned if game in self._known)
        missing = [game for game in planned if game not in self._known]
        for game, reward in play_all(missing, processes=self._processes):
            if self._file:
                with self._file.open("a") as cache:
                    cache.write(json.dumps({"game": asdict(game), "reward": reward}) + "\n")
            yield game, reward


def mean_difference(ours: dict[int, float], theirs: dict[int, float]) -> MeanDifference:
    """``ours`` minus ``theirs``, both rewards by seed, with an interval from Student's t."""
    differences = np.array([ours[seed] - theirs[seed] for seed in sorted(ours.keys() & theirs.keys())])
    n = differences.size
    half_width = (
        float(student.ppf(0.975, n - 1) * differences.std(ddof=1) / math.sqrt(n)) if n > 1 else math.inf
    )
    return MeanDifference(mean=float(differences.mean()), half_width=half_width, seeds=n)
