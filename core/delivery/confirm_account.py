"""Asks in the chat whether an account that somebody wants to connect is the right one.

The browser may come back to another process than the one that serves the chat, so each process asks in its
own chats; which one does so is decided in a transaction.

Tests: tests/scenarios/test_connecting.py.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace

from core.chat import Message
from core.delivery.callbacks import with_button_tokens
from core.dependencies import Dependencies
from core.errors import NotFound, NotSent, SendFailed
from core.records import Account, PendingConnection, Person, PersonAccount, TaskSource
from core.store import Unit

log = logging.getLogger(__name__)

ConfirmationScreen = Callable[[PendingConnection, Person], Message]
"""The question whether that is the right account, in the language of the person."""


async def ask_to_confirm(source: TaskSource, screen: ConfirmationScreen, deps: Dependencies) -> int:
    """Ask in the chats of this process about the accounts that are waiting; returns how many were asked."""
    asked = 0
    async with deps.store.read() as unit:
        waiting = await unit.connecting.unasked(source)
    for pending in waiting:
        asked += await _ask(pending, screen, deps)
    return asked


async def _ask(pending: PendingConnection, screen: ConfirmationScreen, deps: Dependencies) -> bool:
    async with deps.store.begin(pending.person_id) as unit:
        current = await unit.connecting.get(pending.state_hash)
        found = await _chat_of(unit, pending)
        if current is None or current.asked_at or found is None or not _is_here(found.account, deps):
            return False
        await unit.connecting.put(replace(current, asked_at=deps.clock.now()))
        question = screen(current, found.person.on(found.account))
        message = await with_button_tokens(unit, question, found.person, deps)
    try:
        await deps.messengers[found.account.channel].send(found.account.address, message)
    except SendFailed as fault:
        log.warning("the question about an account was not delivered: %s", type(fault).__name__)
        if isinstance(fault, NotSent):
            await _ask_later(pending, deps)
    return True


async def _ask_later(pending: PendingConnection, deps: Dependencies) -> None:
    """The next run of the job asks again."""
    async with deps.store.begin(pending.person_id) as unit:
        if current := await unit.connecting.get(pending.state_hash):
            await unit.connecting.put(replace(current, asked_at=None))


def _is_here(account: Account, deps: Dependencies) -> bool:
    return account.channel in deps.messengers


async def _chat_of(unit: Unit, pending: PendingConnection) -> PersonAccount | None:
    try:
        accounts = await unit.people.accounts(pending.person_id)
        person = await unit.people.get(pending.person_id)
    except NotFound:
        return None
    account = next((one for one in accounts if one.account_id == pending.account_id), None)
    return PersonAccount(person=person, account=account) if account else None
