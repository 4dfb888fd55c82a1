"""Updates during which processes died: what the person is told of one, and whether it still counts later.

Tests: tests/scenarios/test_deadly.py, tests/scenarios/test_handled_again.py.
"""

from __future__ import annotations

from datetime import datetime

from bot.screens import texts
from bot.screens.dates import at_time
from bot.screens.markup import say
from core.chat import Message, Said, Tapped
from core.delivery.callbacks import handle_of, resolve_token
from core.dependencies import Dependencies
from core.people import access
from core.records import Person
from core.scheduling.timezones import zone_of


def interruption(update: Said | Tapped, person: Person, now: datetime) -> Message:
    """Says that an update is not answered yet, as oO was interrupted each time."""
    text = texts.INTERRUPTED_TAP if isinstance(update, Tapped) else texts.INTERRUPTED_TEXT
    return say(text, when=at_time(update.received_at, now, zone_of(person)))


async def overtaken_tip(tap: Tapped, deps: Dependencies) -> str | None:
    """The id of the tip under which it was tapped, if something was done with that after the tap: then its
    message has other buttons, whatever a clock says that was set back since. None if nothing was.
    """
    async with deps.store.read() as unit:
        known = await access.find(unit, tap.sender)
        action = await resolve_token(unit, tap.token, known.person) if known else None
        if known is None or action is None or action.subject is None:
            return None
        message = (
            await unit.messages.get(known.account.account_id, tap.message_id) if tap.message_id else None
        )
        changed_at = await unit.reactions.changed_at(action.subject)
    has_other_buttons = message and message.handle and message.handle != handle_of(tap.token)
    has_changed = changed_at is not None and changed_at >= tap.received_at
    return action.subject if has_other_buttons or has_changed else None
