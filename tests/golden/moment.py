"""The moment in which all golden messages are said: Sunday 22 November 2026, 9:00 in Berlin, to Ann."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.languages.active import active
from core.delivery.tip_status import TapResult, TipStatus
from core.people.consents import AT_THE_START
from core.records import (
    Consent,
    Context,
    Decision,
    DismissReason,
    Due,
    Person,
    Preferences,
    Reaction,
    ReactionKind,
    ScoredCandidate,
    Task,
    TaskState,
    TipCandidate,
    TipKind,
    TipSource,
    Trigger,
)
from core.tips.candidates import from_task
from core.tips.facts import known_facts
from tests.decisions import draw

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
ANN = Person(
    person_id="ann",
    created_at=NOW - timedelta(days=30),
    consent=Consent.AGREED,
    allowed=AT_THE_START,
    zone=BERLIN.key,
    preferences=Preferences(muted=("football", "taxes"), language=active().tag),
)


def task(title: str, due: Due | None = None, *, priority: int = 4, repeats: str | None = None) -> Task:
    """A task of a week ago."""
    return Task(
        task_id=title.lower().replace(" ", "-"),
        person_id=ANN.person_id,
        title=title,
        created_at=NOW - timedelta(days=7),
        due=due,
        priority=priority,
        repeats=repeats,
    )


RENT = task("Pay the rent", Due(on=date(2026, 11, 21)), priority=1)
REPORT = task("Quarterly report <draft> & figures", Due(on=date(2026, 11, 24), at=time(17)))
PLANTS = task("Water the plants", Due(on=date(2026, 11, 23), at=time(9)), repeats="FREQ=WEEKLY;BYDAY=MO")
CALL = task("Call Zoë")
TASKS = (RENT, PLANTS, REPORT, CALL)
CONTEXT = Context(
    now=NOW,
    zone=BERLIN.key,
    trigger=Trigger.SCHEDULED,
    tasks=TASKS,
    open_tasks=len(TASKS),
    overdue_tasks=1,
    facts=known_facts(TASKS, NOW, BERLIN, open_tasks=len(TASKS), overdue_tasks=1),
)

WRITTEN = TipCandidate(
    candidate_id="llm:1",
    kind=TipKind.ADVICE,
    source=TipSource.LLM,
    content="Start the report with its ugliest paragraph.",
    rationale="You have nothing before noon.",
    topic="report",
    task_id=REPORT.task_id,
    fact_ids=("t3", "now"),
    minutes=20,
    prompt_version="tip-v1",
    llm_model="llama3.2:3b",
)


def template(name: str, content: str, *, rationale: str, topic: str) -> TipCandidate:
    """Advice of ten minutes that oO brings along."""
    return TipCandidate(
        candidate_id=f"template:{name}",
        kind=TipKind.ADVICE,
        source=TipSource.TEMPLATES,
        content=content,
        rationale=rationale,
        topic=topic,
        minutes=10,
        fact_ids=("load",),
    )


TEMPLATE = template(
    "start_early",
    "Begin with the task you would rather put off, for ten minutes only.",
    rationale="template_morning",
    topic="planning",
)
WALK = template(
    "walk", "Walk around the block before the next thing.", rationale="template_midday", topic="breaks"
)


def about(chosen: Task | TipCandidate, trigger: Trigger = Trigger.SCHEDULED) -> Decision:
    """A decision for ``chosen``, with a runner-up."""
    candidate = chosen if isinstance(chosen, TipCandidate) else from_task(chosen, CONTEXT)
    other = from_task(CALL if candidate.task_id != CALL.task_id else RENT, CONTEXT)
    return Decision(
        decision_id="decision",
        person_id=ANN.person_id,
        trigger=trigger,
        slot="2026-11-22T09:00",
        decided_at=NOW,
        result=draw(
            candidate.candidate_id,
            ScoredCandidate(candidate=candidate, probability=0.62),
            ScoredCandidate(candidate=other, probability=0.21),
            context=CONTEXT,
            propensity=0.62,
        ),
    )


def tapped(
    chosen: Task | TipCandidate = RENT,
    kind: ReactionKind | None = None,
    *,
    reason: DismissReason | None = None,
    until: datetime | None = None,
    moved_to: Due | None = None,
    gone: TaskState | None = None,
) -> TipStatus:
    """How a tip stands after a tap at 10:02, or once its task is ``gone``."""
    decision = about(chosen)
    tip = decision.tip
    if tip is None:
        raise LookupError("a decision without a tip")
    found = next((one for one in TASKS if one.task_id == tip.task_id), None)
    if found and gone:
        done_at = NOW + timedelta(hours=5) if gone is TaskState.DONE else None
        found = replace(found, state=gone, done_at=done_at)
    reaction = None
    if kind:
        reaction = Reaction(
            reaction_id="reaction",
            decision_id=decision.decision_id,
            person_id=ANN.person_id,
            kind=kind,
            reacted_at=NOW + timedelta(minutes=62),
            reason=reason,
            until=until,
        )
    return TipStatus(
        result=TapResult.GONE if gone else TapResult.ACCEPTED,
        decision=decision,
        tip=tip,
        reaction=reaction,
        task=found,
        moved_to=moved_to,
    )
