"""Changes of a task -> what Todoist takes: fields of ``POST tasks``, arguments of ``item_update``. Pure.

Todoist keeps a recurrence as words of the account's language, so oO's rules are put into its English words.

Tests: tests/adapters/todoist/test_changing.py.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from adapters.todoist.convert import due_of, repeats_of, wire_date, with_date
from adapters.todoist.wire import WireDue
from core.errors import SourceRefused
from core.records import Due, Task

MAX_DURATION_MINUTES = 1440
"""Of an estimate in minutes; a longer one is given in days."""

RULE_MARK = "FREQ="
"""Part of every RRULE, and of no words."""

_UNITS = {"DAILY": "day", "WEEKLY": "week", "MONTHLY": "month", "YEARLY": "year"}
_DAYS = {
    "MO": "monday", "TU": "tuesday", "WE": "wednesday", "TH": "thursday",
    "FR": "friday", "SA": "saturday", "SU": "sunday",
}  # fmt: skip
_ORDINALS = {"1": "1st", "2": "2nd", "3": "3rd", "4": "4th", "-1": "last"}
_SUFFIXES = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskChange:
    """What to send for a change of a task."""

    fields: dict[str, object] = field(default_factory=dict)
    """For ``POST tasks/{id}``."""
    command: dict[str, object] = field(default_factory=dict)
    """For the sync command ``item_update``: what the fields above cannot say."""
    date_after: Due | None = None
    """The next date of a new recurrence, to be set once Todoist has read the recurrence."""


def change_of(task: Task, names: Collection[str], known: WireDue | None) -> TaskChange:
    """The values that the fields ``names`` of ``task`` have now. ``known`` is the due date in Todoist.

    Project and section are not among them: they have an endpoint of their own. Raises ``SourceRefused`` for a
    recurrence that Todoist's words cannot say.
    """
    fields = _plain_fields(task, names)
    command: dict[str, object] = {}
    if "minutes" in names and task.minutes is None:
        command["duration"] = None
    if not {"due", "repeats", "repeats_from_done"} & set(names):
        return TaskChange(fields=fields, command=command)
    if task.due and task.repeats and known and repeats_of(known) == task.repeats:
        if due_of(known) != task.due:
            command["due"] = with_date(known, task.due)
        return TaskChange(fields=fields, command=command)
    recurs = task.due is not None and task.repeats is not None
    return TaskChange(
        fields={**fields, **due_fields(task)}, command=command, date_after=task.due if recurs else None
    )


def _plain_fields(task: Task, names: Collection[str]) -> dict[str, object]:
    values: dict[str, dict[str, object]] = {
        "title": {"content": task.title},
        "notes": {"description": task.notes or ""},
        "priority": {"priority": 5 - task.priority},
        "labels": {"labels": list(task.labels)},
        "minutes": duration_fields(task.minutes),
        "deadline": {"deadline_date": task.deadline.isoformat() if task.deadline else None},
    }
    return {key: value for name in values if name in names for key, value in values[name].items()}


def all_fields(task: Task) -> dict[str, object]:
    """All of a task that oO knows, for a new task in Todoist, without project, section and parent."""
    names = ("title", "notes", "priority", "labels", "minutes", *(["deadline"] if task.deadline else []))
    fields = _plain_fields(task, names)
    return {**fields, **due_fields(task)} if task.due else fields


def duration_fields(minutes: int | None) -> dict[str, object]:
    """An estimate; nothing without one, as ``POST tasks`` cannot clear it."""
    if minutes is None:
        return {}
    if minutes <= MAX_DURATION_MINUTES:
        return {"duration": max(minutes, 1), "duration_unit": "minute"}
    return {"duration": -(-minutes // MAX_DURATION_MINUTES), "duration_unit": "day"}


def due_fields(task: Task) -> dict[str, object]:
    """The due date: none, a day, a time, or a recurrence in words."""
    if task.due is None:
        return {"due_string": "no date"}
    if task.repeats:
        return _recurring(task.repeats, task.due, from_done=task.repeats_from_done)
    return {"due_datetime" if task.due.at else "due_date": wire_date(task.due)}


def _recurring(repeats: str, due: Due, *, from_done: bool) -> dict[str, object]:
    if RULE_MARK not in repeats:
        return {"due_string": repeats}  # the words came from Todoist
    at = f" at {due.at:%H:%M}" if due.at else ""
    return {"due_string": f"{rule_words(repeats, from_done=from_done)}{at}", "due_lang": "en"}


# --- Recurrences -------------------------------------------------------------------------------------------


def rule_words(rule: str, *, from_done: bool = False) -> str:
    """An RRULE in Todoist's English: ``every 2 weeks``, ``every! 3 days`` if it counts from the completion.

    Raises ``SourceRefused`` if Todoist has no words for it.
    """
    parts = dict(part.split("=", 1) for part in rule.removeprefix("RRULE:").split(";") if "=" in part)
    unit, count = _UNITS.get(parts.pop("FREQ", "")), int(parts.pop("INTERVAL", "1"))
    parts.pop("WKST", None)
    until = parts.pop("UNTIL", "")
    days, month_day = parts.pop("BYDAY", ""), parts.pop("BYMONTHDAY", "")
    if unit is None or parts or (days and month_day):
        raise SourceRefused("Todoist has no words for this recurrence")
    every = "every!" if from_done else "every"
    ending = f" until {until[:4]}-{until[4:6]}-{until[6:8]}" if until else ""
    return f"{every} {_when(unit, count, days, month_day)}{ending}"


def _when(unit: str, count: int, days: str, month_day: str) -> str:
    if days and unit == "week" and all(day in _DAYS for day in days.split(",")):
        return _on_weekdays(days.split(","), count)
    if days and (unit, count) == ("month", 1) and days[:-2] in _ORDINALS and days[-2:] in _DAYS:
        return f"{_ORDINALS[days[:-2]]} {_DAYS[days[-2:]]}"
    if month_day and (unit, count) == ("month", 1):
        return _on_month_day(int(month_day))
    if days or month_day:
        raise SourceRefused("Todoist has no words for this recurrence")
    return unit if count == 1 else f"{count} {unit}s"


def _on_weekdays(days: list[str], count: int) -> str:
    if set(days) == {"MO", "TU", "WE", "TH", "FR"} and count == 1:
        return "weekday"
    if count == 1:
        return ", ".join(_DAYS[day] for day in days)
    if count == 2 and len(days) == 1:
        return f"other {_DAYS[days[0]]}"
    raise SourceRefused("Todoist has no words for this recurrence")


def _on_month_day(day: int) -> str:
    if day == -1:
        return "last day"
    if day < 1:
        raise SourceRefused("Todoist has no words for this recurrence")
    return f"{day}{_SUFFIXES.get(day, 'th')}"
