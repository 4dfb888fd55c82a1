"""The reference implementation: its posterior is exact, and its players learn."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from benchmarks.peers.play import Player, oracle, play
from benchmarks.peers.reference import Reference, inverse_gap, thompson
from benchmarks.peers.simple import UniformPlayer
from benchmarks.peers.worlds import DIMENSION, WORLDS
from core.bandit import make_policy
from core.bandit.arrays import FloatArray

SMALL = replace(WORLDS["differing"], people=12, rounds=120)


def seen_by(player: Reference, features: FloatArray, person: str, at: float) -> tuple[FloatArray, FloatArray]:
    """Mean and covariance of the weights that the player passes to its exploration rule."""
    seen: list[tuple[FloatArray, FloatArray]] = []

    def explore(rows: FloatArray, mean: FloatArray, covariance: FloatArray) -> FloatArray:
        seen.append((mean, covariance))
        return np.full(len(rows), 1 / len(rows))

    player.explore = explore
    player.distribution(features, person=person, at=at)
    return seen[0]


def test_its_posterior_is_that_of_the_dense_equations() -> None:
    rng = np.random.default_rng(1)
    player = Reference(inverse_gap())
    people, noise, person, common = 3, 0.15, 0.002, 0.1
    size = DIMENSION * (1 + people)
    precision = np.diag(np.repeat([1 / common, *[1 / person] * people], DIMENSION))
    information = np.zeros(size)
    for number in range(30):
        x, reward, who = rng.normal(size=DIMENSION), float(rng.random()), number % people
        player.learn(x, reward, person=str(who), at=0.0)
        row = np.zeros(size)
        row[:DIMENSION] = x
        row[DIMENSION * (1 + who) : DIMENSION * (2 + who)] = x
        precision += np.outer(row, row) / noise
        information += reward * row / noise
    covariance = np.linalg.inv(precision)
    both = np.kron([1, 0, 1, 0], np.eye(DIMENSION))  # what is common, and what is the second person's own

    mean, spread = seen_by(player, np.eye(DIMENSION), "1", 0.0)

    assert mean == pytest.approx(both @ covariance @ information)
    assert spread == pytest.approx(both @ covariance @ both.T)


def players() -> dict[str, Player]:
    return {
        "inverse gap": Reference(inverse_gap()),
        "thompson": Reference(thompson(np.random.default_rng(1))),
    }


@pytest.mark.parametrize("name", players())
def test_it_learns(name: str) -> None:
    learned = play(players()[name], SMALL, 3)
    assert play(UniformPlayer(), SMALL, 3) * 1.2 < learned < oracle(SMALL, 3)


@pytest.mark.parametrize("world", WORLDS)
def test_oo_learns_in_every_world(world: str) -> None:
    setting = replace(WORLDS[world], people=8, rounds=100)
    assert play(make_policy("inverse-gap", DIMENSION), setting, 3) > play(UniformPlayer(), setting, 3) + 0.02


def test_what_is_old_counts_less_and_silence_teaches_nothing() -> None:
    x = np.eye(DIMENSION)[0]
    means = []
    for later in (0.0, 2000.0):
        player = Reference(inverse_gap())
        for _ in range(30):
            player.learn(x, 1.0, person="ann", at=0.0)
        player.learn(np.zeros(DIMENSION), 0.0, person="ann", at=later)
        means.append(seen_by(player, np.eye(DIMENSION), "ann", later)[0][0])
    assert means[0] > 0.5
    assert means[1] < 0.5 * means[0]
