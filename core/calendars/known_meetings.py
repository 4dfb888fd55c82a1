"""The meetings and silenced notifications that oO knows of.

Tests: tests/scenarios/test_calendar_words.py, tests/bot/api/test_preferences.py.
"""

from __future__ import annotations

from core.calendars.copies import DAYS_AHEAD
from core.dependencies import Dependencies
from core.records import NotificationState, Person, Purpose
from core.scheduling.meetings import Meetings
from core.store import Unit


async def known_meetings(person_id: str, deps: Dependencies) -> Meetings:
    """Those in which a slot may be that is still to come."""
    now, rules = deps.clock.now(), deps.rules.availability
    async with deps.store.read() as unit:
        events = await unit.calendar.between(person_id, now - rules.freshness, now + DAYS_AHEAD)
        silenced = await silenced_notifications(unit, await unit.people.get(person_id), deps)
    return Meetings(events=events, freshness=rules.freshness, silenced=silenced, guard=rules.guard)


async def silenced_notifications(unit: Unit, person: Person, deps: Dependencies) -> NotificationState | None:
    """What is known of the account that is written to; None: nothing, or the person does not allow it."""
    if not person.allows(Purpose.NOTIFICATIONS):
        return None
    account = deps.messengers.best(person, await unit.people.accounts(person.person_id))
    known = {one.account_id: one for one in await unit.notifications.of(person.person_id)}
    return known.get(account.account_id) if account else None
