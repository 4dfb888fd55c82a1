"""The table of features: complete, explained, each about timing, content or both, and under a version."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import time, timedelta

import pytest

from core.policies.features import (
    DIMENSION,
    FEATURE_VERSION,
    FEATURES,
    PRIOR,
    PRIOR_VERSION,
    features,
    mask_aspect,
    prior_of,
)
from core.policies.rewards import updated_aspect
from core.records import Aspect, ReactionKind, Request, Signal, TipSource, Trigger
from tests.core.bandit.moments import MONDAY, advice, context, past, task, tip
from tests.core.figures import counts
from tests.core.worlds import DISMISS, NOT_THIS


def test_every_feature_is_declared_once_and_explained() -> None:
    names = [feature.name for feature in FEATURES]
    assert len(set(names)) == len(names) == DIMENSION == len(PRIOR) == 32
    assert all(feature.meaning for feature in FEATURES)
    assert all(feature.low <= 0 < feature.high <= 4 for feature in FEATURES)


FINGERPRINTS = {"2": "685549687199206e"}
"""A fingerprint of each version's table, vectors and updated aspects, prior weights apart: a line for each
version whose logs are replayed.
"""


def test_a_changed_feature_has_a_new_version() -> None:
    """Logs are replayed by version: without a new one, replays of old decisions would differ."""
    moment = context(
        task(priority=2, due=MONDAY - timedelta(days=2), at=time(9)),
        task("tax", due=MONDAY + timedelta(days=5)),
        past=(
            past(tip(), timedelta(hours=30), ReactionKind.SNOOZE),
            past(tip(), timedelta(days=4), DISMISS, NOT_THIS),
            past(advice(), timedelta(days=1)),
        ),
        tips_by_hour=counts(h9=5),
        done_by_hour=counts(h9=4),
        trigger=Trigger.REQUESTED,
        request=Request(minutes=20, energy="low"),
    )
    written = advice(source=TipSource.LLM)
    evening = replace(moment, now=moment.now + timedelta(days=6, hours=10))
    seen = [
        features(one, [tip(minutes=10), tip("tax", minutes=60), advice(), written])
        for one in (moment, evening)
    ]
    table = [(one.name, one.aspect.value, one.low, one.high) for one in FEATURES]
    observations = [(signal.value, updated_aspect(signal).value) for signal in Signal]
    fingerprint = hashlib.sha256(repr((table, observations, seen)).encode()).hexdigest()[:16]
    assert fingerprint == FINGERPRINTS[FEATURE_VERSION]


def test_a_changed_prior_weight_has_a_new_version_and_the_former_ones_are_kept() -> None:
    """Old logs contain a shadow with the prior weights of their time."""
    priors = {version: prior_of(version) for version in range(1, PRIOR_VERSION + 1)}
    fingerprints = {
        version: hashlib.sha256(repr(prior).encode()).hexdigest()[:16] for version, prior in priors.items()
    }
    assert priors[PRIOR_VERSION] == PRIOR
    assert fingerprints == {1: "f303504dbd5f19b6", 2: "48afb6d32dfad225"}


def test_every_feature_is_about_timing_content_or_both() -> None:
    assert {feature.aspect for feature in FEATURES} == {Aspect.TIMING, Aspect.CONTENT, Aspect.BOTH}


ASPECTS = {
    "requested": Aspect.TIMING,
    "task_evening": Aspect.TIMING,
    "done_rate": Aspect.TIMING,
    "fatigue": Aspect.TIMING,
    "advice": Aspect.CONTENT,
    "priority": Aspect.CONTENT,
    "item_dismissed": Aspect.CONTENT,
    "wording_1": Aspect.CONTENT,
    "tip": Aspect.BOTH,
    "near": Aspect.BOTH,
    "fits": Aspect.BOTH,
}


def test_the_hour_is_timing_the_words_are_content_and_a_date_is_both() -> None:
    assert {one.name: one.aspect for one in FEATURES if one.name in ASPECTS} == ASPECTS


@pytest.mark.parametrize("aspect", [Aspect.TIMING, Aspect.CONTENT])
def test_what_is_about_something_else_is_left_out(aspect: Aspect) -> None:
    vector = tuple(float(number) for number in range(1, DIMENSION + 1))
    left = {one.name for one, value in zip(FEATURES, mask_aspect(vector, aspect), strict=True) if value}
    assert left == {one.name for one in FEATURES if one.aspect in (aspect, Aspect.BOTH)}
    assert mask_aspect(vector, Aspect.BOTH) == vector
    assert not any(mask_aspect(vector, Aspect.NOTHING))
