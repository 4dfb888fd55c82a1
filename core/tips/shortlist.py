"""The first stage of every choice: which of the open tasks are scored.

Scoring and logging every task of a long list costs too much, so a shortlist is scored. What may not be
suggested now is taken out first. Of the rest, the most pressing ones *lead* and are always scored; of the
others, some are drawn, each equally likely. So every open task can be chosen, and how likely each was to be
scored is known: 1 for a leading task, (number drawn) / (number of others) for another. That *inclusion
probability* is logged with the candidate and multiplies its propensity (two-stage sampling; the inverse of
the product is the Horvitz-Thompson weight). The draw is made from a logged seed, so a replay makes it again.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from heapq import nsmallest
from itertools import islice
from random import Random
from zoneinfo import ZoneInfo

from core.model import Context, Shortlist, TaskOutline, Trigger
from core.tips.cooldowns import RESTING, Cooldowns, by_subject, ruled_out
from core.tips.urgency import by_urgency, due_instant, pressure

LEADING = 20
"""At most so many of the most pressing tasks are always scored."""

DRAWN = 12
"""At most so many of the other tasks are drawn and scored."""

RULED_OUT = 12
"""At most so many tasks that may not be chosen are logged one by one; the rest is counted."""

TURNS = (
    "overdue", "due_soon", "due_today", "urgent",
    "overdue", "due_soon", "due_today", "urgent",
    "due_later", "open",
)  # fmt: skip
"""Whose turn it is to lead, by ``core.tips.urgency.pressure``: a year of overdue tasks does not hide what is
due today, and what is pressing gets two turns to one.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picked:
    """The tasks of a decision, by id: those that lead, those that were drawn, some that are ruled out."""

    leading: tuple[str, ...]
    drawn: tuple[str, ...]
    ruled_out: tuple[str, ...]
    shortlist: Shortlist


def pick(tasks: Sequence[TaskOutline], context: Context, rules: Cooldowns, seed: Callable[[], int]) -> Picked:
    """The shortlist among all open ``tasks`` of ``context``, which knows no tasks yet.

    ``seed`` is asked for a seed only if there is something to draw. Who asks for a tip while all tasks merely
    rest may get one of those.
    """
    zone, reasons = ZoneInfo(context.zone), reasons_against(tasks, context, rules)
    eligible = [task for task in tasks if task.task_id not in reasons]
    if not eligible and context.trigger is Trigger.REQUESTED:
        eligible = [task for task in tasks if reasons[task.task_id] == RESTING]
        reasons = {task_id: reason for task_id, reason in reasons.items() if reason != RESTING}
    few = len(eligible) <= LEADING + DRAWN
    leading = leaders(eligible, len(eligible) if few else LEADING, context.now, zone)
    lead = {task.task_id for task in leading}
    others = [task.task_id for task in eligible if task.task_id not in lead]
    chosen = seed() if others else 0
    drawn = places_drawn(len(others), DRAWN, chosen)
    rest = by_urgency((task for task in tasks if task.task_id in reasons), context.now, zone)
    return Picked(
        leading=tuple(task.task_id for task in leading),
        drawn=tuple(others[place] for place in drawn),
        ruled_out=tuple(task.task_id for task in rest[:RULED_OUT]),
        shortlist=Shortlist(
            eligible=len(eligible),
            leading=len(leading),
            seed=chosen,
            drawn=drawn,
            ruled_out=Counter(reasons.values()),
        ),
    )


def reasons_against(tasks: Sequence[TaskOutline], context: Context, rules: Cooldowns) -> dict[str, str]:
    """Why which of the tasks may not be suggested now, by id."""
    past = by_subject(context.past)
    spoken_of = {*past, *context.held_out}
    return {
        task.task_id: reason
        for task in tasks
        if (context.muted or task.task_id in spoken_of)
        and (reason := ruled_out(task.task_id, (task.title,), context, past, rules))
    }


# --- The draw ----------------------------------------------------------------------------------------------


def places_drawn(others: int, count: int, seed: int) -> tuple[int, ...]:
    """``count`` places out of so many, or all of them, ascending; each set is equally likely.

    Uses nothing of ``Random`` but ``random()``, whose sequence Python promises to keep.
    """
    source = Random(seed)  # noqa: S311 - a draw that must be made again, not a secret
    lots = [source.random() for _ in range(others)]
    return tuple(sorted(sorted(range(others), key=lots.__getitem__)[:count]))


def inclusion_probability(shortlist: Shortlist | None, place: int) -> float:
    """How likely the task at ``place`` of the context (leading ones, then drawn ones) was to be scored."""
    if shortlist is None or not shortlist.leading <= place < shortlist.leading + len(shortlist.drawn):
        return 1.0
    return len(shortlist.drawn) / (shortlist.eligible - shortlist.leading)


# --- Which tasks lead --------------------------------------------------------------------------------------


def leaders(tasks: Sequence[TaskOutline], count: int, now: datetime, zone: ZoneInfo) -> list[TaskOutline]:
    """The ``count`` most pressing tasks: those of each pressure in turn, the most pressing first."""
    kinds = defaultdict[str, list[TaskOutline]](list)
    for task in tasks:
        kinds[pressure(task, now, zone)].append(task)
    queues = {code: iter(nsmallest(count, found, key=_order(code, zone))) for code, found in kinds.items()}
    return list(islice(_in_turn(queues), count))


def _in_turn(queues: dict[str, Iterator[TaskOutline]]) -> Iterator[TaskOutline]:
    while queues:
        for code in TURNS:
            if (task := next(queues.get(code, iter(())), None)) is not None:
                yield task
            else:
                queues.pop(code, None)


def _order(code: str, zone: ZoneInfo) -> Callable[[TaskOutline], tuple[float, float, datetime, str]]:
    """Overdue tasks by priority, the latest date first; those to come by date, then priority; undated ones by
    priority, the oldest first.
    """

    def key(task: TaskOutline) -> tuple[float, float, datetime, str]:
        due = due_instant(task.due, zone).timestamp() if task.due else 0.0
        first, second = (due, task.priority) if code in ("urgent", "due_later") else (task.priority, due)
        return (first, -second if code == "overdue" else second, task.created_at, task.task_id)

    return key
