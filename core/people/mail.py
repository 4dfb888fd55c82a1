"""E-mail as a way out: an address is confirmed, becomes an account, and ends.

Nothing but a request to confirm is sent before somebody who reads the address agreed. Requests are limited
per person and per address, whoever asks. Whether somebody else uses an address, only its mailbox is told.
See docs/decisions/0044-mail-is-a-way-out.md.

Tests: tests/core/people/test_mail.py.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from core.chat import Channel, Message
from core.dependencies import Dependencies
from core.errors import NotSent, SendFailed, SendRejected
from core.events import record_event
from core.people.consents import agreed_person
from core.people.linking import typeable_code, typed_code
from core.people.mail_endings import PROVIDER, end_mails, write_elsewhere
from core.people.preferences import change_in, prefer
from core.ports import Letters
from core.records import Account, PendingConnection, Person
from core.secret_hash import secret_hash
from core.store import NOBODY, Unit, begin_about
from core.words.mail_addresses import address_id

CODE_LASTS = timedelta(days=1)
MAX_REQUESTS = 3
"""Mails that ask to confirm, per person and per address, in ``REQUESTS_WITHIN``."""
REQUESTS_WITHIN = timedelta(days=1)


class Asked(StrEnum):
    """The result of a wish to get mails at an address."""

    SENT = "sent"
    ALREADY = "already"
    """Mails go there already."""
    TOO_OFTEN = "too_often"
    LATER = "later"
    """The mail server can't be used now."""
    REFUSED = "refused"
    """The mail server does not take mails to that address."""


