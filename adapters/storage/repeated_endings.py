"""Ends again, in a restored database, what ended after its backup was made.

Tests: tests/adapters/storage/test_endings.py.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from adapters.storage.endings import (
    address_hash,
    browser_hash,
    connection_hash,
    deletion_hash,
    permission_hash,
    token_hash,
)
from adapters.storage.store import Storage
from core.events import restart_publishing
from core.people.browsers import remove_again
from core.people.consents import withdraw_again
from core.people.mail_endings import end_again
from core.people.privacy import erase
from core.records import CalendarProvider, Integration, Purpose, TokenStatus
from core.store import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeated:
    """How much was ended again."""

    people: int = 0
    """Deleted."""
    tokens: int = 0
    """Personal tokens revoked."""
    connections: int = 0
    """Connections ended."""
    permissions: int = 0
    """Permissions withdrawn."""
    addresses: int = 0
    """Addresses for mails forgotten."""
    browsers: int = 0
    """Browsers in which tips appeared, forgotten."""


async def repeat_endings(store: Storage, hashes: frozenset[str], now: datetime) -> Repeated:
    """End again whatever is in the list, and all sessions of browsers: which of them were ended since is not
    known, and who is meant signs in again.
    """
    async with store.read() as unit:
        everybody = await unit.people.ids()
    async with store.begin() as unit:
        await restart_publishing(unit)
    gone = [one for one in everybody if deletion_hash(one) in hashes]
    for person_id in gone:
        async with store.begin() as unit:
            await erase(unit, person_id, now)
    tokens = connections = permissions = addresses = browsers = 0
    for person_id in set(everybody) - set(gone):
        async with store.begin() as unit:
            await unit.sessions.end_all(person_id)
            tokens += await _revoke_tokens(unit, person_id, hashes)
            connections += await _end_connections(unit, person_id, hashes, now)
            permissions += await _withdraw(unit, person_id, hashes, now)
            addresses += await end_again(unit, person_id, lambda one: address_hash(one) in hashes)
            browsers += await remove_again(unit, person_id, lambda one: browser_hash(one) in hashes)
    return Repeated(
        people=len(gone),
        tokens=tokens,
        connections=connections,
        permissions=permissions,
        addresses=addresses,
        browsers=browsers,
    )


async def _revoke_tokens(unit: Unit, person_id: str, hashes: frozenset[str]) -> int:
    ended = [one for one in await unit.tokens.of(person_id) if token_hash(one.token_id) in hashes]
    for token in ended:
        await unit.tokens.delete(token.token_id)
    return len(ended)


async def _end_connections(unit: Unit, person_id: str, hashes: frozenset[str], now: datetime) -> int:
    """Its secret and the copy of a calendar go. The tasks that were copied stay, and the state of the
    connection, so that the person can end it in the chat as they like, or connect again.
    """
    connections = await unit.integrations.of(person_id)
    ended = [
        one for one in connections if connection_hash(person_id, one.provider, one.connected_at) in hashes
    ]
    for one in ended:
        await unit.secrets.remove(person_id, one.provider)
        await unit.integrations.put(_ended(one, now))
        if one.provider in list(CalendarProvider):
            await unit.calendar.replace(person_id, CalendarProvider(one.provider), ())
    return len(ended)


def _ended(integration: Integration, now: datetime) -> Integration:
    """The person ended it, so no notice is sent."""
    return replace(
        integration,
        status=TokenStatus.REVOKED,
        changed_at=now,
        told_at=now,
        expires_at=None,
        cursor=None,
        lease=None,
        leased_until=None,
    )


async def _withdraw(unit: Unit, person_id: str, hashes: frozenset[str], now: datetime) -> int:
    """Withdraw the permissions whose latest answer was withdrawn since."""
    latest = {entry.purpose: entry for entry in await unit.consents.of(person_id)}
    ended = [
        purpose
        for purpose, entry in latest.items()
        if entry.granted and permission_hash(person_id, Purpose(purpose), entry.at) in hashes
    ]
    if ended:
        await withdraw_again(unit, person_id, ended, now)
    return len(ended)
