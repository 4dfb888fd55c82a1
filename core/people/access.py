"""Who may talk to oO: whoever runs it, whoever they invite, and whoever a channel vouches for."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import timedelta
from enum import StrEnum

from core.chat import Channel, Sender
from core.dependencies import Dependencies
from core.errors import NotFound
from core.events import record_event
from core.model import Account, Known, Person, TaskSource
from core.store import Invitation, SourceStatus, Unit

INVITATION_LASTS = timedelta(days=7)

SEEN_AGAIN = timedelta(minutes=5)
"""To the minute is exact enough for where somebody was heard last."""


class Access(StrEnum):
    """``invite``: a code is needed where the channel does not vouch for people. ``open``: anyone."""

    INVITE = "invite"
    OPEN = "open"


def code_hash(code: str) -> str:
    """What is stored of a code."""
    return hashlib.sha256(code.strip().encode(errors="replace")).hexdigest()


CODE_LENGTH = 22
"""Characters of a code, as ``Chance.secret`` makes them."""


def looks_like_code(text: str) -> bool:
    """Whether it may have been a code. A link to a bot carries other words, too (``/start ref_friend``)."""
    is_mixed = any(map(str.isupper, text)) and any(map(str.islower, text)) and any(map(str.isdigit, text))
    return len(text) == CODE_LENGTH and is_mixed


async def recognise(sender: Sender, deps: Dependencies) -> Known | None:
    """The person behind ``sender``; None for strangers. Keeps address and language of the account fresh."""
    async with deps.store.read() as unit:
        known = await find(unit, sender)
    return await keep_fresh(known, sender, deps) if known else None


async def find(unit: Unit, sender: Sender) -> Known | None:
    """The person behind ``sender``, as stored."""
    return await unit.people.known(sender.channel, sender.external_id)


async def keep_fresh(known: Known, sender: Sender, deps: Dependencies) -> Known:
    """Store where and in which language the person was heard last, if that is news.

    In a transaction of its own: mostly it is none, and who only reads never waits for whoever writes.
    """
    account = known.account
    fresh = replace(
        account, address=sender.address, language=sender.language or account.language, reachable=True
    )
    now = deps.clock.now()
    if fresh == account and now - account.last_seen_at <= SEEN_AGAIN:
        return known
    account = replace(fresh, last_seen_at=now)
    async with deps.store.begin() as unit:
        await unit.people.save_account(account)
    return replace(known, account=account)


async def admit(sender: Sender, deps: Dependencies, *, access: Access, code: str | None) -> Known | None:
    """Let a newcomer in, if they may; None is a refusal.

    A code makes its bearer a new person, or adds an account to the owner if it is the owner's.
    """
    if access is Access.INVITE and not sender.trusted and not code:
        return None
    async with deps.store.begin() as unit:
        invitation = await usable(unit, code, deps) if code else None
        if invitation is None and access is Access.INVITE and not sender.trusted:
            return None
        person = await _get_or_create_person(unit, sender, invitation, deps)
        if invitation:
            await use(unit, invitation, person, deps)
        return await join_account(unit, sender, person, deps)


async def usable(unit: Unit, code: str, deps: Dependencies, *, links: bool = False) -> Invitation | None:
    """The open, unexpired invitation with that code, if it is of that kind.

    It is found by its hash, so how long that takes gives no code away.
    """
    found = await unit.invitations.get(code_hash(code))
    if found is None or found.used_at is not None or found.links is not links:
        return None
    return None if found.expires_at and found.expires_at <= deps.clock.now() else found


async def use(unit: Unit, invitation: Invitation, person: Person, deps: Dependencies) -> None:
    """Use it up for ``person``. Raises ``NotFound`` if somebody was faster."""
    used = await unit.invitations.redeem(invitation.code_hash, used_by=person.person_id, now=deps.clock.now())
    if used is None:  # another replica was faster: nobody comes in twice on one code
        raise NotFound("this code was used a moment ago")


async def _get_or_create_person(
    unit: Unit, sender: Sender, invitation: Invitation | None, deps: Dependencies
) -> Person:
    """The owner, if they are there and this is their code, else a new person."""
    owner = await unit.people.owner()
    if owner and invitation and invitation.owner:
        return owner
    is_first = owner is None and sender.channel is Channel.TERMINAL
    owns = is_first or bool(invitation and invitation.owner)
    person = Person(person_id=deps.random.new_id(), created_at=deps.clock.now(), owner=owns)
    await unit.people.add(person)
    if owns:
        await _grant_sources(unit, person, deps, tuple(deps.providers))
    return person


async def join_account(unit: Unit, sender: Sender, person: Person, deps: Dependencies) -> Known:
    """``person`` with an account where ``sender`` speaks from."""
    account = Account(
        account_id=deps.random.new_id(),
        person_id=person.person_id,
        channel=sender.channel,
        external_id=sender.external_id,
        address=sender.address,
        language=sender.language,
        last_seen_at=deps.clock.now(),
    )
    await unit.people.save_account(account)
    data = {"channel": sender.channel.value, "owner": person.owner}
    await record_event(unit, deps, "account.joined", person.person_id, **data)
    return Known(person=person, account=account)


async def _grant_sources(
    unit: Unit, person: Person, deps: Dependencies, sources: tuple[TaskSource, ...]
) -> None:
    """Task sources configured by the operator's own token belong to the owner, and to nobody else."""
    for source in sources:
        if await unit.sources.get(person.person_id, source) is None:
            lent = SourceStatus(
                person_id=person.person_id, source=source, status="ok", changed_at=deps.clock.now()
            )
            await unit.sources.put(lent)


