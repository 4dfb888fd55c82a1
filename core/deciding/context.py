"""What is known at a decision point: tasks, reactions, time patterns -> ``Context``.

``assemble`` reads it in one transaction; the rest are pure functions on tasks and times.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from core.model import Context, Person, Request, Task, Trigger
from core.policies.feature_inputs import MEMORY
from core.store import Unit
from core.tips.cooldowns import Cooldowns
from core.tips.facts import known_facts
from core.tips.shortlist import pick
from core.tips.urgency import by_urgency, is_overdue

TASKS_IN_FACTS = 12
"""A language model hears of so many tasks at most."""

PAST_TIPS = 80
TIPS_IN_PATTERNS = 300  # so many tips say at which hours of the day they help


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortlisting:
    """What the shortlist of a choice needs: the cool-downs, and where its seed comes from."""

    rules: Cooldowns
    seed: Callable[[], int]


async def assemble(
    unit: Unit,
    person: Person,
    zone: ZoneInfo,
    *,
    now: datetime,
    trigger: Trigger,
    request: Request,
    shortlisting: Shortlisting | None = None,
) -> Context:
    """Read what is known about ``person`` now. Cost does not grow with the length of the history.

    Its tasks are a shortlist of all that may be chosen; without ``shortlisting``, where nothing is chosen
    among them, the most pressing ones.
    """
    outlines = await unit.tasks.outlines(person.person_id)
    past = await unit.decisions.past_tips(person.person_id, now - MEMORY, PAST_TIPS)
    shown, done = await unit.reactions.tally(person.person_id, now - MEMORY, TIPS_IN_PATTERNS)
    waiting = await unit.snoozes.waiting(person.person_id)
    tested = person.preferences.hold_out
    context = Context(
        now=now,
        zone=zone.key,
        trigger=trigger,
        open_tasks=len(outlines),
        overdue_tasks=sum(is_overdue(task, now, zone) for task in outlines),
        past=past,
        snoozed=tuple(snooze.decision_id for snooze in waiting),
        held_out=await unit.trials.held_out(person.person_id, now) if tested else (),
        tips_by_hour=local_hours(shown, now, zone),
        done_by_hour=local_hours(done, now, zone),
        request=request,
        muted=person.preferences.muted,
    )
    if shortlisting is None:
        pressing = by_urgency(outlines, now, zone)[:TASKS_IN_FACTS]
        tasks = await unit.tasks.some([task.task_id for task in pressing])
        return _with_facts(replace(context, tasks=tasks), tasks, zone)
    picked = pick(outlines, context, shortlisting.rules, shortlisting.seed)
    tasks = await unit.tasks.some([*picked.leading, *picked.drawn, *picked.ruled_out])
    context = replace(context, tasks=tasks, shortlist=picked.shortlist)
    return _with_facts(context, tasks[: len(picked.leading)], zone)


def _with_facts(context: Context, tasks: Sequence[Task], zone: ZoneInfo) -> Context:
    """The context with facts about the most pressing of ``tasks``."""
    facts = known_facts(
        by_urgency(tasks, context.now, zone)[:TASKS_IN_FACTS],
        context.now,
        zone,
        open_tasks=context.open_tasks,
        overdue_tasks=context.overdue_tasks,
    )
    return replace(context, facts=facts)


def local_hours(by_utc_hour: tuple[int, ...], now: datetime, zone: ZoneInfo) -> tuple[int, ...]:
    """Counts by UTC hour of the day (24,) as counts by local hour (24,).

    Uses today's offset, to the nearest hour: a pattern of weeks may smear over an hour at a change of the
    clocks, which is as exact as a habit is.
    """
    offset = ((now.astimezone(zone).utcoffset() or timedelta()) + timedelta(minutes=30)) // timedelta(hours=1)
    return tuple(by_utc_hour[(hour - offset) % 24] for hour in range(24))
