"""Decision points for the tests of features, choices and replay."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import numpy as np

from core.bandit.mixed import Posterior
from core.bandit.population import Population
from core.bandit.statistics import Statistics
from core.learning.model_state import INITIAL_VARIANCES
from core.policies.catalog import policy_of
from core.policies.choose import choose
from core.policies.features import DIMENSION, PRIOR
from core.records import (
    Context,
    DismissReason,
    Draw,
    Due,
    PastTip,
    ReactionKind,
    Task,
    TipCandidate,
    TipKind,
    TipSource,
    Trigger,
)

MONDAY_9_BERLIN = datetime(2027, 6, 14, 7, 0, tzinfo=UTC)
MONDAY = date(2027, 6, 14)
SUNDAY = MONDAY - timedelta(days=1)
SILENCE = TipCandidate(candidate_id="silence", kind=TipKind.SILENCE, source=TipSource.NONE)
NOTHING = Statistics.empty(DIMENSION)
SERVED = policy_of("epsilon-greedy")
SHADOWS = (policy_of("uniform"), policy_of("unlearned"))


def posterior(person: Statistics = NOTHING, *others: Statistics) -> Posterior:
    """The posterior of ``person``, in a population with ``others``."""
    population = Population.empty(np.array(PRIOR), INITIAL_VARIANCES).joined((person, *others))
    return population.posterior(population.part(person))


FIRST_DAY = posterior()


def context(
    *tasks: Task,
    now: datetime = MONDAY_9_BERLIN,
    zone: str = "Europe/Berlin",
    trigger: Trigger = Trigger.SCHEDULED,
    **overrides: Any,
) -> Context:
    """A context; by default on a Monday morning."""
    return Context(now=now, zone=zone, trigger=trigger, tasks=tasks, open_tasks=len(tasks), **overrides)


def task(
    task_id: str = "rent",
    *,
    priority: int = 4,
    due: date | None = None,
    at: time | None = None,
    zone: str | None = None,
    created_at: datetime = MONDAY_9_BERLIN - timedelta(days=3),
) -> Task:
    """A task of three days ago."""
    return Task(
        task_id=task_id,
        person_id="ada",
        title=f"Do the {task_id}",
        created_at=created_at,
        priority=priority,
        due=Due(on=due, at=at, zone=zone) if due else None,
    )


def tip(task_id: str = "rent", *, minutes: int | None = None, dropped: str | None = None) -> TipCandidate:
    """The tip to do a task."""
    return TipCandidate(
        candidate_id=f"task:{task_id}",
        kind=TipKind.TASK,
        source=TipSource.TASKS,
        content=f"Do the {task_id}",
        task_id=task_id,
        minutes=minutes,
        dropped=dropped,
    )


def advice(topic: str = "water", *, source: TipSource = TipSource.TEMPLATES) -> TipCandidate:
    """A tip without a task."""
    return TipCandidate(
        candidate_id=f"advice:{topic}",
        kind=TipKind.ADVICE,
        source=source,
        content=f"About {topic}",
        topic=topic,
    )


def past(
    subject: TipCandidate,
    ago: timedelta,
    reaction: ReactionKind | None = None,
    reason: DismissReason | None = None,
    *,
    now: datetime = MONDAY_9_BERLIN,
) -> PastTip:
    """``subject``, shown ``ago`` and reacted to at once."""
    return PastTip(
        decision_id=f"earlier-{ago}",
        decided_at=now - ago,
        kind=subject.kind,
        source=subject.source,
        task_id=subject.task_id,
        topic=subject.topic,
        reaction=reaction,
        reason=reason,
        reacted_at=now - ago if reaction else None,
    )


def chosen(
    moment: Context,
    *candidates: TipCandidate,
    believed: Posterior | None = FIRST_DAY,
    seed: int = 7,
) -> Draw:
    """A draw by the default policy."""
    choice = choose(
        moment,
        candidates,
        posterior=believed,
        policy=SERVED,
        shadows=SHADOWS,
        seed=seed,
    )
    return choice.draw
