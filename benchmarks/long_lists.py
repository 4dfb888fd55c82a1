"""``python -m benchmarks.long_lists``: a simulated month with a long task list: coverage of tasks, and
latency.

People with 226 open tasks (9 with a due date) and with 2,000 get three tips a day for 30 days and react at
random. Every decision is replayed from the log. The propensities, first stage included, are verified by the
importance weights of a uniform policy over all eligible tasks: their mean is 1 if propensities are correct.
A log of 90 decisions is too short for that, so many shortlists are drawn at the end of the month, and many
tips from each.
"""

from __future__ import annotations

import asyncio
import math
import tempfile
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from random import Random

import numpy as np
from rich.console import Console
from rich.table import Table

from benchmarks.answers import time_to_answer
from benchmarks.deployment import NOW, Deployment, add_history, add_person, running_deployment, zone_of
from benchmarks.table import percentile
from core.bandit.policy import draw
from core.deciding.decide import Decided, decide
from core.deciding.decision_points import best_account
from core.delivery.reactions import react
from core.delivery.send import reserve
from core.policies.replay import replay
from core.records import Decision, DeliveryState, DismissReason, Due, Person, ReactionKind, Task, Trigger
from core.tips.shortlist import MAX_DRAWN, MAX_LEADING

DAYS, HOURS = 30, (9, 13, 18)
SHORTLISTS, DRAWS = 500, 3000
TIPS = 200


@dataclass(slots=True)
class MonthStatistics:
    """Counts over one month."""

    offered: Counter[str] = field(default_factory=Counter)
    """How often each task was sent."""
    scored: set[str] = field(default_factory=set)
    """Tasks that were on a shortlist."""
    decisions: int = 0
    silent: int = 0
    """Decisions for silence."""
    pressing: int = 0
    """Tips about overdue, soon due or urgent tasks."""
    different: int = 0
    """Decisions whose replay differs."""


async def with_tasks(deployment: Deployment, who: str, count: int, dated: int) -> Person:
    """Add a person with ``count`` open tasks, ``dated`` of them due between a week ago and in four weeks."""
    person = await add_person(deployment, who, tasks=0)
    async with deployment.app.store.begin() as unit:
        for number in range(count):
            due = Due(on=(NOW + timedelta(days=number % 35 - 7)).date()) if number < dated else None
            await unit.tasks.put(
                Task(
                    task_id=f"{who}-{number}",
                    person_id=person.person_id,
                    title=f"{'Pay bill' if due else 'Idea'} number {number}",
                    created_at=NOW - timedelta(hours=number),
                    priority=1 + number % 4,
                    due=due,
                )
            )
    return person


async def simulate_month(deployment: Deployment, person: Person, rng: Random) -> MonthStatistics:
    """30 days with three tips a day; a third are done, a quarter dismissed, the rest ignored."""
    month, deps = MonthStatistics(), deployment.app.deps
    for day in range(DAYS):
        for hour in HOURS:
            deployment.clock.instant = NOW.replace(hour=hour, minute=0) + timedelta(days=day)
            decided = await decide(person, deps, trigger=Trigger.SCHEDULED, zone=zone_of(person))
            await _send(deployment, person, decided, rng)
            _note(month, decided)
    return month


async def _send(deployment: Deployment, person: Person, decided: Decided, rng: Random) -> None:
    decision, deps = decided.decision, deployment.app.deps
    async with deps.store.begin() as unit:
        await unit.decisions.add(decision, decided.snapshot)
        account = best_account(person, await unit.people.accounts(person.person_id), deps)
        if decision.tip is None or account is None:
            return
        sent = replace(reserve(decision, account, deps), state=DeliveryState.SENT, message_id="m")
        await unit.deliveries.add(sent)
    luck = rng.random()
    if luck < 1 / 3:
        await react(decision.decision_id, person, deps, kind=ReactionKind.DONE)
    elif luck < 7 / 12:
        reason = DismissReason.NOT_THIS
        await react(decision.decision_id, person, deps, kind=ReactionKind.DISMISS, reason=reason)


