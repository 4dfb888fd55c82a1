"""Notices of what went wrong outside. Each is sent once; the cap and spacing of tips do not apply.

Tests: tests/jobs/test_sync_tasks.py.
"""

from __future__ import annotations

import logging
from dataclasses import replace

from core.chat import Envelope, Message
from core.deciding.decision_points import notice_availability
from core.delivery.callbacks import with_button_tokens
from core.dependencies import Dependencies
from core.errors import SendFailed
from core.records import Account, Person
from core.scheduling.availability import Availability
from core.store import Unit

log = logging.getLogger(__name__)


async def may_disturb(unit: Unit, person_id: str, deps: Dependencies) -> Availability:
    """Whether a notice may be sent now: not in quiet hours, during a pause or without consent."""
    person = await unit.people.get(person_id)
    return await notice_availability(unit, person, await unit.people.accounts(person_id), deps)


def _envelope(account: Account, person: Person, deps: Dependencies) -> Envelope:
    """By which a mail signs its links and can be unsubscribed from."""
    return Envelope(
        delivery_id=deps.random.new_id(),
        account_id=account.account_id,
        language=person.preferences.language,
    )


async def say(account: Account, message: Message, deps: Dependencies) -> None:
    """Send it once. A failure is only logged: /connect shows the same at any time."""
    if message.buttons or not account.channel.is_chat:
        async with deps.store.begin(account.person_id) as unit:
            person = (await unit.people.get(account.person_id)).on(account)
            message = replace(message, envelope=_envelope(account, person, deps))
            message = await with_button_tokens(unit, message, person, deps)
    try:
        await deps.messengers[account.channel].send(account.address, message)
    except SendFailed as fault:
        log.warning("a notice was not delivered: %s", type(fault).__name__)
