"""What models of requests and answers have in common: strictness, and types for times and texts."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
)

from core.records import Due
from core.scheduling.quiet_hours import YEARS


class Input(BaseModel):
    """Part of a request: no field is converted, unknown ones are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, hide_input_in_errors=True)


class Output(BaseModel):
    """Part of an answer."""

    model_config = ConfigDict(extra="forbid", frozen=True)


_INSTANT = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)", re.ASCII)
"""Some languages write nanoseconds; what is finer than microseconds is cut off."""
_WHOLE = re.compile(r"0|[1-9]\d{0,8}", re.ASCII)


def _rfc3339(value: object) -> object:
    if not isinstance(value, str) or not _INSTANT.fullmatch(value):
        raise ValueError("should be an RFC 3339 date and time with an offset")
    return datetime.fromisoformat(value.upper())


def _whole(value: object) -> object:
    if not isinstance(value, str):
        return value
    if not _WHOLE.fullmatch(value):
        raise ValueError("should be a whole number")
    return int(value)


def _integral(value: object) -> object:
    """To JSON, 5.0 is the same whole number as 5."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _in_calendar(value: date) -> date:
    if value.year not in YEARS:
        raise ValueError(f"should be between {YEARS[0]} and {YEARS[-1]}")
    return value


def _utc(value: datetime) -> datetime:
    return _in_calendar(value) and value.astimezone(UTC)  # type: ignore[return-value]


Instant = Annotated[AwareDatetime, BeforeValidator(_rfc3339), AfterValidator(_utc)]
"""An instant of a request, in UTC."""

Day = Annotated[date, AfterValidator(_in_calendar)]
"""A local date of a request."""

Clock = Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$", examples=["18:30"])]
"""A wall-clock time."""

COUNT = BeforeValidator(_whole)
"""Reads a whole number in a query. It stands after the bounds: before them, they would miss in the schema."""

Text = Annotated[str, Field(min_length=1, max_length=2000)]
ShortText = Annotated[str, Field(min_length=1, max_length=200)]
Name = Annotated[str, Field(min_length=1, max_length=100)]
Id = Annotated[str, Field(min_length=1, max_length=200)]
WHOLE = BeforeValidator(_integral)
"""Reads a whole number in a body; after the bounds as well."""

Minutes = Annotated[int, Field(ge=1, le=7 * 24 * 60), WHOLE]

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def clock_of(at: time) -> str:
    """As ``Clock``."""
    return f"{at:%H:%M}"


def time_of(clock: str) -> time:
    """The time of a ``Clock``."""
    return time.fromisoformat(clock)


def either(words: type[Input], other: type[Input]) -> Any:
    """A body that is given in words if it has a ``text``, else in the other form."""

    def form(value: object) -> str:
        has_text = "text" in value if isinstance(value, dict) else isinstance(value, words)
        return "words" if has_text else "other"

    return Annotated[Annotated[words, Tag("words")] | Annotated[other, Tag("other")], Discriminator(form)]


class DueDate(Input):
    """When a task is due, by the wall clock."""

    date: Day
    time: Clock | None = Field(None, description="None: some time on that day")
    zone: Name | None = Field(None, description="IANA name; None: where the person is then")

    def record(self) -> Due:
        """As the core has it."""
        return Due(on=self.date, at=time_of(self.time) if self.time else None, zone=self.zone)

    @classmethod
    def of(cls, due: Due | None) -> DueDate | None:
        """The due date of an answer."""
        if due is None:
            return None
        return cls.model_construct(date=due.on, time=clock_of(due.at) if due.at else None, zone=due.zone)