def _note(month: MonthStatistics, decided: Decided) -> None:
    decision = decided.decision
    month.decisions += 1
    month.silent += decision.tip is None
    month.scored |= {one.candidate.task_id or "" for one in decision.candidates if one.probability > 0}
    if decision.tip and decision.tip.task_id:
        month.offered[decision.tip.task_id] += 1
        month.pressing += decision.tip.rationale in ("overdue", "due_soon", "due_today", "urgent")
    if decided.snapshot and decision.draw:
        month.different += not replay(decision.draw, decided.snapshot).same


def weights(decision: Decision, rng: Random) -> list[float]:
    """Importance weights of the uniform policy over all eligible tasks and other candidates, for ``DRAWS``
    draws from the decision's distribution.
    """
    context = decision.context
    if context is None or context.shortlist is None:
        return []
    scored = [one for one in decision.candidates if one.probability > 0]
    unscored = context.shortlist.eligible - context.shortlist.leading - len(context.shortlist.drawn)
    probabilities = np.array([one.probability for one in scored])
    drawn = [scored[draw(probabilities, rng.getrandbits(63))] for _ in range(DRAWS)]
    return [1 / (len(scored) + unscored) / (one.candidate.inclusion * one.probability) for one in drawn]


async def main() -> None:
    """Simulate both months and print one table."""
    table = Table(title=f"30 days of three tips; {MAX_LEADING} tasks lead, {MAX_DRAWN} are drawn")
    for name in ("figure", "226 tasks", "2,000 tasks"):
        table.add_column(name, justify="left" if name == "figure" else "right")
    columns = [await measure_month(count, dated) for count, dated in ((226, 9), (2000, 200))]
    for name in columns[0]:
        table.add_row(name, *(column[name] for column in columns))
    Console(width=100).print(table)


async def measure_month(count: int, dated: int) -> dict[str, str]:
    """The figures of one month, by their label in the table."""
    with tempfile.TemporaryDirectory() as folder:
        async with running_deployment(Path(folder)) as deployment:
            person = await with_tasks(deployment, "ann", count, dated)
            rng = Random(1)  # noqa: S311 - a simulation
            month = await simulate_month(deployment, person, rng)
            async with deployment.app.store.read() as unit:
                left = {task.task_id for task in await unit.tasks.open(person.person_id)}
            found: list[float] = []
            for _ in range(SHORTLISTS):
                again = await decide(
                    person, deployment.app.deps, trigger=Trigger.SCHEDULED, zone=zone_of(person)
                )
                found += weights(again.decision, rng)
    mean = math.fsum(found) / len(found)
    error = math.sqrt(math.fsum((one - mean) ** 2 for one in found)) / len(found)
    with tempfile.TemporaryDirectory() as folder:
        async with running_deployment(Path(folder)) as deployment:
            bob = await with_tasks(deployment, "bob", count, dated)
            await add_history(deployment, bob, decisions=100)
            tips = [
                await time_to_answer(deployment, deployment.said("bob", "/tip", n)) for n in range(1, TIPS)
            ]
    return {
        "tips sent, of 90 slots": str(month.decisions - month.silent),
        "different tasks offered": str(len(month.offered)),
        "tips about pressing tasks": str(month.pressing),
        "most often offered": f"{max(month.offered.values())} times",
        "tasks scored at least once": str(len(month.scored - {""})),
        "never scored in the month": str(len(left - month.scored)),
        "replays that differ": str(month.different),
        "mean importance weight, uniform policy": f"{mean:.3f} ± {error:.3f}",
        "/tip p50, p99 (goals 30, 100)": f"{percentile(tips, 0.5):.1f}, {percentile(tips, 0.99):.1f} ms",
    }


if __name__ == "__main__":
    asyncio.run(main())
