"""``python -m tests.nemesis --seed 1 --years 1``: seed after seed, until so many person-years are over.

Tests: tests/scenarios/test_nemesis.py.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.simulate.run import IN_MEMORY
from tests.nemesis.world import Outcome, Spec, simulate


def main() -> int:
    """Returns how many seeds failed, at most 1."""
    arguments = _parsed()
    began, years, failed = time.monotonic(), 0.0, list[int]()
    troubles: Counter[str] = Counter()
    for seed in count(arguments.seed):
        spec = Spec(seed=seed, days=arguments.days, people=arguments.people, replicas=arguments.replicas)
        with TemporaryDirectory(dir=IN_MEMORY if IN_MEMORY.is_dir() else None) as folder:
            outcome = simulate(spec, Path(folder))
        years += spec.years
        troubles.update(outcome.troubles)
        failed += [seed] if outcome.broken else []
        _tell(outcome)
        if years >= arguments.years:
            break
    minutes = (time.monotonic() - began) / 60
    print(f"{years:.2f} years of a person in {minutes:.1f} minutes: {years / minutes:.2f} a minute")
    print(f"troubles: {dict(sorted(troubles.items()))}")
    print(f"seeds that failed: {failed or 'none'}")
    return int(bool(failed))


def _parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.nemesis", description=__doc__)
    parser.add_argument("--seed", type=int, default=1, help="the first seed")
    parser.add_argument("--years", type=float, default=0.0, help="years of a person; 0: one seed")
    parser.add_argument("--days", type=int, default=Spec.__dataclass_fields__["days"].default)
    parser.add_argument("--people", type=int, default=6)
    parser.add_argument("--replicas", type=int, default=3)
    return parser.parse_args()


def _tell(outcome: Outcome) -> None:
    state = "FAILED" if outcome.broken else "ok"
    print(f"seed {outcome.spec.seed}: {state} {outcome.counts} {outcome.digest[:12]}", flush=True)
    for line in outcome.broken[:10]:
        print(f"    {line}")
    if outcome.broken:
        print(f"    again: {outcome.spec.command()}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
