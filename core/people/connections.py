"""What becomes of a connection by OAuth 2 once the person has said something: confirmed, declined, ended.

Tests: tests/core/people/test_connections.py, tests/scenarios/test_connecting.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core.dependencies import Dependencies
from core.errors import VaultError
from core.events import record_event
from core.integrations.revoking import queue, revoke_now
from core.integrations.states import connected
from core.integrations.stored_tokens import Tokens, load
from core.people.connecting import LINK_LASTS, pending_key
from core.records import Integration, PendingConnection, Person, TaskSource
from core.store import Unit
from core.tasks.former_copies import drop_copies, keep_copies


async def confirm(person: Person, which: str, source: TaskSource, deps: Dependencies) -> Integration | None:
    """Connect the account that the chat asked about; None if that was too long ago, or answered before.

    Copies of another account's tasks go, and the access to it. Raises ``VaultError``.
    """
    now, ended = deps.clock.now(), list[str]()
    async with deps.store.begin(person.person_id) as unit:
        pending = await unit.connecting.get(which)
        if pending is None or pending.person_id != person.person_id or _is_over(pending, now):
            return None
        secret = await deps.vault.get(unit, person.person_id, pending_key(source, which))
        if secret is None:
            return None
        before = await unit.integrations.get(person.person_id, source)
        replaced = await _readable(unit, person.person_id, source, deps)
        integration = _connected(pending, load(secret), now)
        if before is None or before.account_id != integration.account_id:
            await drop_copies(unit, person, source, deps)
            ended = await _queued(unit, source, [replaced], deps)
        await deps.vault.put(unit, person.person_id, source, secret)
        await deps.vault.remove(unit, person.person_id, pending_key(source, which))
        await unit.connecting.remove([which])
        await unit.integrations.put(integration)
        await record_event(unit, deps, "integration.connected", person.person_id, provider=source.value)
    await revoke_now(ended, deps)
    return integration


def _is_over(pending: PendingConnection, now: datetime) -> bool:
    return pending.answered_at is None or now - pending.answered_at > LINK_LASTS


def _connected(pending: PendingConnection, tokens: Tokens, now: datetime) -> Integration:
    return connected(
        pending.person_id,
        pending.provider,
        now,
        account_id=pending.outside_id,
        account_name=pending.outside_name,
        expires_at=tokens.expires_at,
    )


async def _readable(unit: Unit, person_id: str, key: str, deps: Dependencies) -> Tokens | None:
    """The tokens in the vault under ``key``; None if there are none, or none that can be read."""
    try:
        secret = await deps.vault.get(unit, person_id, key)
        return load(secret) if secret else None
    except (VaultError, ValueError):
        return None


async def decline(person_id: str, which: str, source: TaskSource, deps: Dependencies) -> bool:
    """Give back what the provider gave: nothing is connected. Whether the access has ended."""
    key = pending_key(source, which)
    async with deps.store.begin(person_id) as unit:
        tokens = await _readable(unit, person_id, key, deps)
        connected_by = await _readable(unit, person_id, source, deps)
        await deps.vault.remove(unit, person_id, key)
        await unit.connecting.remove([which])
        is_in_use = tokens and connected_by and tokens.access == connected_by.access
        ended = await _queued(unit, source, [None if is_in_use else tokens], deps)
    return await revoke_now(ended, deps)


async def _queued(
    unit: Unit, source: TaskSource, ended: Sequence[Tokens | None], deps: Dependencies
) -> list[str]:
    """Store that these tokens are to be revoked; the ids of the revocations. None without a client."""
    if source not in deps.oauth:
        return []
    queued = [await queue(unit, source, tokens, deps) for tokens in ended if tokens]
    return [one for one in queued if one]


async def drop_unconfirmed(source: TaskSource, deps: Dependencies) -> int:
    """Give back what nobody confirmed in time, and forget old links; returns how many there were."""
    now = deps.clock.now()
    async with deps.store.read() as unit:
        old = [one for one in await unit.connecting.old(now - LINK_LASTS) if _may_go(one, source, now)]
    for one in old:
        await decline(one.person_id, one.state_hash, source, deps)
    return len(old)


def _may_go(pending: PendingConnection, source: TaskSource, now: datetime) -> bool:
    since = pending.answered_at or pending.created_at
    return pending.provider == source and now - since > LINK_LASTS


# --- Disconnecting -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Disconnected:
    """The end of a connection."""

    revoked: bool
    """Whether the provider has ended the access. If not, the person can do that there."""
    queued: bool
    """Whether oO asks the provider to end it, until it does."""
    tasks: int
    """How many open tasks were copied from there."""


async def disconnect(
    person: Person, source: TaskSource, deps: Dependencies, *, keep: bool
) -> Disconnected | None:
    """End the connection, here and at the provider. Its open tasks become oO's own (``keep``) or go.

    Without a client for the provider nothing is ended there. None if nothing is connected by the person.
    """
    async with deps.store.begin(person.person_id) as unit:
        integration = await unit.integrations.get(person.person_id, source)
        if integration is None or integration.by_operator:
            return None
        tokens = await _readable(unit, person.person_id, source, deps)
        ended = await _queued(unit, source, [tokens], deps)
        await deps.vault.remove(unit, person.person_id, source)
        await unit.integrations.remove(person.person_id, source)
        kept = await (keep_copies if keep else drop_copies)(unit, person, source, deps)
        await record_event(unit, deps, "integration.disconnected", person.person_id, provider=source.value)
    revoked = bool(ended) and await revoke_now(ended, deps)
    return Disconnected(revoked=revoked, queued=bool(ended) and not revoked, tasks=kept)


async def queue_everything(unit: Unit, person_id: str, deps: Dependencies) -> list[str]:
    """Store that every access of the person is to be revoked, confirmed or not: they are about to leave.

    Returns the ids of the revocations, which name nobody.
    """
    queued: list[str] = []
    for source in deps.oauth:
        pending = await unit.connecting.of(person_id, source)
        keys = [source.value, *(pending_key(source, one.state_hash) for one in pending)]
        found = [await _readable(unit, person_id, key, deps) for key in keys]
        queued += await _queued(unit, source, found, deps)
    return queued
