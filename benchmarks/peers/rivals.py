"""The compared policies."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from benchmarks.peers.libraries import BayesianBandits, River, mabwiser_lints, mabwiser_linucb
from benchmarks.peers.play import Player
from benchmarks.peers.reference import Reference, inverse_gap, thompson
from benchmarks.peers.simple import LinTS, PerPerson, UniformPlayer
from benchmarks.peers.vowpal import TUNED, VowpalWabbit
from benchmarks.peers.worlds import DIMENSION
from core.bandit.standalone.make import make_policy


@dataclass(frozen=True, slots=True, kw_only=True)
class Rival:
    """One compared policy."""

    name: str
    make: Callable[[int], Player]
    """From a seed."""
    reports_probabilities: bool
    """Whether it knows the probability of its own choice."""
    can_play: bool = True
    """False for a policy that cannot express the task; it is only timed."""


def _personal_lints(seed: int) -> Player:
    rng = np.random.default_rng(seed)
    return PerPerson(lambda: LinTS(DIMENSION, rng))


OO = Rival(
    name="oO inverse-gap", make=lambda _: make_policy("inverse-gap", DIMENSION), reports_probabilities=True
)

FLOORS = (0.01, 0.05)
"""Floors besides oO's default, to measure their cost."""


def _with_floor(floor: float) -> Rival:
    name = f"oO inverse-gap, floor {floor}"
    return Rival(
        name=name,
        make=lambda _: make_policy("inverse-gap", DIMENSION, floor=floor),
        reports_probabilities=True,
    )


RIVALS = (
    OO,
    *map(_with_floor, FLOORS),
    Rival(name="reference, inverse gap", make=lambda _: Reference(inverse_gap()), reports_probabilities=True),
    Rival(
        name="reference, Thompson",
        make=lambda seed: Reference(thompson(np.random.default_rng(seed))),
        reports_probabilities=False,
    ),
    Rival(
        name="reference, Thompson, narrowed",  # the best of three widths in most worlds
        make=lambda seed: Reference(thompson(np.random.default_rng(seed), width=0.25)),
        reports_probabilities=False,
    ),
    Rival(
        name="Vowpal Wabbit squarecb, person x feature",
        make=lambda _: VowpalWabbit(personal=True),
        reports_probabilities=True,
    ),
    Rival(
        name="Vowpal Wabbit squarecb, person x feature, tuned",
        make=lambda _: VowpalWabbit(personal=True, options=TUNED),
        reports_probabilities=True,
    ),
    Rival(
        name="Vowpal Wabbit squarecb, pooled, tuned",
        make=lambda _: VowpalWabbit(personal=False, options=TUNED),
        reports_probabilities=True,
    ),
    Rival(
        name="bayesianbandits Thompson, per person",
        make=lambda seed: PerPerson(lambda: BayesianBandits(DIMENSION, seed)),
        reports_probabilities=False,
    ),
    Rival(
        name="bayesianbandits Thompson, pooled",
        make=lambda seed: BayesianBandits(DIMENSION, seed),
        reports_probabilities=False,
    ),
    Rival(
        name="MABWiser LinUCB, per person",
        make=lambda seed: PerPerson(lambda: mabwiser_linucb(DIMENSION, seed)),
        reports_probabilities=False,
    ),
    Rival(
        name="MABWiser LinTS, pooled",
        make=lambda seed: mabwiser_lints(DIMENSION, seed),
        reports_probabilities=False,
    ),
    Rival(name="numpy LinTS, per person", make=_personal_lints, reports_probabilities=False),
    Rival(
        name="numpy LinTS, pooled",
        make=lambda seed: LinTS(DIMENSION, np.random.default_rng(seed)),
        reports_probabilities=False,
    ),
    Rival(name="river LinUCBDisjoint", make=River, reports_probabilities=False, can_play=False),
    Rival(name="random", make=lambda _: UniformPlayer(), reports_probabilities=True),
)
