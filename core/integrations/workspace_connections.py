"""Workspaces as ``AccessTokens`` sees them.

Tests: tests/core/integrations/test_workspaces.py.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from core.integrations.stored_tokens import Tokens
from core.integrations.workspaces import PROVIDER, opened, with_secret
from core.records import Integration, Workspace
from core.store import Unit
from core.vault import Vault


class ConnectionsOfWorkspaces:
    """Implements ``core.integrations.connections.Connections``."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    async def get(self, unit: Unit, owner_id: str) -> tuple[Integration, str] | None:
        """None for an unknown workspace, and for a paused one."""
        found = await unit.workspaces.get(owner_id)
        secret = opened(found, self._vault) if found and found.paused_at is None else None
        return (_connection(found), secret) if found and secret else None

    async def put(self, unit: Unit, integration: Integration) -> None:
        """Store the state; nothing is stored for a workspace that is paused meanwhile."""
        found = await unit.workspaces.get(integration.person_id)
        if found and found.paused_at is None:
            changed = replace(
                found,
                status=integration.status,
                changed_at=integration.changed_at,
                expires_at=integration.expires_at,
                lease=integration.lease,
                leased_until=integration.leased_until,
            )
            await unit.workspaces.put(changed)

    async def put_secret(self, unit: Unit, owner_id: str, secret: str) -> None:
        """Seal new tokens. Raises ``VaultClosed``."""
        found = await unit.workspaces.get(owner_id)
        if found and found.paused_at is None:
            await unit.workspaces.put(with_secret(found, secret, self._vault))

    async def end(self, unit: Unit, tokens: Tokens, *, revocation_id: str, now: datetime) -> None:
        """Nothing: Slack itself ends the tokens of an app that a workspace has removed."""


def _connection(workspace: Workspace) -> Integration:
    return Integration(
        person_id=workspace.workspace_id,
        provider=PROVIDER,
        status=workspace.status,
        changed_at=workspace.changed_at,
        connected_at=workspace.installed_at,
        expires_at=workspace.expires_at,
        lease=workspace.lease,
        leased_until=workspace.leased_until,
    )
