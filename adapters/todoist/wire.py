"""Todoist's JSON -> tasks of the core. Pure.

Todoist's priority 4 is urgent, 1 is normal. ``due.date`` is a day (``2026-10-01``), a local time
(``2026-10-01T09:00:00``), or an instant in UTC (ending in ``Z``) with the zone it was meant in.

Tests: tests/adapters/todoist/test_reading.py, tests/adapters/todoist/test_odd_rows.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Annotated, Any, Literal, TypeVar

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    ValidatorFunctionWrapHandler,
    WrapValidator,
    field_validator,
)

from core.errors import SourceUnavailable

MINUTES_PER_DAY = 1440
_ESCAPES = re.compile(
    r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(u[dD][89a-fA-F][0-9a-fA-F]{2})|.)"
)
"""Escape sequences in JSON; the group matches a lone surrogate."""

HEADING_PREFIX = "* "  # a task whose title begins so can't be completed: it is the heading of a group


def _in_utc(moment: datetime) -> datetime:
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise ValueError("beyond the calendar") from None


class _WireModel(BaseModel):
    # A validation error would quote its input, which people wrote.
    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)


def _text(value: object) -> object:
    """A number in place of a string becomes its digits."""
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


Text = Annotated[str, BeforeValidator(_text)]


def _or_none(value: object, read: ValidatorFunctionWrapHandler) -> Any:
    """What only describes a task is left out without a word where it is odd."""
    try:
        return read(value)
    except ValidationError:
        return None


class WireDue(_WireModel):
    """A due date; ``string`` is the recurrence in the language ``lang``."""

    date: str
    timezone: str | None = None
    string: str = ""
    lang: str = "en"
    is_recurring: bool = False

    @field_validator("date")
    @classmethod
    def _is_a_date(cls, value: str) -> str:
        datetime.fromisoformat(value)
        return value


class WireDeadline(_WireModel):
    """A deadline, which a task has beside its due date."""

    date: date


class WireDuration(_WireModel):
    """How long a task takes."""

    amount: Annotated[int, Field(ge=1, le=10_000)]
    unit: Literal["minute", "day"]

    @property
    def minutes(self) -> int:
        """The duration in minutes."""
        return self.amount * (MINUTES_PER_DAY if self.unit == "day" else 1)


class WireTask(_WireModel):
    """The fields of a task that oO needs. Every field may be missing: unreadable ones are left out."""

    id: Annotated[Text, Field(pattern=r"^[A-Za-z0-9_-]{1,64}$")] | None = None
    content: Annotated[Text, Field(min_length=1)] | None = None
    added_at: Annotated[AwareDatetime, AfterValidator(_in_utc)] | None = None
    priority: Annotated[int, Field(ge=1, le=4)] = 1
    due: WireDue | None = None
    deadline: WireDeadline | None = None
    responsible_uid: Text | None = None
    """The user it is assigned to."""
    description: Annotated[Text | None, WrapValidator(_or_none)] = None
    labels: Annotated[tuple[Text, ...] | None, WrapValidator(_or_none)] = None
    duration: Annotated[WireDuration | None, WrapValidator(_or_none)] = None
    project_id: Annotated[Text | None, WrapValidator(_or_none)] = None
    section_id: Annotated[Text | None, WrapValidator(_or_none)] = None
    parent_id: Annotated[Text | None, WrapValidator(_or_none)] = None
    """The task of which it is a sub-task."""
    checked: bool = False
    is_deleted: bool = False

    @property
    def is_active(self) -> bool:
        """Whether the task is open. Todoist also returns deleted tasks."""
        return not self.checked and not self.is_deleted

    @property
    def is_heading(self) -> bool:
        """Whether it is the heading of a group."""
        return self.content is not None and self.content.startswith(HEADING_PREFIX)


class _Object(_WireModel):
    """Any JSON object."""

    model_config = ConfigDict(extra="allow")


class Page(_WireModel):
    """A page of a list. Its rows are parsed one by one by ``read_row``."""

    results: list[Any]
    next_cursor: Text | None = None
    """Argument for the next page; None on the last one."""


class WireProject(_WireModel):
    """A project. The inbox stands for none."""

    id: Text
    name: Text
    inbox_project: bool = False
    is_archived: bool = False
    is_deleted: bool = False


class WireSection(_WireModel):
    """A section of a project."""

    id: Text
    name: Text
    project_id: Text | None = None
    is_archived: bool = False
    is_deleted: bool = False

    @property
    def is_there(self) -> bool:
        """Whether it holds open tasks."""
        return not self.is_archived and not self.is_deleted


class KnownSection(_WireModel):
    """What a cursor keeps of a section."""

    name: str
    project_id: str | None = None


class User(_WireModel):
    """The account's user. The response also holds the token, which is not read."""

    id: Text
    inbox_project_id: Text | None = None
    full_name: Annotated[Text | None, WrapValidator(_or_none)] = None
    email: Annotated[Text | None, WrapValidator(_or_none)] = None


