"""Accounts at an identity provider by which a person signs in: listing them and taking one away.

Tests: tests/core/people/test_signing_in.py.
"""

from __future__ import annotations

from core.dependencies import Dependencies
from core.errors import NotFound
from core.events import record_event
from core.records import Identity, Person


async def identities_of(person: Person, deps: Dependencies) -> tuple[Identity, ...]:
    """The person's identities, oldest first."""
    async with deps.store.read() as unit:
        return await unit.identities.of(person.person_id)


async def unlink_identity(issuer: str, subject: str, person: Person, deps: Dependencies) -> None:
    """From now on it signs nobody in. Raises ``NotFound`` if it is not the person's."""
    async with deps.store.begin(person.person_id) as unit:
        if not await unit.identities.remove(issuer, subject, person.person_id):
            raise NotFound("no such identity of this person")
        await record_event(unit, deps, "identity.unlinked", person.person_id)
