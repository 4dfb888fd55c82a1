"""Prometheus metrics: counts only, nothing personal.

Tests: tests/bot/cli/test_serve.py.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Protocol

from prometheus_client import CollectorRegistry, Gauge

from core.dependencies import Dependencies
from core.incidents import incidents
from core.records import MICROS, DeliveryState, IncidentKind, TaskSource

MAX_COUNT = 10_000


class ReportsUnreadFields(Protocol):
    """A task source that counts odd fields."""

    @property
    def unreadable_fields(self) -> Mapping[str, int]: ...


class Metrics:
    """Gauges that are read from the store on request."""

    def __init__(
        self,
        deps: Dependencies,
        ignored: Callable[[], Mapping[str, int]],
        providers: Mapping[TaskSource, ReportsUnreadFields] = MappingProxyType({}),
    ) -> None:
        """``ignored``: updates since the start that were not for oO, by channel."""
        self._deps = deps
        self._providers = providers
        self._ignored_now = ignored
        self.registry = CollectorRegistry()
        self._deliveries = Gauge("oo_deliveries", "Deliveries by state.", ["state"], registry=self.registry)
        self._inbox = Gauge("oo_inbox_waiting", "Updates accepted, not yet handled.", registry=self.registry)
        self._due = Gauge("oo_people_due", "People whose decision point has come.", registry=self.registry)

        self._ignored = Gauge(
            "oo_updates_ignored", "Updates that were not for oO.", ["channel"], registry=self.registry
        )
        self._spending = Gauge(
            "oo_llm_spending",
            "What the language model was used for today (UTC): calls, tokens, money.",
            ["unit"],
            registry=self.registry,
        )
        self._incidents = Gauge(
            "oo_incidents", "Open incidents by kind (`/operator`).", ["kind"], registry=self.registry
        )
        self._unacknowledged = Gauge(
            "oo_incidents_unacknowledged",
            "Open incidents that no operator has acknowledged.",
            registry=self.registry,
        )
        self._unreadable = Gauge(
            "oo_source_fields_unread",
            "What could not be read in the last list of a task source, by field.",
            ["source", "field"],
            registry=self.registry,
        )

    async def refresh(self) -> None:
        """Update all gauges."""
        async with self._deps.store.read() as unit:
            for state in DeliveryState:
                count = len(await unit.deliveries.in_state(state, MAX_COUNT))
                self._deliveries.labels(state=state.value).set(count)
            self._inbox.set(len(await unit.inbox.waiting()))
            spent = await unit.spending.of(self._deps.clock.now().date(), None)
            found = await incidents(unit, self._deps.clock.now())
            self._due.set(len(await unit.people.due(self._deps.clock.now(), MAX_COUNT)))
        self._spending.labels(unit="calls").set(spent.calls)
        self._spending.labels(unit="tokens").set(spent.tokens)
        self._spending.labels(unit="money").set(spent.micros / MICROS)
        kinds = Counter(one.kind for one in found.open)
        for kind in IncidentKind:
            self._incidents.labels(kind=kind.value).set(kinds[kind])
        self._unacknowledged.set(found.unacknowledged)
        for channel, count in self._ignored_now().items():
            self._ignored.labels(channel=channel).set(count)
        self._unreadable.clear()
        for source, provider in self._providers.items():
            for name, count in provider.unreadable_fields.items():
                self._unreadable.labels(source=source.value, field=name).set(count)
