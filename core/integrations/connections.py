"""Where connections and their secrets are stored, as ``AccessTokens`` needs it.

Tests: tests/core/integrations/test_tokens.py.
"""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from core.integrations.revoking import queue_revocation
from core.integrations.stored_tokens import Tokens
from core.records import Integration
from core.store import Unit
from core.vault import Vault


class Connections(Protocol):
    """Where connections and their secrets are stored; ``owner_id``: of a person, or of a workspace."""

    async def get(self, unit: Unit, owner_id: str) -> tuple[Integration, str] | None:
        """A connection and its secret. Raises as ``Vault.get``."""
        ...

    async def put(self, unit: Unit, integration: Integration) -> None:
        """Store the state of a connection."""
        ...

    async def put_secret(self, unit: Unit, owner_id: str, secret: str) -> None:
        """Replace the secret of a connection."""
        ...

    async def end(self, unit: Unit, tokens: Tokens, *, revocation_id: str, now: datetime) -> None:
        """Have tokens revoked whose connection has ended."""
        ...


class ConnectionsOfPeople:
    """The connections of people to one provider."""

    def __init__(self, provider: str, vault: Vault) -> None:
        self._provider, self._vault = provider, vault

    async def get(self, unit: Unit, owner_id: str) -> tuple[Integration, str] | None:
        """As ``Connections.get``."""
        integration = await unit.integrations.get(owner_id, self._provider)
        secret = await self._vault.get(unit, owner_id, self._provider)
        return (integration, secret) if integration and secret else None

    async def put(self, unit: Unit, integration: Integration) -> None:
        """As ``Connections.put``."""
        await unit.integrations.put(integration)

    async def put_secret(self, unit: Unit, owner_id: str, secret: str) -> None:
        """As ``Connections.put_secret``."""
        await self._vault.put(unit, owner_id, self._provider, secret)

    async def end(self, unit: Unit, tokens: Tokens, *, revocation_id: str, now: datetime) -> None:
        """As ``Connections.end``: the job ``revoke`` does it."""
        await queue_revocation(
            unit, self._vault, self._provider, tokens, revocation_id=revocation_id, now=now
        )
