"""The end of access at a provider: stored in the transaction that ends a connection, then asked for until the
provider has confirmed it, or for ``REVOKE_FOR``.

A stored revocation names nobody, so that it may outlive the person: it holds the encrypted tokens alone.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from core.concurrency import gather_bounded
from core.dependencies import Dependencies
from core.errors import SourceBusy, SourceUnavailable, VaultClosed, VaultError
from core.integrations.stored_tokens import Tokens, dump, load
from core.records import Revocation
from core.store import NOBODY, Unit
from core.vault import Vault

log = logging.getLogger(__name__)

REVOKE_FOR = timedelta(days=7)
"""How long it is tried. After that the tokens are deleted, revoked or not."""

MIN_PAUSE = timedelta(minutes=1)
MAX_PAUSE = timedelta(hours=1)
"""Pauses between attempts grow with the age of a revocation, within these limits."""

MAX_CONCURRENCY = 4


async def queue_revocation(
    unit: Unit, vault: Vault, provider: str, tokens: Tokens, *, revocation_id: str, now: datetime
) -> bool:
    """Store that ``tokens`` are to be revoked. False without a vault key, with which nothing is stored."""
    try:
        vault_key_id, ciphertext = vault.seal(revocation_id, provider, dump(tokens))
    except VaultClosed:
        return False
    await unit.secrets.put_revocation(
        Revocation(
            revocation_id=revocation_id,
            provider=provider,
            queued_at=now,
            not_before=now,
            vault_key_id=vault_key_id,
            ciphertext=ciphertext,
        )
    )
    return True


async def queue(unit: Unit, provider: str, tokens: Tokens, deps: Dependencies) -> str | None:
    """``queue_revocation`` with a new id, which is returned; None without a vault key."""
    new, now = deps.random.new_id(), deps.clock.now()
    is_queued = await queue_revocation(unit, deps.vault, provider, tokens, revocation_id=new, now=now)
    return new if is_queued else None


async def revoke_now(queued: Sequence[str], deps: Dependencies) -> bool:
    """Try the revocations with these ids at once; whether all of them are done."""
    async with deps.store.read() as unit:
        waiting = [one for one in await unit.secrets.revocations() if one.revocation_id in queued]
    return await _revoke_all(waiting, deps) == len(waiting)


async def revoke_due(deps: Dependencies) -> int:
    """Try the revocations whose pause is over; returns how many are done."""
    now = deps.clock.now()
    async with deps.store.read() as unit:
        due = [one for one in await unit.secrets.revocations() if one.not_before <= now]
    return await _revoke_all(due, deps)


async def _revoke_all(waiting: Sequence[Revocation], deps: Dependencies) -> int:
    """Returns how many are done."""
    done: list[Revocation] = []

    async def run(one: Revocation) -> None:
        if await _revoke(one, deps):
            done.append(one)

    await gather_bounded(waiting, run, limit=MAX_CONCURRENCY)
    return len(done)


async def _revoke(one: Revocation, deps: Dependencies) -> bool:
    """Another process may do the same: to revoke a token twice is no error."""
    client = {source.value: client for source, client in deps.oauth.items()}.get(one.provider)
    if client is None:
        return False
    try:
        tokens = load(deps.vault.unseal(one))
        await client.revoke(tokens.access, tokens.refresh)
    except (SourceUnavailable, VaultError, ValueError) as fault:
        log.warning("access at %s is not revoked yet: %s", one.provider, fault)
        async with deps.store.begin(NOBODY) as unit:
            await unit.secrets.put_off_revocation(one.revocation_id, _next_attempt(one, fault, deps))
        return False
    async with deps.store.begin(NOBODY) as unit:
        await unit.secrets.remove_revocation(one.revocation_id)
    return True


def _next_attempt(one: Revocation, fault: Exception, deps: Dependencies) -> datetime:
    now = deps.clock.now()
    wanted = timedelta(seconds=fault.retry_after) if isinstance(fault, SourceBusy) else now - one.queued_at
    return now + min(max(wanted, MIN_PAUSE), MAX_PAUSE)


async def drop_overdue(unit: Unit, now: datetime) -> int:
    """Delete what could not be revoked for ``REVOKE_FOR``; returns how many there were."""
    overdue = [one for one in await unit.secrets.revocations() if now - one.queued_at >= REVOKE_FOR]
    for one in overdue:
        log.warning("access at %s could not be revoked for %d days: given up", one.provider, REVOKE_FOR.days)
        await unit.secrets.remove_revocation(one.revocation_id)
    return len(overdue)
