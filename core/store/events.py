"""The event log, and small facts that must survive a restart."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from core.model import Event


class Events(Protocol):
    """The event log, which is the outbox as well."""

    async def append(self, event: Event) -> None: ...
    async def undispatched(self, limit: int, *, after: str | None = None) -> tuple[Event, ...]:
        """Oldest first, claimed ones included: what comes later must not overtake them.

        From the one that follows the event ``after``; from the oldest if that is gone.
        """
        ...

    async def unsettled(self, person_id: str, kinds: frozenset[str], since: datetime) -> tuple[Event, ...]:
        """Events of these ``kinds`` about a person that wait, or were dispatched at ``since`` or later."""
        ...

    async def own(self, kinds: frozenset[str], limit: int) -> tuple[Event, ...]:
        """The latest events of these ``kinds`` about nobody but oO itself, newest first."""
        ...

    async def claim(self, event_id: str, now: datetime, until: datetime) -> bool:
        """Take an event that waits, until then, if nobody else has it: True for exactly one caller."""
        ...

    async def release(self, event_id: str, until: datetime) -> None:
        """Give back what was claimed ``until`` then, unless somebody else has it by now."""
        ...

    async def dispatched(self, event_id: str, at: datetime) -> None: ...


class Notes(Protocol):
    """Small facts that must survive a restart: polling offsets, the question that awaits a typed answer.

    ``person_id`` None: of oO itself.
    """

    async def get(self, person_id: str | None, key: str) -> str | None: ...
    async def put(self, person_id: str | None, key: str, value: str | None) -> None:
        """None deletes."""
        ...
