"""Connections to services outside oO, and their encrypted secrets."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from core.records import Integration, Revocation, SealedKey, SealedSecret, TokenStatus


class Integrations(Protocol):
    """The state of connections."""

    async def get(self, person_id: str, provider: str) -> Integration | None: ...
    async def put(self, integration: Integration) -> None:
        """Insert or replace."""
        ...

    async def remove(self, person_id: str, provider: str) -> None:
        """Delete it. It is no error if there is none."""
        ...

    async def all(self, provider: str) -> tuple[Integration, ...]:
        """Everybody's connections to a provider, by person id."""
        ...

    async def providers(self) -> tuple[str, ...]:
        """Providers to which anybody is connected, by name."""
        ...

    async def of(self, person_id: str) -> tuple[Integration, ...]:
        """All connections of a person, by provider."""
        ...

    async def counts(self) -> Mapping[tuple[str, TokenStatus], int]:
        """How many connections there are, by provider and status."""
        ...

    async def expiring(self, before: datetime) -> tuple[Integration, ...]:
        """Connections whose token ends before, the first one first."""
        ...

    async def of_account(self, provider: str, account_id: str) -> tuple[Integration, ...]:
        """The connections to one account of a provider, by person id. Several people may share one."""
        ...


class Secrets(Protocol):
    """Encrypted secrets and keys, as ``core/vault.py`` uses them. Nothing else reads or writes them."""

    async def get(self, person_id: str, provider: str) -> SealedSecret | None: ...
    async def put(self, secret: SealedSecret) -> None:
        """Insert or replace. Its key must be stored."""
        ...

    async def remove(self, person_id: str, provider: str) -> None:
        """Delete the secret, and keys of the person that no secret uses. Their bytes are overwritten."""
        ...

    async def shred(self, person_id: str) -> None:
        """Delete all secrets and keys of the person. Their bytes are overwritten."""
        ...

    async def all(self) -> tuple[SealedSecret, ...]:
        """Everybody's secrets, by person id and provider."""
        ...

    async def keys(self, person_id: str) -> tuple[SealedKey, ...]:
        """The person's keys, by key id."""
        ...

    async def put_key(self, key: SealedKey) -> None:
        """Insert or replace."""
        ...

    async def overwrite_replaced(self) -> None:
        """Have the bytes of replaced keys overwritten, after this transaction."""
        ...

    async def all_keys(self) -> tuple[SealedKey, ...]:
        """Everybody's keys, by person id and key id."""
        ...

    async def put_revocation(self, revocation: Revocation) -> None:
        """Insert or replace."""
        ...

    async def put_off_revocation(self, revocation_id: str, until: datetime) -> None:
        """Set ``not_before``. It is no error if the revocation is gone."""
        ...

    async def remove_revocation(self, revocation_id: str) -> None:
        """Delete it, if it is there. Its bytes are overwritten."""
        ...

    async def revocations(self) -> tuple[Revocation, ...]:
        """All of them, oldest first."""
        ...
