"""The daily messages: the agenda of the day, and the look back.

Tests: tests/scenarios/test_daily_messages.py.
"""

from __future__ import annotations

from bot.languages.active import speaking_to
from bot.screens.agenda import brief, review
from core.chat import Message
from core.dependencies import Dependencies
from core.records import Person, ReminderKind
from core.scheduling.timezones import zone_of
from core.store import Unit
from core.tasks.agenda import stored_agenda


async def daily(unit: Unit, kind: ReminderKind, person: Person, deps: Dependencies) -> Message | None:
    """The daily message of that kind as things are stored, in the person's language; None if there is nothing
    to say.
    """
    now = deps.clock.now()
    agenda = await stored_agenda(unit, person, now=now, zone=zone_of(person))
    render = brief if kind is ReminderKind.BRIEF else review
    with speaking_to(person):
        return render(agenda, person, now)
