"""Prometheus metrics: counts only, nothing personal.

Tests: tests/bot/cli/test_serve.py.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Protocol

from prometheus_client import CollectorRegistry, Gauge

from core.dependencies import Dependencies
from core.records import MICROS, DeliveryState, TaskSource
from jobs.publish import Publishing, lag

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
        publishing: Publishing | None = None,
    ) -> None:
        """``ignored``: updates since the start that were not for oO, by channel. ``publishing``: the job that
        publishes events, where there is a stream.
        """
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
        self._unreadable = Gauge(
            "oo_source_fields_unread",
            "What could not be read in the last list of a task source, by field.",
            ["source", "field"],
            registry=self.registry,
        )

        self._publishing = publishing
        if publishing:
            self._stream = Gauge(
                "oo_event_stream",
                "The stream of events: how many were published and runs failed since the start, how many"
                " events wait, and for how many seconds the oldest of them.",
                ["what"],
                registry=self.registry,
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

    async def refresh(self) -> None:
        """Update all gauges."""
        async with self._deps.store.read() as unit:
            for state in DeliveryState:
                count = len(await unit.deliveries.in_state(state, MAX_COUNT))
                self._deliveries.labels(state=state.value).set(count)
            self._inbox.set(len(await unit.inbox.waiting()))
            spent = await unit.spending.of(self._deps.clock.now().date(), None)
            self._due.set(len(await unit.people.due(self._deps.clock.now(), MAX_COUNT)))
        if self._publishing:
            await self._refresh_stream(self._publishing)
        self._spending.labels(unit="calls").set(spent.calls)
        self._spending.labels(unit="tokens").set(spent.tokens)
        self._spending.labels(unit="money").set(spent.micros / MICROS)
        for channel, count in self._ignored_now().items():
            self._ignored.labels(channel=channel).set(count)
        self._unreadable.clear()
        for source, provider in self._providers.items():
            for name, count in provider.unreadable_fields.items():
                self._unreadable.labels(source=source.value, field=name).set(count)
