"""iCalendar (RFC 5545): the VTODOs of a file. ``ics_lines`` splits it, ``ics_values`` reads dates and zones.

Tests: tests/adapters/task_files/test_ics.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from adapters.task_files.ics_lines import Property, properties
from adapters.task_files.ics_values import (
    Moment,
    due_of,
    instant_of,
    minutes_of,
    parse_moment,
    rule_of,
    texts_of,
)
from adapters.task_files.ics_writing import write as write
from core.records import Due, FileTask, TaskFile, TaskFormat
from core.tasks.file_tasks import cleaned

T = TypeVar("T")

MAX_DEPTH = 20
"""Components inside each other; deeper ones are nonsense."""

_CLOSED = frozenset({"COMPLETED", "CANCELLED"})
_PRIORITIES = {1: 1, 2: 1, 3: 1, 4: 1, 5: 2, 6: 3, 7: 3, 8: 3, 9: 3}
"""RFC 5545 knows high (1 to 4), medium (5) and low (6 to 9)."""


@dataclass(slots=True)
class _Todo:
    """The properties of a VTODO, as far as they can be read."""

    line: int
    calendar: str | None = None
    properties: dict[str, list[Property]] = field(default_factory=dict)

    def first(self, name: str) -> Property | None:
        """The first property of that name."""
        found = self.properties.get(name)
        return found[0] if found else None

    def text(self, name: str) -> str:
        """The text of the first property of that name."""
        found = self.first(name)
        return found.text if found else ""


@dataclass(slots=True, kw_only=True)
class _Reader:
    now: datetime
    zone: ZoneInfo
    zones: dict[str, str] = field(default_factory=dict)
    """Names of zones by the ids that the file gives them."""
    calendar: str | None = None
    inside: list[str] = field(default_factory=list)
    """The components that are open."""
    todo: _Todo | None = None
    zone_id: str = ""
    tasks: list[FileTask] = field(default_factory=list)
    parents: list[str | None] = field(default_factory=list)
    uids: dict[str, int | None] = field(default_factory=dict)
    """Index of a task by its uid; None if it is not open."""
    unreadable: list[int] = field(default_factory=list)
    left_out: int = 0

    def take(self, one: Property) -> None:
        """Read one line."""
        if one.name == "BEGIN":
            self._begin(one)
        elif one.name == "END":
            self._end(one.text.upper())
        elif self.todo and self.inside[-1:] == ["VTODO"]:
            self.todo.properties.setdefault(one.name, []).append(one)
        elif self.inside[-1:] == ["VTIMEZONE"]:
            self._take_zone(one)
        elif one.name in ("X-WR-CALNAME", "NAME") and self.inside[-1:] == ["VCALENDAR"]:
            self.calendar = one.text

    def broken(self, line: int) -> None:
        """Note a line that can't be read, if it would have said something about a task."""
        if self.todo:
            self.unreadable.append(line)

    def _begin(self, one: Property) -> None:
        kind = one.text.upper()
        if kind in ("VTODO", "VCALENDAR"):
            self.finish()
            self.inside = ["VCALENDAR"] if kind == "VTODO" else []
        if kind == "VTODO":
            self.todo = _Todo(one.line)
        elif kind == "VCALENDAR":
            self.calendar = None
        if len(self.inside) < MAX_DEPTH:
            self.inside.append(kind)

    def _end(self, kind: str) -> None:
        if kind in ("VTODO", "VCALENDAR"):
            self.finish()
        if kind == "VCALENDAR":
            self.calendar = None
        while kind in self.inside and self.inside.pop() != kind:
            pass

    def _take_zone(self, one: Property) -> None:
        if one.name == "TZID":
            self.zone_id = one.text
        elif one.name == "X-LIC-LOCATION":
            self.zones[self.zone_id] = one.text

    def finish(self) -> None:
        """Add the VTODO whose lines are complete now."""
        todo, self.todo = self.todo, None
        if todo is None:
            return
        uid = todo.text("UID")
        if _is_closed(todo) or "RECURRENCE-ID" in todo.properties or (uid and uid in self.uids):
            self.left_out += 1
            if uid:
                self.uids.setdefault(uid, None)
            return
        task = cleaned(self._task(todo), now=self.now, zone=self.zone)
        if task is None:
            self.unreadable.append(todo.line)
            return
        if uid:
            self.uids[uid] = len(self.tasks)
        self.tasks.append(task)
        self.parents.append(_parent(todo))

    def _task(self, todo: _Todo) -> FileTask:
        moments = {name: self._moment(todo.first(name)) for name in ("DUE", "DTSTART", "CREATED")}
        duration = self._value(todo.first("DURATION"), minutes_of)
        estimate = self._value(todo.first("ESTIMATED-DURATION"), minutes_of)
        starts = moments["DTSTART"]
        rule = rule_of(todo.text("RRULE"))
        return FileTask(
            title=todo.text("SUMMARY"),
            due=_due(moments["DUE"], starts, duration, zone=self._own_zone(todo)),
            priority=self._value(todo.first("PRIORITY"), lambda one: _PRIORITIES.get(int(one.text), 4)) or 4,
            repeats=rule.text,
            repeats_from_done=rule.from_done or todo.text("X-OO-REPEATS-FROM-DONE").upper() == "TRUE",
            minutes=estimate or (duration if starts is None else None),
            labels=tuple(text for one in todo.properties.get("CATEGORIES", ()) for text in texts_of(one)),
            project=todo.text("X-OO-PROJECT") or self.calendar,
            section=todo.text("X-OO-SECTION") or None,
            deadline=self._value(todo.first("X-OO-DEADLINE"), _day_of),
            notes=_notes(todo),
            created_at=instant_of(moments["CREATED"], self.zone),
            uid=todo.text("UID") or None,
        )

    def _own_zone(self, todo: _Todo) -> ZoneInfo:
        name = todo.text("X-OO-ZONE")
        found = parse_moment(Property.zoned(name), self.zones) if name else None
        return ZoneInfo(found.zone) if found and found.zone else self.zone

    def _moment(self, one: Property | None) -> Moment | None:
        return self._value(one, lambda one: parse_moment(one, self.zones))

    def _value(self, one: Property | None, parse: Callable[[Property], T]) -> T | None:
        """The value of a property; one that can't be read is noted, and costs nothing else."""
        try:
            return parse(one) if one else None
        except (ValueError, OverflowError):
            self.unreadable.append(one.line if one else 0)
            return None