async def connect_sources(deps: Dependencies, *, sources: tuple[TaskSource, ...]) -> None:
    """At start: give the owner the sources that were configured since; one that refused the token is tried
    again, for the token may be a new one.
    """
    async with deps.store.begin() as unit:
        owner = await unit.people.owner()
        if owner:
            await _grant_sources(unit, owner, deps, sources)
            await _try_again(unit, owner, sources)


async def _try_again(unit: Unit, person: Person, sources: tuple[TaskSource, ...]) -> None:
    """That it was told stays known: a token that is still refused is not told once more."""
    for source in sources:
        status = await unit.sources.get(person.person_id, source)
        if status and status.status == "expired":
            await unit.sources.put(replace(status, status="ok", not_before=None))


async def was_code(code: str, deps: Dependencies) -> bool:
    """Whether it is a code that was given out, used or too old by now."""
    async with deps.store.read() as unit:
        return await unit.invitations.get(code_hash(code)) is not None


async def invite(person: Person, deps: Dependencies) -> str:
    """A fresh one-time code for somebody else; it lasts a week."""
    code = deps.random.secret()
    now = deps.clock.now()
    async with deps.store.begin() as unit:
        await unit.invitations.add(
            Invitation(
                code_hash=code_hash(code),
                created_at=now,
                expires_at=now + INVITATION_LASTS,
                invited_by=person.person_id,
            )
        )
    return code


async def own(person: Person, code: str, deps: Dependencies) -> bool:
    """Make somebody who is in already the owner, if ``code`` is the owner's and nobody else is."""
    async with deps.store.begin() as unit:
        invitation = await usable(unit, code, deps)
        if invitation is None or not invitation.owner or await unit.people.owner() is not None:
            return False
        await use(unit, invitation, person, deps)
        await unit.people.save(replace(await unit.people.get(person.person_id), owner=True))
        await _grant_sources(unit, person, deps, tuple(deps.providers))
        return True


async def owner_code(deps: Dependencies) -> str | None:
    """A one-time code that makes its bearer the owner; None when the owner can be reached already.

    An owner at the terminal alone may bring the code to a chat platform: the account joins them.
    """
    code = deps.random.secret()
    async with deps.store.begin() as unit:
        owner = await unit.people.owner()
        accounts = await unit.people.accounts(owner.person_id) if owner else ()
        if {account.channel for account in accounts} - {Channel.TERMINAL}:
            return None
        await unit.invitations.revoke_owner_codes()
        await unit.invitations.add(
            Invitation(code_hash=code_hash(code), created_at=deps.clock.now(), expires_at=None, owner=True)
        )
    return code


async def unreachable(sender: Sender, deps: Dependencies) -> None:
    """The person blocked oO or removed it: nothing is sent to that account any more."""
    await _set_reachable(sender, deps, reachable=False)


async def _set_reachable(sender: Sender, deps: Dependencies, *, reachable: bool) -> None:
    async with deps.store.begin() as unit:
        account = await unit.people.account(sender.channel, sender.external_id)
        if account:
            await unit.people.save_account(replace(account, reachable=reachable))


async def reachable_again(sender: Sender, deps: Dependencies) -> None:
    """The person unblocked oO: their settings are as they were."""
    await _set_reachable(sender, deps, reachable=True)
