"""Tips on their way."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from core.model import Delivery, DeliveryState


class Deliveries(Protocol):
    """Tips on their way. Every change of state is compare-and-set on (state, attempt)."""

    async def add(self, delivery: Delivery) -> None: ...
    async def get(self, delivery_id: str) -> Delivery: ...
    async def of(self, decision_id: str) -> tuple[Delivery, ...]: ...
    async def move(self, before: Delivery, after: Delivery) -> bool:
        """Replace ``before`` by ``after`` if it still stands as ``before``; True for exactly one caller."""
        ...

    async def settle(self, before: datetime) -> None:
        """What was sent before that and has its reward needs no looking at by ``Decisions.unrewarded``."""
        ...

    async def in_state(self, state: DeliveryState, limit: int) -> tuple[Delivery, ...]:
        """Oldest first."""
        ...
