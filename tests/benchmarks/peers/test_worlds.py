"""The worlds in which policies are compared."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from benchmarks.peers.play import draw, oracle, play
from benchmarks.peers.simple import LinTS, PerPerson, UniformPlayer
from benchmarks.peers.worlds import CANDIDATES, DIMENSION, WORLDS, Round, World
from core.bandit.arrays import Indices

SMALL = replace(WORLDS["five"], rounds=60)


def rounds(seed: int, pick: int) -> list[Round]:
    world = World(SMALL, seed)
    current = []
    for _ in range(10):
        current.append(world.next_round())
        world.show(current[-1], np.full(SMALL.people, pick))
    return current


def firsts(people: int) -> Indices:
    return np.zeros(people, dtype=np.int64)


def test_the_same_seed_gives_the_same_stream() -> None:
    for one, other in zip(rounds(3, 0), rounds(3, 0), strict=True):
        assert np.array_equal(one.features, other.features)
        assert np.array_equal(one.means, other.means)
        assert np.array_equal(one.delays, other.delays)


def test_another_seed_gives_another_stream() -> None:
    assert not np.array_equal(rounds(3, 0)[0].features, rounds(4, 0)[0].features)


def test_picks_change_neither_the_candidates_nor_the_luck() -> None:
    for one, other in zip(rounds(3, 0), rounds(3, 7), strict=True):
        assert np.array_equal(one.items, other.items)
        assert np.array_equal(one.reward_point, other.reward_point)
        assert np.array_equal(one.draw_point, other.draw_point)
        assert np.array_equal(one.delays, other.delays)


def test_a_round_has_distinct_candidates_and_expected_rewards_in_the_unit_interval() -> None:
    current = rounds(5, 0)[-1]
    assert current.features.shape == (SMALL.people, CANDIDATES, DIMENSION)
    assert all(len(set(items)) == CANDIDATES for items in current.items.tolist())
    assert np.isfinite(current.features).all()
    assert current.means.min() > 0
    assert current.means.max() < 1


def test_what_was_shown_is_worth_less_until_it_recovers() -> None:
    alike = replace(SMALL, drift=0.0, fatigue=0.0, spread=0.0, common=0.0, hidden=0.0)
    world = World(alike, 1)
    current = world.next_round()
    item, worth = current.items[0, 0], current.means[0, 0]
    world.show(current, firsts(alike.people))
    later = []
    for _ in range(60):
        current = world.next_round()
        later += current.means[0, current.items[0] == item].tolist()
        others = np.flatnonzero(current.items[0] != item)
        world.show(current, np.full(alike.people, others[0]))
    assert later[0] < 0.7 * worth
    assert later == sorted(later)
    assert later[-1] > 0.9 * worth


def test_the_oracle_is_ahead_of_every_policy_and_learning_ahead_of_chance() -> None:
    setting = replace(WORLDS["five"], rounds=300)
    rng = np.random.default_rng(0)
    learned = play(PerPerson(lambda: LinTS(DIMENSION, rng)), setting, 2)
    by_chance = play(UniformPlayer(), setting, 2)
    assert by_chance < learned < oracle(setting, 2)


def test_playing_twice_under_one_seed_is_the_same_play() -> None:
    assert play(UniformPlayer(), SMALL, 4) == play(UniformPlayer(), SMALL, 4)


def test_a_draw_follows_the_cumulative_distribution() -> None:
    probabilities = np.array([0.25, 0.0, 0.5, 0.25])
    assert [draw(probabilities, draw_point) for draw_point in (0.0, 0.25, 0.7, 0.75, 0.999)] == [
        0,
        2,
        2,
        3,
        3,
    ]


def test_silence_is_the_last_candidate_and_is_worth_nothing() -> None:
    setting = replace(WORLDS["silence"], people=6, rounds=40)
    world = World(setting, 3)
    for _ in range(setting.rounds):
        current = world.next_round()
        assert current.features.shape == (6, setting.candidates + 1, DIMENSION)
        assert not current.features[:, -1].any()
        assert not current.means[:, -1].any()
        assert current.means.min() >= -setting.burden
        silent = np.arange(6) % 2 == 0
        picks = np.where(silent, setting.candidates, 0)
        rewards = world.show(current, picks)
        assert not rewards[silent].any()
        assert set(rewards[~silent]) <= {-setting.burden, 1 - setting.burden}


def test_who_stays_silent_is_shown_nothing() -> None:
    setting = replace(WORLDS["silence"], people=4)
    world = World(setting, 3)
    for _ in range(5):
        world.show(world.next_round(), np.full(4, setting.candidates))
    current = world.next_round()
    recency = current.features[:, :-1, DIMENSION - 6 : DIMENSION - 3]
    assert not recency.any(), "neither an item nor a kind was seen of late"


def test_in_the_world_of_silence_it_is_often_best_and_half_of_the_kinds_never_are() -> None:
    setting = replace(WORLDS["silence"], rounds=60)
    best, useful = [], []
    for seed in range(8):
        world = World(setting, seed)
        for _ in range(setting.rounds):
            current = world.next_round()
            picks = current.means.argmax(axis=1)
            best.append((picks == setting.candidates).mean())
            kinds = current.features[np.arange(setting.people), picks, 1:5]
            useful.append(kinds[:, :2].sum() / max(kinds.sum(), 1))
            world.show(current, picks)
    assert 0.2 < np.mean(best) < 0.8
    assert np.mean(useful) > 0.9


def test_half_of_the_people_turn_round_halfway() -> None:
    plain = replace(WORLDS["turning"], common=0.0, hidden=0.0, recovery=0.0, fatigue=0.0)
    setting = replace(plain, people=10, rounds=40)
    world = World(setting, 1)
    tastes = world.own.copy()
    agree = []
    for _ in range(setting.rounds):
        current = world.next_round()
        liked = np.einsum("pkd,pd->pk", current.features, tastes)
        agree.append([np.corrcoef(one, two)[0, 1] for one, two in zip(liked, current.means, strict=True)])
        world.show(current, firsts(setting.people))
    before, after = np.mean(agree[:20], axis=0), np.mean(agree[20:], axis=0)
    assert (before > 0.5).all()
    assert (after[:5] < -0.5).all()
    assert (after[5:] > 0.5).all()


def test_a_part_of_the_rewards_comes_late() -> None:
    worlds = (replace(WORLDS[name], people=400) for name in ("five", "turning"))
    soon, long = (World(setting, 2).next_round().delays for setting in worlds)
    assert np.quantile(soon, 0.95) < 20 < np.quantile(long, 0.95)
    missing = (long < 0).mean()
    assert 0.05 < missing < 0.25


def test_many_candidates_are_awake_at_once() -> None:
    setting = WORLDS["many"]
    current = World(setting, 0).next_round()
    assert current.items.shape == (setting.people, 60)
    assert all(len(set(items)) == 60 for items in current.items.tolist())
