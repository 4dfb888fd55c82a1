"""The daily messages in their plainest form: what is due by today.

Tests: tests/scenarios/test_daily_messages.py.
"""

from __future__ import annotations

from bot.screens import texts_reminders as words
from bot.screens.markup import join, say
from bot.screens.tasks import PAGE_SIZE, details
from bot.screens.tips import zone_of
from core.chat import Message
from core.dependencies import Dependencies
from core.records import Person, ReminderKind
from core.scheduling.quiet_hours import wall_clock
from core.store import Unit
from core.tips.urgency import by_urgency


async def daily(unit: Unit, kind: ReminderKind, person: Person, deps: Dependencies) -> Message | None:
    """The daily message of that kind; None if nothing is due by today."""
    now, zone = deps.clock.now(), zone_of(person)
    today = wall_clock(now, zone).date()
    found = by_urgency(await unit.tasks.open(person.person_id), now, zone)
    due = [task for task in found if task.due and task.due.on <= today]
    if not due:
        return None
    lines = [
        say(words.DAILY_LINE, number=number, title=task.title, details=details(task, now, zone))
        for number, task in enumerate(due[:PAGE_SIZE], start=1)
    ]
    more = len(due) - len(lines)
    return join(
        say(words.DAILY_HEAD[kind.value]), *lines, *([say(words.REMINDERS_MORE, more=more)] if more else [])
    )