class Changes(_WireModel):
    """What has changed since a sync token. Its rows are parsed one by one."""

    sync_token: Annotated[Text, Field(min_length=1)]
    full_sync: bool = False
    items: list[Any] | None = None
    projects: list[Any] = []
    sections: list[Any] = []
    user: Annotated[User | None, WrapValidator(_or_none)] = None


class Cursor(_WireModel):
    """What an incremental sync needs to know of the account."""

    token: str
    user_id: str | None = None
    projects: dict[str, str] = {}
    """Names by id; the inbox has none."""
    sections: dict[str, KnownSection]
    """By id. A cursor of a version that did not read sections lacks them. It is no cursor: all is read."""


class Synced(_WireModel):
    """The results of sync commands by uuid: ``ok``, or an object that describes the error."""

    sync_status: dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A parsed task."""

    task: WireTask
    unreadable_fields: tuple[str, ...] = ()
    """Names of missing and unreadable fields."""


EXPECTED_FIELDS = ("id", "content", "added_at")
MAX_REPAIRS = 5  # each removes unreadable fields, first nested ones, then their parents


def read_row(raw: object) -> Row:
    """Parse a row of a list, without its unreadable fields. Accepts any JSON."""
    unreadable_fields: set[str] = set()
    for _ in range(MAX_REPAIRS):
        try:
            task = WireTask.model_validate(raw)
        except ValidationError as fault:
            for error in fault.errors(include_url=False, include_context=False, include_input=False):
                raw = _without(raw, error["loc"])
                unreadable_fields.add(".".join(str(step) for step in error["loc"] if isinstance(step, str)))
        else:
            unreadable_fields |= {name for name in EXPECTED_FIELDS if getattr(task, name) is None}
            return Row(task=task, unreadable_fields=tuple(sorted(unreadable_fields)))
    return Row(task=WireTask(), unreadable_fields=EXPECTED_FIELDS)


def _without(raw: object, path: Sequence[int | str]) -> object:
    """``raw`` without the value at ``path``; if there is none, without its parent.

    Nothing changes if an earlier step has removed it already.
    """
    if not isinstance(raw, dict) or not path:
        return {}
    if path[0] not in raw:
        return raw
    name, held = path[0], raw[path[0]]
    rest = {key: value for key, value in raw.items() if key != name}
    keeps = len(path) > 1 and isinstance(held, dict) and path[1] in held
    return rest | {name: _without(held, path[1:])} if keeps else rest


Parsed = TypeVar("Parsed", bound=_WireModel)


def parsed(kind: type[Parsed], body: bytes) -> Parsed:
    """``body`` as that model. Raises ``SourceUnavailable``.

    Lone surrogates are removed: one in a title would make the whole list unreadable.
    """
    text = _ESCAPES.sub(lambda escape: "" if escape[1] else escape[0], body.decode(errors="replace"))
    try:
        return kind.model_validate_json(text)
    except ValueError:
        raise SourceUnavailable("Todoist answered something unexpected") from None


def parsed_row(body: bytes) -> Row:
    """``body`` as one task, parsed like a row of a list. Raises ``SourceUnavailable``."""
    return read_row(parsed(_Object, body).model_extra)
