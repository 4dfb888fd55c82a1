"""The log of consents."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from core.records import ConsentEntry


class Consents(Protocol):
    """What people answered about each purpose: entries are only added. Deleting a person deletes theirs."""

    async def add(self, entries: Sequence[ConsentEntry]) -> None: ...
    async def of(self, person_id: str) -> tuple[ConsentEntry, ...]:
        """All entries of a person, in the order in which they were added."""
        ...
