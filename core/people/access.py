"""Who may talk to oO: its owner, people with a code, and those whom a channel vouches for."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum

from core.chat import Channel, Sender
from core.dependencies import Dependencies
from core.errors import NotFound
from core.events import record_event
from core.integrations.states import retried
from core.records import (
    Account,
    Integration,
    Person,
    PersonAccount,
    TaskSource,
    TokenStatus,
)
from core.secret_hash import secret_hash
from core.store import Invitation, Unit, begin_about

INVITATION_TTL = timedelta(days=7)

LAST_SEEN_PRECISION = timedelta(minutes=5)
"""``Account.last_seen_at`` is not updated more often, to spare writes."""


class Access(StrEnum):
    """Who is let in."""

    INVITE = "invite"
    """People with a code, and those whom their channel vouches for."""
    OPEN = "open"
    """Anybody."""


def code_hash(code: str) -> str:
    """The SHA-256 of a code, which is stored instead of it."""
    return secret_hash(code.strip())


CODE_LENGTH = 22
"""Characters of a code made by ``RandomSource.secret``."""


def looks_like_code(text: str) -> bool:
    """Whether ``text`` may be a code. Links to a bot carry other words too (``/start ref_friend``)."""
    is_mixed = any(map(str.isupper, text)) and any(map(str.islower, text)) and any(map(str.isdigit, text))
    return len(text) == CODE_LENGTH and is_mixed


async def recognise(sender: Sender, deps: Dependencies) -> PersonAccount | None:
    """The person and account of ``sender``, with updated address and language; None for strangers."""
    async with deps.store.read() as unit:
        known = await find(unit, sender)
    return await refresh_account(known, sender, deps) if known else None


async def find(unit: Unit, sender: Sender) -> PersonAccount | None:
    """The person and account of ``sender`` as stored; None for strangers."""
    return await unit.people.known(sender.channel, sender.external_id)


async def refresh_account(known: PersonAccount, sender: Sender, deps: Dependencies) -> PersonAccount:
    """Store the sender's address and language if they changed, and ``last_seen_at`` from time to time.

    Usually nothing has changed and nothing is written, so a reader does not wait for a writer.
    """
    account = known.account
    fresh = replace(
        account,
        address=sender.address,
        language=sender.language or account.language,
        reachable=account.reachable or sender.channel.is_chat,  # a link in an old mail wants no new mails
    )
    now = deps.clock.now()
    if fresh == account and now - account.last_seen_at <= LAST_SEEN_PRECISION:
        return known
    account = replace(fresh, last_seen_at=now)
    async with deps.store.begin(account.person_id) as unit:
        await unit.people.save_account(account)
    return replace(known, account=account)


async def admit(
    sender: Sender, deps: Dependencies, *, access: Access, code: str | None
) -> PersonAccount | None:
    """Let a newcomer in; None if they may not come in.

    A code lets its bearer in as a new person. The owner's code adds an account to the owner.
    """
    if access is Access.INVITE and not sender.trusted and not code:
        return None
    async with deps.store.begin() as unit:
        invitation = await usable_invitation(unit, code, deps) if code else None
        if invitation is None and access is Access.INVITE and not sender.trusted:
            return None
        person = await _get_or_create_person(unit, sender, invitation, deps)
        if invitation:
            await redeem(unit, invitation, person, deps)
        return await join_account(unit, sender, person, deps)


async def usable_invitation(
    unit: Unit, code: str, deps: Dependencies, *, links: bool = False
) -> Invitation | None:
    """The unused, unexpired invitation with that code; ``links``: one that links accounts.

    It is looked up by its hash, so that the time this takes reveals nothing about codes.
    """
    return await usable(unit, code_hash(code), deps, links=links)


async def usable(unit: Unit, code_hash: str, deps: Dependencies, *, links: bool) -> Invitation | None:
    """``usable_invitation`` by the hash of its code."""
    found = await unit.invitations.get(code_hash)
    if found is None or found.used_at is not None or found.links is not links:
        return None
    return None if found.expires_at and found.expires_at <= deps.clock.now() else found


async def redeem(unit: Unit, invitation: Invitation, person: Person, deps: Dependencies) -> None:
    """Use up the invitation for ``person``. Raises ``NotFound`` if it was used in the meantime."""
    used = await unit.invitations.redeem(invitation.code_hash, used_by=person.person_id, now=deps.clock.now())
    if used is None:  # by another process: no code lets two people in
        raise NotFound("this code was used a moment ago")
    if invitation.owner:
        await unit.invitations.revoke_owner_codes()  # of other processes


async def _get_or_create_person(
    unit: Unit, sender: Sender, invitation: Invitation | None, deps: Dependencies
) -> Person:
    """The owner if this is their code, else a new person, who owns oO if they are the first at a terminal or
    have an owner's code.
    """
    owner = await unit.people.owner()
    if owner and invitation and invitation.owner:
        return owner
    is_first = owner is None and sender.channel is Channel.TERMINAL
    owns = is_first or bool(invitation and invitation.owner)
    person = Person(person_id=deps.random.new_id(), created_at=deps.clock.now(), owner=owns)
    await unit.people.add(person)
    if owns:
        await _grant_sources(unit, person, deps, tuple(deps.granted))
    return person


async def join_account(unit: Unit, sender: Sender, person: Person, deps: Dependencies) -> PersonAccount:
    """Add an account for ``sender`` to ``person``."""
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
    return PersonAccount(person=person, account=account)


async def _grant_sources(
    unit: Unit, person: Person, deps: Dependencies, sources: tuple[TaskSource, ...]
) -> None:
    """Connect ``person``, the owner, to the task sources that use the operator's own token."""
    for source in sources:
        if await unit.integrations.get(person.person_id, source) is None:
            integration = Integration(
                person_id=person.person_id,
                provider=source,
                status=TokenStatus.CONNECTED,
                changed_at=deps.clock.now(),
                by_operator=True,
            )
            await unit.integrations.put(integration)


