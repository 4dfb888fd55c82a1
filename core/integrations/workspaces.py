"""Installations of the Slack app: made, paused, resumed, and their tokens.

A workspace is no person, so its tokens are sealed under a data key of its own in its own row; the vault keys
are those of people's secrets. See docs/decisions/0041-slack-for-many-workspaces.md.

Tests: tests/core/integrations/test_workspaces.py.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from core.errors import VaultDamaged
from core.incidents import end, notice
from core.integrations.stored_tokens import Tokens, dump
from core.records import IncidentKind, SealedKey, SealedSecret, TokenStatus, Workspace
from core.store import Unit
from core.vault import Vault

PROVIDER = "slack"

EVENT_PRECISION = timedelta(seconds=1)
"""Slack gives the time of an event in whole seconds."""


async def install(unit: Unit, workspace: Workspace, tokens: Tokens, vault: Vault) -> None:
    """Store an installation, also one that replaces an earlier one: whoever is in it is written to again.

    Nothing that was due meanwhile is made up for. Raises ``VaultClosed``.
    """
    await unit.workspaces.put(sealed(workspace, tokens, vault))
    await unit.workspaces.qualify_addresses(workspace.workspace_id)
    await unit.workspaces.set_reachable(workspace.workspace_id, reachable=True)
    await end(unit, IncidentKind.WORKSPACE_REMOVED, workspace.installed_at, workspace.workspace_id)


async def pause(unit: Unit, workspace_id: str, *, happened_at: datetime, now: datetime) -> Workspace | None:
    """Write to nobody in the workspace until it is installed again; its tokens are deleted, its people stay.

    Returns it as it was before; None if there is no such installation, or it is newer than what happened.
    """
    found = await unit.workspaces.get(workspace_id)
    if found is None or found.installed_at - EVENT_PRECISION >= happened_at:
        return None
    paused = replace(
        found,
        status=TokenStatus.REVOKED,
        changed_at=now,
        paused_at=found.paused_at or now,
        expires_at=None,
        lease=None,
        leased_until=None,
        key_id=None,
        vault_key_id=None,
        sealed_key=None,
        ciphertext=None,
    )
    await unit.workspaces.put(paused)
    await unit.workspaces.set_reachable(workspace_id, reachable=False)
    if found.paused_at is None:
        await notice(unit, IncidentKind.WORKSPACE_REMOVED, now, workspace_id)
    return found


def sealed(workspace: Workspace, tokens: Tokens, vault: Vault) -> Workspace:
    """``workspace`` with its tokens. Raises ``VaultClosed``."""
    return with_secret(replace(workspace, expires_at=tokens.expires_at), dump(tokens), vault)


def with_secret(workspace: Workspace, secret: str, vault: Vault) -> Workspace:
    """``workspace`` with another secret under a new data key. Raises ``VaultClosed``."""
    key, found = vault.seal_with_own_key(workspace.workspace_id, PROVIDER, secret)
    return replace(
        workspace,
        key_id=key.key_id,
        vault_key_id=key.vault_key_id,
        sealed_key=key.ciphertext,
        ciphertext=found.ciphertext,
    )


def data_key_of(workspace: Workspace) -> SealedKey | None:
    """The data key of a workspace; None if it has no tokens."""
    if workspace.key_id is None or workspace.vault_key_id is None or workspace.sealed_key is None:
        return None
    return SealedKey(
        person_id=workspace.workspace_id,
        key_id=workspace.key_id,
        vault_key_id=workspace.vault_key_id,
        ciphertext=workspace.sealed_key,
    )


def opened(workspace: Workspace, vault: Vault) -> str | None:
    """The secret of a workspace; None if it has none. Raises as ``Vault.open``."""
    key = data_key_of(workspace)
    if key is None or workspace.ciphertext is None:
        return None
    found = SealedSecret(
        person_id=workspace.workspace_id,
        provider=PROVIDER,
        key_id=key.key_id,
        ciphertext=workspace.ciphertext,
    )
    return vault.open(found, (key,))


def rewrapped(workspace: Workspace, vault: Vault) -> Workspace | None:
    """The workspace with its data key under the first vault key; None if it has none, or is so already, or
    its key can't be read.
    """
    key = data_key_of(workspace)
    if key is None or key.vault_key_id == vault.key_ids[0]:
        return None
    try:
        fresh = vault.wrap(workspace.workspace_id, vault.unwrap(key))
    except VaultDamaged:
        return None
    return replace(workspace, vault_key_id=fresh.vault_key_id, sealed_key=fresh.ciphertext)
