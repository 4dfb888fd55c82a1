"""The tracer: spans of OpenTelemetry, sent in batches by a thread of its own.

A collector that is down costs spans, nothing else. Of an exception only the name of its class is told, since
its message may be personal.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from threading import Thread
from urllib.parse import unquote

from opentelemetry import trace
from opentelemetry.context import Context
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import SpanKind, StatusCode
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from adapters.tracing.messenger import TracedMessenger
from adapters.tracing.store import TracedStore
from core.chat import Channel
from core.ports import Messenger
from core.ports.tracing import Attribute
from core.store import Store

SECONDS_TO_SEND = 5.0
"""How long one batch may take, and how long a stop waits for the last one."""

_FORMAT = TraceContextTextMapPropagator()


class OtlpTracing:
    """Sends spans to a collector."""

    def __init__(
        self,
        endpoint: str,
        *,
        headers: str = "",
        service: str = "oo",
        seconds_to_send: float = SECONDS_TO_SEND,
    ) -> None:
        """``endpoint``: root of the collector's HTTP receiver. ``headers``: ``name=value,…``, as in
        ``OTEL_EXPORTER_OTLP_HEADERS``. Which traces are recorded is up to ``OTEL_TRACES_SAMPLER``.
        """
        self._seconds = seconds_to_send
        exporter = OTLPSpanExporter(
            endpoint=f"{endpoint.rstrip('/')}/v1/traces", headers=_headers(headers), timeout=seconds_to_send
        )
        self._provider = TracerProvider(
            resource=Resource.create({"service.name": service, "process.pid": os.getpid()}),
            shutdown_on_exit=False,
        )
        self._provider.add_span_processor(BatchSpanProcessor(exporter))
        self._tracer = self._provider.get_tracer("oo")

    @property
    def traceparent(self) -> str | None:
        """The current span as W3C Trace Context writes it."""
        if not trace.get_current_span().get_span_context().trace_flags.sampled:
            return None
        carrier: dict[str, str] = {}
        _FORMAT.inject(carrier)
        return carrier.get("traceparent")

    @contextmanager
    def span(self, name: str, **attributes: Attribute) -> Iterator[None]:
        """A span within the current one."""
        with self._recorded(name, None, SpanKind.INTERNAL, attributes):
            yield

    @contextmanager
    def continued(self, name: str, traceparent: str | None, **attributes: Attribute) -> Iterator[None]:
        """A span that continues the stored one, or begins a trace."""
        with self._recorded(name, _context_of(traceparent), SpanKind.CONSUMER, attributes):
            yield

    @contextmanager
    def call(self, name: str, **attributes: Attribute) -> Iterator[None]:
        """A span for a request to another system."""
        with self._recorded(name, None, SpanKind.CLIENT, attributes):
            yield

    def link(self, traceparent: str | None) -> None:
        """Note in the current span which one led to it."""
        context = trace.get_current_span(_context_of(traceparent)).get_span_context()
        if context.is_valid:
            trace.get_current_span().add_link(context)

    def store(self, store: Store) -> Store:
        """``store``, with a span for each transaction."""
        return TracedStore(store, self._tracer)

    def messengers(self, by_channel: Mapping[Channel, Messenger]) -> Mapping[Channel, Messenger]:
        """The channels, with a span for each call of a platform."""
        return {channel: TracedMessenger(one, channel.value, self) for channel, one in by_channel.items()}

    async def close(self) -> None:
        """Send what waits, within the time of one batch. A collector that hangs keeps no process running."""
        loop, ended = asyncio.get_running_loop(), asyncio.Event()

        def end() -> None:
            self._provider.shutdown()
            with suppress(RuntimeError):  # nobody waits any more: the loop is closed
                loop.call_soon_threadsafe(ended.set)

        Thread(target=end, name="last spans", daemon=True).start()
        with suppress(TimeoutError):
            async with asyncio.timeout(self._seconds):
                await ended.wait()

    @contextmanager
    def _recorded(
        self, name: str, context: Context | None, kind: SpanKind, attributes: Mapping[str, Attribute]
    ) -> Iterator[None]:
        named = {f"oo.{key}": value for key, value in attributes.items()}
        with self._tracer.start_as_current_span(
            name,
            context=context,
            kind=kind,
            attributes=named,
            record_exception=False,
            set_status_on_exception=False,
        ) as span:
            try:
                yield
            except Exception as fault:
                span.set_attribute("error.type", type(fault).__name__)
                span.set_status(StatusCode.ERROR)
                raise


def _context_of(traceparent: str | None) -> Context:
    """The stored span as a parent; an empty context without one, and for one that can't be read."""
    return _FORMAT.extract({"traceparent": traceparent} if traceparent else {}, context=Context())


def _headers(text: str) -> dict[str, str]:
    pairs = (one.partition("=") for one in text.split(",") if "=" in one)
    return {name.strip().lower(): unquote(value.strip()) for name, _, value in pairs}
