"""What the operator asks of the database: aggregates over everybody, by index."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from core.records import Backlog, ConnectionCount, DeliveryState, Incident, IncidentKind, Lateness, Queues


class Operations(Protocol):
    """Aggregates. Nothing in them is about one person."""

    async def deliveries(self, since: datetime) -> Mapping[DeliveryState, int]:
        """Deliveries that were reserved since then, by state; without the states that none is in."""
        ...

    async def lateness(self, since: datetime) -> Lateness:
        """Of deliveries with a time, reserved since then."""
        ...

    async def backlog(self, now: datetime) -> Backlog:
        """What waits now."""
        ...

    async def queues(self, now: datetime, limit: int) -> Queues:
        """What waits now, counted up to ``limit``."""
        ...

    async def connections(self) -> tuple[ConnectionCount, ...]:
        """Connections of people and of Slack workspaces (provider ``slack``), by provider and state."""
        ...

    async def started_at(self) -> datetime | None:
        """When the first person came; None without any."""
        ...


class Incidents(Protocol):
    """Incidents, open and ended."""

    async def get(self, incident_id: str) -> Incident | None: ...
    async def open(self, kind: IncidentKind, subject: str) -> Incident | None:
        """The open one of that kind and subject."""
        ...

    async def put(self, incident: Incident) -> None:
        """Insert or replace."""
        ...

    async def remove(self, incident_id: str) -> None:
        """Delete it. It is no error if there is none."""
        ...

    async def all_open(self) -> tuple[Incident, ...]:
        """The longest one first."""
        ...

    async def ended(self, since: datetime, limit: int) -> tuple[Incident, ...]:
        """Those that ended since then, the last one first."""
        ...

    async def prune(self, before: datetime) -> int:
        """Delete those that ended before; returns how many."""
        ...
