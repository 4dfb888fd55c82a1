"""What is known about the times at which a person is busy."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class CalendarProvider(StrEnum):
    """How a person's calendar is read. Stored as text; also the name of the secret in the vault."""

    FEED = "calendar"
    """An ICS file at a URL."""
    CALDAV = "caldav_calendar"
    """The calendars on a CalDAV server, with a name and a password. Its tasks are ``TaskSource.CALDAV``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEvent:
    """One occurrence of an event in a person's calendar."""

    starts_at: datetime
    """In UTC. An event without a time starts at midnight in the person's zone."""
    ends_at: datetime
    """In UTC, excluded. Equal to ``starts_at`` for a mere point in time."""
    is_busy: bool
    """Whether it is a meeting: the person has no time for anything else, and no push is sent. Events that are
    marked as free, whole days, and those of a day or longer are none.
    """
    is_whole_day: bool = False
    """Whether it has days instead of times."""
    title: str | None = None
    """None unless the person allowed that titles are stored."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedVersion:
    """What a server said about the version of a feed, given back to it when the feed is asked for again."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarCopy:
    """What was read from a calendar."""

    events: tuple[CalendarEvent, ...] = ()
    """The occurrences of the days that were asked for, by their start."""
    name: str | None = None
    """The calendar's own name."""
    left_out: int = 0
    """How many events could not be read, or repeat too often."""
    version: FeedVersion = FeedVersion()


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarLogin:
    """What oO needs to read a calendar. All of it is secret."""

    url: str = field(repr=False)
    """Of the feed, or of the CalDAV server."""
    login_name: str = field(default="", repr=False)
    """Empty for a feed."""
    password: str = field(default="", repr=False)
