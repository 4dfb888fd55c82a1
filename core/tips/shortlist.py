"""The first stage of every choice: which of the open tasks are scored.

Scoring and logging every task of a long list costs too much, so a shortlist is scored. Tasks that may not be
suggested now are excluded first. Of the rest, the most pressing ones *lead* and are always scored; a uniform
sample of the others is drawn. So every open task can be chosen, with a known *inclusion probability*:

    1 for a leading task, (number drawn) / (number of others) for any other

It is logged with the candidate and multiplies its propensity (two-stage sampling; the inverse of the product
is the Horvitz-Thompson weight). The sample is drawn from a logged seed, so that a replay can repeat it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from heapq import nsmallest
from itertools import islice
from random import Random
from zoneinfo import ZoneInfo

from core.records import Context, Shortlist, TaskOutline, Trigger
from core.tips.cooldowns import RESTING, Cooldowns, by_subject, is_too_long, reason_against
from core.tips.urgency import by_urgency, due_instant, pressing_due, pressure

MAX_LEADING = 20
"""How many of the most pressing tasks are always scored, at most."""

MAX_DRAWN = 12
"""How many of the other tasks are drawn and scored, at most."""

MAX_RULED_OUT = 12
"""How many excluded tasks are logged one by one, at most; the others are counted."""

TURN_ORDER = (
    "overdue", "due_soon", "due_today", "urgent",
    "overdue", "due_soon", "due_today", "urgent",
    "due_later", "open",
)  # fmt: skip
"""Kinds of ``pressure`` in the order in which they provide leading tasks.

Each pressing kind has two turns for one of the others, and many overdue tasks do not hide what is due today.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskShortlist:
    """The tasks of a decision by id, and what is logged of how they were picked."""

    leading: tuple[str, ...]
    drawn: tuple[str, ...]
    ruled_out: tuple[str, ...]
    """The most pressing excluded tasks."""

    not_next: tuple[str, ...]
    """Those of ``ruled_out`` that wait for a piece before them, as ``Context.not_next``."""

    shortlist: Shortlist


def pick_shortlist(
    tasks: Sequence[TaskOutline], context: Context, rules: Cooldowns, seed: Callable[[], int]
) -> TaskShortlist:
    """The shortlist of all open ``tasks``; ``context`` has no tasks yet.

    ``seed`` is called only if tasks are drawn. If a person asks for a tip and every task is excluded, tasks
    that are excluded as ``resting`` become eligible. Of tasks in pieces, only the next piece is eligible.
    """
    context = replace(context, not_next=not_next(tasks))
    zone, reasons = ZoneInfo(context.zone), reasons_against(tasks, context, rules)
    eligible = [task for task in tasks if task.task_id not in reasons]
    if not eligible and context.trigger is Trigger.REQUESTED:
        eligible = [task for task in tasks if reasons[task.task_id] == RESTING]
        reasons = {task_id: reason for task_id, reason in reasons.items() if reason != RESTING}
    few = len(eligible) <= MAX_LEADING + MAX_DRAWN
    leading = leaders(eligible, len(eligible) if few else MAX_LEADING, context.now, zone)
    lead = {task.task_id for task in leading}
    others = [task.task_id for task in eligible if task.task_id not in lead]
    chosen = seed() if others else 0
    drawn = drawn_positions(len(others), MAX_DRAWN, chosen)
    rest = by_urgency((task for task in tasks if task.task_id in reasons), context.now, zone)
    ruled_out = tuple(task.task_id for task in rest[:MAX_RULED_OUT])
    return TaskShortlist(
        leading=tuple(task.task_id for task in leading),
        drawn=tuple(others[place] for place in drawn),
        ruled_out=ruled_out,
        not_next=tuple(task_id for task_id in ruled_out if task_id in context.not_next),
        shortlist=Shortlist(
            eligible=len(eligible),
            leading=len(leading),
            seed=chosen,
            drawn=drawn,
            ruled_out=Counter(reasons.values()),
        ),
    )


