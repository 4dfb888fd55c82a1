"""Replay: equal bit for bit, and no altered figure goes unnoticed (G2, L1)."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.bandit.mixed import Posterior
from core.bandit.rules import RULES
from core.bandit.statistics import Statistics
from core.policies.catalog import policy_of
from core.policies.choose import Choice, choose, choose_redelivery
from core.policies.features import DIMENSION, features
from core.policies.replay import replay
from core.records import Draw, ReactionKind, Snapshot, TipCandidate, Trigger
from tests.core.bandit.moments import SILENCE, advice, context, past, posterior, task, tip

MOMENT = context(
    task("rent", priority=1, due=date(2027, 6, 13)),
    task("tax", priority=3, due=date(2027, 6, 20)),
    past=(past(tip("tax"), timedelta(hours=30), ReactionKind.SNOOZE), past(advice(), timedelta(hours=50))),
)
CANDIDATES = (tip("rent"), tip("tax", dropped="snoozed"), advice(), tip("tax"), SILENCE)


def learned() -> Posterior:
    """The posterior after a few rewards on every feature."""
    statistics = Statistics.empty(DIMENSION)
    for index, x in enumerate(features(MOMENT, CANDIDATES) * 3):
        statistics = statistics.plus(x, index / 16)
    return posterior(statistics, statistics)


KNOWN = learned()


def made(
    seed: int = 7, policy_id: str = "epsilon-greedy:epsilon=0.3", believed: Posterior | None = KNOWN
) -> Choice:
    """A choice with something learned."""
    return choose(
        MOMENT,
        CANDIDATES,
        posterior=believed,
        policy=policy_of(policy_id),
        shadows=(policy_of("uniform"), policy_of("unlearned:epsilon=0.3")),
        seed=seed,
    )


CHOICE = made()
LOGGED = CHOICE.draw


@pytest.mark.parametrize("name", sorted(RULES))
@given(seed=st.integers(0, 2**63 - 1))
def test_a_decision_comes_out_equal_bit_for_bit(name: str, seed: int) -> None:
    choice = made(seed, name)
    report = replay(choice.draw, choice.snapshot)
    assert report.same, report.differences


def test_a_decision_of_the_fallback_comes_out_equal_too() -> None:
    choice = made(believed=None)
    assert choice.draw.policy_id == "uniform-fallback"
    assert replay(choice.draw, choice.snapshot).same


@pytest.mark.parametrize("snoozed", [tip(), SILENCE])
@pytest.mark.parametrize(("even_if_quiet", "policy_id"), [(False, "promise"), (True, "promise_quiet")])
def test_a_snoozed_tip_is_certain_and_comes_out_equal(
    snoozed: TipCandidate, even_if_quiet: bool, policy_id: str
) -> None:
    choice = choose_redelivery(MOMENT, snoozed, even_if_quiet=even_if_quiet)
    draw = choice.draw
    assert (draw.policy_id, draw.action, draw.propensity) == (policy_id, snoozed.candidate_id, 1.0)
    assert replay(draw, choice.snapshot).same


def with_candidate(place: int, **changes: Any) -> Draw:
    """The logged draw, one of its candidates altered."""
    candidates = list(LOGGED.candidates)
    candidates[place] = replace(candidates[place], **changes)
    return replace(LOGGED, candidates=tuple(candidates))


def with_shadow(place: int, **changes: Any) -> Draw:
    """The logged draw, one of its shadows altered."""
    shadows = list(LOGGED.shadows)
    shadows[place] = replace(shadows[place], **changes)
    return replace(LOGGED, shadows=tuple(shadows))


def nudge(value: float) -> float:
    """The next number up: the smallest alteration there is."""
    return math.nextafter(value, math.inf)


def nudges(values: tuple[float, ...]) -> Iterator[tuple[float, ...]]:
    """``values`` with each number nudged in turn."""
    for index, value in enumerate(values):
        yield (*values[:index], nudge(value), *values[index + 1 :])


def nudged() -> Iterator[Draw]:
    """The logged draw with each of its figures nudged in turn."""
    yield replace(LOGGED, floor=nudge(LOGGED.floor))
    yield replace(LOGGED, propensity=nudge(LOGGED.propensity))
    for place, scored in enumerate(LOGGED.candidates):
        yield with_candidate(place, score=nudge(scored.score))
        yield with_candidate(place, probability=nudge(scored.probability))
        for row in nudges(scored.features):
            yield with_candidate(place, features=row)
    for place, shadow in enumerate(LOGGED.shadows):
        for probabilities in nudges(shadow.probabilities):
            yield with_shadow(place, probabilities=probabilities)


def test_every_figure_that_is_off_by_its_last_bit_is_found_and_named() -> None:
    altered = list(nudged())
    assert len(altered) == 2 + 2 * 5 + 4 * DIMENSION + 2 * 4
    for decision in altered:
        (difference,) = replay(decision, CHOICE.snapshot).differences
        assert "logged" in difference


@pytest.mark.parametrize(
    ("altered", "named"),
    [
        (replace(LOGGED, action="silence" if LOGGED.action != "silence" else "task:rent"), "action"),
        (replace(LOGGED, propensity=math.nan), "propensity"),
        (replace(LOGGED, policy_id="epsilon-greedy:epsilon=0.30000000000000004"), "model_version"),
        (replace(LOGGED, policy_id="uniform"), "model_version"),
        (replace(LOGGED, policy_id="thomson"), "can't be made again"),
        (replace(LOGGED, model_version="0" * 16), "model_version"),
        (replace(LOGGED, feature_version="0"), "feature_version"),
        (with_shadow(1, policy_id="unlearned:epsilon=0.5"), "shadow 1 probability"),
        (with_shadow(1, model_version="0" * 16), "shadow 1 model_version"),
        (with_shadow(0, probabilities=(0.25, 0.25, 0.25)), "shadow 0 probability 3"),
        (with_candidate(0, features=()), "candidate 0 feature tip"),
        (with_candidate(1, probability=0.1), "candidate 1 probability"),
        (with_candidate(0, candidate=tip("rent", dropped="muted")), "candidate 0"),
        (replace(LOGGED, candidates=LOGGED.candidates[::-1]), "shadow 1 probability 0"),
        (replace(LOGGED, candidates=()), "can't be made again"),
        (replace(LOGGED, context=replace(MOMENT, trigger=Trigger.REQUESTED)), "feature requested"),
        (replace(LOGGED, context=replace(MOMENT, zone="Asia/Tokyo")), "feature"),
        (replace(LOGGED, context=replace(MOMENT, past=())), "feature item_shown"),
        (replace(LOGGED, context=replace(MOMENT, now=MOMENT.now + timedelta(hours=1))), "feature near"),
    ],
)
def test_an_alteration_is_found_and_named(altered: Draw, named: str) -> None:
    report = replay(altered, CHOICE.snapshot)
    assert not report.same
    assert any(named in difference for difference in report.differences), report.differences


@pytest.mark.parametrize(
    "snapshot",
    [
        replace(CHOICE.snapshot, weights=next(nudges(CHOICE.snapshot.weights))),
        replace(CHOICE.snapshot, weights=CHOICE.snapshot.weights[:-1]),
        replace(CHOICE.snapshot, weights=()),
        replace(CHOICE.snapshot, policy_id="uniform"),
        replace(CHOICE.snapshot, feature_version="0"),
        replace(CHOICE.snapshot, model_version="0" * 16),
    ],
)
def test_a_snapshot_that_is_not_what_its_name_says_is_found(snapshot: Snapshot) -> None:
    assert not replay(LOGGED, snapshot).same


def test_the_report_holds_no_personal_text() -> None:
    report = replay(replace(with_candidate(0, score=9.0, features=()), action="silence"), CHOICE.snapshot)
    assert len(report.differences) == DIMENSION + 2
    assert LOGGED.candidates[0].candidate.content not in " ".join(report.differences)