def read(text: str, *, name: str, now: datetime, zone: ZoneInfo, limit: int) -> TaskFile:
    """The VTODOs of all calendars; at most one more than ``limit``, which shows that there are too many."""
    reader = _Reader(now=now, zone=zone)
    for one in properties(text, on_broken=reader.broken):
        reader.take(one)
        if len(reader.tasks) + len(reader.unreadable) > limit:
            break
    reader.finish()
    parents = (reader.uids.get(uid) if uid else None for uid in reader.parents)
    return TaskFile(
        format=TaskFormat.ICS,
        tasks=tuple(replace(task, parent=parent) for task, parent in zip(reader.tasks, parents, strict=True)),
        left_out=reader.left_out,
        unreadable=tuple(sorted(set(reader.unreadable))),
    )


def _day_of(one: Property) -> date:
    """``20261215``. Raises ``ValueError``."""
    return datetime.strptime(one.text.strip(), "%Y%m%d").replace(tzinfo=UTC).date()


def _is_closed(todo: _Todo) -> bool:
    is_done = bool(todo.text("COMPLETED")) or todo.text("PERCENT-COMPLETE").strip() == "100"
    return todo.text("STATUS").strip().upper() in _CLOSED or is_done


def _due(due: Moment | None, starts: Moment | None, duration: int | None, *, zone: ZoneInfo) -> Due | None:
    """``DUE``, else the end of what starts at ``DTSTART``, else the start itself."""
    found = due or starts
    if due is None and starts and duration:
        found = replace(starts, local=starts.local + timedelta(minutes=duration))
    return due_of(found, zone) if found else None


def _notes(todo: _Todo) -> str:
    names = ("DESCRIPTION", "LOCATION", "URL", "COMMENT")
    return "\n".join(one.text for name in names for one in todo.properties.get(name, ()))


def _parent(todo: _Todo) -> str | None:
    related: Sequence[Property] = todo.properties.get("RELATED-TO", ())
    kinds: Iterator[tuple[Mapping[str, str], str]] = ((one.parameters, one.text) for one in related)
    return next((uid for about, uid in kinds if about.get("RELTYPE", "PARENT").upper() == "PARENT"), None)
