"""Reminders that ring: a deterministic decision with propensity 1, logged like all others.

One message may hold several reminders: the decision's tip is then the list, and the reminders are candidates
that were dropped in its favour. Nothing is read but the tasks: no history, no source, no language model.

Tests: tests/core/delivery/test_remind.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from core.deciding.decide import Decided
from core.dependencies import Dependencies
from core.policies.choose import choose_reminder
from core.records import (
    Context,
    Decision,
    Person,
    Redelivery,
    Reminder,
    ReminderKind,
    Task,
    TipCandidate,
    TipKind,
    TipSource,
    Trigger,
)
from core.scheduling.quiet_hours import opening
from core.scheduling.timezones import zone_by_name
from core.tasks.reminder_times import Occurrence, after_pause, slot_of

LATE = timedelta(minutes=2)
"""A reminder that rings later than this after its time says so."""

LISTED = "listed"
"""Why a reminder in a list was dropped: the list was sent."""


class Delay(StrEnum):
    """Why a reminder rings after its time."""

    NONE = "none"
    AWAY = "away"
    """oO was not running."""
    PAUSED = "paused"
    QUIET = "quiet"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outage:
    """A time during which oO did not run."""

    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """An occurrence of a reminder that rings now."""

    reminder: Reminder
    occurrence: Occurrence
    task: Task | None = None
    """None for a daily message."""

    @property
    def slot(self) -> str:
        """The key under which the decision log serves it."""
        return slot_of(self.reminder, self.occurrence)


@dataclass(frozen=True, slots=True, kw_only=True)
class RingTime:
    """When a reminder was to ring, as the log keeps it in the candidate's ``rationale``."""

    planned: datetime
    delay: Delay = Delay.NONE
    away_since: datetime | None = None

    def code(self) -> str:
        """As text."""
        since = self.away_since.isoformat() if self.away_since else ""
        return f"{self.delay.value} {self.planned.isoformat()} {since}".strip()


def ring_time(candidate: TipCandidate) -> RingTime:
    """The inverse of ``RingTime.code``."""
    delay, planned, *since = candidate.rationale.split()
    return RingTime(
        planned=datetime.fromisoformat(planned),
        delay=Delay(delay),
        away_since=datetime.fromisoformat(since[0]) if since else None,
    )


def decide_ring(
    rung: Sequence[Rung], person: Person, deps: Dependencies, *, outage: Outage | None = None
) -> Decided:
    """The decision that sends these reminders in one message, each task once.

    A daily message is sent alone.
    """
    now = deps.clock.now()
    tasks = tuple({one.task.task_id: one.task for one in rung if one.task}.values())
    context = Context(
        now=now, zone=person.zone or "UTC", trigger=Trigger.REMINDER, tasks=tasks, open_tasks=len(tasks)
    )
    about = {one.task.task_id if one.task else one.slot: one for one in reversed(rung)}
    singles = [_candidate(one, person, deps, outage) for one in reversed(about.values())]
    candidates = singles if len(singles) == 1 else _as_list(singles)
    even_if_quiet = all(one.reminder.even_if_quiet for one in rung)
    choice = choose_reminder(context, candidates, even_if_quiet=even_if_quiet)
    decision = Decision(
        decision_id=deps.random.new_id(),
        person_id=person.person_id,
        trigger=Trigger.REMINDER,
        slot=rung[0].slot,
        merged=tuple(one.slot for one in rung[1:]),
        decided_at=now,
        result=Redelivery(draw=choice.draw, even_if_quiet=even_if_quiet),
    )
    return Decided(decision=decision, snapshot=choice.snapshot)


def _candidate(rung: Rung, person: Person, deps: Dependencies, outage: Outage | None) -> TipCandidate:
    task, kind = rung.task, rung.reminder.kind
    return TipCandidate(
        candidate_id=rung.slot,
        kind=TipKind.TASK if task else TipKind.LIST,
        source=TipSource.TASKS if task else TipSource.NONE,
        content=task.title if task else kind.value,
        rationale=_timing(rung, person, deps, outage).code(),
        topic=None if task else kind.value,
        task_id=task.task_id if task else None,
    )


def _as_list(singles: Sequence[TipCandidate]) -> tuple[TipCandidate, ...]:
    """The list of several reminders, and these as dropped in its favour."""
    times = [ring_time(one) for one in singles]
    shown = next((one for one in times if one.delay is not Delay.NONE), times[0])
    whole = TipCandidate(
        candidate_id="list",
        kind=TipKind.LIST,
        source=TipSource.TASKS,
        content=singles[0].content,
        rationale=shown.code(),
    )
    return (whole, *(replace(one, dropped=LISTED) for one in singles))


def _timing(rung: Rung, person: Person, deps: Dependencies, outage: Outage | None) -> RingTime:
    planned, now = rung.occurrence.at, deps.clock.now()
    if now - planned <= LATE:
        return RingTime(planned=planned)
    if after_pause(planned, rung.reminder, person) > planned:
        return RingTime(planned=planned, delay=Delay.PAUSED)
    if outage and outage.since <= planned + LATE and planned <= outage.until:
        return RingTime(planned=planned, delay=Delay.AWAY, away_since=outage.since)
    zone, guard = zone_by_name(person.zone or "UTC"), deps.rules.availability.guard
    is_quiet = opening(planned, guard, zone, person.preferences.quiet) > planned
    return RingTime(planned=planned, delay=Delay.QUIET if is_quiet else Delay.OTHER)


def is_daily(decision: Decision) -> ReminderKind | None:
    """Which daily message the decision sends; None if it is none."""
    tip = decision.tip
    if not decision.is_reminder or tip is None or tip.source is not TipSource.NONE:
        return None
    return ReminderKind(tip.topic or "")


def listed(decision: Decision) -> tuple[TipCandidate, ...]:
    """The reminders that a decision sends, in order."""
    if len(decision.candidates) == 1:
        return (decision.candidates[0].candidate,)
    return tuple(one.candidate for one in decision.candidates if one.candidate.dropped == LISTED)
