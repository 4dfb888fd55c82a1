"""What the features look at: the moment of a decision, and one candidate in it.

Everything here is worked out from the ``Context`` and the candidates alone, in the person's own time zone.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from core.candidates import about
from core.context import due_instant
from core.embedding import embed
from core.model import (
    HASHED,
    Context,
    DismissReason,
    Due,
    PastTip,
    ReactionKind,
    TipCandidate,
    TipKind,
    TipSource,
    Trigger,
    Wording,
)
from core.space import directions
from core.zones import zone_or

WORDING = 3
"""So many numbers tell of the words of a first line."""

_NOWHERE = (0.0,) * WORDING
_HOUR = 3600.0  # seconds
_DAY = 24 * _HOUR

# Looked up once: a member of an enum costs more to reach than to compare.
_TASK, _ADVICE = TipKind.TASK, TipKind.ADVICE
_SNOOZE, _DISMISS = ReactionKind.SNOOZE, ReactionKind.DISMISS
_NOT_NOW, _DID_IT = DismissReason.NOT_NOW, DismissReason.DID_IT
_LLM, _TEMPLATES = TipSource.LLM, TipSource.TEMPLATES


class Echoes:
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


_NONE = Echoes()


def presence(ages: Sequence[float], half_life: float) -> float:
    """How much past events are still felt: each counts 1 at first and half as much every ``half_life`` days.

    Recovery by half-lives follows Yancey & Settles, "A Sleeping, Recovering Bandit Algorithm for Optimizing
    Recurring Notifications" (KDD 2020); the sum is the dosage that ``core/rewards.py`` speaks of.
    """
    return math.fsum([0.5 ** (age / half_life) for age in ages]) if ages else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Kin:
    """How much is still felt of past tips of one kind, as their rows say."""

    shown: float
    disliked: float


def _kin(echoes: Echoes) -> Kin:
    return Kin(shown=presence(echoes.shown, 0.5), disliked=presence(echoes.disliked, 3))


class Moment:
    """What all candidates of one decision have in common, worked out once."""

    def __init__(self, context: Context, candidates: Sequence[TipCandidate]) -> None:
        self.context = context
        self.zone = zone_or(context.zone, ZoneInfo("UTC"))
        local = context.now.astimezone(self.zone)
        self.morning = 5 <= local.hour < 12
        self.evening = local.hour >= 17
        self.weekend = local.weekday() >= 5
        self.requested = context.trigger is Trigger.REQUESTED
        self.done_rate = _done_rate(context, local.hour)
        self.energy = {"high": 1, "low": -1, None: 0}[context.request.energy]
        self.load = context.open_tasks / (context.open_tasks + 10)
        self.tasks = {task.task_id: task for task in context.tasks}
        self.about = defaultdict[str | None, Echoes](Echoes)
        subjects = set(filter(None, map(about, candidates)))
        tasks, advice = Echoes(), Echoes()
        for tip in context.past:
            ago = (context.now - (tip.reacted_at or tip.decided_at)).total_seconds()
            age = ago / _DAY if ago > 0 else 0.0
            (tasks if tip.kind is _TASK else advice).add(tip, age)
            if (subject := about(tip)) in subjects:
                self.about[subject].add(tip, age)
        self.tasks_before, self.advice_before = _kin(tasks), _kin(advice)
        self.fatigue = presence(tasks.shown + advice.shown, 2) / 4


def _done_rate(context: Context, hour: int) -> float:
    """(done + 1) / (shown + 4) - 1/4 over the hour and its neighbours: 0 while nothing is known."""
    window = [(hour + step) % 24 for step in (-1, 0, 1)]
    shown = sum(context.tips_by_hour[one] for one in window)
    done = min(shown, sum(context.done_by_hour[one] for one in window))
    return (done + 1) / (shown + 4) - 0.25


class View:
    """One candidate at one moment: what the rows of the table look at."""

    def __init__(self, moment: Moment, candidate: TipCandidate, wording: Sequence[float]) -> None:
        self.moment = moment
        self.context = moment.context
        self.candidate = candidate
        self.wording = wording
        self.is_task = candidate.kind is _TASK
        self.is_advice = candidate.kind is _ADVICE
        self.is_llm = candidate.source is _LLM
        self.is_template = candidate.source is _TEMPLATES
        self.echoes = moment.about.get(about(candidate), _NONE)
        self.kin = moment.tasks_before if self.is_task else moment.advice_before
        self.priority = self.age = self.late = self.nearness = 0.0
        self.due_today = False
        task = moment.tasks.get(candidate.task_id) if candidate.task_id else None
        if task:
            self.priority = (4 - task.priority) / 3
            self.age = max(0.0, (self.context.now - task.created_at).total_seconds() / _DAY)
            self._look_at_due(task.due)

    def _look_at_due(self, due: Due | None) -> None:
        """``late`` in hours, 0 when not overdue; ``nearness`` and ``due_today`` as their rows say."""
        if due is None:
            return
        now = self.context.now
        ahead = (due_instant(due, self.moment.zone) - now).total_seconds() / _HOUR
        self.late = max(0.0, -ahead)
        self.nearness = 24 / (24 + max(0.0, ahead))
        self.due_today = due.on == now.astimezone(zone_or(due.zone, self.moment.zone)).date()

    @property
    def fits(self) -> int:
        """1, -1 or 0, as its row says."""
        available, needed = self.context.request.minutes, self.candidate.minutes
        if available is None or needed is None:
            return 0
        return 1 if needed <= available else -1


def _wordings(wording: Wording, candidates: Sequence[TipCandidate]) -> list[Sequence[float]]:
    """A direction (WORDING,) for each candidate; 0 where nobody knows."""
    if wording.space == HASHED:
        found: list[Sequence[float]] = directions(
            embed([candidate.content for candidate in candidates], WORDING)
        ).tolist()
        return found
    return [wording.directions.get(candidate.candidate_id, _NOWHERE) for candidate in candidates]


def views(context: Context, candidates: Sequence[TipCandidate]) -> list[View]:
    """What there is to see of each of ``candidates`` in ``context``."""
    moment = Moment(context, candidates)
    wordings = _wordings(context.wording, candidates)
    return [View(moment, *seen) for seen in zip(candidates, wordings, strict=True)]
