"""One person on several channels: a short code joins another account to them.

A code is short enough to be typed, so it lives for minutes and works once, and wrong ones are counted
(``bot/conversation/linking.py``). Two histories are never merged: what oO learned from one person's taps is
theirs. So an account whose person has tasks or tips of their own stays where it is.
"""

from __future__ import annotations

import hashlib
from datetime import timedelta
from enum import StrEnum

from core.chat import Sender
from core.dependencies import Dependencies
from core.model import Known, Person, TaskSource
from core.people.access import code_hash, find, join_account, usable, use
from core.store import Invitation, Unit

LASTS = timedelta(minutes=10)
LENGTH = 8
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's: no letter in it is taken for another, or for a digit. Eight of them are 40 bits."""

_MEANT = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None})


class Linked(StrEnum):
    """What became of a code that somebody sent."""

    JOINED = "joined"
    SAME = "same"  # it was their own
    WRONG = "wrong"
    OWNER = "owner"  # whoever owns this oO can't become somebody else
    HISTORY = "history"  # they have tasks or tips of their own


async def link_code(person: Person, deps: Dependencies) -> str:
    """A fresh code, such as ``K7QF-2M9X``; one that was made before works no more."""
    code = _typeable(deps.random.secret())
    now = deps.clock.now()
    async with deps.store.begin() as unit:
        await unit.invitations.revoke_links(person.person_id)
        await unit.invitations.add(
            Invitation(
                code_hash=code_hash(code),
                created_at=now,
                expires_at=now + LASTS,
                invited_by=person.person_id,
                links=True,
            )
        )
    return f"{code[:4]}-{code[4:]}"


def _typeable(secret: str) -> str:
    number = int.from_bytes(hashlib.sha256(secret.encode()).digest(), "big")
    return "".join(ALPHABET[number >> 5 * place & 31] for place in range(LENGTH))


async def link(sender: Sender, typed: str, deps: Dependencies) -> Linked:
    """Make ``sender``'s account one of the person whose code was typed, be they known so far or not.

    What was there about a person without a history is dropped: they have the other one's settings now.
    """
    async with deps.store.begin() as unit:
        invitation = await usable(unit, typed.upper().translate(_MEANT), deps, links=True)
        if invitation is None or invitation.invited_by is None:
            return Linked.WRONG
        known = await find(unit, sender)
        if known and (against := await _against(unit, known, invitation.invited_by)):
            return against
        person = await unit.people.get(invitation.invited_by)
        await use(unit, invitation, person, deps)
        if known:
            await unit.people.forget(known.person.person_id)
        await join_account(unit, sender, person, deps)
        return Linked.JOINED


async def _against(unit: Unit, known: Known, person_id: str) -> Linked | None:
    """Why a known account can't be joined; None if it can."""
    if known.person.person_id == person_id:
        return Linked.SAME
    if known.person.owner:
        return Linked.OWNER
    return Linked.HISTORY if await _has_history(unit, known.person.person_id) else None


async def _has_history(unit: Unit, person_id: str) -> bool:
    if await unit.decisions.latest(person_id, 1):
        return True
    return any([await unit.tasks.mirrored(person_id, source) for source in TaskSource])
