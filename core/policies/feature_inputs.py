"""The inputs of the features: properties of a decision point and of its candidates.

All are computed from the ``Context`` and the candidates alone, in the person's time zone.

Tests: tests/core/policies/test_feature_history.py, tests/core/policies/test_features.py.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from core.bandit.arrays import Matrix
from core.embeddings.hashed import embed
from core.embeddings.space import directions
from core.records import (
    HASHED,
    Context,
    DismissReason,
    Due,
    PastTip,
    ReactionKind,
    Task,
    TipCandidate,
    TipKind,
    TipSource,
    Trigger,
    Wording,
)
from core.scheduling.timezones import zone_or_default
from core.tips.cooldowns import about
from core.tips.urgency import due_instant, pressing_due

HISTORY_WINDOW = timedelta(days=60)
"""Older tips and reactions do not affect features."""

WORDING_DIM = 3
"""Number of features that describe the wording of a tip's first line."""

_NO_DIRECTION = (0.0,) * WORDING_DIM
_HOUR = 3600.0  # seconds
_DAY = 24 * _HOUR

# Bound once: attribute access on an enum class costs more than the comparison.
_TASK, _ADVICE, _SILENCE = TipKind.TASK, TipKind.ADVICE, TipKind.SILENCE
_SNOOZE, _DISMISS = ReactionKind.SNOOZE, ReactionKind.DISMISS
_NOT_NOW, _DID_IT = DismissReason.NOT_NOW, DismissReason.DID_IT
_LLM, _TEMPLATES = TipSource.LLM, TipSource.TEMPLATES


class ExposureHistory:
    """Past tips about one task or topic, or of one kind: ages in days since the reaction, or since the
    decision without one.
    """

    __slots__ = ("disliked", "shown", "snoozed")

    def __init__(self) -> None:
        self.shown: list[float] = []
        """All tips."""
        self.snoozed: list[float] = []
        """Snoozed, or dismissed with *not now*: the timing was wrong."""
        self.disliked: list[float] = []
        """Dismissed for their content: not with *not now*, nor with *did it*, which oO could not know."""

    def add(self, tip: PastTip, age: float) -> None:
        """Add a tip of ``age`` days."""
        self.shown.append(age)
        if tip.reaction is _SNOOZE or tip.reason is _NOT_NOW:
            self.snoozed.append(age)
        elif tip.reaction is _DISMISS and tip.reason is not _DID_IT:
            self.disliked.append(age)


_NEVER_SHOWN = ExposureHistory()


def decayed_count(ages: Sequence[float], half_life: float) -> float:
    """Σ 2^(−age / half_life): past events with exponential decay; ages and half-life in days.

    Recovery by half-lives follows Yancey & Settles, "A Sleeping, Recovering Bandit Algorithm for Optimizing
    Recurring Notifications" (KDD 2020). Over past tips the sum is the dosage (``core/policies/rewards.py``).
    """
    return math.fsum([0.5 ** (age / half_life) for age in ages]) if ages else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class KindExposure:
    """Decayed counts of past tips of one kind, for the features of the same name."""

    shown: float
    """Half-life 12 hours."""
    disliked: float
    """Half-life 3 days."""


def _kind_exposure(history: ExposureHistory) -> KindExposure:
    return KindExposure(shown=decayed_count(history.shown, 0.5), disliked=decayed_count(history.disliked, 3))


