"""What the decision engine sees of a tip: a vector of numbers, every one of them declared in one table.

*No tip* is the vector of zeros, so its expected reward is 0 by definition and a tip has to promise more. The
prior weights are the rewards expected before anybody has reacted: they make the first day sensible. All
values lie on the grid of ``core/bandit/grid.py``. Whoever changes a row, or how one is computed, changes
``FEATURE_VERSION`` with it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from core.bandit.grid import on_grid
from core.model import Context, TipCandidate, TipKind, TipSource, Trigger
from core.view import Moment, View, presence

FEATURE_VERSION = "1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """One entry of the vector: its weight before anything was learned, what it means, how it is computed."""

    name: str
    prior: float
    meaning: str
    of: Callable[[View], float]


FEATURES: tuple[Feature, ...] = (
    Feature(name="tip", prior=0.1, meaning="1 for every tip", of=lambda v: 1),
    Feature(
        name="requested",
        prior=0.1,
        meaning="1 when the person asked for a tip",
        of=lambda v: v.context.trigger is Trigger.REQUESTED,
    ),
    Feature(name="advice", prior=-0.05, meaning="1 for advice, 0 for a task", of=lambda v: v.is_advice),
    Feature(
        name="llm",
        prior=0.02,
        meaning="1 when the language model wrote it",
        of=lambda v: v.candidate.source is TipSource.LLM,
    ),
    Feature(
        name="template",
        prior=-0.03,
        meaning="1 when it comes from a template",
        of=lambda v: v.candidate.source is TipSource.TEMPLATES,
    ),
    Feature(name="priority", prior=0.15, meaning="0 for p4 to 1 for p1", of=lambda v: v.priority),
    Feature(
        name="overdue", prior=0.2, meaning="1 when the task's due time has passed", of=lambda v: v.late > 0
    ),
    Feature(
        name="long_overdue",
        prior=0.1,
        meaning="0 to 1, a half after 2 days overdue",
        of=lambda v: v.late / (v.late + 48),
    ),
    Feature(
        name="near",
        prior=0.15,
        meaning="1 when due now or before, a half one day ahead, a third two days ahead; 0 without a date",
        of=lambda v: v.nearness,
    ),
    Feature(name="due_today", prior=0.1, meaning="1 when the due date is today", of=lambda v: v.due_today),
    Feature(
        name="old",
        prior=-0.05,
        meaning="0 to 1, a half when the task was noted 30 days ago",
        of=lambda v: v.age / (v.age + 30),
    ),
    Feature(
        name="task_morning",
        prior=0.0,
        meaning="1 for a task from 5:00 to 12:00 (afternoon and night are what it is compared with)",
        of=lambda v: v.is_task and v.moment.morning,
    ),
    Feature(
        name="task_evening",
        prior=0.0,
        meaning="1 for a task from 17:00 to midnight",
        of=lambda v: v.is_task and v.moment.evening,
    ),
    Feature(
        name="task_weekend",
        prior=0.0,
        meaning="1 for a task on a Saturday or Sunday",
        of=lambda v: v.is_task and v.moment.weekend,
    ),
    Feature(
        name="advice_morning",
        prior=0.0,
        meaning="1 for advice from 5:00 to 12:00",
        of=lambda v: v.is_advice and v.moment.morning,
    ),
    Feature(
        name="advice_evening",
        prior=0.0,
        meaning="1 for advice from 17:00 to midnight",
        of=lambda v: v.is_advice and v.moment.evening,
    ),
    Feature(
        name="done_rate",
        prior=0.3,
        meaning="share of tips done at this hour of the day (± 1), less the quarter that is assumed at first",
        of=lambda v: v.moment.done_rate,
    ),
    Feature(
        name="fits",
        prior=0.2,
        meaning="1 when it fits the minutes the person has, -1 when it does not, 0 when either is unknown",
        of=lambda v: v.fits,
    ),
    Feature(
        name="energy",
        prior=0.15,
        meaning="the priority when the person has much energy, minus the priority when they have little",
        of=lambda v: v.energy * v.priority,
    ),
    Feature(
        name="item_shown",
        prior=-0.5,
        meaning="tips about the same thing, each halved every day",
        of=lambda v: presence(v.echoes.shown, 1),
    ),
    Feature(
        name="item_put_off",
        prior=-0.3,
        meaning="of those, snoozed or 'not now', each halved every 12 hours",
        of=lambda v: presence(v.echoes.put_off, 0.5),
    ),
    Feature(
        name="item_dismissed",
        prior=-0.8,
        meaning="of those, dismissed as such, each halved every week",
        of=lambda v: presence(v.echoes.disliked, 7),
    ),
    Feature(
        name="item_count",
        prior=-0.2,
        meaning="log2(1 + tips about the same thing) / 4",
        of=lambda v: math.log2(1 + len(v.echoes.shown)) / 4,
    ),
    Feature(
        name="kind_shown",
        prior=-0.1,
        meaning="tips of the same kind, each halved every 12 hours",
        of=lambda v: v.moment.kind_shown[v.candidate.kind],
    ),
    Feature(
        name="kind_dismissed",
        prior=-0.15,
        meaning="of those, dismissed as such, each halved every 3 days",
        of=lambda v: v.moment.kind_disliked[v.candidate.kind],
    ),
)

DIMENSION = len(FEATURES)
PRIOR = tuple(feature.prior for feature in FEATURES)


def features(context: Context, candidates: Sequence[TipCandidate]) -> tuple[tuple[float, ...], ...]:
    """The vectors (k, d) of ``candidates`` in ``context``, on the grid and within ±4. Pure."""
    moment = Moment(context)
    rows = [_values(moment, candidate) for candidate in candidates]
    return tuple(tuple(row) for row in on_grid(rows).tolist())


def _values(moment: Moment, candidate: TipCandidate) -> list[float]:
    if candidate.kind is TipKind.SILENCE:
        return [0.0] * DIMENSION
    view = View(moment, candidate)
    return [feature.of(view) for feature in FEATURES]
