"""What the features look at: the moment of a decision, and one candidate in it.

Everything here is worked out from the ``Context`` alone, in the person's own time zone.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta
from zoneinfo import ZoneInfo

from core.candidates import about
from core.context import due_instant
from core.model import Context, DismissReason, Due, PastTip, ReactionKind, TipCandidate, TipKind
from core.zones import zone_or

_DAY = timedelta(days=1)
_HOUR = timedelta(hours=1)


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
        if tip.reaction is ReactionKind.SNOOZE or tip.reason is DismissReason.NOT_NOW:
            self.put_off.append(age)
        elif tip.reaction is ReactionKind.DISMISS and tip.reason is not DismissReason.DID_IT:
            self.disliked.append(age)


_NONE = Echoes()


def presence(ages: Iterable[float], half_life: float) -> float:
    """How much past events are still felt: each counts 1 at first and half as much every ``half_life`` days.

    Recovery by half-lives follows Yancey & Settles, "A Sleeping, Recovering Bandit Algorithm for Optimizing
    Recurring Notifications" (KDD 2020); the sum is the dosage that ``core/rewards.py`` speaks of.
    """
    return math.fsum([0.5 ** (age / half_life) for age in ages])


class Moment:
    """What all candidates of one decision have in common, worked out once."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.zone = ZoneInfo(context.zone)
        local = context.now.astimezone(self.zone)
        self.morning = 5 <= local.hour < 12
        self.evening = local.hour >= 17
        self.weekend = local.weekday() >= 5
        self.done_rate = _done_rate(context, local.hour)
        self.tasks = {task.task_id: task for task in context.tasks}
        self.about: defaultdict[str | None, Echoes] = defaultdict(Echoes)
        kinds = {kind: Echoes() for kind in TipKind}
        for tip in context.past:
            age = max(0.0, (context.now - (tip.reacted_at or tip.decided_at)) / _DAY)
            self.about[about(tip)].add(tip, age)
            kinds[tip.kind].add(tip, age)
        self.kind_shown = {kind: presence(kinds[kind].shown, 0.5) for kind in kinds}
        self.kind_disliked = {kind: presence(kinds[kind].disliked, 3) for kind in kinds}


def _done_rate(context: Context, hour: int) -> float:
    """(done + 1) / (shown + 4) - 1/4 over the hour and its neighbours: 0 while nothing is known."""
    window = [(hour + step) % 24 for step in (-1, 0, 1)]
    shown = sum(context.tips_by_hour[one] for one in window)
    done = min(shown, sum(context.done_by_hour[one] for one in window))
    return (done + 1) / (shown + 4) - 0.25


class View:
    """One candidate at one moment: what the rows of the table look at."""

    def __init__(self, moment: Moment, candidate: TipCandidate) -> None:
        self.moment = moment
        self.context = moment.context
        self.candidate = candidate
        self.is_task = candidate.kind is TipKind.TASK
        self.is_advice = candidate.kind is TipKind.ADVICE
        subject = about(candidate)
        self.echoes = moment.about.get(subject, _NONE) if subject else _NONE
        self.priority = self.age = self.late = self.nearness = 0.0
        self.due_today = False
        task = moment.tasks.get(candidate.task_id) if candidate.task_id else None
        if task:
            self.priority = (4 - task.priority) / 3
            self.age = max(0.0, (self.context.now - task.created_at) / _DAY)
            self._look_at_due(task.due)

    def _look_at_due(self, due: Due | None) -> None:
        """``late`` in hours, 0 when not overdue; ``nearness`` and ``due_today`` as their rows say."""
        if due is None:
            return
        now = self.context.now
        ahead = (due_instant(due, self.moment.zone) - now) / _HOUR
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

    @property
    def energy(self) -> int:
        """1 for much, -1 for little, 0 when the person did not say."""
        return {"high": 1, "low": -1, None: 0}[self.context.request.energy]
