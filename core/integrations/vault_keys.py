"""Which secrets in the vault can be read, and the change to another vault key.

A change only encrypts data keys anew, one person's at a time: each row says which key it needs. So it can be
interrupted anywhere and started again, while oO runs.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby

from core.dependencies import Dependencies
from core.errors import VaultClosed, VaultDamaged
from core.incidents import end, notice
from core.integrations.states import retried
from core.integrations.workspaces import PROVIDER, data_key_of, opened, rewrapped
from core.records import IncidentKind, Integration, SealedKey, SealedSecret, TokenStatus
from core.store import NOBODY, Store, Unit
from core.vault import Vault

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """A secret that can't be read."""

    person_id: str
    provider: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VaultReport:
    """What is in the vault."""

    secrets: int
    """How many there are."""
    people: int
    """How many people they belong to."""
    unreadable: tuple[Unreadable, ...]
    waiting: int
    """How many revocations are not confirmed yet. They hold tokens, and belong to nobody."""
    data_keys: Mapping[str, int]
    """How many data keys, and tokens that a provider has yet to end, each vault key encrypts, by fingerprint.
    """
    vault_keys: tuple[str, ...]
    """Fingerprints of the configured keys, the encrypting one first."""

    @property
    def droppable(self) -> tuple[str, ...]:
        """Configured keys that nothing needs. The encrypting one is none of them."""
        return tuple(key for key in self.vault_keys[1:] if not self.data_keys.get(key))

    @property
    def to_rotate(self) -> int:
        """Data keys that another key than the first encrypts."""
        return sum(count for key, count in self.data_keys.items() if key not in self.vault_keys[:1])


async def check_vault(store: Store, vault: Vault) -> VaultReport:
    """Read every secret and every data key. Raises ``VaultClosed`` without a key if there is any secret."""
    async with store.read() as unit:
        secrets, keys = await unit.secrets.all(), await unit.secrets.all_keys()
        ending = await unit.secrets.revocations()
        workspaces = [one for one in await unit.workspaces.all() if data_key_of(one)]
    if (secrets or workspaces) and not vault.is_open:
        raise VaultClosed("no vault key is configured")
    keys_of = {person: list(theirs) for person, theirs in groupby(keys, lambda key: key.person_id)}
    unreadable = [
        Unreadable(person_id=sealed.person_id, provider=sealed.provider, why=why)
        for sealed in secrets
        if (why := _why_unreadable(vault, sealed, keys_of.get(sealed.person_id, [])))
    ]
    unreadable += [
        Unreadable(person_id=one.workspace_id, provider=PROVIDER, why=why)
        for one in workspaces
        if (why := _why(partial(opened, one, vault)))
    ]
    keys = (*keys, *filter(None, map(data_key_of, workspaces)))
    return VaultReport(
        secrets=len(secrets) + len(workspaces),
        people=len({sealed.person_id for sealed in secrets}),
        waiting=len(ending),
        unreadable=tuple(unreadable),
        data_keys=dict(Counter([one.vault_key_id for one in keys] + [one.vault_key_id for one in ending])),
        vault_keys=vault.key_ids,
    )


def _why_unreadable(vault: Vault, sealed: SealedSecret, keys: Sequence[SealedKey]) -> str | None:
    """None if it can be read."""
    return _why(lambda: vault.open(sealed, keys))


def _why(read: Callable[[], object]) -> str | None:
    """Why ``read`` fails; None if it does not."""
    try:
        read()
    except VaultDamaged as fault:
        return str(fault)
    return None


async def review_vault(deps: Dependencies) -> None:
    """At start: say in one line whether secrets can't be read, and retry connections whose secret is back.

    A vault key changes only with a restart.
    """
    try:
        report = await check_vault(deps.store, deps.vault)
    except VaultClosed:
        report = None
    if report is None:
        log.error("OO_VAULT_KEYS is not set, but there are secrets that need a key")
        await _note_secrets(deps, are_readable=False)
        return
    if report.unreadable:
        log.error(
            "%d of %d secrets can't be read: see `oo vault check`", len(report.unreadable), report.secrets
        )
    await _note_secrets(deps, are_readable=not report.unreadable)
    lost = {(one.person_id, one.provider) for one in report.unreadable}
    async with deps.store.read() as unit:
        missing = [
            one
            for provider in await unit.integrations.providers()
            for one in await unit.integrations.all(provider)
            if one.status is TokenStatus.MISSING and (one.person_id, one.secret_name) not in lost
        ]
    for one in missing:
        async with deps.store.begin(one.person_id) as unit:
            theirs = {each.provider: each for each in await unit.integrations.of(one.person_id)}
            now = theirs.get(one.provider)
            if now and now.status is TokenStatus.MISSING and await _has_secret(unit, now):
                await unit.integrations.put(retried(now, deps.clock.now()))


async def _note_secrets(deps: Dependencies, *, are_readable: bool) -> None:
    """Tell the operator whether every secret can be read."""
    change = end if are_readable else notice
    async with deps.store.begin(NOBODY) as unit:
        await change(unit, IncidentKind.SECRETS_UNREADABLE, deps.clock.now())


async def _has_secret(unit: Unit, integration: Integration) -> bool:
    return await unit.secrets.get(integration.person_id, integration.secret_name) is not None


async def rotate_vault(store: Store, vault: Vault) -> int:
    """Encrypt every data key, and what waits to be revoked, by the first vault key.

    Returns how many were not. Those that can't be read are left as they are. Raises ``VaultClosed``.
    """
    if not vault.is_open:
        raise VaultClosed("no vault key is configured")
    async with store.read() as unit:
        keys = await unit.secrets.all_keys()
    rotated = 0
    for key in keys:
        if key.vault_key_id != vault.key_ids[0]:
            rotated += await _rotate_one(store, vault, key)
    rotated += await _rotate_workspaces(store, vault)
    async with store.begin(NOBODY) as unit:
        rotated += await _rotate_revocations(unit, vault)
        await unit.secrets.overwrite_replaced()
    return rotated


async def _rotate_workspaces(store: Store, vault: Vault) -> int:
    """The same for the data keys of Slack workspaces, one in each transaction."""
    async with store.read() as unit:
        found = [one.workspace_id for one in await unit.workspaces.all()]
    rotated = 0
    for workspace_id in found:
        async with store.begin(NOBODY) as unit:
            workspace = await unit.workspaces.get(workspace_id)
            after = rewrapped(workspace, vault) if workspace else None
            if after is None:
                continue
            await unit.workspaces.put(after)
            rotated += 1
    return rotated


async def _rotate_one(store: Store, vault: Vault, key: SealedKey) -> bool:
    """False if the key can't be read, or has gone or changed meanwhile."""
    async with store.begin(key.person_id) as unit:
        if key not in await unit.secrets.keys(key.person_id):
            return False
        try:
            await unit.secrets.put_key(vault.wrap(key.person_id, vault.unwrap(key)))
        except VaultDamaged:
            return False
    return True


async def _rotate_revocations(unit: Unit, vault: Vault) -> int:
    """In one transaction: there are few, and none for long."""
    rotated = 0
    for one in await unit.secrets.revocations():
        if one.vault_key_id not in vault.key_ids[1:]:
            continue
        try:
            secret = vault.unseal(one)
        except VaultDamaged:
            continue
        key_id, ciphertext = vault.seal(one.revocation_id, one.provider, secret)
        await unit.secrets.put_revocation(replace(one, vault_key_id=key_id, ciphertext=ciphertext))
        rotated += 1
    return rotated
