"""The worlds in which policies are compared."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from benchmarks.peers.play import draw, oracle, play
from benchmarks.peers.simple import LinTS, PerPerson, RandomSource
from benchmarks.peers.worlds import CANDIDATES, DIMENSION, WORLDS, Indices, Round, World

SMALL = replace(WORLDS["five"], rounds=60)


def rounds(seed: int, pick: int) -> list[Round]:
    world = World(SMALL, seed)
    met = []
    for _ in range(10):
        met.append(world.meet())
        world.show(met[-1], np.full(SMALL.people, pick))
    return met


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
        assert np.array_equal(one.luck, other.luck)
        assert np.array_equal(one.whim, other.whim)
        assert np.array_equal(one.delays, other.delays)


def test_a_round_has_distinct_candidates_and_expected_rewards_in_the_unit_interval() -> None:
    met = rounds(5, 0)[-1]
    assert met.features.shape == (SMALL.people, CANDIDATES, DIMENSION)
    assert all(len(set(items)) == CANDIDATES for items in met.items.tolist())
    assert np.isfinite(met.features).all()
    assert met.means.min() > 0
    assert met.means.max() < 1


def test_what_was_shown_is_worth_less_until_it_recovers() -> None:
    alike = replace(SMALL, drift=0.0, fatigue=0.0, spread=0.0, common=0.0, hidden=0.0)
    world = World(alike, 1)
    met = world.meet()
    item, worth = met.items[0, 0], met.means[0, 0]
    world.show(met, firsts(alike.people))
    later = []
    for _ in range(60):
        met = world.meet()
        later += met.means[0, met.items[0] == item].tolist()
        others = np.flatnonzero(met.items[0] != item)
        world.show(met, np.full(alike.people, others[0]))
    assert later[0] < 0.7 * worth
    assert later == sorted(later)
    assert later[-1] > 0.9 * worth


def test_the_oracle_is_ahead_of_every_policy_and_learning_ahead_of_chance() -> None:
    setting = replace(WORLDS["five"], rounds=300)
    rng = np.random.default_rng(0)
    learned = play(PerPerson(lambda: LinTS(DIMENSION, rng)), setting, 2)
    by_chance = play(RandomSource(), setting, 2)
    assert by_chance < learned < oracle(setting, 2)


def test_playing_twice_under_one_seed_is_the_same_play() -> None:
    assert play(RandomSource(), SMALL, 4) == play(RandomSource(), SMALL, 4)


def test_a_draw_follows_the_cumulative_distribution() -> None:
    probabilities = np.array([0.25, 0.0, 0.5, 0.25])
    assert [draw(probabilities, whim) for whim in (0.0, 0.25, 0.7, 0.75, 0.999)] == [0, 2, 2, 3, 3]


def test_silence_is_the_last_candidate_and_is_worth_nothing() -> None:
    setting = replace(WORLDS["silence"], people=6, rounds=40)
    world = World(setting, 3)
    for _ in range(setting.rounds):
        met = world.meet()
        assert met.features.shape == (6, setting.candidates + 1, DIMENSION)
        assert not met.features[:, -1].any()
        assert not met.means[:, -1].any()
        assert met.means.min() >= -setting.burden
        silent = np.arange(6) % 2 == 0
        picks = np.where(silent, setting.candidates, 0)
        rewards = world.show(met, picks)
        assert not rewards[silent].any()
        assert set(rewards[~silent]) <= {-setting.burden, 1 - setting.burden}


def test_who_stays_silent_is_shown_nothing() -> None:
    setting = replace(WORLDS["silence"], people=4)
    world = World(setting, 3)
    for _ in range(5):
        world.show(world.meet(), np.full(4, setting.candidates))
    met = world.meet()
    recency = met.features[:, :-1, DIMENSION - 6 : DIMENSION - 3]
    assert not recency.any(), "neither an item nor a kind was seen of late"


def test_in_the_world_of_silence_it_is_often_best_and_half_of_the_kinds_never_are() -> None:
    setting = replace(WORLDS["silence"], rounds=60)
    best, useful = [], []
    for seed in range(8):
        world = World(setting, seed)
        for _ in range(setting.rounds):
            met = world.meet()
            picks = met.means.argmax(axis=1)
            best.append((picks == setting.candidates).mean())
            kinds = met.features[np.arange(setting.people), picks, 1:5]
            useful.append(kinds[:, :2].sum() / max(kinds.sum(), 1))
            world.show(met, picks)
    assert 0.2 < np.mean(best) < 0.8
    assert np.mean(useful) > 0.9


def test_half_of_the_people_turn_round_halfway() -> None:
    plain = replace(WORLDS["turning"], common=0.0, hidden=0.0, recovery=0.0, fatigue=0.0)
    setting = replace(plain, people=10, rounds=40)
    world = World(setting, 1)
    tastes = world.own.copy()
    agree = []
    for _ in range(setting.rounds):
        met = world.meet()
        liked = np.einsum("pkd,pd->pk", met.features, tastes)
        agree.append([np.corrcoef(one, two)[0, 1] for one, two in zip(liked, met.means, strict=True)])
        world.show(met, firsts(setting.people))
    before, after = np.mean(agree[:20], axis=0), np.mean(agree[20:], axis=0)
    assert (before > 0.5).all()
    assert (after[:5] < -0.5).all()
    assert (after[5:] > 0.5).all()


def test_a_part_of_the_rewards_comes_late() -> None:
    worlds = (replace(WORLDS[name], people=400) for name in ("five", "turning"))
    soon, long = (World(setting, 2).meet().delays for setting in worlds)
    assert np.quantile(soon, 0.95) < 20 < np.quantile(long, 0.95)
    missing = (long < 0).mean()
    assert 0.05 < missing < 0.25


def test_many_candidates_are_awake_at_once() -> None:
    setting = WORLDS["many"]
    met = World(setting, 0).meet()
    assert met.items.shape == (setting.people, 60)
    assert all(len(set(items)) == 60 for items in met.items.tolist())
