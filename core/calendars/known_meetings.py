"""The meetings that oO knows of, from the copies of a person's calendars.

Tests: tests/scenarios/test_calendar_words.py, tests/bot/api/test_preferences.py.
"""

from __future__ import annotations

from core.calendars.copies import DAYS_AHEAD
from core.dependencies import Dependencies
from core.scheduling.meetings import Meetings


async def known_meetings(person_id: str, deps: Dependencies) -> Meetings:
    """Those in which a slot may be that is still to come."""
    now, freshness = deps.clock.now(), deps.rules.availability.freshness
    async with deps.store.read() as unit:
        events = await unit.calendar.between(person_id, now - freshness, now + DAYS_AHEAD)
    return Meetings(events=events, freshness=freshness)