class DecisionPointFeatures:
    """Properties shared by all candidates of a decision, computed once."""

    def __init__(self, context: Context, candidates: Sequence[TipCandidate]) -> None:
        self.context = context
        self.zone = zone_or_default(context.zone, ZoneInfo("UTC"))
        local = context.now.astimezone(self.zone)
        self.today = local.date()
        self.morning = 5 <= local.hour < 12
        self.evening = local.hour >= 17
        self.weekend = local.weekday() >= 5
        self.requested = context.trigger is Trigger.REQUESTED
        self.done_rate = _done_rate(context, local.hour)
        self.energy = {"high": 1, "low": -1, None: 0}[context.request.energy]
        self.load = context.open_tasks / (context.open_tasks + 10)
        self.tasks: dict[str | None, Task] = {task.task_id: task for task in context.tasks}
        self.about: dict[str | None, ExposureHistory] = {
            one: ExposureHistory() for one in map(about, candidates) if one
        }
        tasks, advice, others = ExposureHistory(), ExposureHistory(), ExposureHistory()
        of_kind = {_TASK: tasks, _ADVICE: advice}
        for tip in context.past:
            age = self.days_since(tip.reacted_at or tip.decided_at)
            of_kind.get(tip.kind, others).add(tip, age)
            if history := self.about.get(about(tip)):
                history.add(tip, age)
        self.tasks_before, self.advice_before = _kind_exposure(tasks), _kind_exposure(advice)
        self.fatigue = decayed_count(tasks.shown + advice.shown + others.shown, 2) / 4

    def days_since(self, instant: datetime) -> float:
        """Days since ``instant``; 0 if it is in the future."""
        ago = (self.context.now - instant).total_seconds()
        return ago / _DAY if ago > 0 else 0.0

    def hours_until(self, due: Due) -> float:
        """Hours until ``due``; negative if overdue."""
        return (due_instant(due, self.zone) - self.context.now).total_seconds() / _HOUR

    def date_in(self, zone: str | None) -> date:
        """Today's date in ``zone``; None: in the person's zone."""
        return self.context.now.astimezone(zone_or_default(zone, self.zone)).date() if zone else self.today


def _done_rate(context: Context, hour: int) -> float:
    """(done + 1) / (shown + 4) − 1/4 over the hour and its two neighbours; 0 without data."""
    window = [(hour + step) % 24 for step in (-1, 0, 1)]
    shown = sum(context.tips_by_hour[one] for one in window)
    done = min(shown, sum(context.done_by_hour[one] for one in window))
    return (done + 1) / (shown + 4) - 0.25


class FeatureInputs:
    """Columns (k,) over the candidates, from which the table of features computes its values."""

    def __init__(self, context: Context, candidates: Sequence[TipCandidate]) -> None:
        self.decision_point = decision_point = DecisionPointFeatures(context, candidates)
        self.is_tip = np.array([one.kind is not _SILENCE for one in candidates], dtype=bool)
        self.is_task = np.array([one.kind is _TASK for one in candidates])
        self.is_advice = np.array([one.kind is _ADVICE for one in candidates])
        self.is_llm = np.array([one.source is _LLM for one in candidates])
        self.is_template = np.array([one.source is _TEMPLATES for one in candidates])
        self.wording = _wording_directions(context.wording, candidates).T
        self.fits = [_fits(context.minutes_there, one.minutes) for one in candidates]
        self.histories = [decision_point.about.get(about(one), _NEVER_SHOWN) for one in candidates]
        self.kind_exposures = [
            decision_point.tasks_before if one.kind is _TASK else decision_point.advice_before
            for one in candidates
        ]
        self._add_task_columns([decision_point.tasks.get(one.task_id) for one in candidates])

    def _add_task_columns(self, tasks: Sequence[Task | None]) -> None:
        """Add ``priority`` 0 to 1, ``age`` in days, ``due_today``, and ``ahead`` and ``late`` in hours, at
        least 0; without a due date or deadline, ``ahead`` is infinite.
        """
        decision_point = self.decision_point
        self.priority = np.array([(4 - task.priority) / 3 if task else 0.0 for task in tasks])
        self.age = np.array([decision_point.days_since(task.created_at) if task else 0.0 for task in tasks])
        dues = [pressing_due(task, decision_point.zone) if task else None for task in tasks]
        self.due_today = [due is not None and due.on == decision_point.date_in(due.zone) for due in dues]
        ahead = np.array([decision_point.hours_until(due) if due else math.inf for due in dues])
        self.ahead, self.late = np.maximum(0.0, ahead), np.maximum(0.0, -ahead)


def _fits(available: int | None, needed: int | None) -> int:
    """1 if the ``needed`` minutes are ``available``, -1 if not, 0 if either is unknown."""
    if available is None or needed is None:
        return 0
    return 1 if needed <= available else -1


def _wording_directions(wording: Wording, candidates: Sequence[TipCandidate]) -> Matrix:
    """Unit vectors (k, WORDING) of the candidates' first lines; 0 where unknown."""
    if wording.space == HASHED:
        return directions(embed([one.content for one in candidates], WORDING_DIM))
    found = [wording.directions.get(one.candidate_id, _NO_DIRECTION) for one in candidates]
    return np.array(found, dtype=np.float64).reshape(-1, WORDING_DIM)
