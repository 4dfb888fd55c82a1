"""Deliveries of tips."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from core.records import Delivery, DeliveryState


class Deliveries(Protocol):
    """Deliveries of tips."""

    async def add(self, delivery: Delivery) -> None: ...
    async def get(self, delivery_id: str) -> Delivery: ...
    async def of(self, decision_id: str) -> tuple[Delivery, ...]: ...
    async def move(self, before: Delivery, after: Delivery) -> bool:
        """Compare and set on (state, attempt): replace ``before`` by ``after`` unless it has changed.

        True for exactly one caller.
        """
        ...

    async def unmarked(self, before: datetime, limit: int) -> frozenset[str]:
        """The people of the oldest deliveries that ``mark_rewarded`` would mark."""
        ...

    async def mark_rewarded(self, people: Collection[str], before: datetime) -> None:
        """Mark deliveries to those people that were sent before then and have a reward, or are reminders, so
        that ``Decisions.unrewarded`` does not search them any more.
        """
        ...

    async def settle(self, decision_id: str, at: datetime) -> None:
        """Mark the deliveries of a decision that gets no reward, so that it is not searched any more."""
        ...

    async def due(self, now: datetime, limit: int) -> tuple[Delivery, ...]:
        """The reserved ones that need not wait any longer, the oldest first."""
        ...

    async def in_state(self, state: DeliveryState, limit: int) -> tuple[Delivery, ...]:
        """Oldest first."""
        ...
