"""Tips of the past, with what became of them, as quickly as a test wants them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from adapters.clock import SystemRandomSource
from core.learning.update import assign_reward
from core.policies.features import FEATURE_VERSION, features
from core.policies.rewards import RewardRules, worth
from core.records import (
    Context,
    Decision,
    Due,
    ScoredCandidate,
    Signal,
    Task,
    TipCandidate,
    TipKind,
    TipSource,
    Trigger,
)
from core.store import Store, Unit
from tests.core.outsiders import BERLIN
from tests.core.worlds import DAY, HOUR, scene
from tests.decisions import draw
from tests.fakes.store import FakeStore

MORNING, NOON, EVENING = 9, 12, 19


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """A tip at an ``hour`` of Berlin so many ``days`` before the scene's day, and what became of it."""

    days: int
    hour: int = MORNING
    kind: TipKind = TipKind.TASK
    source: Signal = Signal.DONE
    topic: str | None = None
    overdue: bool = False
    priority: int = 4

    @property
    def name(self) -> str:
        """The decision's id."""
        return f"past-{self.days:02}-{self.hour:02}-{self.kind.value}"


def days(first: int, *sources: Signal, hour: int = MORNING, kind: TipKind = TipKind.TASK) -> list[Past]:
    """A tip a day, from so many days ago backwards."""
    return [
        Past(days=first + place, hour=hour, kind=kind, source=source) for place, source in enumerate(sources)
    ]


def two_sided() -> list[Past]:
    """Tasks in the morning are done, 14 of 18; advice in the evening is not, 1 of 9."""
    done, ignored = Signal.DONE, Signal.SILENCE
    mornings = days(1, *[done] * 14, *[ignored] * 4)
    evenings = days(1, done, *[ignored] * 8, hour=EVENING, kind=TipKind.ADVICE)
    return [*mornings, *evenings]


async def lived(store: Store, now: datetime, past: Iterable[Past], person_id: str = "ada") -> None:
    """Let the person have had these tips, and the model have learned from them."""
    async with store.begin() as unit:
        for tip in past:
            await _had(unit, now, tip, person_id)


async def _had(unit: Unit, now: datetime, tip: Past, person_id: str) -> None:
    day = now.astimezone(BERLIN) - tip.days * DAY
    at = day.replace(hour=tip.hour, minute=0).astimezone(UTC)
    decision = _decision(tip, at, f"{person_id}-{tip.name}", person_id)
    assert await unit.decisions.add(decision, None)
    deps = replace(scene(FakeStore()).deps, random=SystemRandomSource())
    person, value = await unit.people.get(person_id), worth(tip.source, RewardRules())
    await assign_reward(unit, decision, person, deps, value=value, source=tip.source, at=at + HOUR)


def _decision(tip: Past, at: datetime, decision_id: str, person_id: str) -> Decision:
    due = Due(on=at.date() - DAY) if tip.overdue else None
    task = Task(
        task_id=f"task-{decision_id}",
        person_id=person_id,
        title="Something",
        created_at=at - DAY,
        due=due,
        priority=tip.priority,
    )
    context = Context(now=at, zone=BERLIN.key, trigger=Trigger.REQUESTED, tasks=(task,), open_tasks=1)
    is_task = tip.kind is TipKind.TASK
    candidate = TipCandidate(
        candidate_id="tip",
        kind=tip.kind,
        source=TipSource.TASKS if is_task else TipSource.TEMPLATES,
        content="Something",
        topic=tip.topic,
        task_id=task.task_id if is_task else None,
    )
    (row,) = features(context, [candidate])
    return Decision(
        decision_id=decision_id,
        person_id=person_id,
        trigger=Trigger.REQUESTED,
        slot=None,
        decided_at=at,
        result=draw(
            "tip",
            ScoredCandidate(candidate=candidate, features=row, probability=1.0),
            context=context,
            feature_version=FEATURE_VERSION,
        ),
    )
