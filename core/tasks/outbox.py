"""Changes of outside tasks on their way to their source, as events: ``jobs/relay.py`` sends them.

Tests: tests/jobs/test_relay.py, tests/core/tasks/test_sync.py.
"""

from __future__ import annotations

from datetime import datetime

from core.records import (
    Event,
)
from core.store import Unit

OUTBOX_EVENTS = frozenset(
    {"task.completed", "task.reopened", "task.changed", "task.removed", "task.restored"}
)
"""Kinds of events that ``jobs/relay.py`` sends to the source of the task."""

CHANGE_REFUSED = "task.change_refused"
"""Kind of the event that a source did not accept a change, so that our copy differs until the next sync."""


def tasks_of(event: Event) -> tuple[str, ...]:
    """Ids of the tasks that an event of the outbox is about: a task, and the pieces that went with it."""
    return (str(event.data["task_id"]), *str(event.data.get("pieces") or "").splitlines())


async def pending_in_outbox(unit: Unit, person_id: str, asked_at: datetime) -> frozenset[object]:
    """Ids of tasks with an event that the relay had not sent yet at ``asked_at``."""
    events = await unit.events.waiting_or_dispatched_since(person_id, OUTBOX_EVENTS, asked_at)
    return frozenset(task_id for event in events for task_id in tasks_of(event))


async def refused_since(unit: Unit, person_id: str, since: datetime) -> frozenset[object]:
    """Ids of tasks with a change that their source has refused since."""
    events = await unit.events.waiting_or_dispatched_since(person_id, frozenset({CHANGE_REFUSED}), since)
    return frozenset(event.data["task_id"] for event in events)
