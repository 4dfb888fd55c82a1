"""Reminders."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from core.records import Reminder


class Reminders(Protocol):
    """Reminders of all kinds."""

    async def get(self, reminder_id: str) -> Reminder: ...
    async def find(self, reminder_id: str) -> Reminder | None: ...
    async def put(self, *reminders: Reminder) -> None:
        """Insert or update by reminder_id."""
        ...

    async def move(self, before: Reminder, after: Reminder) -> bool:
        """Compare and set on ``(next_at, over)``: replace ``before`` by ``after`` unless it has changed.

        True for exactly one caller.
        """
        ...

    async def of_tasks(self, task_ids: Sequence[str]) -> tuple[Reminder, ...]:
        """Those about these tasks, cancelled ones included."""
        ...

    async def of_person(self, person_id: str) -> tuple[Reminder, ...]:
        """Those that may ring, the next first: daily messages, and those of open tasks. Cancelled ones are
        included, fixed instants that have rung are not.
        """
        ...

    async def after_snooze(self, decision_id: str) -> Reminder | None:
        """The one to which the ringing of a decision was snoozed, if it is not cancelled."""
        ...

    async def due(self, now: datetime, limit: int) -> tuple[str, ...]:
        """Ids of the persons with a reminder that rings at ``now`` or before, the longest overdue first; one
        indexed scan of at most ``limit`` reminders.
        """
        ...

    async def waiting(self, person_id: str, before: datetime) -> tuple[Reminder, ...]:
        """The person's reminders that ring before that instant, in order."""
        ...