def reasons_against(tasks: Sequence[TaskOutline], context: Context, rules: Cooldowns) -> dict[str, str]:
    """The reasons why tasks may not be suggested now, by task id; tasks without a reason are left out."""
    past, waiting = by_subject(context.past), frozenset(context.not_next)
    has_history = {*past, *context.held_out, *waiting}
    return {
        task.task_id: reason
        for task in tasks
        if (context.muted or task.task_id in has_history or is_too_long(task.minutes, context))
        and (
            reason := reason_against(
                task.task_id, (task.title,), context, past, rules, minutes=task.minutes, not_next=waiting
            )
        )
    }


def not_next(tasks: Sequence[TaskOutline]) -> tuple[str, ...]:
    """Ids of the tasks that wait: those with open pieces, and pieces that come after another one.

    Only the pieces that oO made have an order; they are listed in it. A piece whose task is over is a task.
    """
    if not any(task.parent_id for task in tasks):
        return ()
    parents = {task.task_id: task.parent_id for task in tasks}
    known = {task.task_id for task in tasks}
    pieces = [task for task in tasks if parents.get(task.task_id) in known]
    first: dict[str | None, str] = {}
    for piece in pieces:
        first.setdefault(piece.parent_id, piece.task_id)
    waiting = {piece.task_id for piece in pieces if first[piece.parent_id] != piece.task_id}
    waiting |= _below(waiting, {piece.task_id: piece.parent_id for piece in pieces})
    return tuple(task.task_id for task in tasks if task.task_id in waiting or task.task_id in first)


def _below(tops: Collection[str], parents: Mapping[str, str | None]) -> set[str]:
    """Everything below ``tops``: with a piece, its own pieces wait. Each task is looked at once."""
    children = defaultdict[str | None, list[str]](list)
    for task_id, parent_id in parents.items():
        children[parent_id].append(task_id)
    found, left = set[str](), list(tops)
    while left:
        new = [child for child in children[left.pop()] if child not in found]
        found.update(new)
        left += new
    return found


# --- The draw ----------------------------------------------------------------------------------------------


def drawn_positions(others: int, count: int, seed: int) -> tuple[int, ...]:
    """A uniform sample of ``count`` indices below ``others``, ascending; all of them if there are fewer.

    Uses only ``Random.random()``, whose sequence Python guarantees across versions.
    """
    source = Random(seed)  # noqa: S311 - a draw that is repeated in a replay, not a secret
    keys = [source.random() for _ in range(others)]
    return tuple(sorted(sorted(range(others), key=keys.__getitem__)[:count]))


def inclusion_probability(shortlist: Shortlist | None, place: int) -> float:
    """The probability with which the task at index ``place`` of the context was scored.

    Leading tasks come first, then drawn ones.
    """
    if shortlist is None or not shortlist.leading <= place < shortlist.leading + len(shortlist.drawn):
        return 1.0
    return len(shortlist.drawn) / (shortlist.eligible - shortlist.leading)


# --- Which tasks lead --------------------------------------------------------------------------------------


def leaders(tasks: Sequence[TaskOutline], count: int, now: datetime, zone: ZoneInfo) -> list[TaskOutline]:
    """The ``count`` most pressing tasks: each kind of pressure in turn, its most pressing task first."""
    kinds = defaultdict[str, list[TaskOutline]](list)
    for task in tasks:
        kinds[pressure(task, now, zone)].append(task)
    queues = {code: iter(nsmallest(count, found, key=_order(code, zone))) for code, found in kinds.items()}
    return list(islice(_interleaved(queues), count))


def _interleaved(queues: dict[str, Iterator[TaskOutline]]) -> Iterator[TaskOutline]:
    while queues:
        for code in TURN_ORDER:
            if (task := next(queues.get(code, iter(())), None)) is not None:
                yield task
            else:
                queues.pop(code, None)


def _order(code: str, zone: ZoneInfo) -> Callable[[TaskOutline], tuple[float, float, datetime, str]]:
    """The order of tasks of one kind of pressure.

    Overdue: priority, then the latest date first. With a date ahead: date, then priority. Undated: priority,
    then the oldest first.
    """

    def key(task: TaskOutline) -> tuple[float, float, datetime, str]:
        when = pressing_due(task, zone)
        due = due_instant(when, zone).timestamp() if when else 0.0
        first, second = (due, task.priority) if code in ("urgent", "due_later") else (task.priority, due)
        return (first, -second if code == "overdue" else second, task.created_at, task.task_id)

    return key
