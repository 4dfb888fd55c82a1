"""One person on several channels: a short code adds another account to them.

A code is short, as people type it. So it expires after minutes, works once, and wrong codes are counted
(``bot/conversation/linking.py``). Two histories are never merged, as each person's model is learned from
their own taps: an account whose person has tasks or tips can't be linked to somebody else.
"""

from __future__ import annotations

import hashlib
from datetime import timedelta
from enum import StrEnum

from core.chat import Sender
from core.dependencies import Dependencies
from core.people.access import code_hash, find, join_account, redeem, usable_invitation
from core.records import Person, PersonAccount, TaskSource
from core.store import Invitation, Unit

CODE_TTL = timedelta(minutes=10)
CODE_LENGTH = 8
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no two characters look alike. Eight of them are 40 bits."""

_LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None})


class Linked(StrEnum):
    """The result of a code that somebody sent."""

    JOINED = "joined"
    SAME = "same"
    """It is their own code."""
    WRONG = "wrong"
    OWNER = "owner"
    """The owner of this oO can't become somebody else."""
    HISTORY = "history"
    """They have tasks, tips or connected accounts of their own."""


async def link_code(person: Person, deps: Dependencies) -> str:
    """A new code, such as ``K7QF-2M9X``; earlier codes of the person are revoked."""
    code = _typeable(deps.random.secret())
    now = deps.clock.now()
    async with deps.store.begin() as unit:
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
    return f"{code[:4]}-{code[4:]}"


def _typeable(secret: str) -> str:
    number = int.from_bytes(hashlib.sha256(secret.encode()).digest(), "big")
    return "".join(ALPHABET[number >> 5 * place & 31] for place in range(CODE_LENGTH))


async def link(sender: Sender, typed: str, deps: Dependencies) -> Linked:
    """Add ``sender``'s account to the person who made the typed code.

    If ``sender`` was a person without a history, that person is deleted; the other one's settings apply.
    """
    async with deps.store.begin() as unit:
        invitation = await usable_invitation(unit, typed.upper().translate(_LOOKALIKES), deps, links=True)
        if invitation is None or invitation.invited_by is None:
            return Linked.WRONG
        known = await find(unit, sender)
        if known and (refusal := await _refusal(unit, known, invitation.invited_by)):
            return refusal
        person = await unit.people.get(invitation.invited_by)
        await redeem(unit, invitation, person, deps)
        if known:
            await unit.people.forget(known.person.person_id)
        await join_account(unit, sender, person, deps)
        return Linked.JOINED


async def _refusal(unit: Unit, known: PersonAccount, person_id: str) -> Linked | None:
    """Why a known account can't be linked; None if it can."""
    if known.person.person_id == person_id:
        return Linked.SAME
    if known.person.owner:
        return Linked.OWNER
    return Linked.HISTORY if await _has_history(unit, known.person.person_id) else None


async def _has_history(unit: Unit, person_id: str) -> bool:
    if await unit.decisions.latest(person_id, 1) or await unit.integrations.of(person_id):
        return True
    return any([await unit.tasks.mirrored(person_id, source) for source in TaskSource])
