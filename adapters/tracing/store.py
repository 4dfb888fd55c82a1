"""A span for each transaction. What is done within one belongs to the span around it: a transaction waits for
nothing else, so it has no spans of its own.

Tests: tests/adapters/tracing/test_otlp.py.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from opentelemetry.trace import StatusCode, Tracer

from core.store import Store, Unit

Opens = Callable[..., AbstractAsyncContextManager[Unit]]


class TracedStore:
    """The store, seen by the tracer."""

    def __init__(self, store: Store, tracer: Tracer) -> None:
        self._begin: Opens = store.begin
        self._read: Opens = store.read
        self._tracer = tracer

    def begin(self, *people: str) -> AbstractAsyncContextManager[Unit]:
        """A transaction that may write."""
        return self._traced("transaction", self._begin, people)

    def read(self) -> AbstractAsyncContextManager[Unit]:
        """A snapshot."""
        return self._traced("snapshot", self._read, ())

    @asynccontextmanager
    async def _traced(self, name: str, opens: Opens, people: tuple[str, ...]) -> AsyncIterator[Unit]:
        span = self._tracer.start_span(name)
        try:
            async with opens(*people) as unit:
                span.add_event("begun")  # until here it waited for its turn
                yield unit
        except Exception as fault:
            span.set_attribute("error.type", type(fault).__name__)
            span.set_status(StatusCode.ERROR)
            raise
        finally:
            span.end()
