"""Tells people in a chat that mails to them have ended: by the link in one, or since the server refuses them.

Tests: tests/jobs/test_mail_notices.py.
"""

from __future__ import annotations

from collections.abc import Callable

from core.chat import Channel, Message
from core.deciding.decision_points import best_account
from core.dependencies import Dependencies
from core.errors import NotFound
from core.people.mail_endings import TOLD, UNSUBSCRIBED, ended_note
from core.records import Account, Person
from jobs.notices import may_disturb, say

Ended = Callable[[Account, Person, bool], Message]
"""What is said: (the address's account, the person as addressed in the chat, whether they ended it)."""


async def tell_ended(deps: Dependencies, compose: Ended) -> int:
    """Returns how many people were told; each is told once for each address, and not in quiet hours."""
    async with deps.store.read() as unit:
        ended = await unit.people.unreachable_on(Channel.EMAIL)
    return sum([await _tell(account, deps, compose) for account in ended])


async def _tell(ended: Account, deps: Dependencies, compose: Ended) -> bool:
    key = ended_note(ended.account_id)
    async with deps.store.begin(ended.person_id) as unit:
        note = await unit.notes.get(ended.person_id, key)
        if note == TOLD:
            return False
        try:
            person = await unit.people.get(ended.person_id)
        except NotFound:
            return False
        accounts = [one for one in await unit.people.accounts(ended.person_id) if one.channel.is_chat]
        chat = best_account(person, accounts, deps)
        if chat is None or (await may_disturb(unit, ended.person_id, deps)).reason:
            return False
        await unit.notes.put(ended.person_id, key, TOLD)
    await say(chat, compose(ended, person.on(chat), note == UNSUBSCRIBED), deps)
    return True
