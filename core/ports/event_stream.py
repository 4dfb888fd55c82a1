"""The stream that other programs read oO's events from.

Tests: tests/adapters/nats/test_stream.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from core.records import PublicEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamState:
    """What the stream holds."""

    created: str
    """Names this stream: another one of the same name has another."""
    last: int
    """The place in the stream of the latest message that it ever stored."""
    messages: int
    """How many messages it holds."""


class EventStream(Protocol):
    """Each method raises ``StreamUnavailable`` if the stream does not answer, ``StreamRefused`` if it must
    not be written.
    """

    async def open(self, writer: str) -> StreamState:
        """Make the stream if it is missing; check that the database ``writer`` may write these schemas."""
        ...

    async def state(self) -> StreamState:
        """What it holds now."""
        ...

    async def publish(self, event: PublicEvent, *, repetition: str = "") -> None:
        """Store an event, unless the stream has it. With ``repetition`` it is stored again."""
        ...

    async def erase(self, person_id: str) -> None:
        """Delete all events of a person."""
        ...

    async def clear(self) -> None:
        """Delete all events."""
        ...

    async def oldest(self) -> float | None:
        """When the oldest event that it holds happened, in seconds since 1970; None if it holds none."""
        ...

    async def trim(self, before: float) -> None:
        """Delete the oldest events, as long as they happened before ``before``, in seconds since 1970."""
        ...

    async def close(self) -> None:
        """Disconnect."""
        ...
