"""Rewards of every rival in every world, as % of the oracle's, two games at a time."""

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
    """One rival, by name, in one world under one seed."""

    rival: str
    world: str
    seed: int
    rounds: int

    def play(self) -> float:
        """Its reward, % of the oracle's."""
        setting = replace(WORLDS[self.world], rounds=self.rounds)
        rival = next(each for each in RIVALS if each.name == self.rival)
        return 100 * play(rival.make(self.seed), setting, self.seed) / oracle(setting, self.seed)


@dataclass(frozen=True, slots=True, kw_only=True)
class MeanDifference:
    """Mean difference over the seeds that both played, and half the width of its 95 % interval."""

    mean: float
    half_width: float
    seeds: int


def games(rivals: Iterable[Rival], worlds: Iterable[str], *, seeds: int, rounds: int) -> list[Game]:
    """Of all rivals that play, seed by seed."""
    return [
        Game(rival=rival.name, world=world, seed=seed, rounds=rounds)
        for seed in range(seeds)
        for world in worlds
        for rival in rivals
        if rival.can_play
    ]


def play_all(all_games: list[Game], *, processes: int) -> Iterator[tuple[Game, float]]:
    """Each game with its result, as they end."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=context) as pool:
        running = {pool.submit(game.play): game for game in all_games}
        for done in as_completed(running):
            yield running[done], done.result()


class GameCache:
    """The games that were played, kept in a file if there is one: a run may be stopped and gone on with.
    Rewards hang on the seed alone, not on how busy the machine is.
    """

    def __init__(self, file: Path | None, *, processes: int = 2) -> None:
        self._file = file
        self._processes = processes
        lines = file.read_text().splitlines() if file and file.exists() else []
        rows = map(json.loads, lines)
        self._known = {Game(**row["game"]): float(row["reward"]) for row in rows}

    def play(self, planned: list[Game]) -> Iterator[tuple[Game, float]]:
        """Each game with its result: first those that are known, then the others, as they end."""
        yield from ((game, self._known[game]) for game in planned if game in self._known)
        missing = [game for game in planned if game not in self._known]
        for game, reward in play_all(missing, processes=self._processes):
            if self._file:
                with self._file.open("a") as kept:
                    kept.write(json.dumps({"game": asdict(game), "reward": reward}) + "\n")
            yield game, reward


def mean_difference(ours: dict[int, float], theirs: dict[int, float]) -> MeanDifference:
    """Ours over theirs, rewards by seed; the interval is Student's t, infinite for a single seed."""
    differences = np.array([ours[seed] - theirs[seed] for seed in sorted(ours.keys() & theirs.keys())])
    n = differences.size
    half_width = (
        float(student.ppf(0.975, n - 1) * differences.std(ddof=1) / math.sqrt(n)) if n > 1 else math.inf
    )
    return MeanDifference(mean=float(differences.mean()), half_width=half_width, seeds=n)
