"""The end of mails to an address: unsubscribed by a link, taken back in the chat, or ended in a backup.

Tests: tests/core/people/test_mail.py, tests/adapters/storage/test_endings.py.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from core.chat import Channel
from core.dependencies import Dependencies
from core.events import record_event
from core.people.preferences import change_in, prefer
from core.records import Account
from core.store import Unit, begin_about

PROVIDER = Channel.EMAIL.value
TOLD, UNSUBSCRIBED = "told", "unsubscribed"
"""Values of the note about the end of mails to an account: it was told, or is to be told."""


def ended_note(account_id: str) -> str:
    """Key of the person's note about the end of mails to that account."""
    return f"mail_ended {account_id}"


async def unsubscribe(account_id: str, deps: Dependencies) -> bool:
    """Send no more mails to that account; ``jobs/mail_notices.py`` says so in a chat. False if it is gone."""

    async def whose(unit: Unit) -> list[str]:
        account = await unit.people.account_with(account_id)
        return [account.person_id] if account else []

    async with begin_about(deps.store, whose) as unit:
        account = await unit.people.account_with(account_id)
        if account is None or account.channel is not Channel.EMAIL:
            return False
        if account.reachable:
            await unit.people.save_account(replace(account, reachable=False))
            await unit.notes.put(account.person_id, ended_note(account_id), UNSUBSCRIBED)
            await write_elsewhere(unit, account.person_id, deps)
            await record_event(unit, deps, "account.unsubscribed", account.person_id, channel=PROVIDER)
    return True


async def end_mails(
    unit: Unit, person_id: str, has_ended: Callable[[str], bool] = lambda account_id: True
) -> Sequence[Account]:
    """Forget the person's addresses to which mails went, and whose account ``has_ended``; returns them."""
    accounts = await unit.people.accounts(person_id)
    chat = next((one for one in accounts if one.channel.is_chat), None)
    ended = [one for one in accounts if one.channel is Channel.EMAIL and has_ended(one.account_id)]
    for account in ended:
        await unit.people.remove_account(account, instead=chat or account)
        await unit.notes.put(person_id, ended_note(account.account_id), None)
    return ended


async def end_again(unit: Unit, person_id: str, has_ended: Callable[[str], bool]) -> int:
    """Forget the person's addresses whose account ``has_ended``, in a restored database; returns how many.

    They had unsubscribed, or taken the address back: a backup must not write to them again.
    """
    ended = await end_mails(unit, person_id, has_ended)
    person = await unit.people.get(person_id)
    if ended and person.preferences.channel is Channel.EMAIL:
        await unit.people.save(replace(person, preferences=replace(person.preferences, channel=None)))
    return len(ended)


async def write_elsewhere(unit: Unit, person_id: str, deps: Dependencies) -> None:
    """Mails are no longer what the person has chosen."""
    person = await unit.people.get(person_id)
    if person.preferences.channel is Channel.EMAIL:
        await change_in(unit, person_id, deps, prefer(channel=None), what="channel")
