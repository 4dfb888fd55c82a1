"""The event log, and small values that must survive a restart."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from core.records import Event, LoggedEvent


class Events(Protocol):
    """The event log, which is the outbox as well."""

    async def append(self, event: Event) -> None: ...
    async def undispatched(self, limit: int, *, after: str | None = None) -> tuple[Event, ...]:
        """Events to dispatch, oldest first, claimed ones included: later events must not overtake them.

        They follow the event ``after``, or start with the oldest if that one is gone.
        """
        ...

    async def waiting(self, event_id: str) -> Event | None:
        """The event as it is stored; None if it was dispatched, or is gone."""
        ...

    async def after(
        self, position: int, limit: int, *, person_id: str | None = None
    ) -> tuple[LoggedEvent, ...]:
        """The first ``limit`` events behind ``position``, in order; with ``person_id`` those about them."""
        ...

    async def last_position(self, person_id: str | None = None) -> int:
        """The place of the latest event, or of the latest about a person; 0 without one."""
        ...

    async def heard_since(self, position: int) -> Mapping[str, int]:
        """The people about whom there are events behind ``position``, each with the place of the latest."""
        ...

    async def waiting_or_dispatched_since(
        self, person_id: str, kinds: frozenset[str], since: datetime, *, task_id: str | None = None
    ) -> tuple[Event, ...]:
        """Events of these kinds about a person that are not dispatched, or were at ``since`` or later.

        ``task_id``: all that name this task, and perhaps others.
        """
        ...

    async def since(
        self, person_id: str, kinds: frozenset[str], since: datetime, *, task_id: str | None = None
    ) -> tuple[Event, ...]:
        """Events of these kinds about a person that happened at ``since`` or later, oldest first.

        ``task_id``: all that name this task, and perhaps others.
        """
        ...

    async def own(self, kinds: frozenset[str], limit: int) -> tuple[Event, ...]:
        """The latest events of these kinds about oO itself, newest first."""
        ...

    async def claim(self, event_id: str, now: datetime, until: datetime) -> bool:
        """Claim an undispatched event until then. True for exactly one caller."""
        ...

    async def is_claimed(self, event_id: str, now: datetime) -> bool:
        """Whether a claim on the event lasts longer than ``now``: to claim it would be in vain."""
        ...

    async def release(self, event_id: str, until: datetime) -> None:
        """Give up a claim ``until`` then, unless another process has the event by now."""
        ...

    async def prune(self, before: datetime, limit: int) -> int:
        """Of the ``limit`` oldest events of people, delete those dispatched that happened earlier; never the
        latest event of all, so that no place in the log is given twice.
        """
        ...

    async def dispatched(self, event_id: str, at: datetime) -> None: ...


class Notes(Protocol):
    """Small values that must survive a restart, such as polling offsets or the question that oO asked.

    ``person_id`` is None for those of oO itself.
    """

    async def get(self, person_id: str | None, key: str) -> str | None: ...
    async def put(self, person_id: str | None, key: str, value: str | None) -> None:
        """Insert or replace a value; None deletes it."""
        ...
