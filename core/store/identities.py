"""Accounts at an identity provider, and sign-ins that are under way."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from core.records import Identity, PendingSignIn


class Identities(Protocol):
    """Identities by issuer and subject; pending sign-ins by the hash of their state."""

    async def add(self, identity: Identity) -> bool:
        """False if it is linked already, to whomever."""
        ...

    async def find(self, issuer: str, subject: str) -> Identity | None: ...
    async def of(self, person_id: str) -> tuple[Identity, ...]:
        """A person's, oldest first."""
        ...

    async def used(self, issuer: str, subject: str, at: datetime) -> None:
        """Note that somebody signed in by it, unless it was removed meanwhile."""
        ...

    async def remove(self, issuer: str, subject: str, person_id: str) -> bool:
        """False if it is not, or no longer, that person's."""
        ...

    async def begin(self, pending: PendingSignIn) -> None:
        """Insert a sign-in."""
        ...

    async def pending(self, state_hash: str) -> PendingSignIn | None:
        """A sign-in, which stays as it is."""
        ...

    async def take(self, state_hash: str) -> PendingSignIn | None:
        """Use a sign-in up: None if it is unknown or was taken before."""
        ...

    async def prune(self, before: datetime) -> int:
        """Forget sign-ins that began before then, whoever began them; returns how many."""
        ...

    async def prune_of(self, person_id: str | None, before: datetime) -> int:
        """The same for those that a person began, or nobody who is known (None)."""
        ...
