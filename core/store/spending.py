"""What the language model was used for."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from core.records import DailySpending, Spending


class SpendingLog(Protocol):
    """Totals by day: one for each person, and one of everybody, which stays when a person is deleted."""

    async def of(self, day: date, person_id: str | None) -> Spending:
        """The total of a person on a day; ``person_id`` None: of everybody."""
        ...

    async def days(self, first: date) -> tuple[DailySpending, ...]:
        """Everybody's totals from that day on, oldest first; days without any are left out."""
        ...

    async def add(self, day: date, person_id: str, spent: Spending) -> None:
        """Add to the totals of the person and of everybody; a negative number takes away.

        Of a person who was deleted meanwhile only the total of everybody changes.
        """
        ...

    async def prune(self, before: date) -> int:
        """Delete earlier days; returns how many rows."""
        ...
