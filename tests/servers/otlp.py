"""A collector for traces: takes OTLP over HTTP as protobuf, and keeps the spans."""

import gzip
from dataclasses import dataclass
from typing import Any

from aiohttp import web
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import (
    ExportTraceServiceRequest,
    ExportTraceServiceResponse,
)

from tests.servers.local import LocalServer


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """One span as it arrived; ids are hexadecimal, times are nanoseconds since 1970."""

    trace: str
    span: str
    parent: str
    """Empty for the first of a trace."""
    name: str
    service: str
    process: int
    started: int
    ended: int
    attributes: dict[str, Any]
    links: tuple[str, ...]
    """Ids of the spans that led to it."""
    failed: bool


class Collector(LocalServer):
    """Answers 415 to what is no protobuf, 400 to what can't be decoded."""

    def __init__(self) -> None:
        super().__init__((web.post("/v1/traces", self._take),))
        self.spans: list[Span] = []

    def named(self, name: str) -> list[Span]:
        """The spans of that name, the earliest first."""
        return sorted((one for one in self.spans if one.name == name), key=lambda one: one.started)

    def within(self, span: Span) -> set[str]:
        """The names of the spans directly within ``span``."""
        return {one.name for one in self.spans if (one.trace, one.parent) == (span.trace, span.span)}

    async def _take(self, request: web.Request) -> web.Response:
        if request.content_type != "application/x-protobuf":
            return web.Response(status=415)
        body = await request.read()
        if request.headers.get("Content-Encoding") == "gzip" and body[:2] == b"\x1f\x8b":
            body = gzip.decompress(body)
        try:
            sent = ExportTraceServiceRequest.FromString(body)
        except Exception:  # protobuf's own error has another class for each implementation
            return web.Response(status=400)
        self.spans.extend(_spans(sent))
        answer = ExportTraceServiceResponse().SerializeToString()
        return web.Response(body=answer, content_type="application/x-protobuf")


def _spans(sent: Any) -> list[Span]:
    found = []
    for resource in sent.resource_spans:
        about = _attributes(resource.resource.attributes)
        for scope in resource.scope_spans:
            found += [_span(one, about) for one in scope.spans]
    return found


def _span(one: Any, about: dict[str, Any]) -> Span:
    return Span(
        trace=one.trace_id.hex(),
        span=one.span_id.hex(),
        parent=one.parent_span_id.hex(),
        name=one.name,
        service=about["service.name"],
        process=about.get("process.pid", 0),
        started=one.start_time_unix_nano,
        ended=one.end_time_unix_nano,
        attributes=_attributes(one.attributes),
        links=tuple(link.span_id.hex() for link in one.links),
        failed=one.status.code == 2,
    )


def _attributes(pairs: Any) -> dict[str, Any]:
    return {one.key: getattr(one.value, one.value.WhichOneof("value")) for one in pairs}
