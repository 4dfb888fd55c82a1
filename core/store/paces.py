"""How fast all processes on the database together may write to a platform."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from core.records import PaceState

PACES_LOCK = "paces"
"""For ``Store.begin``: turns are given one transaction after the other."""


class Paces(Protocol):
    """A row for each limit that was used lately. ``now``: as in ``Leases``."""

    async def now(self, now: datetime) -> datetime:
        """The time by the clock of the store."""
        ...

    async def get(self, names: Sequence[str]) -> Mapping[str, PaceState]:
        """The states of these limits; those that were not used lately are missing."""
        ...

    async def put(self, states: Sequence[PaceState]) -> None:
        """Store them, in place of those with the same names."""
        ...

    async def held(self, now: datetime) -> Sequence[PaceState]:
        """Every limit whose platform asked oO to wait longer than until now."""
        ...

    async def prune(self, before: datetime) -> int:
        """Delete what was over before that time; returns how many rows."""
        ...