class Confirmed(StrEnum):
    """The result of a code."""

    DONE = "done"
    WRONG = "wrong"
    """It is unknown, used, expired, or somebody else's."""
    TAKEN = "taken"
    """The address has become somebody else's meanwhile."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    """What a code did."""

    result: Confirmed
    person: Person | None = None
    address: str = ""
    asked_on: Account | None = None
    """The account in whose chat the address was given."""


# --- Asking ------------------------------------------------------------------------------------------------


async def ask_to_confirm(
    person: Person, account: Account, address: str, letters: Letters, deps: Dependencies
) -> Asked:
    """Send a mail that asks to confirm ``address``, which is in its normal form. Earlier codes of the person
    end. Raises ``LookupError`` if mails can't be sent from here.
    """
    code, now = typeable_code(deps.random.secret()), deps.clock.now()
    async with deps.store.begin(person.person_id, NOBODY) as unit:
        if any(
            one.external_id == address_id(address) and one.reachable
            for one in await _mail_accounts(unit, person.person_id)
        ):
            await change_in(unit, person.person_id, deps, prefer(channel=Channel.EMAIL), what="channel")
            return Asked.ALREADY
        scopes = _scope(f"person {person.person_id}", deps), _scope(f"to {address_id(address)}", deps)
        by_person, to_address = await unit.mail_requests.counts(scopes, now - REQUESTS_WITHIN)
        if by_person >= MAX_REQUESTS:
            return Asked.TOO_OFTEN
        if to_address >= MAX_REQUESTS:
            return Asked.SENT  # the answer must not tell that somebody else asked
        await unit.mail_requests.add(scopes, now)
        await _drop_pending(unit, person.person_id)
        await unit.connecting.put(_pending(person, account, address, code, now))
        holder = await unit.people.account(Channel.EMAIL, address_id(address))
    is_taken = holder is not None and holder.person_id != person.person_id
    return await _send(person, address, letters.taken() if is_taken else letters.confirm(code), deps)


def _pending(person: Person, account: Account, address: str, code: str, now: datetime) -> PendingConnection:
    return PendingConnection(
        state_hash=code_hash(code),
        person_id=person.person_id,
        provider=PROVIDER,
        account_id=account.account_id,
        created_at=now,
        outside_id=address,
    )


async def _send(person: Person, address: str, letter: Message, deps: Dependencies) -> Asked:
    try:
        await deps.messengers[Channel.EMAIL].send(address, letter)
    except SendFailed as fault:
        if not isinstance(fault, NotSent | SendRejected):
            return Asked.SENT  # perhaps
        async with deps.store.begin(person.person_id) as unit:
            await _drop_pending(unit, person.person_id)
        return Asked.LATER if isinstance(fault, NotSent) else Asked.REFUSED
    return Asked.SENT


def _scope(name: str, deps: Dependencies) -> str:
    """A keyed hash: who reads the table learns no address."""
    if deps.signer is None:
        raise LookupError("mails need a signer")
    return hashlib.sha256(deps.signer.sign("mail limit", name.encode()).encode()).hexdigest()


def code_hash(code: str) -> str:
    """What is stored of a code."""
    return secret_hash(f"mail {code}")


async def _drop_pending(unit: Unit, person_id: str) -> None:
    pending = await unit.connecting.of(person_id, PROVIDER)
    await unit.connecting.remove([one.state_hash for one in pending])


async def forget_requests(unit: Unit, now: datetime) -> int:
    """Drop codes and counts that no longer matter; returns how many."""
    old = [one for one in await unit.connecting.old(now - CODE_LASTS) if one.provider == PROVIDER]
    await unit.connecting.remove([one.state_hash for one in old])
    return len(old) + await unit.mail_requests.prune(now - REQUESTS_WITHIN)


# --- Confirming --------------------------------------------------------------------------------------------


async def confirm_typed(person: Person, typed: str, deps: Dependencies) -> Confirmation:
    """Confirm by a code that ``person`` typed in a chat, in any spelling."""
    return await _confirm(typed_code(typed), deps, by=person)


async def confirm_by_link(code: str, deps: Dependencies) -> Confirmation:
    """Confirm by the link in the mail, whoever opens it: they read mails to that address."""
    return await _confirm(code, deps, by=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedAddress:
    """An address that waits to be confirmed."""

    address: str
    language: str | None
    """IETF tag: that of whoever asked."""


async def asked_address(code: str, deps: Dependencies) -> AskedAddress | None:
    """The address that a code would confirm; None if the code is good for nothing."""
    async with deps.store.read() as unit:
        pending = await unit.connecting.get(code_hash(code))
        if pending is None or not _is_good(pending, deps.clock.now()):
            return None
        person = await agreed_person(unit, pending.person_id)
        asked_on = await unit.people.account_with(pending.account_id)
    if person is None:
        return None
    language = person.on(asked_on).preferences.language if asked_on else person.preferences.language
    return AskedAddress(address=pending.outside_id or "", language=language)


def _is_good(pending: PendingConnection, now: datetime) -> bool:
    is_open = pending.provider == PROVIDER and pending.answered_at is None
    return is_open and now - pending.created_at < CODE_LASTS


async def _confirm(code: str, deps: Dependencies, *, by: Person | None) -> Confirmation:
    now = deps.clock.now()

    async def whose(unit: Unit) -> list[str]:
        """Who asked, and who has the address."""
        pending = await unit.connecting.get(code_hash(code))
        if pending is None:
            return []
        holder = await unit.people.account(Channel.EMAIL, address_id(pending.outside_id or ""))
        return [pending.person_id, *([holder.person_id] if holder else ())]

    async with begin_about(deps.store, whose) as unit:
        pending = await unit.connecting.get(code_hash(code))
        if pending is None or not _is_good(pending, now) or (by and pending.person_id != by.person_id):
            return Confirmation(result=Confirmed.WRONG)
        person = await agreed_person(unit, pending.person_id)
        if person is None:
            return Confirmation(result=Confirmed.WRONG)
        await unit.connecting.remove([pending.state_hash])
        address, asked_on = pending.outside_id or "", await unit.people.account_with(pending.account_id)
        holder = await unit.people.account(Channel.EMAIL, address_id(address))
        if holder and holder.person_id != person.person_id:
            return Confirmation(result=Confirmed.TAKEN, person=person, address=address, asked_on=asked_on)
        person = await _begin_mails(unit, person, address, asked_on, deps)
    return Confirmation(result=Confirmed.DONE, person=person, address=address, asked_on=asked_on)


async def _begin_mails(
    unit: Unit, person: Person, address: str, asked_on: Account | None, deps: Dependencies
) -> Person:
    """The account of that address; mails go there from now on, and to no other address."""
    await end_mails(unit, person.person_id)
    account = Account(
        account_id=deps.random.new_id(),
        person_id=person.person_id,
        channel=Channel.EMAIL,
        external_id=address_id(address),
        address=address,
        language=asked_on.language if asked_on else None,
        last_seen_at=deps.clock.now(),
    )
    await unit.people.save_account(account)
    await record_event(unit, deps, "account.joined", person.person_id, channel=PROVIDER, owner=person.owner)
    return await change_in(unit, person.person_id, deps, prefer(channel=Channel.EMAIL), what="channel")


# --- Ending ------------------------------------------------------------------------------------------------


async def disconnect(person: Person, deps: Dependencies) -> Sequence[str]:
    """Forget the person's addresses, unconfirmed ones included; returns those to which mails went."""
    async with deps.store.begin(person.person_id) as unit:
        await _drop_pending(unit, person.person_id)
        ended = await end_mails(unit, person.person_id)
        if ended:
            await write_elsewhere(unit, person.person_id, deps)
            await record_event(unit, deps, "account.left", person.person_id, channel=PROVIDER)
    return [one.address for one in ended]


async def language_there(account_id: str, deps: Dependencies) -> str | None:
    """The language in which mails go to an account, as an IETF tag; None if it is gone, or has none."""
    async with deps.store.read() as unit:
        account = await unit.people.account_with(account_id)
        person = await unit.people.get(account.person_id) if account else None
    return person.on(account).preferences.language if person and account else None


async def mail_account(person: Person, deps: Dependencies) -> Account | None:
    """The person's address; None without one."""
    async with deps.store.read() as unit:
        return next(iter(await _mail_accounts(unit, person.person_id)), None)


async def _mail_accounts(unit: Unit, person_id: str) -> Sequence[Account]:
    return [one for one in await unit.people.accounts(person_id) if one.channel is Channel.EMAIL]
