"""What the decision engine sees of a tip: a vector of numbers, every one of them declared in one table.

*No tip* is the vector of zeros, so its expected reward is 0 by definition and a tip has to promise more. The
prior weights are the rewards expected before anybody has reacted: they make the first day sensible; 0 where
nothing is expected either way. All values lie within their range and on the grid of ``core/bandit/grid.py``.
Whoever changes a row, or how one is computed, changes ``FEATURE_VERSION`` with it. A prior weight may change
without: what was learned is then learned anew from the log, and old decisions can still be replayed.

The intercept ``tip`` is the level from which timing and content are measured, so it is about both: a
weekday's afternoon and a plain task have no column but this one. It is in every lesson, so it is known best,
and a lesson about one aspect moves it least.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from core.bandit.grid import on_grid
from core.model import Aspect, Context, TipCandidate
from core.policies.feature_inputs import FeatureInputs, decayed_count

FEATURE_VERSION = "2"


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """One entry of the vector: what it is about, the range it is held in, its weight before anything was
    learned, what it means, how it is computed: a value for each candidate (k,), or one for all.
    """

    name: str
    aspect: Aspect
    low: float = 0.0
    high: float = 1.0
    prior: float
    meaning: str
    of: Callable[[FeatureInputs], npt.ArrayLike]


TIMING, CONTENT, BOTH = Aspect.TIMING, Aspect.CONTENT, Aspect.BOTH

_WORDING = (
    "a direction of length 1 in 3 dimensions, by an embedder or from the words of the first line"
    " (``core/embeddings/space.py``, ``core/embeddings/hashed.py``); 0 while unknown"
)

FEATURES: tuple[Feature, ...] = (
    Feature(name="tip", aspect=BOTH, prior=0.1, meaning="1 for every tip", of=lambda v: 1),
    Feature(
        name="requested",
        aspect=TIMING,
        prior=0.1,
        meaning="1 when the person asked for a tip",
        of=lambda v: v.moment.requested,
    ),
    Feature(
        name="advice",
        aspect=CONTENT,
        prior=-0.05,
        meaning="1 for advice, 0 for a task",
        of=lambda v: v.is_advice,
    ),
    Feature(
        name="llm",
        aspect=CONTENT,
        prior=0.02,
        meaning="1 when the language model wrote it",
        of=lambda v: v.is_llm,
    ),
    Feature(
        name="template",
        aspect=CONTENT,
        prior=-0.03,
        meaning="1 when it comes from a template",
        of=lambda v: v.is_template,
    ),
    Feature(
        name="priority",
        aspect=CONTENT,
        prior=0.15,
        meaning="0 for p4 to 1 for p1",
        of=lambda v: v.priority,
    ),
    Feature(
        name="overdue",
        aspect=BOTH,
        prior=0.2,
        meaning="1 when the task's due time has passed",
        of=lambda v: v.late > 0,
    ),
    Feature(
        name="long_overdue",
        aspect=BOTH,
        prior=-0.15,  # what has waited for a year is less pressing than what is due today
        meaning="0 to 1, a half after 2 days overdue",
        of=lambda v: v.late / (v.late + 48),
    ),
    Feature(
        name="near",
        aspect=BOTH,
        prior=0.15,
        meaning="1 when due now or before, a half one day ahead, a third two days ahead; 0 without a date",
        of=lambda v: 24 / (24 + v.ahead),
    ),
    Feature(
        name="due_today",
        aspect=BOTH,
        prior=0.1,
        meaning="1 when the due date is today",
        of=lambda v: v.due_today,
    ),
    Feature(
        name="old",
        aspect=CONTENT,
        prior=-0.05,
        meaning="0 to 1, a half when the task was noted 30 days ago",
        of=lambda v: v.age / (v.age + 30),
    ),
    Feature(
        name="task_morning",
        aspect=TIMING,
        prior=0.0,
        meaning="1 for a task from 5:00 to 12:00 (afternoon and night are what it is compared with)",
        of=lambda v: v.moment.morning and v.is_task,
    ),
    Feature(
        name="task_evening",
        aspect=TIMING,
        prior=0.0,
        meaning="1 for a task from 17:00 to midnight",
        of=lambda v: v.moment.evening and v.is_task,
    ),
    Feature(
        name="task_weekend",
        aspect=TIMING,
        prior=0.0,
        meaning="1 for a task on a Saturday or Sunday",
        of=lambda v: v.moment.weekend and v.is_task,
    ),
    Feature(
        name="advice_morning",
        aspect=TIMING,
        prior=0.0,
        meaning="1 for advice from 5:00 to 12:00",
        of=lambda v: v.moment.morning and v.is_advice,
    ),
    Feature(
        name="advice_evening",
        aspect=TIMING,
        prior=0.0,
        meaning="1 for advice from 17:00 to midnight",
        of=lambda v: v.moment.evening and v.is_advice,
    ),
    Feature(
        name="advice_weekend",
        aspect=TIMING,
        prior=0.0,
        meaning="1 for advice on a Saturday or Sunday",
        of=lambda v: v.moment.weekend and v.is_advice,
    ),
    Feature(
        name="load",
        aspect=TIMING,
        prior=0.0,
        meaning="0 to 1 for a task, a half when 10 tasks are open: whether a long list helps or paralyses",
        of=lambda v: v.is_task * v.moment.load,
    ),
    Feature(
        name="done_rate",
        aspect=TIMING,
        low=-0.25,
        high=0.75,
        prior=0.3,
        meaning="share of tips done at this hour of the day (± 1), less the quarter that is assumed at first",
        of=lambda v: v.moment.done_rate,
    ),
    Feature(
        name="fits",
        aspect=BOTH,
        low=-1,
        prior=0.2,
        meaning="1 when it fits the minutes the person has, -1 when it does not, 0 when either is unknown",
        of=lambda v: v.fits,
    ),
    Feature(
        name="energy",
        aspect=BOTH,
        low=-1,
        prior=0.15,
        meaning="the priority when the person has much energy, minus the priority when they have little",
        of=lambda v: v.moment.energy * v.priority,
    ),
    Feature(
        name="never_shown",
        aspect=CONTENT,
        prior=0.0,
        meaning="1 when no tip was about the same thing",
        of=lambda v: [not past.shown for past in v.echoes],
    ),
    Feature(
        name="item_shown",
        aspect=BOTH,
        high=4,
        prior=-0.5,
        meaning="tips about the same thing, each halved every day",
        of=lambda v: [decayed_count(past.shown, 1) for past in v.echoes],
    ),
    Feature(
        name="item_put_off",
        aspect=TIMING,
        high=4,
        prior=-0.3,
        meaning="of those, snoozed or 'not now', each halved every 12 hours",
        of=lambda v: [decayed_count(past.put_off, 0.5) for past in v.echoes],
    ),
    Feature(
        name="item_dismissed",
        aspect=CONTENT,
        high=4,
        prior=-0.8,
        meaning="of those, dismissed as such, each halved every week",
        of=lambda v: [decayed_count(past.disliked, 7) for past in v.echoes],
    ),
    Feature(
        name="item_count",
        aspect=CONTENT,
        high=2,
        prior=-0.2,
        meaning="log2(1 + tips about the same thing) / 4",
        of=lambda v: [math.log2(1 + len(past.shown)) / 4 for past in v.echoes],
    ),
    Feature(
        name="kind_shown",
        aspect=BOTH,
        high=4,
        prior=-0.1,
        meaning="tips of the same kind, each halved every 12 hours",
        of=lambda v: [kin.shown for kin in v.kin],
    ),
    Feature(
        name="kind_dismissed",
        aspect=CONTENT,
        high=4,
        prior=-0.15,
        meaning="of those, dismissed as such, each halved every 3 days",
        of=lambda v: [kin.disliked for kin in v.kin],
    ),
    Feature(
        name="fatigue",
        aspect=TIMING,
        high=4,
        prior=0.0,
        meaning="tips of any kind, each halved every 2 days, / 4",
        of=lambda v: v.moment.fatigue,
    ),
    Feature(name="wording_1", aspect=CONTENT, low=-1, prior=0.0, meaning=_WORDING, of=lambda v: v.wording[0]),
    Feature(name="wording_2", aspect=CONTENT, low=-1, prior=0.0, meaning=_WORDING, of=lambda v: v.wording[1]),
    Feature(name="wording_3", aspect=CONTENT, low=-1, prior=0.0, meaning=_WORDING, of=lambda v: v.wording[2]),
)

DIMENSION = len(FEATURES)
PRIOR = tuple(feature.prior for feature in FEATURES)
_FORMER_WEIGHTS = {1: {"long_overdue": 0.1}}
PRIOR_VERSION = len(_FORMER_WEIGHTS) + 1
"""Which set of prior weights ``PRIOR`` is. Whoever changes one keeps what it was in ``_FORMER_WEIGHTS``."""
_WORDED = tuple(feature.name.startswith("wording_") for feature in FEATURES)
_OF = tuple(feature.of for feature in FEATURES)
_LOW = np.array([feature.low for feature in FEATURES])
_HIGH = np.array([feature.high for feature in FEATURES])


def features(context: Context, candidates: Sequence[TipCandidate]) -> tuple[tuple[float, ...], ...]:
    """The vectors (k, d) of ``candidates`` in ``context``, within their ranges and on the grid. Pure.

    What cannot be told (NaN) is 0.
    """
    view = FeatureInputs(context, candidates)
    columns = np.empty((DIMENSION, len(candidates)))
    for index, of in enumerate(_OF):
        columns[index] = of(view)
    known = np.where(view.is_tip & ~np.isnan(columns), columns, 0.0)
    within = np.minimum(np.maximum(known.T, _LOW), _HIGH)
    return tuple(map(tuple, on_grid(within).tolist()))


def prior_of(version: int) -> tuple[float, ...]:
    """The prior weights (d,) of a version, as the shadow ``unlearned`` of old logs goes by them. Raises
    ValueError for one that never was.
    """
    if not 1 <= version <= PRIOR_VERSION:
        raise ValueError(f"there is no prior {version}; there are 1 to {PRIOR_VERSION}")
    former = _FORMER_WEIGHTS.get(version, {})
    return tuple(former.get(feature.name, feature.prior) for feature in FEATURES)


def mask_aspect(vector: Sequence[float], aspect: Aspect) -> tuple[float, ...]:
    """``vector`` (d,) with all that is not about ``aspect`` at 0."""
    return tuple(
        value if feature.aspect & aspect else 0.0 for feature, value in zip(FEATURES, vector, strict=True)
    )


def mask_wording(row: Sequence[float]) -> tuple[float, ...]:
    """A vector (d,) as if nothing were known of the wording."""
    return tuple(0.0 if worded else value for worded, value in zip(_WORDED, row, strict=True))
