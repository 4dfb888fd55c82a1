"""The feature vector of a candidate, declared in one table.

Silence is the zero vector, so its expected reward is 0 by definition and a tip must exceed it. The prior
weights are the expected effects before any reaction; 0 where there is no expectation. All values lie within
their range and on the grid of ``core/bandit/grid.py``. A change of a row or of its computation needs a new
``FEATURE_VERSION``. A change of a prior weight alone does not: the model is rebuilt from the log, and old
decisions can still be replayed.

The intercept ``tip`` belongs to both aspects: it is the level of the reference categories, a plain task on a
weekday afternoon. It is part of every observation, so its weight is the most certain one, and observations
of a single aspect change it least.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from core.bandit.grid import on_grid
from core.policies.feature_inputs import FeatureInputs, decayed_count
from core.records import Aspect, Context, TipCandidate

FEATURE_VERSION = "2"


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """One entry of the vector."""

    name: str
    aspect: Aspect
    """The signals that update its weight: those about timing, content or both."""
    low: float = 0.0
    """Values below are clipped."""
    high: float = 1.0
    """Values above are clipped."""
    prior: float
    """Prior mean of its weight."""
    meaning: str
    compute: Callable[[FeatureInputs], npt.ArrayLike]
    """Computes its values (k,), or one value for all candidates."""


TIMING, CONTENT, BOTH = Aspect.TIMING, Aspect.CONTENT, Aspect.BOTH

_WORDING = (
    "a direction of length 1 in 3 dimensions, by an embedder or from the words of the first line"
    " (``core/embeddings/space.py``, ``core/embeddings/hashed.py``); 0 while unknown"
)

FEATURES: tuple[Feature, ...] = (
    Feature(name="tip", aspect=BOTH, prior=0.1, meaning="1 for every tip", compute=lambda v: 1),
    Feature(
        name="requested",
        aspect=TIMING,
        prior=0.1,
        meaning="1 when the person asked for a tip",
        compute=lambda v: v.decision_point.requested,
    ),
    Feature(
        name="advice",
        aspect=CONTENT,
        prior=-0.05,
        meaning="1 for advice, 0 for a task",
        compute=lambda v: v.is_advice,
    ),
    Feature(
        name="llm",
        aspect=CONTENT,
        prior=0.02,
        meaning="1 when the language model wrote it",
        compute=lambda v: v.is_llm,
    ),
    Feature(
        name="template",
        aspect=CONTENT,
        prior=-0.03,
        meaning="1 when it comes from a template",
        compute=lambda v: v.is_template,
    ),
    Feature(
        name="priority",
        aspect=CONTENT,
        prior=0.15,
        meaning="0 for p4 to 1 for p1",
        compute=lambda v: v.priority,
    ),
    Feature(
        name="overdue",
        aspect=BOTH,
        prior=0.2,
        meaning="1 when the task's due time has passed",
        compute=lambda v: v.late > 0,
    ),
    Feature(
        name="long_overdue",
        aspect=BOTH,
        prior=-0.15,  # what has waited for a year is less pressing than what is due today
        meaning="0 to 1, a half after 2 days overdue",
        compute=lambda v: v.late / (v.late + 48),
    ),
    Feature(
        name="near",
        aspect=BOTH,
        prior=0.15,
        meaning="1 when due now or before, a half one day ahead, a third two days ahead; 0 without a date",
        compute=lambda v: 24 / (24 + v.ahead),
    ),
    Feature(
        name="due_today",
        aspect=BOTH,
        prior=0.1,
        meaning="1 when the due date is today",
        compute=lambda v: v.due_today,
    ),
    Feature(
        name="old",
        aspect=CONTENT,
        prior=-0.05,
        meaning="0 to 1, a half when the task was noted 30 days ago",
        compute=lambda v: v.age / (v.age + 30),
    ),
    Feature(
        name="task_morning",
        aspect=TIMING,
        prior=0.0,
        meaning="1 for a task from 5:00 to 12:00 (afternoon and night are what it is compared with)",
        compute=lambda v: v.decision_point.morning and v.is_task,
    ),
    Feature(
        name="task_evening",
        aspect=TIMING,
        prior=0.0,
        meaning="1 for a task from 17:00 to midnight",
        compute=lambda v: v.decision_point.evening and v.is_task,
    ),
    Feature(
        name="task_weekend",
        aspect=TIMING,
        prior=0.0,
        meaning="1 for a task on a Saturday or Sunday",
        compute=lambda v: v.decision_point.weekend and v.is_task,
    ),
    Feature(
        name="advice_morning",
        aspect=TIMING,
        prior=0.0,
        meaning="1 for advice from 5:00 to 12:00",
        compute=lambda v: v.decision_point.morning and v.is_advice,
    ),
    Feature(
        name="advice_evening",
        aspect=TIMING,
        prior=0.0,
        meaning="1 for advice from 17:00 to midnight",
        compute=lambda v: v.decision_point.evening and v.is_advice,
    ),
    Feature(
        name="advice_weekend",
        aspect=TIMING,
        prior=0.0,
        meaning="1 for advice on a Saturday or Sunday",
        compute=lambda v: v.decision_point.weekend and v.is_advice,
    ),
    Feature(
        name="load",
        aspect=TIMING,
        prior=0.0,
        meaning="0 to 1 for a task, a half when 10 tasks are open: whether a long list helps or paralyses",
        compute=lambda v: v.is_task * v.decision_point.load,
    ),
    Feature(
        name="done_rate",
        aspect=TIMING,
        low=-0.25,
        high=0.75,
        prior=0.3,
        meaning="share of tips done at this hour of the day (± 1), less the quarter that is assumed at first",
        compute=lambda v: v.decision_point.done_rate,
    ),
    Feature(
        name="fits",
        aspect=BOTH,
        low=-1,
        prior=0.2,
        meaning="1 when it fits the minutes the person has, -1 when it does not, 0 when either is unknown",
        compute=lambda v: v.fits,
    ),
    Feature(
        name="energy",
        aspect=BOTH,
        low=-1,
        prior=0.15,
        meaning="the priority when the person has much energy, minus the priority when they have little",
        compute=lambda v: v.decision_point.energy * v.priority,
    ),
    Feature(
        name="never_shown",
        aspect=CONTENT,
        prior=0.0,
        meaning="1 when no tip was about the same thing",
        compute=lambda v: [not past.shown for past in v.histories],
    ),
    Feature(
        name="item_shown",
        aspect=BOTH,
        high=4,
        prior=-0.5,
        meaning="tips about the same thing, each halved every day",
        compute=lambda v: [decayed_count(past.shown, 1) for past in v.histories],
    ),
    Feature(
        name="item_put_off",
        aspect=TIMING,
        high=4,
        prior=-0.3,
        meaning="of those, snoozed or 'not now', each halved every 12 hours",
        compute=lambda v: [decayed_count(past.snoozed, 0.5) for past in v.histories],
    ),
    Feature(
        name="item_dismissed",
        aspect=CONTENT,
        high=4,
        prior=-0.8,
        meaning="of those, dismissed as such, each halved every week",
        compute=lambda v: [decayed_count(past.disliked, 7) for past in v.histories],
    ),
    Feature(
        name="item_count",
        aspect=CONTENT,
        high=2,
        prior=-0.2,
        meaning="log2(1 + tips about the same thing) / 4",
        compute=lambda v: [math.log2(1 + len(past.shown)) / 4 for past in v.histories],
    ),
    Feature(
        name="kind_shown",
        aspect=BOTH,
        high=4,
        prior=-0.1,
        meaning="tips of the same kind, each halved every 12 hours",
        compute=lambda v: [one.shown for one in v.kind_exposures],
    ),
    Feature(
        name="kind_dismissed",
        aspect=CONTENT,
        high=4,
        prior=-0.15,
        meaning="of those, dismissed as such, each halved every 3 days",
        compute=lambda v: [one.disliked for one in v.kind_exposures],
    ),
    Feature(
        name="fatigue",
        aspect=TIMING,
        high=4,
        prior=0.0,
        meaning="tips of any kind, each halved every 2 days, / 4",
        compute=lambda v: v.decision_point.fatigue,
    ),
    Feature(
        name="wording_1", aspect=CONTENT, low=-1, prior=0.0, meaning=_WORDING, compute=lambda v: v.wording[0]
    ),
    Feature(
        name="wording_2", aspect=CONTENT, low=-1, prior=0.0, meaning=_WORDING, compute=lambda v: v.wording[1]
    ),
    Feature(
        name="wording_3", aspect=CONTENT, low=-1, prior=0.0, meaning=_WORDING, compute=lambda v: v.wording[2]
    ),
)

DIMENSION = len(FEATURES)
PRIOR = tuple(feature.prior for feature in FEATURES)
_FORMER_WEIGHTS = {1: {"long_overdue": 0.1}}
PRIOR_VERSION = len(_FORMER_WEIGHTS) + 1
"""The version of ``PRIOR``. To change a weight, add its old value to ``_FORMER_WEIGHTS``."""
_IS_WORDING = tuple(feature.name.startswith("wording_") for feature in FEATURES)
_COMPUTE = tuple(feature.compute for feature in FEATURES)
_LOWER_BOUNDS = np.array([feature.low for feature in FEATURES])
_UPPER_BOUNDS = np.array([feature.high for feature in FEATURES])


def features(context: Context, candidates: Sequence[TipCandidate]) -> tuple[tuple[float, ...], ...]:
    """The feature vectors (k, d) of ``candidates`` in ``context``, clipped to their ranges and on the grid.
    Pure.

    NaN becomes 0.
    """
    inputs = FeatureInputs(context, candidates)
    columns = np.empty((DIMENSION, len(candidates)))
    for index, compute in enumerate(_COMPUTE):
        columns[index] = compute(inputs)
    values = np.where(inputs.is_tip & ~np.isnan(columns), columns, 0.0)
    clipped = np.minimum(np.maximum(values.T, _LOWER_BOUNDS), _UPPER_BOUNDS)
    return tuple(map(tuple, on_grid(clipped).tolist()))


def vectors_of(rows: Sequence[Mapping[str, float]]) -> tuple[tuple[float, ...], ...]:
    """Feature vectors (k, d) from values by name, clipped to their ranges and on the grid; what is not named
    is 0. Raises ``KeyError`` for a name that is no feature. All values must be finite.
    """
    columns = {feature.name: column for column, feature in enumerate(FEATURES)}
    values = np.zeros((len(rows), DIMENSION))
    for row, named in enumerate(rows):
        for name, value in named.items():
            values[row, columns[name]] = value
    clipped = np.minimum(np.maximum(values, _LOWER_BOUNDS), _UPPER_BOUNDS)
    return tuple(map(tuple, on_grid(clipped).tolist()))


def prior_of(version: int) -> tuple[float, ...]:
    """The prior weights (d,) of a version; shadows ``unlearned`` in old logs need former ones. Raises
    ValueError for an unknown version.
    """
    if not 1 <= version <= PRIOR_VERSION:
        raise ValueError(f"there is no prior {version}; there are 1 to {PRIOR_VERSION}")
    former = _FORMER_WEIGHTS.get(version, {})
    return tuple(former.get(feature.name, feature.prior) for feature in FEATURES)


def mask_aspect(vector: Sequence[float], aspect: Aspect) -> tuple[float, ...]:
    """``vector`` (d,) with the features of other aspects set to 0."""
    return tuple(
        value if feature.aspect & aspect else 0.0 for feature, value in zip(FEATURES, vector, strict=True)
    )


def mask_wording(row: Sequence[float]) -> tuple[float, ...]:
    """``row`` (d,) with the features of the wording set to 0."""
    return tuple(0.0 if is_wording else value for is_wording, value in zip(_IS_WORDING, row, strict=True))
