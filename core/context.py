"""What is known at a decision point: tasks, reactions, time patterns -> ``Context``.

``assemble`` reads it in one transaction; the rest are pure functions on tasks and times.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from core.model import Context, Due, Fact, Person, Request, Task, Trigger
from core.quiet import DAY, YEARS, instant
from core.store import Unit
from core.zones import zone_or

TASKS_IN_CONTEXT = 12
"""As many tasks are considered (and logged) per decision: beyond that, a choice is no longer a choice."""

MEMORY = timedelta(days=60)
"""How far back tips and reactions count."""

PAST_TIPS = 80
TIPS_IN_PATTERNS = 300  # so many tips say at which hours of the day they help


@lru_cache(maxsize=10_000)
def due_instant(due: Due, zone: ZoneInfo) -> datetime:
    """The instant by which a task is due: a date alone is due when that day ends.

    One whose zone nobody knows is meant in ``zone``; a day outside ``YEARS`` counts as their first or last.
    """
    on = min(max(due.on, date(YEARS[0], 1, 1)), date(YEARS[-1], 12, 31))
    local = datetime.combine(on, due.at) if due.at else datetime.combine(on + DAY, time())
    return instant(local, zone_or(due.zone, zone))


def is_overdue(task: Task, now: datetime, zone: ZoneInfo) -> bool:
    """Whether the task should have been done before ``now``."""
    return task.due is not None and due_instant(task.due, zone) <= now


def by_urgency(tasks: Iterable[Task], now: datetime, zone: ZoneInfo) -> list[Task]:
    """Overdue first, then by the day it is due, priority, exact time; undated ones last, by priority and
    age.
    """

    def key(task: Task) -> tuple[bool, date, int, datetime, datetime]:
        if task.due is None:
            return (True, date.max, task.priority, now, task.created_at)
        due = due_instant(task.due, zone)
        return (due > now, task.due.on, task.priority, due, task.created_at)

    return sorted(tasks, key=key)


async def assemble(
    unit: Unit, person: Person, zone: ZoneInfo, *, now: datetime, trigger: Trigger, request: Request
) -> Context:
    """Read what is known about ``person`` now. Cost does not grow with the length of the history."""
    tasks = by_urgency(await unit.tasks.open(person.person_id), now, zone)
    past = await unit.decisions.past_tips(person.person_id, now - MEMORY, PAST_TIPS)
    shown, done = await unit.reactions.tally(person.person_id, now - MEMORY, TIPS_IN_PATTERNS)
    waiting = await unit.snoozes.waiting(person.person_id)
    tested = person.preferences.hold_out
    considered = tuple(tasks[:TASKS_IN_CONTEXT])
    overdue = sum(is_overdue(task, now, zone) for task in tasks)
    return Context(
        now=now,
        zone=zone.key,
        trigger=trigger,
        tasks=considered,
        open_tasks=len(tasks),
        overdue_tasks=overdue,
        past=past,
        snoozed=tuple(snooze.decision_id for snooze in waiting),
        held_out=await unit.trials.held_out(person.person_id, now) if tested else (),
        tips_by_hour=local_hours(shown, now, zone),
        done_by_hour=local_hours(done, now, zone),
        request=request,
        muted=person.preferences.muted,
        facts=facts(considered, now, zone, len(tasks), overdue),
    )


def local_hours(by_utc_hour: tuple[int, ...], now: datetime, zone: ZoneInfo) -> tuple[int, ...]:
    """Counts by UTC hour of the day (24,) as counts by local hour (24,).

    Uses today's offset, to the nearest hour: a pattern of weeks may smear over an hour at a change of the
    clocks, which is as exact as a habit is.
    """
    offset = ((now.astimezone(zone).utcoffset() or timedelta()) + timedelta(minutes=30)) // timedelta(hours=1)
    return tuple(by_utc_hour[(hour - offset) % 24] for hour in range(24))


def facts(
    tasks: tuple[Task, ...], now: datetime, zone: ZoneInfo, open_tasks: int, overdue: int
) -> tuple[Fact, ...]:
    """What a written tip may rest on, each under a short id. Only these texts ever reach a language
    model.
    """
    local = now.astimezone(zone)
    moment = f"It is {local:%A} {local.day} {local:%B %Y}, {local:%H:%M}."
    load = f"{open_tasks} open tasks, {overdue} of them overdue."
    known = [Fact(fact_id="now", text=moment), Fact(fact_id="load", text=load)]
    for number, task in enumerate(tasks, start=1):
        text = f"Task: {task.title}; {describe_due(task, now, zone)}; priority {task.priority} of 4"
        known.append(Fact(fact_id=f"t{number}", text=text, task_id=task.task_id))
    return tuple(known)


def describe_due(task: Task, now: datetime, zone: ZoneInfo) -> str:
    """When a task is due, in words that can be checked against the calendar."""
    if task.due is None:
        return "no due date"
    day = f"{task.due.on:%A} {task.due.on.day} {task.due.on:%B %Y}"
    moment = f"{day} {task.due.at:%H:%M}" if task.due.at else day
    return f"was due {moment}" if is_overdue(task, now, zone) else f"due {moment}"
