"""How pressing a task is: when it is due, whether that has passed, in what order tasks are looked at.

Pure functions on tasks and times.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import TypeVar
from zoneinfo import ZoneInfo

from core.model import Due, Task, TaskOutline
from core.scheduling.quiet_hours import DAY, YEARS, instant
from core.scheduling.timezones import zone_or

T = TypeVar("T", Task, TaskOutline)

SOON = timedelta(hours=3)
"""A task with a time of day is due soon within this span."""


@lru_cache(maxsize=10_000)
def due_instant(due: Due, zone: ZoneInfo) -> datetime:
    """The instant by which a task is due: a date alone is due when that day ends.

    One whose zone nobody knows is meant in ``zone``; a day outside ``YEARS`` counts as their first or last.
    """
    on = min(max(due.on, date(YEARS[0], 1, 1)), date(YEARS[-1], 12, 31))
    local = datetime.combine(on, due.at) if due.at else datetime.combine(on + DAY, time())
    return instant(local, zone_or(due.zone, zone))


def is_overdue(task: Task | TaskOutline, now: datetime, zone: ZoneInfo) -> bool:
    """Whether the task should have been done before ``now``."""
    return task.due is not None and due_instant(task.due, zone) <= now


def by_urgency(tasks: Iterable[T], now: datetime, zone: ZoneInfo) -> list[T]:
    """Overdue first, then by the day it is due, priority, exact time; undated ones last, by priority and
    age.
    """

    def key(task: T) -> tuple[bool, date, int, datetime, datetime]:
        if task.due is None:
            return (True, date.max, task.priority, now, task.created_at)
        due = due_instant(task.due, zone)
        return (due > now, task.due.on, task.priority, due, task.created_at)

    return sorted(tasks, key=key)


def pressure(task: Task | TaskOutline, now: datetime, zone: ZoneInfo) -> str:
    """Why this task now, as a code: ``overdue``, ``due_soon``, ``due_today``, ``urgent``, ``due_later``,
    ``open``.
    """
    if task.due is None:
        return "urgent" if task.priority == 1 else "open"
    due = due_instant(task.due, zone)
    if due <= now:
        return "overdue"
    if task.due.at and due - now <= SOON:
        return "due_soon"
    if task.due.on <= now.astimezone(zone).date():
        return "due_today"
    return "urgent" if task.priority == 1 else "due_later"
