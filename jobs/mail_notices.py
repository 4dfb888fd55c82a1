"""Tells people in a chat that mails to them have ended: by the link in one, or since the server refuses them.

Tests: tests/jobs/test_mail_notices.py.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from core.chat import Channel, Message
from core.deciding.decision_points import best_account
from core.dependencies import Dependencies
from core.errors import NotFound
from core.people.mail_endings import TOLD, UNSUBSCRIBED, ended_note
from core.records import Account, Person
from core.store import Unit
from jobs.notices import may_disturb, say

Ended = Callable[[Account, Person, bool], Message]
"""What is said: (the address's account, the person as addressed in the chat, whether they ended it)."""


async def tell_ended(deps: Dependencies, compose: Ended) -> int:
    """Returns how many people were told; each is told once for each address, and not in quiet hours."""
    async with deps.store.read() as unit:
        ended = await unit.people.unreachable_on(Channel.EMAIL)
    return sum([await _tell(account, deps, compose) for account in ended])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Untold:
    """Somebody who is to be told that mails to them have ended."""

    person: Person
    chat: Account
    by_link: bool


async def _tell(ended: Account, deps: Dependencies, compose: Ended) -> bool:
    async with deps.store.read() as unit:
        if await _untold(unit, ended, deps) is None:
            return False
    async with deps.store.begin(ended.person_id) as unit:
        one = await _untold(unit, ended, deps)
        if one is None:
            return False
        await unit.notes.put(ended.person_id, ended_note(ended.account_id), TOLD)
    await say(one.chat, compose(ended, one.person.on(one.chat), one.by_link), deps)
    return True


async def _untold(unit: Unit, ended: Account, deps: Dependencies) -> _Untold | None:
    """None if they were told before, have left, have no chat, or may not be disturbed now."""
    note = await unit.notes.get(ended.person_id, ended_note(ended.account_id))
    if note == TOLD:
        return None
    try:
        person = await unit.people.get(ended.person_id)
    except NotFound:
        return None
    accounts = [one for one in await unit.people.accounts(ended.person_id) if one.channel.is_chat]
    chat = best_account(person, accounts, deps)
    if chat is None or (await may_disturb(unit, ended.person_id, deps)).reason:
        return None
    return _Untold(person=person, chat=chat, by_link=note == UNSUBSCRIBED)
