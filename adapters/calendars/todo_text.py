"""The VTODO of a CalDAV resource: read as a task, and changed without losing what oO does not know.

Tests: tests/adapters/calendars/test_todo_text.py, tests/adapters/calendars/test_todos.py.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from adapters.calendars.lines import cut, value_in
from adapters.calendars.task_ids import task_id
from adapters.task_files.ics import read
from adapters.task_files.ics_writing import todo_of, zone_of
from core.errors import BadInput, SourceRefused, SourceUnavailable
from core.records import UNKNOWN_AGE, FileTask, Task, TaskSource

MAX_BYTES = 1 << 18
"""Of one resource; a larger one is left alone."""

_RELATED = re.compile(r"\nRELATED-TO([^:\n]*):([^\n]+)", re.IGNORECASE)
_CLOSING = ("COMPLETED", "PERCENT-COMPLETE", "STATUS")
_DATES = ("DUE", "DTSTART", "DURATION", "RRULE", "X-OO-ZONE", "X-OO-REPEATS-FROM-DONE")
_PROPERTIES = {
    "title": ("SUMMARY",),
    "notes": ("DESCRIPTION",),
    "priority": ("PRIORITY",),
    "labels": ("CATEGORIES",),
    "minutes": ("ESTIMATED-DURATION",),
    "deadline": ("X-OO-DEADLINE",),
    "due": _DATES,
    "repeats": _DATES,
    "repeats_from_done": _DATES,
}


_UNREADABLE = (AttributeError, LookupError, OverflowError, RecursionError, TypeError, ValueError)
"""What icalendar raises for text that it can't read, or can't write again; random text triggers each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TodoText:
    """What a resource says about its task."""

    task: FileTask | None
    """None if the task is not open, or can't be read."""
    is_open: bool
    """Whether the task is open; also true of one that can't be read."""
    has_rule: bool
    """Whether it repeats, be it by a rule that oO can't read."""
    uid: str
    parent_uid: str | None


def todo_in(text: str, *, now: datetime, zone: ZoneInfo) -> TodoText | None:
    """The task of a resource; None if it holds none."""
    if "BEGIN:VTODO" not in text.upper():
        return None
    found = read(text, name="", now=now, zone=zone, limit=1)
    flat = "\n" + cut(text).head
    todo = flat[flat.upper().find("BEGIN:VTODO") :]
    return TodoText(
        task=found.tasks[0] if found.tasks else None,
        is_open=bool(found.tasks) or not found.left_out,
        has_rule=bool(value_in(todo, "RRULE")),
        uid=value_in(todo, "UID"),
        parent_uid=next((one[2].strip() for one in _RELATED.finditer(todo) if _is_parent(one[1])), None),
    )


def _is_parent(parameters: str) -> bool:
    kind = re.search(r"RELTYPE=\"?([A-Z-]+)", parameters.upper())
    return kind is None or kind[1] == "PARENT"


def task_of(read_task: FileTask, external_id: str, person_id: str, *, project: str | None) -> Task:
    """A task of the core. ``project`` is the name of its calendar, where there are several."""
    return Task(
        task_id=task_id(person_id, external_id),
        person_id=person_id,
        title=read_task.title,
        created_at=read_task.created_at or UNKNOWN_AGE,
        source=TaskSource.CALDAV,
        external_id=external_id,
        priority=read_task.priority,
        due=read_task.due,
        repeats=read_task.repeats,
        repeats_from_done=read_task.repeats_from_done,
        minutes=read_task.minutes,
        labels=read_task.labels,
        project=project,
        notes=read_task.notes,
        deadline=read_task.deadline,
    )


# --- Writing -----------------------------------------------------------------------------------------------


def new_text(task: Task, uid: str, parent_uid: str | None, now: datetime) -> str:
    """A resource with all that oO knows of the task."""
    calendar = _calendar_with(todo_of(_file_task(task, uid), parent_uid, now))
    return _text(calendar, now)


