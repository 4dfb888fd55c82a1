"""The printed table: one row per rival, with latency and reward."""

from __future__ import annotations

import platform
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.metadata import version

from benchmarks.peers.games import mean_difference
from benchmarks.peers.latency import Latency, Spread
from benchmarks.peers.rivals import OO, Rival
from benchmarks.peers.worlds import CANDIDATES, DIMENSION, WORLDS

_PACKAGES = ("numpy", "vowpalwabbit", "bayesianbandits", "mabwiser", "river")


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """All measurements."""

    rivals: list[Rival]
    worlds: list[str]
    rounds: int
    latency: Mapping[str, Latency]
    """By rival."""
    rewards: defaultdict[tuple[str, str], dict[int, float]] = field(default_factory=lambda: defaultdict(dict))


def show(results: Results) -> None:
    """Print the table and its legend."""
    rows = [_head(results), *(_row(results, rival) for rival in results.rivals)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        name, *cells = (
            cell.ljust(width) if not place else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        print("  ".join((name, *cells)).rstrip())
    print(_legend(results))


def _head(results: Results) -> tuple[str, ...]:
    worlds = (column for world in results.worlds for column in (world, "oO leads by"))
    return ("policy", "decide µs", "between updates", "update µs", "probability", "seeds", *worlds)


def _row(results: Results, rival: Rival) -> tuple[str, ...]:
    latency = results.latency[rival.name]
    worlds = (cell for world in results.worlds for cell in _reward(results, rival, world))
    seeds = len(results.rewards[rival.name, results.worlds[0]])
    reports_probabilities = "yes" if rival.reports_probabilities else "no"
    spreads = map(_spread, (latency.decide, latency.between, latency.update))
    return (rival.name, *spreads, reports_probabilities, str(seeds), *worlds)


def _reward(results: Results, rival: Rival, world: str) -> tuple[str, str]:
    theirs = results.rewards[rival.name, world]
    if not theirs:
        return "-", "-"
    mean = f"{sum(theirs.values()) / len(theirs):.1f}"
    if rival is OO:
        return mean, ""
    ahead = mean_difference(results.rewards[OO.name, world], theirs)
    return mean, f"{ahead.mean:+.1f} ± {ahead.half_width:.1f}"


def _spread(spread: Spread) -> str:
    return f"{spread.p50:.0f}/{spread.p99:.0f}"


def _legend(results: Results) -> str:
    versions = ", ".join(f"{package} {version(package)}" for package in _PACKAGES)
    chosen = ((name, WORLDS[name]) for name in results.worlds)
    people = ", ".join(f"{name} {setting.people}" for name, setting in chosen)
    return f"""
Latency: p50/p99 of one decision, from features to pick, for a hundred people in turn, without and with
an update after each decision, and of one update, in the quietest of five rounds (what follows from an
update oO computes at the next decision, so that it stands in the second column);
{CANDIDATES} candidates, d = {DIMENSION}, one BLAS thread. Probability: whether it knows that of its own pick.
Reward: % of the reward of an oracle, who knows the true expected rewards, over {results.rounds} rounds;
the mean over the seeds from 0 on. People: {people}.
Lead: paired by seed, 95 % interval (Student's t) over the seeds that both played.
river's LinUCBDisjoint takes one context for all arms: it cannot score these candidates, it is only timed.
MABWiser is given one arm, whose contexts are the candidates.
Python {platform.python_version()}, {versions}."""
