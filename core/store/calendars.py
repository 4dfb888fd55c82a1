"""Copies of people's calendars."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from core.records import CalendarEvent, CalendarProvider


class CalendarEvents(Protocol):
    """The next days of each calendar of a person."""

    async def replace(
        self, person_id: str, provider: CalendarProvider, events: Sequence[CalendarEvent]
    ) -> None:
        """Store these events in place of all earlier ones of that calendar."""
        ...

    async def forget_titles(self, person_id: str) -> None:
        """Delete the titles of all events of the person."""
        ...

    async def between(self, person_id: str, start: datetime, end: datetime) -> tuple[CalendarEvent, ...]:
        """Events of all calendars that touch the time from ``start`` to ``end``, by their start.

        One that begins at ``end``, or ends at ``start``, does not touch it.
        """
        ...