async def _owner_id(unit: Unit) -> list[str]:
    owner = await unit.people.owner()
    return [owner.person_id] if owner else []


async def connect_sources(deps: Dependencies, *, sources: tuple[TaskSource, ...]) -> None:
    """At start: connect the owner to newly configured sources, and retry those that refused the token, as it
    may be a new one.
    """
    async with begin_about(deps.store, _owner_id) as unit:
        owner = await unit.people.owner()
        if owner:
            await _grant_sources(unit, owner, deps, sources)
            await _retry_refused(unit, owner, sources, deps)


async def _retry_refused(
    unit: Unit, person: Person, sources: tuple[TaskSource, ...], deps: Dependencies
) -> None:
    for source in sources:
        integration = await unit.integrations.get(person.person_id, source)
        if integration and integration.by_operator and integration.status.must_reconnect:
            await unit.integrations.put(retried(integration, deps.clock.now()))


async def was_code(code: str, deps: Dependencies) -> bool:
    """Whether this code was ever given out, even if it is used or expired by now."""
    async with deps.store.read() as unit:
        return await unit.invitations.get(code_hash(code)) is not None


async def invite(person: Person, deps: Dependencies, *, asked_at: datetime | None = None) -> str:
    """A new one-time code for somebody else; it expires after ``INVITATION_TTL``. It takes the place of one
    that was made since it was asked for: the update that asked is handled again.
    """
    code = deps.random.secret()
    now = deps.clock.now()
    async with deps.store.begin(person.person_id) as unit:
        if asked_at:
            await unit.invitations.revoke_guests(person.person_id, made_after=asked_at)
        await unit.invitations.add(
            Invitation(
                code_hash=code_hash(code),
                created_at=now,
                expires_at=now + INVITATION_TTL,
                invited_by=person.person_id,
            )
        )
    return code


async def claim_ownership(person: Person, code: str, deps: Dependencies) -> bool:
    """Make a known person the owner, if ``code`` is an owner's code and there is no owner yet."""
    async with deps.store.begin() as unit:
        invitation = await usable_invitation(unit, code, deps)
        if invitation is None or not invitation.owner or await unit.people.owner() is not None:
            return False
        await redeem(unit, invitation, person, deps)
        await unit.people.save(replace(await unit.people.get(person.person_id), owner=True))
        await _grant_sources(unit, person, deps, tuple(deps.granted))
        return True


async def owner_code(deps: Dependencies, *, is_shared: bool = False) -> str | None:
    """A one-time code that makes its bearer the owner; None when the owner has an account on a platform.

    An owner who has used only the terminal sends the code on a platform to add that account. The code
    replaces the one of the start before. ``is_shared``: other processes have printed theirs, and any of them
    may be what the owner reads. All of a week can be used, and end once one is.
    """
    code, now = deps.random.secret(), deps.clock.now()
    async with begin_about(deps.store, _owner_id) as unit:
        owner = await unit.people.owner()
        accounts = await unit.people.accounts(owner.person_id) if owner else ()
        if any(one.channel.is_chat and one.channel is not Channel.TERMINAL for one in accounts):
            return None
        await unit.invitations.revoke_owner_codes(now - INVITATION_TTL if is_shared else None)
        await unit.invitations.add(
            Invitation(code_hash=code_hash(code), created_at=now, expires_at=None, owner=True)
        )
    return code


async def unreachable(sender: Sender, deps: Dependencies) -> None:
    """The person blocked or removed oO: send nothing to that account until ``reachable_again``."""
    await _set_reachable(sender, deps, reachable=False)


async def _set_reachable(sender: Sender, deps: Dependencies, *, reachable: bool) -> None:

    async def whose(unit: Unit) -> list[str]:
        account = await unit.people.account(sender.channel, sender.external_id)
        return [account.person_id] if account else []

    async with begin_about(deps.store, whose) as unit:
        account = await unit.people.account(sender.channel, sender.external_id)
        if account:
            await unit.people.save_account(replace(account, reachable=reachable))


async def reachable_again(sender: Sender, deps: Dependencies) -> None:
    """The person unblocked oO; their settings are unchanged."""
    await _set_reachable(sender, deps, reachable=True)
