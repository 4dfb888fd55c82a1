"""How pressing tasks are: when they are due, whether they are overdue, and their order.

The earlier one of due date and deadline counts (``pressing_due``).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import TypeVar
from zoneinfo import ZoneInfo

from core.records import Due, Task, TaskOutline
from core.scheduling.quiet_hours import DAY, YEARS, instant
from core.scheduling.timezones import zone_or_default

T = TypeVar("T", Task, TaskOutline)

DUE_SOON = timedelta(hours=3)
"""How long before its time of day a task counts as due soon."""


@lru_cache(maxsize=10_000)
def due_instant(due: Due, zone: ZoneInfo) -> datetime:
    """The instant at which a task becomes overdue. A date without a time means the end of that day.

    ``zone`` applies if ``due`` has no zone or an unknown one. Dates outside of ``YEARS`` are clamped.
    """
    on = min(max(due.on, date(YEARS[0], 1, 1)), date(YEARS[-1], 12, 31))
    local = datetime.combine(on, due.at) if due.at else datetime.combine(on + DAY, time())
    return instant(local, zone_or_default(due.zone, zone))


def due_day(due: Due, zone: ZoneInfo) -> date:
    """The day on which a task is due in ``zone``. A time in another zone may fall on another day."""
    return due_instant(due, zone).astimezone(zone).date() if due.at else due.on


def pressing_due(task: Task | TaskOutline, zone: ZoneInfo) -> Due | None:
    """The earlier one of due date and deadline; the due date if both end at the same instant."""
    if task.deadline is None:
        return task.due
    deadline = Due(on=task.deadline)
    if task.due is None or due_instant(deadline, zone) < due_instant(task.due, zone):
        return deadline
    return task.due


def is_overdue(task: Task | TaskOutline, now: datetime, zone: ZoneInfo) -> bool:
    """Whether the task was due, or its deadline was over, before ``now``."""
    due = pressing_due(task, zone)
    return due is not None and due_instant(due, zone) <= now


def by_urgency(tasks: Iterable[T], now: datetime, zone: ZoneInfo) -> list[T]:
    """Overdue tasks first, then by day, priority and exact time; undated tasks last, by priority and age."""

    def key(task: T) -> tuple[bool, date, int, datetime, datetime]:
        when = pressing_due(task, zone)
        if when is None:
            return (True, date.max, task.priority, now, task.created_at)
        due = due_instant(when, zone)
        return (due > now, when.on, task.priority, due, task.created_at)

    return sorted(tasks, key=key)


def pressure(task: Task | TaskOutline, now: datetime, zone: ZoneInfo) -> str:
    """Why to suggest this task now: ``overdue``, ``due_soon``, ``due_today``, ``urgent``, ``due_later`` or
    ``open``.
    """
    when = pressing_due(task, zone)
    if when is None:
        return "urgent" if task.priority == 1 else "open"
    due = due_instant(when, zone)
    if due <= now:
        return "overdue"
    if when.at and due - now <= DUE_SOON:
        return "due_soon"
    if when.on <= now.astimezone(zone).date():
        return "due_today"
    return "urgent" if task.priority == 1 else "due_later"
