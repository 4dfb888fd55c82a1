"""What comes in: updates that wait, and what the buttons mean that people press."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from core.chat import Update


@dataclass(frozen=True, slots=True, kw_only=True)
class Handle:
    """What the buttons of one shown message mean: ``actions[i]`` is ``verb`` or ``verb argument``, and
    ``labels[i]`` what it says.
    """

    handle: str
    person_id: str
    subject: str | None
    actions: tuple[str, ...]
    created_at: datetime
    labels: tuple[str, ...] = ()


class Handles(Protocol):
    """Opaque names behind buttons."""

    async def add(self, handle: Handle) -> None: ...
    async def get(self, handle: str) -> Handle | None: ...
    async def prune(self, before: datetime) -> int:
        """Drop those that were made earlier; returns how many."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """An update that was accepted but not yet handled."""

    inbox_id: int
    update: Update


class Inbox(Protocol):
    """Updates are committed here before the platform is told that they arrived."""

    async def put(self, update: Update) -> int | None:
        """Store it; None if this (channel, update_id) was seen before."""
        ...

    async def done(self, inbox_id: int) -> None:
        """Handled: forget its text, keep its id for de-duplication."""
        ...

    async def waiting(self) -> tuple[Received, ...]:
        """Oldest first: what a stop left unhandled."""
        ...

    async def prune(self, before: datetime) -> int:
        """Drop handled entries that no platform will repeat any more; returns how many."""
        ...
