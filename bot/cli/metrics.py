"""Prometheus metrics: counts and ages only, nothing personal.

Alert rules and a dashboard that use them are in ``infra/prometheus`` and ``infra/grafana``.
Tests: tests/bot/cli/test_metrics.py.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Protocol

from prometheus_client import CollectorRegistry, Gauge, ProcessCollector, generate_latest

from core.dependencies import Dependencies
from core.incidents import incidents
from core.records import MICROS, DeliveryState, IncidentKind, Spending, TaskSource
from core.store import Unit
from jobs.publish import Publishing, lag

MAX_COUNT = 10_000

Ready = Callable[[], Awaitable[Mapping[str, bool]]]


class ReportsUnreadFields(Protocol):
    """A task source that counts odd fields."""

    @property
    def unreadable_fields(self) -> Mapping[str, int]: ...


async def _nothing() -> Mapping[str, bool]:
    return {}


class Metrics:
    """Gauges that are read from the store on request."""

    def __init__(
        self,
        deps: Dependencies,
        ignored: Callable[[], Mapping[str, int]],
        providers: Mapping[TaskSource, ReportsUnreadFields] = MappingProxyType({}),
        ready: Ready = _nothing,
        publishing: Publishing | None = None,
    ) -> None:
        """``ignored``: updates since the start that were not for oO, by channel. ``ready``: what ``/readyz``
        says, by part. ``publishing``: the job that publishes events, where there is a stream.
        """
        self._deps = deps
        self._providers = providers
        self._ignored_now = ignored
        self._ready_now = ready
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)

        def gauge(name: str, meaning: str, *labels: str) -> Gauge:
            return Gauge(name, meaning, labels, registry=self._registry)

        up_to = f"at most {MAX_COUNT} are counted"
        self._ready = gauge("oo_ready", "1 while a part works, as /readyz says.", "part")
        self._deliveries = gauge("oo_deliveries", f"Deliveries by state; {up_to}.", "state")
        self._delivery_age = gauge(
            "oo_deliveries_oldest_seconds",
            "How long the oldest delivery in a passing state has been in it, beyond a wait that was planned.",
            "state",
        )
        self._inbox = gauge("oo_inbox_waiting", "Updates accepted, not yet handled.")
        self._inbox_age = gauge("oo_inbox_oldest_seconds", "How long ago the oldest of them came.")
        self._due = gauge("oo_people_due", f"People whose decision point has come; {up_to}.")
        self._lateness = gauge("oo_people_due_seconds", "How late the longest overdue decision point is.")
        self._outbox_age = gauge("oo_events_oldest_seconds", "Age of the oldest event not dispatched yet.")
        self._integrations = gauge("oo_integrations", "Connections by state.", "provider", "status")
        self._ignored = gauge("oo_updates_ignored", "Updates that were not for oO.", "channel")
        self._spending = gauge(
            "oo_llm_spending",
            "What the language model was used for today (UTC): calls, tokens, money.",
            "unit",
        )
        self._budget = gauge("oo_llm_budget", "The limit on that for everybody, where there is one.", "unit")
        self._incidents = gauge("oo_incidents", "Open incidents by kind (`/operator`).", "kind")
        self._unacknowledged = gauge(
            "oo_incidents_unacknowledged", "Open incidents that no operator has acknowledged."
        )
        self._unreadable = gauge(
            "oo_source_fields_unread",
            "What could not be read in the last list of a task source, by field.",
            "source",
            "field",
        )

        self._publishing = publishing
        if publishing:
            self._stream = gauge(
                "oo_event_stream",
                "The stream of events: how many were published and runs failed since the start, how many"
                " events wait, and for how many seconds the oldest of them.",
                "what",
            )

    async def _refresh_stream(self, publishing: Publishing) -> None:
        async with self._deps.store.read() as unit:
            behind = await lag(unit)
        waited = (self._deps.clock.now() - behind.since).total_seconds() if behind.since else 0.0
        figures = {
            "published": publishing.published,
            "failures": publishing.failures,
            "waiting": behind.events,
            "lag_seconds": max(waited, 0.0),
        }
        for what, figure in figures.items():
            self._stream.labels(what=what).set(figure)

    async def page(self) -> bytes:
        """All figures as of now, in Prometheus' text format."""
        await self._refresh()
        return generate_latest(self._registry)

    async def _refresh(self) -> None:
        now = self._deps.clock.now()
        async with self._deps.store.read() as unit:
            await self._read_queues(unit, now)
            spent = await unit.spending.of(now.date(), None)
            counts = await unit.integrations.counts()
            await self._read_incidents(unit, now)
        self._integrations.clear()
        for (provider, status), count in counts.items():
            self._integrations.labels(provider=provider, status=status.value).set(count)
        for unit_name, amount in _by_unit(spent).items():
            self._spending.labels(unit=unit_name).set(amount)
        for unit_name, limit in _by_unit(self._deps.rules.budget.in_all).items():
            if limit:
                self._budget.labels(unit=unit_name).set(limit)
        if self._publishing:
            await self._refresh_stream(self._publishing)
        await self._read_process()

    async def _read_queues(self, unit: Unit, now: datetime) -> None:
        queues = await unit.operations.queues(now, MAX_COUNT)
        for state, count in queues.deliveries.items():
            self._deliveries.labels(state=state.value).set(count)
        for state in (DeliveryState.RESERVED, DeliveryState.SENDING):
            self._delivery_age.labels(state=state.value).set(_age(queues.oldest_at.get(state), now))
        self._inbox.set(queues.updates)
        self._inbox_age.set(_age(queues.oldest_update_at, now))
        self._due.set(queues.people_due)
        self._lateness.set(_age(queues.longest_due_at, now))
        events = await unit.events.undispatched(1)
        self._outbox_age.set(_age(events[0].happened_at if events else None, now))

    async def _read_incidents(self, unit: Unit, now: datetime) -> None:
        found = await incidents(unit, now)
        kinds = Counter(one.kind for one in found.open)
        for kind in IncidentKind:
            self._incidents.labels(kind=kind.value).set(kinds[kind])
        self._unacknowledged.set(found.unacknowledged)

    async def _read_process(self) -> None:
        for part, works in (await self._ready_now()).items():
            self._ready.labels(part=part).set(works)
        for channel, count in self._ignored_now().items():
            self._ignored.labels(channel=channel).set(count)
        self._unreadable.clear()
        for source, provider in self._providers.items():
            for name, count in provider.unreadable_fields.items():
                self._unreadable.labels(source=source.value, field=name).set(count)


def _age(since: datetime | None, now: datetime) -> float:
    """Seconds since then; 0 if there is none, or it is still to come."""
    return max((now - since).total_seconds(), 0) if since else 0


def _by_unit(amount: Spending) -> dict[str, float]:
    return {"calls": amount.calls, "tokens": amount.tokens, "money": amount.micros / MICROS}
