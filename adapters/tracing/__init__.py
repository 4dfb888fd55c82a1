"""Traces by OpenTelemetry, sent by OTLP over HTTP. Imported only where a collector is configured."""

from __future__ import annotations

from adapters.tracing.otlp import OtlpTracing

__all__ = ["OtlpTracing"]
