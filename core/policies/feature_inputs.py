"""What the features look at: the moment of a decision, and the candidates in it.

Everything here is worked out from the ``Context`` and the candidates alone, in the person's own time zone.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from core.embeddings.hashed import embed
from core.embeddings.space import Rows, directions
from core.model import (
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
from core.scheduling.timezones import zone_or
from core.tips.cooldowns import about
from core.tips.urgency import due_instant

MEMORY = timedelta(days=60)
"""How far back tips and reactions count."""

WORDING = 3
"""So many numbers tell of the words of a first line."""

_NOWHERE = (0.0,) * WORDING
_HOUR = 3600.0  # seconds
_DAY = 24 * _HOUR

# Looked up once: a member of an enum costs more to reach than to compare.
_TASK, _ADVICE, _SILENCE = TipKind.TASK, TipKind.ADVICE, TipKind.SILENCE
_SNOOZE, _DISMISS = ReactionKind.SNOOZE, ReactionKind.DISMISS
_NOT_NOW, _DID_IT = DismissReason.NOT_NOW, DismissReason.DID_IT
_LLM, _TEMPLATES = TipSource.LLM, TipSource.TEMPLATES


class ExposureHistory:
    """Past tips about one thing, or of one kind, as ages in days since each was last dealt with.

    ``put_off``: the moment was wrong (snoozed, *not now*). ``disliked``: dismissed for what it was; *did it*
    is about what oO did not know, and no dislike.
    """

    __slots__ = ("disliked", "put_off", "shown")

    def __init__(self) -> None:
        self.shown: list[float] = []
        self.put_off: list[float] = []
        self.disliked: list[float] = []

    def add(self, tip: PastTip, age: float) -> None:
        """Hear of one more tip."""
        self.shown.append(age)
        if tip.reaction is _SNOOZE or tip.reason is _NOT_NOW:
            self.put_off.append(age)
        elif tip.reaction is _DISMISS and tip.reason is not _DID_IT:
            self.disliked.append(age)


_NONE = ExposureHistory()


def decayed_count(ages: Sequence[float], half_life: float) -> float:
    """How much past events are still felt: each counts 1 at first and half as much every ``half_life`` days.

    Recovery by half-lives follows Yancey & Settles, "A Sleeping, Recovering Bandit Algorithm for Optimizing
    Recurring Notifications" (KDD 2020); the sum is the dosage that ``core/policies/rewards.py`` speaks of.
    """
    return math.fsum([0.5 ** (age / half_life) for age in ages]) if ages else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class KindExposure:
    """How much is still felt of past tips of one kind, as their rows say."""

    shown: float
    disliked: float


def _kin(echoes: ExposureHistory) -> KindExposure:
    return KindExposure(shown=decayed_count(echoes.shown, 0.5), disliked=decayed_count(echoes.disliked, 3))


class DecisionPointFeatures:
    """What all candidates of one decision have in common, worked out once."""

    def __init__(self, context: Context, candidates: Sequence[TipCandidate]) -> None:
        self.context = context
        self.zone = zone_or(context.zone, ZoneInfo("UTC"))
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
        tasks, advice = ExposureHistory(), ExposureHistory()
        for tip in context.past:
            age = self.days_since(tip.reacted_at or tip.decided_at)
            (tasks if tip.kind is _TASK else advice).add(tip, age)
            if echoes := self.about.get(about(tip)):
                echoes.add(tip, age)
        self.tasks_before, self.advice_before = _kin(tasks), _kin(advice)
        self.fatigue = decayed_count(tasks.shown + advice.shown, 2) / 4

    def days_since(self, instant: datetime) -> float:
        """0 for what is yet to come."""
        ago = (self.context.now - instant).total_seconds()
        return ago / _DAY if ago > 0 else 0.0

    def hours_until(self, due: Due) -> float:
        """Negative when overdue."""
        return (due_instant(due, self.zone) - self.context.now).total_seconds() / _HOUR

    def date_in(self, zone: str | None) -> date:
        """The date there; None: where the person is."""
        return self.context.now.astimezone(zone_or(zone, self.zone)).date() if zone else self.today


def _done_rate(context: Context, hour: int) -> float:
    """(done + 1) / (shown + 4) - 1/4 over the hour and its neighbours: 0 while nothing is known."""
    window = [(hour + step) % 24 for step in (-1, 0, 1)]
    shown = sum(context.tips_by_hour[one] for one in window)
    done = min(shown, sum(context.done_by_hour[one] for one in window))
    return (done + 1) / (shown + 4) - 0.25


class FeatureInputs:
    """The candidates (k,) at one moment, as the rows of the table look at them: a value for each of them in
    every column.
    """

    def __init__(self, context: Context, candidates: Sequence[TipCandidate]) -> None:
        self.moment = moment = DecisionPointFeatures(context, candidates)
        self.is_tip = np.array([one.kind is not _SILENCE for one in candidates], dtype=bool)
        self.is_task = np.array([one.kind is _TASK for one in candidates])
        self.is_advice = np.array([one.kind is _ADVICE for one in candidates])
        self.is_llm = np.array([one.source is _LLM for one in candidates])
        self.is_template = np.array([one.source is _TEMPLATES for one in candidates])
        self.wording = _wordings(context.wording, candidates).T
        self.fits = [_fits(context.request.minutes, one.minutes) for one in candidates]
        self.echoes = [moment.about.get(about(one), _NONE) for one in candidates]
        self.kin = [moment.tasks_before if one.kind is _TASK else moment.advice_before for one in candidates]
        self._look_at_tasks([moment.tasks.get(one.task_id) for one in candidates])

    def _look_at_tasks(self, tasks: Sequence[Task | None]) -> None:
        """``age`` in days, ``ahead`` and ``late`` in hours, 0 at least; no date is infinitely far ahead."""
        moment = self.moment
        self.priority = np.array([(4 - task.priority) / 3 if task else 0.0 for task in tasks])
        self.age = np.array([moment.days_since(task.created_at) if task else 0.0 for task in tasks])
        dues = [task.due if task else None for task in tasks]
        self.due_today = [due is not None and due.on == moment.date_in(due.zone) for due in dues]
        ahead = np.array([moment.hours_until(due) if due else math.inf for due in dues])
        self.ahead, self.late = np.maximum(0.0, ahead), np.maximum(0.0, -ahead)


def _fits(available: int | None, needed: int | None) -> int:
    """1, -1 or 0, as its row says."""
    if available is None or needed is None:
        return 0
    return 1 if needed <= available else -1


def _wordings(wording: Wording, candidates: Sequence[TipCandidate]) -> Rows:
    """A direction (WORDING,) for each candidate; 0 where nobody knows."""
    if wording.space == HASHED:
        return directions(embed([one.content for one in candidates], WORDING))
    found = [wording.directions.get(one.candidate_id, _NOWHERE) for one in candidates]
    return np.array(found, dtype=np.float64).reshape(-1, WORDING)
