"""Measures oO and its peers, and prints one table."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

for _threads in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_threads] = "1"  # numpy reads it at its first import, in child processes too

from benchmarks.peers.games import GameCache, games  # noqa: E402 - see above
from benchmarks.peers.latency import measure_latency  # noqa: E402 - see above
from benchmarks.peers.rivals import OO, RIVALS  # noqa: E402 - see above
from benchmarks.peers.table import Results, show  # noqa: E402 - see above
from benchmarks.peers.worlds import ROUNDS, WORLDS  # noqa: E402 - see above

QUICK_SEEDS, QUICK_ROUNDS = 2, 60


def main() -> None:
    """Measure latency first, while no game is running; then play all games."""
    parser = argparse.ArgumentParser(prog="benchmarks.peers", description=__doc__)
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--quick", action="store_true", help="a look: 2 seeds, 60 rounds")
    parser.add_argument("--only", default="", help="only oO and the peers whose name contains this")
    parser.add_argument("--worlds", nargs="+", choices=WORLDS, default=list(WORLDS))
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--resume", type=Path, help="a file that keeps what was played, to go on from")
    given = parser.parse_args()
    seeds, rounds = (QUICK_SEEDS, QUICK_ROUNDS) if given.quick else (given.seeds, ROUNDS)
    rivals = [rival for rival in RIVALS if rival is OO or given.only in rival.name]
    latency = measure_latency(
        {rival.name: rival.make(0) for rival in rivals}, decisions=1000 if given.quick else 5000
    )
    results = Results(rivals=rivals, worlds=given.worlds, rounds=rounds, latency=latency)
    played = GameCache(given.resume, processes=given.processes)
    planned = games(rivals, given.worlds, seeds=seeds, rounds=rounds)
    for number, (game, reward) in enumerate(played.play(planned), start=1):
        results.rewards[game.rival, game.world][game.seed] = reward
        print(f"\r{number} of {len(planned)} games", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    show(results)


if __name__ == "__main__":
    main()
