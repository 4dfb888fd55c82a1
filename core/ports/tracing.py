"""Traces: which steps an update, or a decision, went through, also across processes.

A ``traceparent`` is a span's place in its trace, as W3C Trace Context writes it. It is stored in rows that
another process may take up. Names and attributes of spans hold codes only: no text, no address, no id of a
person.
Tests: tests/adapters/tracing/test_otlp.py.
"""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from typing import Protocol

Attribute = str | int | bool
"""The value of an attribute."""


class Tracer(Protocol):
    """Records spans. No method raises, whatever becomes of them."""

    @property
    def traceparent(self) -> str | None:
        """The current span; None outside of spans, and for one that is not recorded."""
        ...

    def span(self, name: str, **attributes: Attribute) -> AbstractContextManager[None]:
        """A span within the current one; the first of a trace, if there is none."""
        ...

    def continued(
        self, name: str, traceparent: str | None, **attributes: Attribute
    ) -> AbstractContextManager[None]:
        """A span that continues the one with that ``traceparent``. Without, it is the first of a trace."""
        ...

    def link(self, traceparent: str | None) -> None:
        """Note in the current span that another one, of an earlier trace, led to it."""
        ...


class NoTracer:
    """Records nothing."""

    traceparent: str | None = None

    def span(self, name: str, **attributes: Attribute) -> AbstractContextManager[None]:
        """A block without a span."""
        return nullcontext()

    def continued(
        self, name: str, traceparent: str | None, **attributes: Attribute
    ) -> AbstractContextManager[None]:
        """A block without a span."""
        return nullcontext()

    def link(self, traceparent: str | None) -> None:
        """Nothing."""