def changed(text: str, task: Task, fields: Collection[str], now: datetime) -> str:
    """``text`` with the values that ``fields`` have in ``task``. Raises ``SourceUnavailable``."""
    calendar, todo = _parsed(text)
    values = todo_of(_file_task(task, None), None, now)
    for name in {name for field in fields for name in _PROPERTIES.get(field, ())}:
        todo.pop(name, None)
        if name in values:
            todo[name] = values[name]
    return _touched(calendar, todo, now)


def closed(text: str, now: datetime) -> str:
    """``text`` with its task completed. Raises ``SourceUnavailable``."""
    calendar, todo = _parsed(text)
    _without(todo, _CLOSING)
    todo.add("status", "COMPLETED")
    todo.add("percent-complete", 100)
    todo.add("completed", now.astimezone(UTC).replace(microsecond=0))
    return _touched(calendar, todo, now)


def opened(text: str, now: datetime) -> str:
    """``text`` with its task open. Raises ``SourceUnavailable``."""
    calendar, todo = _parsed(text)
    _without(todo, _CLOSING)
    todo.add("status", "NEEDS-ACTION")
    return _touched(calendar, todo, now)


def _file_task(task: Task, uid: str | None) -> FileTask:
    """The task as the writer of files takes it. Raises ``SourceRefused`` for a rule that is none."""
    if task.repeats and "FREQ=" not in task.repeats:
        raise SourceRefused("a recurrence in words can't be stored")
    return FileTask(
        title=task.title,
        due=task.due,
        priority=task.priority,
        repeats=task.repeats.removeprefix("RRULE:") if task.repeats and task.due else None,
        repeats_from_done=task.repeats_from_done,
        minutes=task.minutes,
        labels=task.labels,
        notes=task.notes,
        deadline=task.deadline,
        created_at=None if task.created_at == UNKNOWN_AGE else task.created_at.replace(microsecond=0),
        uid=uid,
    )


def _parsed(text: str) -> tuple[Any, Any]:
    """The calendar, and its task: not one of the changed occurrences."""
    from icalendar import Calendar
    from icalendar.timezone import tzp

    if len(text) > MAX_BYTES:
        raise SourceRefused("the task's resource is too large to change")
    with _readable():
        try:
            calendar: Any = Calendar.from_ical(text)
        finally:
            tzp.use_default()  # forgets the zones of the text, which would hold for everybody's from now on
        found = [one for one in calendar.walk("VTODO") if "RECURRENCE-ID" not in one]
        return calendar, found[0]


@contextmanager
def _readable() -> Iterator[None]:
    """Turn what icalendar raises into ``SourceUnavailable``."""
    try:
        yield
    except _UNREADABLE:
        raise SourceUnavailable("a task's resource can't be read") from None


def _touched(calendar: Any, todo: Any, now: datetime) -> str:
    """The text, with the signs of a change that other programs look at."""
    stamp = now.astimezone(UTC).replace(microsecond=0)
    _without(todo, ("LAST-MODIFIED", "DTSTAMP"))
    todo.add("last-modified", stamp)
    todo.add("dtstamp", stamp)
    try:
        sequence = int(todo.pop("SEQUENCE", 0))
    except (TypeError, ValueError):
        sequence = 0
    todo.add("sequence", sequence + 1)
    return _text(calendar, now)


def _text(calendar: Any, now: datetime) -> str:
    """The text, with each zone that its task names and oO knows."""
    with _readable():
        described = {str(zone.get("TZID", "")) for zone in calendar.walk("VTIMEZONE")}
        for name in sorted(calendar.get_used_tzids() - described - {"UTC"}):
            with suppress(BadInput):  # a zone that only its own program knows
                calendar.subcomponents.insert(0, zone_of(name, now))
        text: str = calendar.to_ical().decode()
    return text


def _calendar_with(todo: Any) -> Any:
    from icalendar import Calendar

    calendar: Any = Calendar()
    calendar.add("prodid", "-//oO//tasks//EN")
    calendar.add("version", "2.0")
    calendar.add_component(todo)
    return calendar


def _without(todo: Any, names: Collection[str]) -> None:
    for name in names:
        todo.pop(name, None)


def with_due(task: Task, read_task: FileTask) -> Task:
    """``task`` with the recurrence that its source has now: an undo changes only the date."""
    return replace(task, repeats=read_task.repeats, repeats_from_done=read_task.repeats_from_done)
