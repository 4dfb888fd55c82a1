"""What a task looks like on Todoist's wire (API v1), and how its due date moves.

Field names are those of the API. Priority 4 is urgent, 1 is normal. `due.date` is one of three things: a day
(`2026-10-01`), a floating time (`2026-10-01T09:00:00.000000`), or a fixed time in UTC (ending in `Z`) with
the zone it was meant in.
"""

import re
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Literal
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WHEN = re.compile(r"(?P<day>today|tomorrow|\d{4}-\d\d-\d\d)(?: at (?P<at>\d\d:\d\d))?", re.IGNORECASE)
_EVERY = re.compile(
    rf"every!? (?P<count>\d+ )?(?P<unit>day|week|month|year|{'|'.join(WEEKDAYS)})s?"
    r"(?: at (?P<at>\d\d:\d\d))?(?: starting (?P<start>\d{4}-\d\d-\d\d))?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """When a task is due, as the API says it."""

    date: str
    timezone: str | None = None
    string: str
    lang: str = "en"
    is_recurring: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Duration:
    """How long a task takes."""

    amount: int
    unit: Literal["minute", "day"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """The day by which a task must be done, whatever its due date."""

    date: str
    lang: str = "en"


@dataclass(slots=True, kw_only=True)
class TodoistTask:
    """One task with every field the API sends; tests may change it as another client would."""

    id: str
    user_id: str
    project_id: str
    section_id: str | None = None
    parent_id: str | None = None
    added_by_uid: str | None = None
    assigned_by_uid: str | None = None
    responsible_uid: str | None = None
    labels: list[str] = field(default_factory=list)
    deadline: Deadline | None = None
    duration: Duration | None = None
    is_collapsed: bool = False
    checked: bool = False
    is_deleted: bool = False
    added_at: str
    completed_at: str | None = None
    completed_by_uid: str | None = None
    updated_at: str
    due: Due | None = None
    priority: int = 1
    child_order: int = 1
    order_key: str | None = None
    content: str
    description: str = ""
    note_count: int = 0
    day_order: int = -1
    completed_count: int = 0
    postponed_count: int = 0

    @property
    def is_active(self) -> bool:
        """Whether the task is still to be done."""
        return not self.checked and not self.is_deleted


def project_row(project: str, name: str, order: int, *, is_inbox: bool) -> dict[str, Any]:
    """A project with every field the API sends."""
    return {
        "id": project,
        "name": name,
        "description": "",
        "color": "charcoal",
        "child_order": order,
        "default_order": 0,
        "parent_id": None,
        "inbox_project": is_inbox,
        "is_shared": False,
        "is_favorite": False,
        "is_archived": False,
        "is_deleted": False,
        "is_frozen": False,
        "is_collapsed": False,
        "can_assign_tasks": False,
        "view_style": "list",
        "created_at": "2026-01-01T00:00:00.000000Z",
        "updated_at": "2026-01-01T00:00:00.000000Z",
    }


def section_row(section: str, name: str, project_id: str, order: int, user_id: str) -> dict[str, Any]:
    """A section with every field the API sends."""
    return {
        "id": section,
        "user_id": user_id,
        "project_id": project_id,
        "name": name,
        "section_order": order,
        "is_archived": False,
        "is_deleted": False,
        "is_collapsed": False,
        "added_at": "2026-01-01T00:00:00.000000Z",
        "updated_at": "2026-01-01T00:00:00.000000Z",
        "archived_at": None,
    }


def stamp(moment: datetime) -> str:
    """An aware datetime as the API writes it: UTC, microseconds, `Z`."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def due_of(when: date | datetime, *, string: str = "", is_recurring: bool = False) -> Due:
    """A day, a naive datetime (floating) or an aware one (fixed in its IANA zone, else UTC) as a due date."""
    if not isinstance(when, datetime):
        text, zone = when.isoformat(), None
    elif when.tzinfo is None:
        text, zone = when.strftime("%Y-%m-%dT%H:%M:%S.%f"), None
    else:
        text, zone = stamp(when), getattr(when.tzinfo, "key", "UTC")
    return Due(date=text, timezone=zone, string=string or text[:10], is_recurring=is_recurring)


def read_due(text: str, *, today: date) -> Due | None:
    """The due date these words name; None for "no date"; ValueError for words not understood here."""
    if text.lower() in {"no date", "no due date"}:
        return None
    if once := _WHEN.fullmatch(text):
        named = {"today": today, "tomorrow": today + timedelta(days=1)}
        day = named.get(once["day"].lower()) or date.fromisoformat(once["day"])
        return due_of(_at(day, once["at"]), string=text)
    if every := _EVERY.fullmatch(text):
        first = date.fromisoformat(every["start"]) if every["start"] else today
        if every["unit"].lower() in WEEKDAYS:
            first = _next(every, first - timedelta(days=1))
        return due_of(_at(first, every["at"]), string=text, is_recurring=True)
    raise ValueError(text)


def advanced(due: Due, *, now: datetime) -> Due:
    """The next occurrence: after the present one and after today, at the same wall-clock time.

    `now` is in the account's zone, in which whole days and floating times are meant.
    """
    every = _EVERY.fullmatch(due.string)
    if every is None:
        raise ValueError(due.string)
    zone = ZoneInfo(due.timezone) if due.timezone else None
    present = _wall_time(due, zone)
    today = now.astimezone(zone or now.tzinfo).date()
    day = _next(every, present.date() if isinstance(present, datetime) else present)
    while day <= today:
        day = _next(every, day)
    when = datetime.combine(day, present.timetz()) if isinstance(present, datetime) else day
    return replace(due, date=due_of(when).date)


def _next(every: re.Match[str], day: date) -> date:
    unit, count = every["unit"].lower(), int(every["count"] or 1)
    if unit in WEEKDAYS:
        return day + timedelta(days=(WEEKDAYS.index(unit) - day.weekday() - 1) % 7 + 1)
    steps = {
        "day": relativedelta(days=count),
        "week": relativedelta(weeks=count),
        "month": relativedelta(months=count),
        "year": relativedelta(years=count),
    }
    return day + steps[unit]


def _at(day: date, clock: str | None) -> date | datetime:
    return datetime.combine(day, time.fromisoformat(clock)) if clock else day


def _wall_time(due: Due, zone: ZoneInfo | None) -> date | datetime:
    if len(due.date) == len("2026-10-01"):
        return date.fromisoformat(due.date)
    moment = datetime.fromisoformat(due.date)
    return moment.astimezone(zone) if zone else moment
