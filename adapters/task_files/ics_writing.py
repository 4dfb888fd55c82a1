"""Writes tasks as iCalendar. What it has no property for has one whose name begins with ``X-OO-``.

Tests: tests/adapters/task_files/test_ics.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar, Todo, vRecur, vText
from icalendar.cal import Timezone

from core.records import Due, FileTask
from core.scheduling.timezones import zone_by_name

_PRIORITIES = {1: 1, 2: 5, 3: 9}
_UNTIL = re.compile(r"UNTIL=(\d{8})")
_UTC = frozenset({"UTC", "Etc/UTC", "Etc/UCT", "Etc/Universal", "Etc/Zulu", "UCT", "Universal", "Zulu"})


def write(tasks: Sequence[FileTask], *, now: datetime) -> Iterator[str]:
    """One calendar with a VTODO for each task, in their order, and the zones that they name."""
    calendar = Calendar()
    calendar.add("prodid", "-//oO//tasks//EN")
    calendar.add("version", "2.0")
    head, _, tail = calendar.to_ical().decode().rpartition("END:VCALENDAR")
    yield head
    for name in sorted({task.due.zone for task in tasks if task.due and task.due.zone} - _UTC):
        yield zone_of(name, now).to_ical().decode()
    for task in tasks:
        parent = tasks[task.parent].uid if task.parent is not None else None
        yield todo_of(task, parent, now).to_ical().decode()
    yield f"END:VCALENDAR{tail}"


def zone_of(name: str, now: datetime) -> Any:
    """The VTIMEZONE of a zone, for some years around ``now``."""
    years = timedelta(days=3 * 366)
    return Timezone.from_tzinfo(
        zone_by_name(name), name, first_date=(now - years).date(), last_date=(now + years).date()
    )


def todo_of(task: FileTask, parent: str | None, now: datetime) -> Any:
    """A task as a VTODO of the iCalendar library; ``parent`` is the uid of the task that it is a piece of."""
    todo = Todo()
    if task.uid:
        todo.add("uid", task.uid)
    todo.add("dtstamp", now.astimezone(UTC).replace(microsecond=0))
    todo.add("summary", task.title)
    todo.add("status", "NEEDS-ACTION")
    if task.due:
        _add_dates(todo, task, task.due)
    if task.priority in _PRIORITIES:
        todo.add("priority", _PRIORITIES[task.priority])
    if task.labels:
        todo.add("categories", list(task.labels))
    _add_texts(todo, task, parent)
    if task.minutes:
        todo.add("estimated-duration", f"PT{task.minutes}M", encode=False)
    if task.created_at:
        todo.add("created", task.created_at.astimezone(UTC))
    return todo


def _add_texts(todo: Any, task: FileTask, parent: str | None) -> None:
    texts = {"description": task.notes, "x-oo-project": task.project, "related-to": parent}
    texts |= {
        "x-oo-section": task.section,
        "x-oo-deadline": f"{task.deadline:%Y%m%d}" if task.deadline else None,
    }
    for name, text in texts.items():
        if text:
            todo.add(name, vText(text))


def _add_dates(todo: Any, task: FileTask, due: Due) -> None:
    when = _when(due)
    todo.add("due", when)
    if due.zone in _UTC:
        todo.add("x-oo-zone", due.zone)
    if task.repeats is None:
        return
    todo.add("dtstart", when)  # a recurrence counts from there
    todo.add("rrule", vRecur.from_ical(_UNTIL.sub(lambda end: _until(end[1], due), task.repeats)))
    if task.repeats_from_done:
        todo.add("x-oo-repeats-from-done", "TRUE")


def _when(due: Due) -> date | datetime:
    if due.at is None:
        return due.on
    local = datetime.combine(due.on, due.at)
    if due.zone in _UTC:
        return local.replace(tzinfo=UTC)
    return local.replace(tzinfo=zone_by_name(due.zone)) if due.zone else local


def _until(day: str, due: Due) -> str:
    """The end of a rule, of the same kind as its start: a date, a floating time, or an instant in UTC."""
    if due.at is None:
        return f"UNTIL={day}"
    last = datetime.combine(datetime.strptime(day, "%Y%m%d").replace(tzinfo=UTC).date(), time(23, 59, 59))
    if due.zone is None:
        return f"UNTIL={last:%Y%m%dT%H%M%S}"
    return f"UNTIL={last.replace(tzinfo=ZoneInfo(due.zone)).astimezone(UTC):%Y%m%dT%H%M%SZ}"
