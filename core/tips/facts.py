"""The facts of a decision point, and their text: the only thing about a person that a language model reads.

Facts carry fields. Their text is written here for prompts and never parsed: what a tip claims is compared
with the fields (``core/tips/grounding.py``).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from core.records import Fact, LoadFact, LoggedFact, MomentFact, Task, TaskFact
from core.tips.urgency import is_overdue


def known_facts(
    tasks: Sequence[Task], now: datetime, zone: ZoneInfo, *, open_tasks: int, overdue_tasks: int
) -> tuple[Fact, ...]:
    """The local time (``now``), the number of tasks (``load``), and each of ``tasks`` (``t1``, ``t2``, …)."""
    local = now.astimezone(zone).replace(second=0, microsecond=0)
    moment = MomentFact(fact_id="now", on=local.date(), at=local.time())
    load = LoadFact(fact_id="load", open_tasks=open_tasks, overdue_tasks=overdue_tasks)
    return (moment, load, *(_task_fact(f"t{n}", task, now, zone) for n, task in enumerate(tasks, start=1)))


def _task_fact(fact_id: str, task: Task, now: datetime, zone: ZoneInfo) -> TaskFact:
    return TaskFact(
        fact_id=fact_id,
        task_id=task.task_id,
        title=task.title,
        due=task.due,
        is_overdue=is_overdue(task, now, zone),
        priority=task.priority,
    )


def text_of(fact: Fact) -> str:
    """The fact as a prompt shows it."""
    match fact:
        case MomentFact(on=on, at=at):
            return f"It is {on:%A} {on.day} {on:%B %Y}, {at:%H:%M}."
        case LoadFact(open_tasks=open_tasks, overdue_tasks=overdue):
            return f"{open_tasks} open tasks, {overdue} of them overdue."
        case TaskFact(title=title, priority=priority):
            return f"Task: {title}; {_due_text(fact)}; priority {priority} of 4"
        case LoggedFact(text=text):
            return text


def _due_text(fact: TaskFact) -> str:
    """The date in full, so that a model need not calculate."""
    due = fact.due
    if due is None:
        return "no due date"
    day = f"{due.on:%A} {due.on.day} {due.on:%B %Y}"
    moment = f"{day} {due.at:%H:%M}" if due.at else day
    return f"was due {moment}" if fact.is_overdue else f"due {moment}"
