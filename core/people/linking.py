"""One person on several channels: a short code adds another account to them.

A code is asked for on a channel that oO knows already. It is short, as people type it. So it expires after
minutes, works once, and wrong codes are counted (``bot/conversation/linking.py``). If the account belongs to
somebody with a history, the two become one person (``core/people/merging.py``).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from core.chat import Sender
from core.dependencies import Dependencies
from core.integrations.revoking import revoke_now
from core.people.access import code_hash, find, join_account, redeem, usable, usable_invitation
from core.people.merging import Merged, merge
from core.records import Account, Person, PersonAccount, TaskSource
from core.store import Invitation, Unit

CODE_TTL = timedelta(minutes=10)
CODE_LENGTH = 13
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no two characters look alike. Thirteen of them are 65 bits."""

_GROUP = 4

_LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None})


class Linked(StrEnum):
    """The result of a code that somebody sent."""

    JOINED = "joined"
    SAME = "same"
    """It is their own code."""
    WRONG = "wrong"
    ASK = "ask"
    """They have a history, which would become the other person's: are they sure?"""
    OWNER = "owner"
    """The owner of this oO can't become somebody else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkOutcome:
    """What a code did."""

    result: Linked
    person: Person | None = None
    """Whose account it is by now, if it was joined."""
    code_hash: str = ""
    """Names the code in the answer to ``Linked.ASK``."""
    others: tuple[Account, ...] = ()
    """The accounts that the person had before the code was sent; they are told."""
    merged: Merged | None = None
    """What did not come along, if the account was somebody's."""


async def link_code(person: Person, deps: Dependencies) -> str:
    """A new code, such as ``K7QF-2M9X-40TBV``; earlier codes of the person are revoked."""
    code = typeable_code(deps.random.secret())
    now = deps.clock.now()
    async with deps.store.begin(person.person_id) as unit:
        await unit.invitations.revoke_links(person.person_id)
        await unit.invitations.add(
            Invitation(
                code_hash=code_hash(code),
                created_at=now,
                expires_at=now + CODE_TTL,
                invited_by=person.person_id,
                links=True,
            )
        )
    return in_groups(code)


def typeable_code(secret: str) -> str:
    """A code that people can type, made from a secret of at least as many bits."""
    number = int.from_bytes(hashlib.sha256(secret.encode()).digest(), "big")
    return "".join(ALPHABET[number >> 5 * place & 31] for place in range(CODE_LENGTH))


def in_groups(code: str) -> str:
    """``K7QF-2M9X-40TBV``"""
    return "-".join((code[:_GROUP], code[_GROUP : 2 * _GROUP], code[2 * _GROUP :]))


def typed_code(typed: str) -> str:
    """The code that was typed in any spelling."""
    return typed.upper().translate(_LOOKALIKES)


async def link(
    sender: Sender, typed: str, deps: Dependencies, *, sent_at: datetime | None = None
) -> LinkOutcome:
    """Add ``sender``'s account to the person who made the typed code, if they have no history: else they are
    asked first, as somebody may have talked them into sending a code.

    ``sent_at``: when the code was sent. If it has joined this very account since, it is handled again.
    """
    async with deps.store.begin() as unit:
        if sent_at and (joined := await _joined_since(unit, sender, typed, sent_at)):
            return LinkOutcome(result=Linked.JOINED, person=joined)
        invitation = await usable_invitation(unit, typed_code(typed), deps, links=True)
        return await _link(unit, sender, invitation, deps, is_sure=False)


async def _joined_since(unit: Unit, sender: Sender, typed: str, sent_at: datetime) -> Person | None:
    """Whose account the sender's has become by that code since it was sent; None if it has not."""
    code, known = await unit.invitations.get(code_hash(typed_code(typed))), await find(unit, sender)
    if code is None or known is None or code.used_at is None or not code.links:
        return None
    is_theirs = code.used_by == known.person.person_id
    return known.person if is_theirs and code.used_at > sent_at else None


async def link_surely(sender: Sender, code_hash: str, deps: Dependencies) -> LinkOutcome:
    """After ``Linked.ASK``: add the account to the person who made that code. Everything about the person
    that ``sender`` was goes to them. It is one transaction.
    """
    async with deps.store.begin() as unit:
        invitation = await usable(unit, code_hash, deps, links=True)
        outcome = await _link(unit, sender, invitation, deps, is_sure=True)
    if outcome.merged:
        await revoke_now(outcome.merged.revocations, deps)
    return outcome


async def _link(
    unit: Unit, sender: Sender, invitation: Invitation | None, deps: Dependencies, *, is_sure: bool
) -> LinkOutcome:
    if invitation is None or invitation.invited_by is None:
        return LinkOutcome(result=Linked.WRONG)
    known = await find(unit, sender)
    if known and (refusal := _refusal(known, invitation.invited_by)):
        return LinkOutcome(result=refusal)
    if known and not is_sure and await _has_history(unit, known.person.person_id):
        return LinkOutcome(result=Linked.ASK, code_hash=invitation.code_hash)
    person = await unit.people.get(invitation.invited_by)
    others = await unit.people.accounts(person.person_id)
    await redeem(unit, invitation, person, deps)
    merged = await merge(unit, known.person, person, sender.channel, deps) if known else None
    if known is None:
        await join_account(unit, sender, person, deps)
    person = await unit.people.get(person.person_id)
    return LinkOutcome(result=Linked.JOINED, person=person, others=others, merged=merged)


def _refusal(known: PersonAccount, person_id: str) -> Linked | None:
    """Why a known account can't be linked; None if it can."""
    if known.person.person_id == person_id:
        return Linked.SAME
    return Linked.OWNER if known.person.owner else None


async def _has_history(unit: Unit, person_id: str) -> bool:
    if await unit.decisions.latest(person_id, 1) or await unit.integrations.of(person_id):
        return True
    return any([await unit.tasks.mirrored(person_id, source) for source in TaskSource])
