"""Incidents, and what the operator asks of the database, in memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta

from core.records import (
    Backlog,
    ConnectionCount,
    Delivery,
    DeliveryState,
    Incident,
    IncidentKind,
    Lateness,
    Queues,
    Reason,
)
from tests.fakes.tables import Tables


class FakeOperations:
    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    async def deliveries(self, since: datetime) -> Mapping[DeliveryState, int]:
        return Counter(one.state for one in self._tables.all("deliveries") if one.reserved_at >= since)

    async def lateness(self, since: datetime) -> Lateness:
        refusals = [one for one in self._tables.all("decisions") if one.decided_at >= since and one.refusal]
        missed = sum(one.refusal.reason is Reason.STALE for one in refusals)
        sent = self._tables.all("deliveries", state=DeliveryState.SENT, reason=None)
        late = sorted(_late(one) for one in sent if one.reserved_at >= since and one.due_at)
        if not late:
            return Lateness(missed=missed)
        p50, p90, p99 = (late[-(-len(late) * percent // 100) - 1] for percent in (50, 90, 99))
        return Lateness(count=len(late), p50=p50, p90=p90, p99=p99, missed=missed)

    async def backlog(self, now: datetime) -> Backlog:
        updates = [one.received_at for one in self._tables.all("inbox") if one.update is not None]
        states = Counter(one.state for one in self._tables.all("deliveries"))
        events = self._tables.all("events")
        due = [one for one in self._tables.all("people") if one.next_due_at and one.next_due_at <= now]
        return Backlog(
            updates=len(updates),
            oldest_update_at=min(updates, default=None),
            deliveries={
                state: states[state]
                for state in (DeliveryState.RESERVED, DeliveryState.SENDING)
                if states[state]
            },
            events=sum(self._tables.find("dispatched", one.event_id) is None for one in events),
            people_due=len(due),
        )

    async def queues(self, now: datetime, limit: int) -> Queues:
        updates = [one.received_at for one in self._tables.all("inbox") if one.update is not None]
        counts = Counter(one.state for one in self._tables.all("deliveries"))
        people = self._tables.all("people")
        due = sorted(one.next_due_at for one in people if one.next_due_at and one.next_due_at <= now)[:limit]
        return Queues(
            updates=len(updates),
            oldest_update_at=min(updates, default=None),
            deliveries={state: min(counts[state], limit) for state in DeliveryState},
            oldest_at={
                state: min(
                    one.not_before or one.changed_at for one in self._tables.all("deliveries", state=state)
                )
                for state in (DeliveryState.RESERVED, DeliveryState.SENDING)
                if counts[state]
            },
            people_due=len(due),
            longest_due_at=due[0] if due else None,
        )

    async def connections(self) -> tuple[ConnectionCount, ...]:
        found = Counter((one.provider, one.status) for one in self._tables.all("integrations"))
        found.update(("slack", one.status) for one in self._tables.all("slack_workspaces"))
        return tuple(
            ConnectionCount(provider=provider, status=status, count=found[provider, status])
            for provider, status in sorted(found)
        )

    async def started_at(self) -> datetime | None:
        return min((one.created_at for one in self._tables.all("people")), default=None)


def _late(delivery: Delivery) -> timedelta:
    assert delivery.due_at is not None
    return max(delivery.changed_at - delivery.due_at, timedelta())


class FakeIncidents:
    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    async def get(self, incident_id: str) -> Incident | None:
        found: Incident | None = self._tables.find("incidents", incident_id)
        return found

    async def open(self, kind: IncidentKind, subject: str) -> Incident | None:
        return next(iter(self._tables.all("incidents", kind=kind, subject=subject, ended_at=None)), None)

    async def put(self, incident: Incident) -> None:
        self._tables.put("incidents", incident.incident_id, incident)

    async def remove(self, incident_id: str) -> None:
        self._tables.drop("incidents", incident_id)

    async def all_open(self) -> tuple[Incident, ...]:
        found = self._tables.all("incidents", ended_at=None)
        return tuple(sorted(found, key=lambda one: (one.since, one.incident_id)))

    async def ended(self, since: datetime, limit: int) -> tuple[Incident, ...]:
        found = [one for one in self._tables.all("incidents") if one.ended_at and one.ended_at >= since]
        return tuple(sorted(found, key=lambda one: (-one.ended_at.timestamp(), one.incident_id))[:limit])

    async def prune(self, before: datetime) -> int:
        old = [one for one in self._tables.all("incidents") if one.ended_at and one.ended_at < before]
        for one in old:
            self._tables.drop("incidents", one.incident_id)
        return len(old)
